"""The measuring of a sitting's morning: everybody is let through once, at all machines, and what is written says so."""

from datetime import timedelta

import pytest

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, an_exam_staff
from gongjian.config.bench import command, day
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.reception.models import Attendance, Kiosk
from gongjian.reception.tests.builders import an_open_day
from gongjian.sittings.models import Sitting
from gongjian.sittings.tests.builders import MORNING, PLANNED, a_venue, an_accepted_case, at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _by_our_own_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "staff", lambda role: a_member(Role(role)))


@kept
def an_open_day_of(people: int) -> Sitting:
    return an_open_day(people)


def test_people_go_in_crowds_of_a_minute_and_nobody_is_left_out():
    people = [day.Visitor(str(number), "0000") for number in range(7)]
    crowds = list(day.crowds(people, 3))
    assert [len(crowd) for crowd in crowds] == [3, 3, 1]
    assert [person for crowd in crowds for person in crowd] == people


def test_everybody_is_let_through_once_each_minute_a_crowd(monkeypatch):
    monkeypatch.setattr(day, "MINUTES", 2)
    sitting = an_open_day_of(5)
    times = day.through(sitting, day.people_of(sitting))
    assert (len(times), times == sorted(times), times[0] > 0) == (5, True, True)
    came = Attendance.objects.order_by("at")
    assert came.count() == 5
    assert {one.at - sitting.starts_at for one in came} == {timedelta(0), timedelta(minutes=1)}
    assert Kiosk.objects.count() == day.KIOSKS


def test_somebody_who_is_not_recognised_stops_the_measuring():
    sitting = an_open_day_of(1)
    (person,) = day.people_of(sitting)
    with at(MORNING), pytest.raises(RuntimeError, match="422"):
        day._receive(day.a_kiosk(sitting), person._replace(tail="0000"))


def test_the_hall_has_a_place_for_everybody_in_two_hours(monkeypatch):
    office = a_venue().office
    monkeypatch.setattr(day, "committee", lambda: office)
    with at(PLANNED):
        plan = day._plan(moment.at(MORNING.date(), 9), 600)
    assert (plan.capacity * day.SLOTS, len(plan.rooms)) == (600, day.ROOMS)
    assert plan.ends_at - plan.starts_at == timedelta(minutes=day.MINUTES)


def test_cases_are_written_until_there_are_enough_that_wait(monkeypatch):
    written: list[int] = []

    def make(count: int, say: day.Say) -> None:
        written.append(count)
        an_accepted_case(len(written))

    monkeypatch.setattr(day, "make", make)
    found = day._accepted(2, [].append)
    assert (len(found), written) == (2, [day.MADE, day.MADE])
    assert [case.state for case in day._accepted(1, [].append)] == ["accepted"]


def test_the_part_of_the_page_says_how_many_came_and_with_how_many_tickets(monkeypatch):
    sitting = an_open_day_of(4)
    monkeypatch.setattr(day, "a_full_sitting", lambda people, say: sitting)
    said: list[str] = []
    told = day.section(said.append, 4)
    assert ("| self-service | 4 |" in told, "4 on the list, 4 different tickets" in told) == (True, True)
    assert (len(said), "4人，中位数" in said[0]) == (1, True)


def test_a_measured_part_takes_its_own_place_on_the_page(monkeypatch, tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\n## Planner\n\nold\n\n## Growth\n\nflat\n", encoding="utf-8")
    monkeypatch.setattr(command, "PAGE", page)
    command._written("Planner", "new")
    text = page.read_text(encoding="utf-8")
    assert ("old" in text, "new" in text, "## Growth\n\nflat" in text) == (False, True, True)
    assert an_exam_staff().name not in text
