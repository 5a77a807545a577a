"""An application withdrawn after a place was booked gives the place back, whichever way it was withdrawn."""

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_worker_user
from gongjian.appraisal.actions import withdraw
from gongjian.appraisal.actions.withdrawal import receive_withdrawal
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.materials.tests.builders import a_picture
from gongjian.sittings.models import Slot
from gongjian.sittings.states import LIVE, BookingState, SittingState
from gongjian.sittings.tests.builders import PLANNED, a_booking, a_sitting, an_accepted_case, at, with_parts

pytestmark = pytest.mark.django_db


def a_booked_case() -> Case:
    case = with_parts(an_accepted_case(), "143:left")
    a_booking(case, sitting=a_sitting(state=SittingState.PUBLISHED))
    case.refresh_from_db()
    return case


def by_the_worker(case: Case) -> Case:
    return withdraw(case, by=a_worker_user())


def at_the_window(case: Case) -> Case:
    return receive_withdrawal(case, wish=a_picture(60), name="wish.png", by=a_clerk())


@pytest.mark.parametrize("way", [by_the_worker, at_the_window])
def test_the_place_goes_back_and_nothing_is_owed_but_the_archive(way):
    case = a_booked_case()
    taken = sum(Slot.objects.values_list("taken", flat=True))
    with at(PLANNED):
        case = way(case)
    assert case.state == "withdrawn"
    assert sum(Slot.objects.values_list("taken", flat=True)) == taken - 1
    assert not case.bookings.filter(state__in=LIVE).exists()
    assert case.bookings.get().state == BookingState.MOVED
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


def test_without_a_booking_there_is_nothing_to_give_back():
    case = with_parts(an_accepted_case(), "143:left")
    with at(PLANNED):
        assert by_the_worker(case).state == "withdrawn"
    assert not case.bookings.exists()
