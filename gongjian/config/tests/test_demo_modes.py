"""The other modes of the demo city: one visited at home, one in the clinic, one who waits for the answer about a video."""

from datetime import date

import pytest

from gongjian.config.demo import walk
from gongjian.config.demo.cast import engage_staff, found_offices
from gongjian.config.demo.story import Days, at, numbered, other_modes, together_and_away
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.papers.models import Paper
from gongjian.sittings.collectives import Collective
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import last_wish
from gongjian.sittings.states import CollectiveState, SittingState, WishState
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db
TOLD = date(2026, 6, 17)


@pytest.fixture
def founded():
    """The offices, the staff, the pool and the venue."""
    days = Days(TOLD)
    with moment.fixed(at(days.before(84), 9)):
        found_offices()
        engage_staff()
        venue = walk.found_venue()
    walk.fill_pool(at=at(days.before(84), 10))
    with moment.fixed(at(TOLD, 9)):
        yield days, venue


@pytest.fixture
def city(founded):
    """The same, and the other modes told into it."""
    days, venue = founded
    other_modes(numbered(), days, venue)
    return days


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


def test_an_employers_day_and_who_lives_elsewhere(founded):
    together_and_away(numbered(), founded[0])
    row = Collective.objects.get()
    states = sorted(wish.state for wish in row.wishes.all())
    assert (row.state, row.employer.name) == (CollectiveState.GRANTED, "云溪恒信机械有限公司")
    assert (states.count("declined"), states.count("offered")) == (1, 1)
    booked = Booking.objects.filter(sitting__mode=Mode.ENTERPRISE).select_related("sitting__venue")
    assert booked.count() == states.count("granted") >= 3
    assert {booking.sitting.venue.employer for booking in booked} == {row.employer}
    away = ModeWish.objects.get(mode=Mode.ENTRUSTED)
    assert away.state == WishState.GRANTED
    assert away.case.obligations.filter(kind="choose_entrusted", fulfilled_at=None).exists()
