"""Home visits: whom the team will meet today, before anybody stands at a door where there may be no line.

At a visit one group was drawn for everybody, so that the lot at the door decides nothing; it is drawn all the same when the person has been
received. Until then nothing of a kit is merged: who was not received, drawn and called is sealed by nobody.
"""

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.accounts.models import User
from gongjian.draws.models import Arrival, Recusal, Seat
from gongjian.draws.states import Kind, State
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.opinions.models import Round
from gongjian.opinions.queries.access import Duty, duty_for
from gongjian.opinions.queries.group import Member, Panel
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState

EXPECTED = (BookingState.BOOKED.value, BookingState.PRESENT.value)


def visits_of(user: User) -> list[tuple[Sitting, list[Duty]]]:
    """Today's visits of an expert with those whom the door has not sent yet; nobody in whose case the expert was recused, or a recusal has no answer yet."""
    seats = Seat.objects.filter(expert__user=user, group__draw__sitting__day=moment.today())
    visits = seats.filter(group__draw__sitting__mode=Mode.HOME, group__draw__kind=Kind.EXPERTS)
    visits = visits.exclude(group__draw__state__in=(State.VOID, State.COMMITTED))
    rows = visits.select_related("expert", "group__draw__sitting__venue").order_by("pk")
    return [(seat.group.draw.sitting, _expected(seat)) for seat in rows if _is_alone(seat)]


def has_not_come(exam_code: str) -> bool:
    """Whether the person is still expected: not received, or not sent to the group."""
    return _not_sent().filter(exam_code=exam_code).exists()


def _not_sent() -> QuerySet[Booking]:
    sent = Arrival.objects.filter(booking=OuterRef("pk"), departure=None)
    return Booking.objects.filter(~Exists(sent), state__in=EXPECTED)


def duty_along(exam_code: str, user: User) -> Duty:
    """An expert's part in an examination that goes along, whether the door has sent the person or not. Raises: ExamNotFound."""
    along = [duty for _, duties in visits_of(user) for duty in duties if duty.exam_code == exam_code]
    return along[0] if along else duty_for(exam_code, by=user)


def round_of(duty: Duty) -> int:
    """The number of the round in which will be sealed; one that is not open yet follows those before."""
    return duty.round.number if duty.round else Round.objects.filter(case=duty.case).count() + 1


def _is_alone(seat: Seat) -> bool:
    return seat.group.draw.groups.count() == 1


def _expected(seat: Seat) -> list[Duty]:
    recused = Recusal.objects.filter(expert=seat.expert).exclude(decision=Recusal.Decision.REFUSED).values("case")
    rows = _not_sent().filter(sitting=seat.group.draw.sitting).exclude(case__in=recused)
    return [_duty(row, seat) for row in rows.select_related("case__office", "case__person").order_by("slot", "pk")]


def _duty(row: Booking, seat: Seat) -> Duty:
    assert seat.expert is not None  # the seat was found by its expert
    member = Member(seat.position, seat.expert.number, seat.expert.name, seat.expert.user_id)
    panel = Panel(row.exam_code, seat.group.number, seat.group.room, (member,))
    return Duty(row.case, panel, member, None, None, None, None)
