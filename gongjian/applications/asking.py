"""How each procedure asks for its application: its steps, its forms, its papers, and what it keeps. Its room says so at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjian.accounts.models import User
from gongjian.applications.models import ApplicationBase, Draft
from gongjian.applications.steps import Step, Steps
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.materials.catalog import Wanted
from gongjian.materials.models import MaterialPage

Fault = tuple[str, str, str]
"""(step, field, sentence)."""
Settled = Mapping[str, Mapping[str, Any]]
"""Step → field → answer that stands already."""
Kept = Callable[[Case, Mapping[str, Any], dict[str, Any]], ApplicationBase]


def nothing_more(draft: Draft, on: date) -> Sequence[Fault]:
    """Where no answer is wrong that is right by itself."""
    return ()


def nothing_settled(draft: Draft) -> Settled:
    """Where nothing is known before it is asked."""
    return {}


def about_nothing(told: Mapping[str, Mapping[str, Any]]) -> str:
    """Where nobody files for many at once."""
    return ""


@dataclass(frozen=True)
class Asking:
    """What a procedure does in its own way while an application is written and handed in.

    title: what is applied for. enter: who may type in paper. faults: (step, answers, on=day) → field → sentence.
    wanted: the checklist of a draft; keep: (case, all answers, what is alike) → the row; receive: after the papers are the case's.
    across: what is wrong between the steps. settled: what the case a draft is founded on holds, which is not asked.
    window_forms: the steps that are asked in another way where a clerk types in.
    about: (answers by step) → about what of whom, the same text for the same matter, "" while untold.
    """

    title: str
    steps: Steps
    forms: Mapping[str, Any]
    enter: str
    faults: Callable[..., dict[str, str]]
    wanted: Callable[[Draft], tuple[Wanted, ...]]
    keep: Kept
    receive: Callable[[Case, Any, Sequence[MaterialPage], User], object]
    across: Callable[[Draft, date], Sequence[Fault]] = nothing_more
    settled: Callable[[Draft], Settled] = nothing_settled
    about: Callable[[Mapping[str, Mapping[str, Any]]], str] = about_nothing
    window_forms: Mapping[str, Any] = field(default_factory=dict)


ASKINGS: dict[str, Asking] = {}


def ask_so(procedure: str, asking: Asking) -> None:
    """Make known how a procedure asks. Raises: ValueError when it asks in another way already."""
    if ASKINGS.setdefault(procedure, asking) is not asking:
        raise ValueError(f"two ways of asking for {procedure}")


def asking_of(draft: Draft) -> Asking:
    """How the procedure of a draft asks. Raises: KeyError."""
    return ASKINGS[draft.procedure]


def forms_of(draft: Draft) -> Mapping[str, Any]:
    """Step → its form, as who writes the draft is asked."""
    asking = asking_of(draft)
    return {**asking.forms, **asking.window_forms} if draft.channel == "window" else asking.forms


def filed_as(draft: Draft) -> str:
    """The hash by which a draft that comes in a table is known again; "" while its answers do not say about whom and what it is."""
    about = asking_of(draft).about(told_of(draft))
    return blind_index(f"{draft.procedure}/{about}", "draft.about") if about else ""


def faults_of(draft: Draft, step: Step, *, on: date | None = None) -> dict[str, str]:
    """Everything wrong in one step of a draft, by itself and beside the others: field → sentence."""
    on = on or moment.today()
    return _faults(draft, step, asking_of(draft).across(draft, on), on)


def all_faults(draft: Draft, *, on: date | None = None) -> list[Fault]:
    """Everything wrong in a whole draft, in the order of the steps. on: the day of the check, by default today. Law: 令55 art. 9; 条例 art. 18."""
    on, asking = on or moment.today(), asking_of(draft)
    across = asking.across(draft, on)
    return [
        (step.code, field, sentence)
        for step in asking.steps.filled_in
        for field, sentence in _faults(draft, step, across, on).items()
    ]


def _faults(draft: Draft, step: Step, across: Sequence[Fault], on: date) -> dict[str, str]:
    between = {field: sentence for code, field, sentence in across if code == step.code}
    return between | asking_of(draft).faults(step, told_of(draft).get(step.code, {}), on=on)


def answers_of(draft: Draft) -> dict[str, Any]:
    """All answers of a draft in one, with what stands already: no two steps ask the same field."""
    told = {field: answer for fields in told_of(draft).values() for field, answer in fields.items()}
    found = foundation_of(draft)
    return told | {"founded_on": found.pk if found else None, "reported": draft.reported}


def foundation_of(draft: Draft) -> Case | None:
    """The decided case that a draft goes on from today: none once it holds nothing for who writes, whatever a visit has shown. Law: 令55 art. 9."""
    return draft.founded_on if _of_case(draft) else None


def settled_of(draft: Draft) -> Settled:
    """What a draft need not ask, read where it is kept: in the case it is founded on, and in the visit on which it was begun.

    An answer that today's rules would refuse is none, and is asked. Law: 令55 art. 9.
    """
    if draft.founded_on_id is None and draft.visit_id is None:
        return {}
    kept: dict[str, Settled] = draft.__dict__  # once for each reading of the draft: what it is founded on never changes
    if "settled" not in kept:
        kept["settled"] = {code: _right(draft, code, held) for code, held in _held(draft).items()}
    return kept["settled"]


def _held(draft: Draft) -> dict[str, dict[str, Any]]:
    """What the visit has shown, and over it what the case holds that the draft is founded on."""
    asking = asking_of(draft)
    found = {code: dict(held) for code, held in _of_case(draft).items()}
    if draft.visit:
        shown = {"name": draft.visit.name, "id_type": draft.visit.id_type, "id_number": draft.visit.id_number}
        code = next(step.code for step in asking.steps if "name" in step.fields)
        found[code] = {**shown, **found.get(code, {})}
    return found


def _of_case(draft: Draft) -> Settled:
    """What the case holds that a draft is founded on: read once for each reading of the draft."""
    kept: dict[str, Settled] = draft.__dict__
    if "of_case" not in kept:
        kept["of_case"] = asking_of(draft).settled(draft) if draft.founded_on_id else {}
    return kept["of_case"]


def _right(draft: Draft, code: str, held: Mapping[str, Any]) -> dict[str, Any]:
    asking = asking_of(draft)
    wrong = asking.faults(asking.steps.of(code), held, on=moment.today())
    return {name: value for name, value in held.items() if value and name not in wrong}


def told_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """Step → field → answer: what was typed, and over it what stands already."""
    settled = settled_of(draft)
    return {code: {**draft.told.get(code, {}), **settled.get(code, {})} for code in (*draft.told, *settled)}
