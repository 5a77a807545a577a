"""The other modes of the demo city: one visited at home, one in the clinic, one who waits for the answer about a video."""

from datetime import date

import pytest

from gongjian.config.demo import walk
from gongjian.config.demo.cast import engage_staff, found_offices
from gongjian.config.demo.story import Days, at, numbered, other_modes
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.papers.models import Paper
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import last_wish
from gongjian.sittings.states import SittingState, WishState
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db
TOLD = date(2026, 6, 17)


@pytest.fixture
def city():
    """The offices, the staff, the pool, the venue, and the other modes told into it."""
    days = Days(TOLD)
    with moment.fixed(at(days.before(84), 9)):
        found_offices()
        engage_staff()
        venue = walk.found_venue()
    walk.fill_pool(at=at(days.before(84), 10))
    with moment.fixed(at(TOLD, 9)):
        other_modes(numbered(), days, venue)
        yield days


def test_each_mode_of_the_story_has_its_person(city):
    wishes = {wish.mode: wish.state for wish in ModeWish.objects.all()}
    assert wishes == {Mode.HOME: WishState.GRANTED, Mode.CLINIC: WishState.GRANTED, Mode.VIDEO: WishState.ASKED}
    booked = Booking.objects.select_related("sitting", "wish", "case__office").order_by("pk")
    assert [booking.sitting.mode for booking in booked] == [Mode.HOME, Mode.CLINIC]
    visited, treated = booked
    assert visited.place.startswith("云溪市东溪县柳桥路")
    assert treated.place.startswith("云溪市第一人民医院鉴定门诊")
    assert last_wish(treated.case).promised_on is not None
    assert Paper.objects.filter(kind="appearance_notice").count() == 2


def test_the_clinic_has_standing_hours_of_three_weeks(city):
    clinic = Sitting.objects.filter(mode=Mode.CLINIC).order_by("day")
    assert clinic[0].day == city.coming
    assert {sitting.day.weekday() for sitting in clinic} == {city.coming.weekday()}
    assert 2 <= clinic.count() <= 3, "a rest day may fall on one of them"
    assert clinic[0].state == SittingState.PUBLISHED
    assert {sitting.state for sitting in clinic[1:]} == {SittingState.PLANNED}
