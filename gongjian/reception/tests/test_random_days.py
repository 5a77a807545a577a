"""Random days: whatever is pressed in whatever order, everybody stands at one place, nobody is lost, and the forecast is what would happen.

The seeds are numbers; each day is the same whenever it is played.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.law.errors import RuleError
from gongjian.reception.actions import announce_delay, attend, call_to_desk, end_delay, note_come, tell_late
from gongjian.reception.models import Attendance, Kiosk
from gongjian.reception.queries.day import day_of
from gongjian.reception.queries.screens import calls_of, desk_calls
from gongjian.reception.rules import TURN, Standing, forecast
from gongjian.reception.states import AHEAD, Stage
from gongjian.reception.tests.builders import a_kiosk, an_open_day, people_of, tail_of
from gongjian.sittings.actions import call_next, check_in, enter, finish, recall, skip
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.tests.builders import MORNING, at

PEOPLE, ACTS = 5, 45
Step = Callable[[Sitting, Kiosk, Random], object]


def one(sitting: Sitting, chance: Random) -> Booking:
    return chance.choice(people_of(sitting))


def somebody_comes(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    booking = one(sitting, chance)
    return attend(kiosk, who=booking.exam_code, second=tail_of(booking))


def somebody_is_noted(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return note_come(one(sitting, chance), by=an_exam_staff())


def a_desk_calls(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return call_to_desk(sitting, desk="1号台", by=an_exam_staff())


def somebody_is_identified(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return check_in(one(sitting, chance).exam_code, sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())


def somebody_is_sent(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    booking = one(sitting, chance)
    if booking.case.state == State.PRESENT:
        put_in_state(booking.case, State.GROUPED)
    return enter(booking, chance.choice((1, 2)), by=an_exam_staff())


def a_group_calls(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return call_next(sitting, chance.choice((1, 2)), an_exam_staff())


def somebody_is_called_again(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return recall(one(sitting, chance), an_exam_staff())


def somebody_is_put_back(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return skip(one(sitting, chance), "叫号未应答", an_exam_staff())


def somebody_is_done(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return finish(one(sitting, chance), an_exam_staff())


def it_is_late(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return announce_delay(sitting, minutes=chance.randint(0, 90), cause="other", by=an_exam_staff())


def it_goes_on(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return end_delay(sitting, by=an_exam_staff())


def the_sweep_runs(sitting: Sitting, kiosk: Kiosk, chance: Random) -> object:
    return tell_late()


STEPS: tuple[Step, ...] = (
    somebody_comes, somebody_comes, somebody_is_noted, a_desk_calls, somebody_is_identified, somebody_is_identified,
    somebody_is_sent, somebody_is_sent, a_group_calls, a_group_calls, somebody_is_called_again, somebody_is_put_back,
    somebody_is_done, it_is_late, it_goes_on, the_sweep_runs,
)  # fmt: skip


def played(sitting: Sitting, seed: int) -> list[str]:
    """A day of random presses, a minute apart; which of them were refused. What is refused has changed nothing that is looked at below."""
    chance, refused = Random(seed), []
    kiosk = a_kiosk(sitting)
    for minute in range(ACTS):
        with at(MORNING + timedelta(minutes=minute)):
            try:
                chance.choice(STEPS)(sitting, kiosk, chance)
            except RuleError as refusal:
                refused.append(refusal.code)
            assert_everybody_is_somewhere(sitting)
    return refused


def assert_everybody_is_somewhere(sitting: Sitting) -> None:
    day = day_of(sitting)
    assert sorted(place.id for place in day.places) == [booking.pk for booking in people_of(sitting)]
    assert sum(count for _, count in day.counts) == PEOPLE
    assert set(day.expected) == {place.id for place in day.places if place.stage in AHEAD}
    assert all(moment_ >= moment.now() for moment_ in day.expected.values())
    come = {place.id for place in day.places if place.stage not in (Stage.EXPECTED, Stage.ABSENT)}
    assert {place.id for place in day.places if place.ticket is not None} >= come
    tickets = [place.ticket for place in day.places if place.ticket is not None]
    assert len(set(tickets)) == len(tickets)
    on_screens = {call.ticket for room in calls_of(sitting) for call in room.now}
    assert on_screens == {place.ticket for place in day.places if place.stage is Stage.CALLED}
    at_desks = {call.ticket for call in desk_calls(sitting)}
    assert at_desks <= {place.ticket for place in day.places if place.stage is Stage.ARRIVED}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", (1, 2))
def test_on_a_random_day_nobody_is_lost_or_doubled_and_every_case_owes_something(seed):
    sitting = an_open_day(PEOPLE)
    refused = played(sitting, seed)
    assert len(refused) < ACTS
    assert Attendance.objects.count() <= PEOPLE
    cases = Case.objects.filter(bookings__sitting=sitting)
    assert all(open_obligations(case) for case in cases)
    assert verify()[1] == []


NINE = datetime(2026, 3, 24, 9, 0, tzinfo=moment.ZONE)


def minute(number: int) -> datetime:
    return NINE + timedelta(minutes=number)


def a_crowd(chance: Random) -> list[Standing]:
    """Up to thirty people at stages of all kinds; at most one called in a group."""
    called: set[int] = set()
    people = []
    for number in range(chance.randint(1, 30)):
        stage = chance.choice([*AHEAD, Stage.CALLED, Stage.FINISHED])
        group = chance.randint(1, 3) if stage in (Stage.WAITING, Stage.CALLED) else 0
        if stage is Stage.CALLED and group in called:
            stage = Stage.WAITING
        if stage is Stage.CALLED:
            called.add(group)
        due = chance.randint(0, 12) * 10
        people.append(Standing(number, stage, minute(due), minute(chance.randint(-60, 0)), group))
    return people


def acted_out(people: list[Standing], pace: int, groups: int) -> dict[int, int]:
    """The same by playing it: minute by minute each free group takes who is next for it; id → minutes after nine."""
    busy = dict.fromkeys(range(1, groups + 1), 0)
    for person in people:
        if person.stage is Stage.CALLED:
            busy[person.group] = max(0, int((person.since - NINE).total_seconds() // 60) + pace)
    waiting = sorted(
        (one for one in people if one.stage in TURN), key=lambda one: (TURN[one.stage], _turn(one), one.id)
    )
    found: dict[int, int] = {}
    for person in waiting:
        group = person.group or min(busy, key=lambda number: busy[number])
        due = int((person.due_at - NINE).total_seconds() // 60) if person.stage is Stage.EXPECTED else 0
        clock = 0
        while clock < max(busy[group], due):
            clock += 1
        found[person.id] = clock
        busy[group] = clock + pace
    return found


def _turn(person: Standing) -> datetime:
    return person.due_at if person.stage is Stage.EXPECTED else person.since


@pytest.mark.parametrize("seed", range(60))
def test_the_forecast_is_what_comes_of_playing_the_queues(seed):
    chance = Random(seed)
    people, pace = a_crowd(chance), chance.randint(5, 20)
    told = forecast(people, now=NINE, pace=timedelta(minutes=pace), groups=(1, 2, 3), not_before=NINE)
    assert {key: int((when - NINE).total_seconds() // 60) for key, when in told.items()} == acted_out(people, pace, 3)


@pytest.mark.parametrize("seed", range(20))
def test_in_a_forecast_no_group_sees_two_at_once_and_nobody_waits_while_their_group_is_idle(seed):
    chance = Random(seed)
    people, pace = a_crowd(chance), timedelta(minutes=10)
    told = forecast(people, now=NINE, pace=pace, groups=(1, 2, 3), not_before=NINE)
    standing = {person.id: person for person in people}
    for group in (1, 2, 3):
        own = sorted(told[key] for key in told if standing[key].group == group)
        assert all(later - earlier >= pace for earlier, later in pairwise(own))
    assert set(told) == {person.id for person in people if person.stage in AHEAD}


@pytest.mark.parametrize("seed", range(10))
def test_more_delay_never_makes_anybody_earlier(seed):
    people = a_crowd(Random(seed))
    told = [
        forecast(people, now=NINE, pace=timedelta(minutes=10), groups=(1, 2, 3), not_before=minute(delay))
        for delay in (0, 30, 60)
    ]
    assert all(told[0][key] <= told[1][key] <= told[2][key] for key in told[0])


SIGNS = "0123456789XABCDEFGHJKLMNPQRSTUVWYZ林知远' -%_\\\"<>　０９\u200b"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_typed_at_a_kiosk_is_refused_in_words_and_lets_nobody_in(seed):
    chance = Random(seed)
    with at(MORNING):
        sitting = an_open_day(1)
        kiosk = a_kiosk(sitting)
        for _ in range(40):
            who, second = ("".join(chance.choices(SIGNS, k=chance.randint(0, 20))) for _ in range(2))
            with pytest.raises(RuleError) as refusal:
                attend(kiosk, who=who, second=second)
            assert str(refusal.value).endswith("。")
    assert Attendance.objects.count() == 0
