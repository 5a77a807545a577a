"""Who a person at a kiosk is, by two things of which the second is known to them alone."""

from collections.abc import Iterator

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import OrderBy

from gongjian.applications.reaching import telephone_of
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.reception.errors import ComesAnotherDay, ComesElsewhere, NoLongerExpected, NotRecognised
from gongjian.reception.rules import asks_for_telephone, tail_matches
from gongjian.sittings.codes import Shape, read, shape_of
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import LIVE, BookingState

MOST = 20
"""Bookings that one telephone can stand for: a foreman's or an agent's, given for many."""


def recognise(who: str, second: str, sitting: Sitting) -> Booking:
    """The booking of a person who tells something that names them, and the end of something else that is theirs.

    Unknown and wrong answer alike. Raises: NotRecognised, ComesAnotherDay, ComesElsewhere, NoLongerExpected.
    """
    plain, told = read(who), read(second)
    shape = shape_of(plain)
    theirs = [
        booking
        for booking in _named(plain, shape, sitting).order_by(_here(sitting), "-pk")[:MOST]
        if tail_matches(told, _numbers(booking, shape))
    ]
    if not theirs or len({booking.case.person_id for booking in theirs}) > 1:
        raise NotRecognised
    return _expected_here(min(theirs, key=lambda one: _nearness(one, sitting)), sitting)


def _here(sitting: Sitting) -> OrderBy:
    """Who is expected here goes before all others for whom the same telephone was given."""
    return ExpressionWrapper(Q(sitting=sitting), output_field=BooleanField()).desc()


def _named(plain: str, shape: Shape, sitting: Sitting) -> QuerySet[Booking]:
    rows = Booking.objects.filter(sitting__office_id=sitting.office_id).select_related(
        "case__person", "case__office", "case__employer", "sitting__venue", "slot"
    )
    if shape is Shape.CODE:
        return rows.filter(exam_code=plain)
    if shape is Shape.TICKET:
        return rows.filter(sitting=sitting, ticket=int(plain))
    if shape is Shape.TELEPHONE:
        named = Q(case__person__telephone_index=blind_index(plain, "telephone"))
    else:
        named = Q(case__person__id_index=blind_index(plain, "id_number"))
    return rows.filter(named, state__in=LIVE)


def _numbers(booking: Booking, shape: Shape) -> Iterator[str]:
    if not asks_for_telephone(shape):
        yield booking.case.person.id_number
        return
    yield booking.case.person.telephone
    yield telephone_of(booking.case, Side.WORKER)


def _nearness(booking: Booking, sitting: Sitting) -> tuple[bool, int]:
    """Here before elsewhere, then the nearest day."""
    return booking.sitting_id != sitting.pk, abs((booking.sitting.day - sitting.day).days)


def _expected_here(booking: Booking, sitting: Sitting) -> Booking:
    if booking.state in (BookingState.MOVED, BookingState.ENDED, BookingState.ABSENT):
        raise NoLongerExpected
    if booking.sitting.day != moment.today():
        raise ComesAnotherDay(day=booking.sitting.day)
    if booking.sitting_id != sitting.pk:
        raise ComesElsewhere(place=booking.public_place)
    return booking
