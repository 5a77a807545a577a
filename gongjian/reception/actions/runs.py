"""One thing for everybody of a sitting: each turn is one transaction, done or refused by itself, and never done twice.

What has been done is in rows: a run that was cut off is gone on with by the next sweep, or by whoever looks at its page.
"""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import RuleError
from gongjian.reception.errors import HasCome, NothingToDo, OperationUnknown, RunUnderWay
from gongjian.reception.models import Attendance, Run, RunTurn
from gongjian.reception.queries.runs import whose_turn
from gongjian.reception.states import PERMISSIONS, POSSIBLE_IN, Operation
from gongjian.sittings.access import require
from gongjian.sittings.actions import give_notice, note_absence
from gongjian.sittings.errors import NotExpected, StepNotAllowed
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, SittingState

BROKEN = "办理时出现系统错误，这一件没有办成，已记入日志。其他各件不受影响；排除后可以再次办理。"
log = logging.getLogger(__name__)


@transaction.atomic
def begin_run(sitting: Sitting, operation: str, *, by: User) -> Run:
    """Line up everybody whose turn it is. Nothing is done yet.

    Law: 令55 art. 12, 14. Raises: OperationUnknown, SittingNotYours, StepNotAllowed, RunUnderWay, NothingToDo.
    """
    if operation not in set(Operation):
        raise OperationUnknown
    act = Operation(operation)
    require(by, PERMISSIONS[act], sitting.office_id)
    here = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if here.state not in POSSIBLE_IN[act]:
        raise StepNotAllowed(state=SittingState(here.state).label, act=act.label)
    if Run.objects.filter(sitting=here, operation=act, finished_at=None).exists():
        raise RunUnderWay(what=act.label)
    bookings = list(whose_turn(here, act))
    if not bookings:
        raise NothingToDo(what=act.label)
    run = Run.objects.create(sitting=here, operation=act, by=by, at=moment.now())
    RunTurn.objects.bulk_create(RunTurn(run=run, booking=booking) for booking in bookings)
    record(here.chain, "run.begun", by=by, operation=act.value, run=run.pk, count=len(bookings))
    return run


def go_on() -> int:
    """Go on with every run that is under way; how many turns were taken. Two at once share the turns."""
    return sum(advance(run) for run in Run.objects.filter(finished_at=None).order_by("id"))


def advance(run: Run, *, most: int | None = None) -> int:
    """Take up to `most` turns, all that wait without it; how many. A process that dies loses the one turn it was at, which is taken again."""
    turns = 0
    while turns != most and _take_turn(run):
        turns += 1
    _finish(run)
    return turns


@transaction.atomic
def _take_turn(run: Run) -> bool:
    rows = RunTurn.objects.filter(run=run, done_at=None, refusal="").order_by("id")
    turn = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if turn is None:
        return False
    turn.refusal = _refused(run, turn)[:300]
    turn.done_at = None if turn.refusal else moment.now()
    turn.save(update_fields=["done_at", "refusal"])
    return True


def _refused(run: Run, turn: RunTurn) -> str:
    """Do it for one person; why it was not done, "" when it was. What breaks is logged, and holds nobody else up."""
    rows = Booking.objects.select_related(
        "case__office", "case__person", "sitting__venue", "sitting__office", "slot", "wish"
    )
    try:
        with transaction.atomic():
            ACTS[Operation(run.operation)](rows.get(pk=turn.booking_id), run.by)
    except RuleError as refusal:
        return str(refusal)
    except Exception:  # one person's broken row must not keep the others waiting
        log.exception("run.turn_broken", extra={"run": run.pk, "turn": turn.pk})
        return BROKEN
    return ""


@transaction.atomic
def _finish(run: Run) -> None:
    row = Run.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=run.pk)
    if row.finished_at or row.turns.filter(done_at=None, refusal="").exists():
        return
    row.finished_at = moment.now()
    row.save(update_fields=["finished_at"])
    done = row.turns.filter(done_at__isnull=False).count()
    record(row.sitting.chain, "run.finished", by=None, operation=row.operation, run=row.pk, done=done)


def _notice(booking: Booking, by: User) -> None:
    if booking.state != BookingState.BOOKED:
        raise NotExpected(state=BookingState(booking.state).label)
    give_notice(booking, by=by)


def _absence(booking: Booking, by: User) -> None:
    if Attendance.objects.filter(booking=booking).exists():
        raise HasCome
    note_absence(booking, by=by)


ACTS: Mapping[Operation, Callable[[Booking, User], None]] = MappingProxyType(
    {Operation.NOTICES: _notice, Operation.ABSENCES: _absence}
)
