"""Reading what is being written: the checklist of a draft, and how its time limits stand today."""

from collections.abc import Sequence
from datetime import date

from gongjian.applications.asking import Fault, answers_of, settled_of
from gongjian.applications.models import Draft
from gongjian.applications.rules import Capacity, day_of
from gongjian.cases.queries.access import NUL
from gongjian.law.errors import RuleError
from gongjian.law.identity import normalise_credit_code
from gongjian.law.recognition.answers import Answers
from gongjian.materials.catalog import KINDS, OTHER, Wanted
from gongjian.recognition.answers import Told, applicant_of, between, not_counted
from gongjian.recognition.choices import BY_RELATIVE
from gongjian.recognition.models import EmployerExtension
from gongjian.recognition.queries.extension import extension_of
from gongjian.recognition.rules import ACCIDENT, CAPACITIES, HARMS, is_in_time, required_kinds, standing_of

SOMETIMES = ("traffic_liability", "police_document", "errand_proof")
OF_A_DEATH = ("death_certificate", "rescue_record")
WHY_LATE = "按所填日期，申请超过了法定时限。仍然可以提交，请写明为什么现在才申请；有不计入时限的情形的，请在上面选择。"


def checklist_of(draft: Draft) -> tuple[Wanted, ...]:
    """What this draft is asked to hand in, and what may help. Law: 条例 art. 18; 令8 art. 6."""
    told = answers_of(draft)
    kind = told["kind"] if told.get("kind") in HARMS else ACCIDENT
    capacity = told["capacity"] if told.get("capacity") in CAPACITIES else Capacity.WORKER
    by_relative = capacity == Capacity.AGENT and told.get("acts_for") == BY_RELATIVE
    must = required_kinds(kind=kind, capacity=capacity, channel=draft.channel, by_relative=by_relative)
    may = (*(OF_A_DEATH if told.get("died_on") else ()), *SOMETIMES, OTHER)
    return (
        *(Wanted(KINDS[code], required=True) for code in must),
        *(Wanted(KINDS[code], required=False) for code in may),
    )


def standing_of_draft(draft: Draft, on: date) -> Answers | None:
    """The answers about standing and time if the draft were handed in on a day; None while they cannot be told. Law: 条例 art. 17."""
    told = answers_of(draft)
    injured = day_of(told.get("injured_on"))
    return None if injured is None else _standing(draft, told, on, _extension(told, injured))


def across(draft: Draft, on: date) -> Sequence[Fault]:
    """What is wrong between the steps of a draft, at a field that is asked. Law: 条例 art. 17, 18; 令8 art. 5, 7."""
    stands = "name" in settled_of(draft).get("person", {})  # the document was shown: who applies is what may be wrong
    said = (
        ("applicant", "applicant_name", sentence) if stands and field == "name" else (step, field, sentence)
        for step, field, sentence in between(answers_of(draft))
    )
    return (*said, *late_without_reason(draft, on))


def late_without_reason(draft: Draft, on: date) -> Sequence[Fault]:
    """Who is late may hand in, and says why. Law: 条例 art. 17; 令8 art. 7."""
    told = answers_of(draft)
    if str(told.get("late_reason", "")).strip() or ("time" not in draft.told and not told.get("injured_on")):
        return ()
    return (("time", "late_reason", WHY_LATE),) if _is_late(draft, told, on) else ()


def _is_late(draft: Draft, told: Told, on: date) -> bool:
    """Whether the limit has passed, more time given to the employer included; that is looked for only where it decides."""
    injured = day_of(told.get("injured_on"))
    without = injured and _standing(draft, told, on, None)
    if injured is None or not without or is_in_time(without):
        return False
    extended = _standing(draft, told, on, _extension(told, injured))
    return extended is not None and not is_in_time(extended)


def _standing(draft: Draft, told: Told, on: date, extension: EmployerExtension | None) -> Answers | None:
    try:
        return standing_of(
            applicant=applicant_of(told),
            injured_on=date.fromisoformat(told["injured_on"]),
            applied_on=on,
            region=draft.office.region,
            not_counted=not_counted(told),
            extension=(extension.granted_on, extension.days) if extension else None,
        )
    except RuleError:  # what is wrong with the days is said at their fields
        return None


def _extension(told: Told, injured: date) -> EmployerExtension | None:
    """More time that this employer was given for this injury. Law: 条例 art. 17."""
    code = normalise_credit_code(str(told.get("credit_code", "")))
    name = str(told.get("employer_name", "")).strip()
    if NUL in code + name:  # no employer is called so
        return None
    return extension_of(code=code, name=name, worker=str(told.get("name", "")).strip(), injured_on=injured)
