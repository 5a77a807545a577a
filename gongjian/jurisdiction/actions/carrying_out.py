"""Changes that have begun are carried out case by case: one transaction each, in order, resumed after the last one that was looked at.

A case at which this fails is set aside: the others go on, its office's administrator is told, and it is tried again until it goes.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.jurisdiction.actions.handover import decide
from gongjian.jurisdiction.errors import NotYourChange
from gongjian.jurisdiction.models import Change, SetAside
from gongjian.jurisdiction.owes import HANDOVER_FAILS
from gongjian.jurisdiction.queries import change_for, managed, running, set_aside
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record

MOST_CASES = 200
MOST_AT_ONCE = 20
"""Of those set aside, tried in one request of a person who waits: each may print a paper."""
AGAIN_AFTER = timedelta(minutes=30)
log = logging.getLogger(__name__)


def carry_out_due(limit: int = MOST_CASES) -> int:
    """Carry out what has begun, then try again what was set aside; how many cases were looked at. May run twice at once, and be killed at any place."""
    due = Change.objects.filter(taken_back_at=None, done_at=None, since__lte=moment.today()).order_by("since", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)):
        while done < limit and look_at_next(pk):
            done += 1
    return done + _try_waiting(limit - done)


def look_at_next(pk: int) -> bool:
    """Hand the next case of a change over, note that it stays, or set it aside; whether there was one. After the last the change is done."""
    case = _next(pk)
    if case is None:
        return False
    try:
        _look_at(pk, case)
    except Exception as fault:  # one case's fault must not keep the others at an office that decides no more
        log.exception("jurisdiction.not_handed_over", extra={"change_id": pk, "case_id": case})
        _set_aside(pk, case, type(fault).__name__)
    return True


def try_again(change: Change, *, by: User) -> int:
    """Try at once what was set aside, the longest untried first and `MOST_AT_ONCE` at most; how many have gone. Raises: NotYourChange."""
    row = change_for(change.pk, by=by)
    if not {row.from_office_id, row.to_office_id} & managed(by):
        raise NotYourChange
    waiting = set_aside(row).order_by("tried_at", "pk").values_list("pk", flat=True)
    return sum(_try(pk) for pk in list(waiting[:MOST_AT_ONCE]))


@transaction.atomic
def _next(pk: int) -> int | None:
    change = _locked(pk)
    if change.done_at or change.taken_back_at:
        return None
    case = running(change, after=change.upto).values_list("pk", flat=True).first()
    if case is None:
        Change.objects.filter(pk=pk).update(done_at=moment.now())
    return case


@transaction.atomic
def _look_at(pk: int, case: int) -> None:
    change = _locked(pk)
    if change.upto < case:  # nobody else has looked at it meanwhile
        decide(change, locked(Case.objects.get(pk=case)))
        Change.objects.filter(pk=pk).update(upto=case)


@transaction.atomic
def _set_aside(pk: int, case_pk: int, fault: str) -> None:
    if _locked(pk).upto >= case_pk:
        return
    case, now = locked(Case.objects.get(pk=case_pk)), moment.now()
    SetAside.objects.create(change_id=pk, case=case, fault=fault[:80], since=now, tried_at=now)
    Change.objects.filter(pk=pk).update(upto=case_pk)
    due, article = moment.today(), "条例 第五条、第十七条"
    owe(case, HANDOVER_FAILS, due=due, article=article, role=Role.ADMINISTRATOR, about=str(pk))
    record(case.chain, "case.handover_failed", by=None, change=pk, fault=fault[:80])


def _try_waiting(limit: int) -> int:
    rows = SetAside.objects.filter(solved_at=None, tried_at__lte=moment.now() - AGAIN_AFTER).order_by("tried_at")
    waiting = list(rows.values_list("pk", flat=True)[:limit])
    for pk in waiting:
        _try(pk)
    return len(waiting)


def _try(pk: int) -> bool:
    """Whether a case that was set aside has gone, or belongs there no more."""
    try:
        _solve(pk)
    except Exception as fault:  # it waits for the next time, and the others are tried
        log.exception("jurisdiction.not_handed_over", extra={"set_aside_id": pk})
        told = {"tried_at": moment.now(), "tries": F("tries") + 1, "fault": type(fault).__name__[:80]}
        SetAside.objects.filter(pk=pk, solved_at=None).update(**told)
        return False
    return True


@transaction.atomic
def _solve(pk: int) -> None:
    change = _locked(SetAside.objects.values_list("change", flat=True).get(pk=pk))
    row = SetAside.objects.select_related("case").get(pk=pk)
    if row.solved_at:
        return
    case = locked(row.case)
    decide(change, case)
    row.solved_at = moment.now()
    row.save(update_fields=["solved_at"])
    fulfil(case, HANDOVER_FAILS, about=str(change.pk))


def _locked(pk: int) -> Change:
    return Change.objects.select_for_update(of=("self",)).select_related("from_office", "to_office").get(pk=pk)
