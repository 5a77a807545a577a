"""What the offices decide and serve with a remedy, whatever the procedure: the table that keeps it, what follows from it, when it takes effect.

A conclusion and a recognition decision are such rows. Their rooms make the tables known at start; rooms above follow each new row.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.cases.models import Case
from gongjian.papers.rules import effective_on

Decided = Any
"""A row with `case`, `paper`, `effective_on`, and `sides`: on which sides it is served."""
Follower = Callable[[Decided], object]
FOLLOWERS: list[Follower] = []
TABLES: dict[str, type[models.Model]] = {}


def decided_in(procedure: str, table: type[models.Model]) -> None:
    """Make known which table keeps what a procedure decides. Raises: ValueError when it has another one already."""
    if TABLES.setdefault(procedure, table) is not table:
        raise ValueError(f"two tables for the decisions of {procedure}")


def follow(follower: Follower) -> None:
    """Let `follower` be called with each new decision. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def tell(decided: Decided) -> None:
    """Call everyone who follows. What one refuses, refuses the decision."""
    for follower in FOLLOWERS:
        follower(decided)


def decided_of(case: Case) -> Decided | None:
    """What was decided in a case and still stands; None while nothing does. What fell has a paper that took its place."""
    return standing(case).select_related("paper").first() if case.procedure in TABLES else None


def standing(case: Case) -> "models.QuerySet[Any]":
    """The decisions of a case that have not fallen: one at most."""
    return TABLES[case.procedure]._default_manager.filter(case=case, paper__superseded_by=None)


@transaction.atomic
def put_in_effect(case: Case, *, remedy_ends: Sequence[date]) -> Decided:
    """Note the day on which the decision took effect, and move the case. Law: 令55 art. 19; 条例 art. 55. Raises: MoveNotAllowed."""
    day = effective_on(remedy_ends)
    move(case, "take_effect", by=None, effective=day)
    standing(case).filter(effective_on=None).update(effective_on=day)
    return decided_of(case)


@transaction.atomic
def take_back_effect(case: Case, *, by: User, reason: str) -> Decided:
    """Take back that the decision took effect: a party's time turns out not to have ended, or was used. reason: a code for the ledger.

    Law: 令55 art. 19; 令8 art. 23. Raises: MoveNotAllowed, NotYours.
    """
    decided: Any = decided_of(case)
    former = decided.effective_on
    move(case, "take_back", by=by, former=former, reason=reason)
    standing(case).update(effective_on=None)
    return decided_of(case)
