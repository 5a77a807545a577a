"""Two thousand random histories against the naive telling; a hundred thousand of them stand in tests/soak."""

from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest

from gongjian.law.events import vocabulary
from gongjian.law.history import Event, Standing, in_force, standing, standings
from gongjian.law.limits import all_limits, extension_events, limit
from gongjian.law.tests.agreeing import disagreements, found, told
from gongjian.law.tests.naive import MOVING, PLAIN, History, histories, history_of

SEED = 20260701


@pytest.mark.parametrize("part", range(8))
def test_both_tellings_agree_on_random_histories_in_any_order(part: int) -> None:
    assert disagreements(histories(SEED + part, 250)) == []


@pytest.mark.parametrize("limit", PLAIN)
def test_both_tellings_agree_on_each_limit(limit: str) -> None:
    assert disagreements(history_of(limit, SEED + number) for number in range(25)) == []


def told_alone(one: Standing, events: frozenset[Event], today: date) -> Standing:
    """The same limit, asked about alone."""
    return standing(limit(one.limit), events, today, about=one.about)


@pytest.mark.parametrize("seed", range(30))
def test_a_history_of_many_limits_is_told_alike_in_any_order_and_each_limit_as_if_alone(seed: int) -> None:
    chance = Random(seed)
    about = ["", "职工", "用人单位"]
    events = [
        Event(date(2025, 9, 1) + timedelta(days=chance.randrange(200)), what, about=chance.choice(about))
        for what in chance.sample(sorted(vocabulary().events), 25)
        if what not in extension_events()
    ]
    today = date(2026, 4, 1)
    whole = standings(events, today)
    chance.shuffle(events)
    assert standings(events, today) == whole
    assert [told_alone(one, in_force(events), today) for one in whole] == whole


def test_the_random_histories_meet_every_state_and_are_refused_at_times() -> None:
    answers = [told(one.limit, one.events, one.today) for one in histories(SEED, 1500)]
    seen = {answer if isinstance(answer, str) else answer.state for answer in answers}
    assert seen == {"running", "paused", "met", "ended", "late", "over", "refused"}


def test_the_naive_telling_knows_every_limit() -> None:
    assert set(PLAIN) == set(all_limits())


def test_every_limit_that_something_moves_is_among_them() -> None:
    assert {one.limit for one in histories(SEED, 1000)} >= set(MOVING)


def test_a_difference_would_be_seen() -> None:
    wrong = History("LA-DELIVER", (Event(date(2026, 3, 2), "conclusion_delivered"),), date(2026, 3, 3))
    with pytest.raises((ValueError, IndexError)):
        disagreements([wrong])


DAYS = [
    Event(date(2026, 3, 2), "recognition_accepted"),
    Event(date(2026, 3, 10), "labour_dispute"),
    Event(date(2026, 3, 20), "judicial_decision_pending"),
    Event(date(2026, 4, 1), "labour_dispute_ended"),
    Event(date(2026, 4, 10), "judicial_decision_pending_ended", id="one"),
    Event(date(2026, 4, 20), "judicial_decision_pending_ended", corrects="one"),
]


def test_all_seven_hundred_and_twenty_orders_of_one_history_have_one_answer() -> None:
    answers = {found("WI-DECIDE", order, date(2026, 5, 1)) for order in permutations(DAYS)}
    assert len(answers) == 1
