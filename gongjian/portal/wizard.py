"""How the steps of an application are shown: where one stands, what is filled in, what the summary says."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.urls import reverse

from gongjian.applications.asking import asking_of, faults_of, forms_of, foundation_of, settled_of, told_of
from gongjian.applications.errors import StepUnknown
from gongjian.applications.forms import StepForm, hidden_fault, sides_of
from gongjian.applications.models import Draft
from gongjian.applications.steps import Step
from gongjian.applications.visits import person_of
from gongjian.appraisal.takeover import corrections_told, is_of_the_writer, reached_before
from gongjian.grading.parts import all_parts
from gongjian.kernel.masks import number_masked, telephone_masked
from gongjian.law.identity import credit_code_warnings
from gongjian.materials.catalog import Wanted
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import given_kinds, materials_of_draft

PRIVATE = ("telephone", "address", "delivery_telephone", "delivery_address", "employer_telephone", "contact_name")
"""What one person told of themselves: it is used and not shown to another."""
TELEPHONES = ("telephone", "delivery_telephone")
REGIONS = (
    ("头、面、颈", ("0",)),
    ("胸、腹、腰、脊柱", ("08", "09", "10", "11")),
    ("肩、手臂和手", ("12", "13")),
    ("腿和脚", ("14", "15")),
    ("其他", ("9",)),
)


def address_of(draft: Draft, step: str) -> str:
    """Where a step of a draft is written."""
    if step in ("materials", "check", "declare"):
        return reverse(f"portal:{step}", args=[draft.token])
    return reverse("portal:step", args=[draft.token, step])


def address_before(draft: Draft, step: str) -> str:
    """Where the step before is written; "" before the first."""
    before = asking_of(draft).steps.before(step)
    return address_of(draft, before.code) if before else ""


def stepper_of(draft: Draft, here: str) -> list[tuple[str, str, str]]:
    """(title, "done" | "now" | "later", address) of every step; what was saved once can be gone back to."""
    return [(step.title, _standing(draft, step, here), address_of(draft, step.code)) for step in asking_of(draft).steps]


def _standing(draft: Draft, step: Step, here: str) -> str:
    if step.code == here:
        return "now"
    steps = asking_of(draft).steps
    return "done" if step.code in draft.versions or steps.index(step) < steps.index(steps.of(here)) else "later"


def form_of(draft: Draft, step: str) -> StepForm:
    """The form of a step with what the draft holds; on the first visit with what can be guessed from earlier steps."""
    held = draft.told.get(step)
    return form_named(draft, step)(initial=_guessed(draft, step) if held is None else held)


def form_named(draft: Draft, step: str) -> type[StepForm]:
    """The form of a step, as the draft's procedure asks it. Raises: StepUnknown."""
    forms = forms_of(draft)
    if step not in forms:
        raise StepUnknown
    form: type[StepForm] = forms[step]
    return form.without(settled_of(draft).get(step, {}))


def next_open(draft: Draft, step: str) -> str:
    """The step to go on with after `step`: one of which nothing is left to ask is passed over."""
    steps = asking_of(draft).steps
    found = steps.after(step)
    while found in steps.filled_in and not form_named(draft, found.code).base_fields:
        found = steps.after(found.code)
    return found.code


def first_open(draft: Draft) -> str:
    """Where a draft begins."""
    first = asking_of(draft).steps[0].code
    return first if form_named(draft, first).base_fields else next_open(draft, first)


def settled_facts(draft: Draft, step: str) -> list[tuple[str, str]]:
    """(label, words) of what stands already in a step; numbers are masked, and what another person told is not shown."""
    held, in_full = settled_of(draft).get(step, {}), is_of_the_writer(draft)
    form = forms_of(draft)[step](initial=held)
    facts = [(str(form[name].label), _told(form[name], in_full)) for name in form.fields if name in held]
    return [*facts, *(("决定书的更正", words) for words in corrections_told(draft, step))]


def _told(bound: BoundField, in_full: bool) -> str:
    if bound.name in PRIVATE and not in_full:
        return "平台已有（由原申请人提供，这里不显示）"
    words = in_words(bound)
    if bound.name == "id_number":
        return number_masked(words)
    return telephone_masked(words) if bound.name in TELEPHONES else words


def _guessed(draft: Draft, step: str) -> dict[str, Any]:
    told = told_of(draft)
    applicant, person = told.get("applicant", {}), told.get("person", {})
    own = draft.user.telephone if draft.channel == "online" else ""
    if step == "applicant":
        shown = draft.visit.name if draft.visit else ""
        return {"applicant_name": draft.user.name if draft.channel == "online" else shown}
    if step == "person" and draft.visit:
        known = person_of(draft.visit)
        return {"telephone": known.telephone, "address": known.address} if known else {}
    if step == "person" and applicant.get("capacity") == "worker":
        return {"name": applicant.get("applicant_name", ""), "telephone": own, "id_type": "resident_id"}
    if step == "address":
        by_worker = applicant.get("capacity") == "worker"
        person = draft.told.get("person", {}) if foundation_of(draft) else person
        return {
            "delivery_name": applicant.get("applicant_name", ""),
            "delivery_telephone": own or person.get("telephone", ""),
            "delivery_address": person.get("address", "") if by_worker else "",
            "electronic_consent": False,
            **reached_before(draft),
        }
    return {}


def is_right(draft: Draft, form: StepForm) -> bool:
    """Whether the answers that were sent are right, by themselves and beside the other steps; what is wrong is written at its field, or above all where that is not shown."""
    if not form.is_valid():
        return False
    for field, sentence in faults_of(draft, form.steps.of(form.step)).items():
        form.say(field, sentence)
    return not form.errors


@dataclass(frozen=True)
class PartRow:
    """One injured part as a row of boxes. boxes: (value, side, "" for a part without sides, whether it is ticked)."""

    name: str
    boxes: list[tuple[str, str, bool]]


def part_groups(bound: BoundField) -> list[tuple[str, bool, list[PartRow]]]:
    """The parts by region of the body: (region, whether anything in it is ticked, rows)."""
    ticked = set(bound.value() or ())
    groups = []
    for title, starts in REGIONS:
        rows = [
            PartRow(
                part.name, [(value, label.removesuffix(part.name), value in ticked) for value, label in sides_of(part)]
            )
            for part in all_parts()
            if part.code.startswith(starts) and not (starts == ("0",) and part.code.startswith(("08", "09")))
        ]
        groups.append((title, any(box[2] for row in rows for box in row.boxes), rows))
    return groups


@dataclass(frozen=True)
class Shown:
    """One step in the summary: its answers in words, and what is wrong with them."""

    title: str
    address: str
    facts: list[tuple[str, str]]
    problems: list[str]


def summary(draft: Draft) -> list[Shown]:
    """Everything told, step by step, as the person will declare it true."""
    return [_shown(draft, step) for step in asking_of(draft).steps.filled_in]


def _shown(draft: Draft, step: Step) -> Shown:
    told = draft.told.get(step.code, {})
    form = form_named(draft, step.code)(initial=told)
    facts = [(str(form[name].label), in_words(form[name])) for name in step.kept if name in form.fields]
    facts = [*settled_facts(draft, step.code), *facts]
    wrong = faults_of(draft, step)
    problems = [
        f"{form[name].label}：{sentence}" if name in form.fields else hidden_fault(form.name_of(name), sentence)
        for name, sentence in wrong.items()
    ]
    return Shown(step.title, address_of(draft, step.code), facts, problems)


def in_words(bound: BoundField) -> str:
    """An answer as a person reads it."""
    value = bound.value()
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = dict(getattr(bound.field, "choices", ()))
    if isinstance(value, list):
        return "、".join(str(choices.get(each, each)) for each in value)
    return str(choices.get(value, value) or "")


@dataclass(frozen=True)
class PaperLine:
    """One line of the checklist with what is there of it."""

    wanted: Wanted
    pages: list[MaterialPage]
    address: str


def paper_lines(draft: Draft) -> list[PaperLine]:
    """The checklist of a draft and the pages given: a fixed number of queries."""
    given = {material.kind: list(material.pages.all()) for material in materials_of_draft(draft.pk)}
    return [
        PaperLine(
            wanted, given.get(wanted.kind.code, []), reverse("portal:paper", args=[draft.token, wanted.kind.code])
        )
        for wanted in asking_of(draft).wanted(draft)
    ]


def missing_titles(draft: Draft) -> list[str]:
    """Titles of the required papers of which nothing is there."""
    given = given_kinds(materials_of_draft(draft.pk))
    return [each.kind.title for each in asking_of(draft).wanted(draft) if each.required and each.kind.code not in given]


def warnings_of(draft: Draft) -> list[str]:
    """What may be odd without being wrong: it warns and lets pass."""
    code = draft.told.get("employer", {}).get("credit_code", "")
    return credit_code_warnings(code) if code else []
