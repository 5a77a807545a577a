"""One thing for everybody of a sitting: each turn is one transaction, done or refused by itself, and never done twice.

What has been done is in rows: a run that was cut off is gone on with by the next sweep, or by whoever looks at its page.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment, turns
from gongjian.kernel.ledger.actions import record
from gongjian.reception.errors import HasCome, NothingToDo, OperationUnknown, RunUnderWay
from gongjian.reception.models import Attendance, Run, RunTurn
from gongjian.reception.queries.runs import whose_turn
from gongjian.reception.states import PERMISSIONS, POSSIBLE_IN, Operation
from gongjian.sittings.access import require
from gongjian.sittings.actions import give_notice, note_absence
from gongjian.sittings.errors import NotExpected, StepNotAllowed
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, SittingState


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
    """Take up to `most` turns, all that wait without it; how many."""
    taken = turns.take(run.turns.filter(turns.STILL_TO_TAKE), partial(_do, run), most=most)
    _finish(run)
    return taken


def _do(run: Run, turn: RunTurn) -> None:
    rows = Booking.objects.select_related(
        "case__office", "case__person", "sitting__venue", "sitting__office", "slot", "wish"
    )
    turns.do(turn, lambda one: ACTS[Operation(run.operation)](rows.get(pk=one.booking_id), run.by))


@transaction.atomic
def _finish(run: Run) -> None:
    if turns.close(run, run.turns.all()):
        done = run.turns.filter(done_at__isnull=False).count()
        record(run.sitting.chain, "run.finished", by=None, operation=run.operation, run=run.pk, done=done)


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
