"""Planning in the background: a page asks, a worker plans, the page hears how far it is. A worker that dies is followed by another.

Facts are rows: what was asked and has not ended is found by the next sweep. Who works on it holds a lock of the database that ends with
its connection, so that of two workers one plans, and a killed one keeps nobody waiting.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from gongjian.accounts.models import Office, User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import RuleError
from gongjian.scheduling.actions.proposing import Planned, keep, planned
from gongjian.scheduling.errors import NothingToPlan, PlanningUnderWay
from gongjian.scheduling.models import Planning
from gongjian.scheduling.problems import coming_sittings
from gongjian.scheduling.states import RUNNING, PlanningState, Step
from gongjian.sittings.access import require
from gongjian.sittings.queries import waiting_cases

MOST_ATTEMPTS = 3
BROKEN = "排期时出现系统错误，已记入日志。原来的方案和安排没有改动，可以重新排期；仍不成的，请联系管理员。"
DIED = "后台程序三次中断，排期没有做完。原来的方案和安排没有改动，请联系管理员查看后台程序，再重新排期。"
log = logging.getLogger(__name__)


@transaction.atomic
def ask_planning(office: Office, *, by: User) -> Planning:
    """Ask for a proposal; the worker makes it. What cannot be planned at all is said at once.

    Law: 令55 art. 10, 12. Raises: SittingNotYours, NothingToPlan, PlanningUnderWay.
    """
    require(by, "sittings.plan", office)
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if Planning.objects.filter(office=office, state__in=RUNNING).exists():
        raise PlanningUnderWay
    if not waiting_cases({office.pk}) or not coming_sittings(office):
        raise NothingToPlan
    asked = Planning.objects.create(office=office, asked_at=moment.now(), asked_by=by)
    record(asked.chain, "planning.asked", by=by, planning=asked.pk)
    return asked


def plan_asked() -> int:
    """Work through what was asked for; how many plannings came to an end. Twice, or at once, does no harm."""
    running = Planning.objects.filter(state__in=RUNNING).order_by("asked_at", "pk")
    return sum(_worked(pk) for pk in list(running.values_list("pk", flat=True)))


def _worked(pk: int) -> bool:
    with _alone(pk) as mine:
        row = _begun(pk) if mine else None
        if row is None:
            return False
        if row.attempts > MOST_ATTEMPTS:
            return _failed(row, DIED)
        try:
            return _done(row, planned(row.office, by=row.asked_by, watch=_watch(row)))
        except RuleError as refusal:
            return _failed(row, str(refusal))
        except Exception:  # what breaks here must be told on the page, and keep no other office waiting
            log.exception("planning.broken", extra={"planning_id": row.pk})
            return _failed(row, BROKEN)


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    """Whether this process alone works on a planning; the database lets go of it when the process dies."""
    key = [f"scheduling.planning/{pk}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", key)
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", key)


@transaction.atomic
def _begun(pk: int) -> Planning | None:
    """Count the attempt; None when somebody else has ended it meanwhile."""
    rows = Planning.objects.select_for_update(of=("self",)).select_related("office", "asked_by")
    row = rows.filter(pk=pk, state__in=RUNNING).first()
    if row is not None:
        row.state, row.attempts = PlanningState.WORKING.value, row.attempts + 1
        row.save(update_fields=["state", "attempts"])
    return row


def _watch(row: Planning) -> Callable[[Step], None]:
    """Each step is on record at once, for the page that asks."""

    def watch(step: Step) -> None:
        Planning.objects.filter(pk=row.pk).update(step=step)

    return watch


@transaction.atomic
def _done(row: Planning, found: Planned) -> bool:
    """The proposal and the end of the planning are one fact."""
    proposal = keep(row.office, found, by=row.asked_by)
    told = {"state": PlanningState.DONE, "proposal": proposal, "ended_at": moment.now()}
    Planning.objects.filter(pk=row.pk).update(**told)
    return True


@transaction.atomic
def _failed(row: Planning, why: str) -> bool:
    told = {"state": PlanningState.FAILED, "refused_because": why[:400], "ended_at": moment.now()}
    Planning.objects.filter(pk=row.pk).update(**told)
    record(row.chain, "planning.failed", by=None, planning=row.pk, attempts=row.attempts)
    return True
