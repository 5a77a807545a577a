"""How each procedure asks for its application: its steps, its forms, its papers, and what it keeps. Its room says so at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.accounts.models import User
from gongjian.applications.models import ApplicationBase, Draft
from gongjian.applications.steps import Step, Steps
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.catalog import Wanted
from gongjian.materials.models import MaterialPage

Fault = tuple[str, str, str]
"""(step, field, sentence)."""
Kept = Callable[[Case, Mapping[str, Any], dict[str, Any]], ApplicationBase]


def nothing_more(draft: Draft, on: date) -> Sequence[Fault]:
    """Where no answer is wrong that is right by itself."""
    return ()


@dataclass(frozen=True)
class Asking:
    """What a procedure does in its own way while an application is written and handed in.

    title: what is applied for. enter: who may type in paper. faults: (step, answers, on=day) → field → sentence.
    wanted: the checklist of a draft; keep: (case, all answers, what is alike) → the row; receive: after the papers are the case's.
    across: what is wrong between the steps.
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


ASKINGS: dict[str, Asking] = {}


def ask_so(procedure: str, asking: Asking) -> None:
    """Make known how a procedure asks. Raises: ValueError when it asks in another way already."""
    if ASKINGS.setdefault(procedure, asking) is not asking:
        raise ValueError(f"two ways of asking for {procedure}")


def asking_of(draft: Draft) -> Asking:
    """How the procedure of a draft asks. Raises: KeyError."""
    return ASKINGS[draft.procedure]


def faults_of(draft: Draft, step: Step, *, on: date | None = None) -> dict[str, str]:
    """Everything wrong in one step of a draft, by itself and beside the others: field → sentence."""
    on, asking = on or moment.today(), asking_of(draft)
    between = {field: sentence for code, field, sentence in asking.across(draft, on) if code == step.code}
    return between | asking.faults(step, draft.told.get(step.code, {}), on=on)


def all_faults(draft: Draft, *, on: date | None = None) -> list[Fault]:
    """Everything wrong in a whole draft, in the order of the steps. on: the day of the check, by default today. Law: 令55 art. 9; 条例 art. 18."""
    return [
        (step.code, field, sentence)
        for step in asking_of(draft).steps.filled_in
        for field, sentence in faults_of(draft, step, on=on).items()
    ]


def answers_of(draft: Draft) -> dict[str, Any]:
    """All answers of a draft in one: no two steps ask the same field."""
    return {field: answer for fields in draft.told.values() for field, answer in fields.items()}
