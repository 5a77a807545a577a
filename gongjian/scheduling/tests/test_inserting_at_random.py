"""Offices as chance makes them: whoever is put in, nobody who knows their day moves, nobody is left without a place, nobody comes to be late by it."""

from datetime import timedelta
from random import Random

import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.cases.models import Case
from gongjian.law.errors import RuleError
from gongjian.scheduling.actions import insert_urgent, propose
from gongjian.scheduling.insertions import insertion_of
from gongjian.scheduling.models import Placement
from gongjian.scheduling.rules import examine_by
from gongjian.scheduling.states import Outcome
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, due
from gongjian.sittings import checks
from gongjian.sittings.actions import book
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db
DAYS = (EARLY, EARLY + timedelta(days=2), LATER)


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def an_office_by_chance(chance: Random) -> list[Sitting]:
    """Three sittings of one to three places and a late one with room for all; up to five people booked, some of whom know their day; others proposed."""
    sittings = [a_day(day, places=chance.randint(1, 3)) for day in DAYS]
    a_day(LATER + timedelta(days=7), places=20)
    for serial in (6, 7):
        an_accepted_case(serial)
    for serial in range(1, 6):
        case = due(an_accepted_case(serial), LATER + timedelta(days=chance.choice([0, 2, 9, 40])))
        try:
            booking = book(case, chance.choice(sittings), by=a_scheduler())
        except RuleError:
            continue  # full: this one waits
        if chance.random() < 0.4:
            Booking.objects.filter(pk=booking.pk).update(noticed_at=PLANNED)
    propose(an_office(), by=a_scheduler())
    return sittings


def standing() -> dict[int, Sitting]:
    """Case → the sitting in which it is booked."""
    rows = Booking.objects.filter(state=BookingState.BOOKED).select_related("sitting")
    return {row.case_id: row.sitting for row in rows}


def late(case: Case, sitting: Sitting) -> int:
    """How many days after its last day a case is examined there."""
    case.refresh_from_db(fields=["due_on"])
    last = examine_by(case.due_on, on=PLANNED.date(), region=an_office().region)  # type: ignore[arg-type]
    return max((sitting.day - last).days, 0)


@pytest.mark.parametrize("number", range(8))
def test_whoever_is_put_in_nobody_comes_off_worse(number):
    an_office_by_chance(Random(number))
    told = set(Booking.objects.exclude(noticed_at=None).values_list("case_id", flat=True))
    before = standing()
    proposed = dict(Placement.objects.filter(sitting__isnull=False).values_list("case_id", "sitting__day"))
    urgent = due(an_accepted_case(9), LATER)
    found = insertion_of(urgent)
    booking = insert_urgent(urgent, seen=found.digest, by=a_scheduler())
    after = standing()
    moved = {case for case, sitting in before.items() if after[case] != sitting}
    assert booking.sitting == found.at
    assert moved == {one.case.pk for one in found.moved if one.is_booked}
    assert moved & told == set()
    assert set(after) == {*before, urgent.pk}
    assert all(late(Case.objects.get(pk=pk), after[pk]) <= late(Case.objects.get(pk=pk), before[pk]) for pk in moved)
    assert set(proposed) == set(
        Placement.objects.filter(outcome=Outcome.PENDING, sitting__isnull=False).values_list("case_id", flat=True)
    ), "who was proposed somewhere is proposed somewhere"
    assert list(checks.capacity()) == []
