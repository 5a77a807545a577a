"""How often a message is tried and how a channel is spared: the tables."""

from datetime import timedelta
from itertools import accumulate, repeat

import pytest

from gongjian.kernel.outbox.gateways import TIMEOUT
from gongjian.kernel.outbox.pacing import (
    GIVE_UP_AFTER,
    MOST_ATTEMPTS,
    MOST_CREDIT,
    credit_after,
    is_last,
    pause_after,
    rest_after,
)
from gongjian.kernel.outbox.states import CHANNEL_LABELS, STATE_LABELS, Channel, State


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (30, 60)])
def test_pauses_double_up_to_an_hour(attempts: int, minutes: int):
    assert pause_after(attempts) == timedelta(minutes=minutes)


def test_the_shortest_pause_outlasts_any_gateway():
    assert pause_after(1) > timedelta(seconds=3 * TIMEOUT)


@pytest.mark.parametrize(("attempts", "last"), [(1, False), (MOST_ATTEMPTS - 1, False), (MOST_ATTEMPTS, True)])
def test_the_last_attempt_is_known(attempts: int, last: bool):
    assert is_last(attempts) is last


def test_all_attempts_fit_into_the_time_after_which_a_message_is_given_up():
    assert sum((pause_after(n) for n in range(1, MOST_ATTEMPTS)), timedelta()) < GIVE_UP_AFTER


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, None), (4, None), (5, 1), (6, 2), (9, 16), (10, 30), (11, 30), (1000, 30)]
)
def test_a_channel_rests_from_the_fifth_failure_in_a_row(failures: int, minutes: int | None):
    assert rest_after(failures) == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    ("credit", "attempts", "left"),
    [(0, 1, 1), (5, 1, 6), (MOST_CREDIT, 1, MOST_CREDIT), (5, 2, 4), (1, 8, 0), (0, 2, 0)],
)
def test_a_first_attempt_earns_what_a_repetition_costs(credit: int, attempts: int, left: int):
    assert credit_after(credit, attempts=attempts) == left


def test_credit_stays_within_its_bounds_however_long_it_goes_on():
    earned = list(accumulate(repeat(1, 500), lambda credit, n: credit_after(credit, attempts=n), initial=0))
    assert max(earned) == MOST_CREDIT


def test_every_channel_and_state_has_its_words():
    assert {channel.label for channel in Channel} == set(CHANNEL_LABELS.values())
    assert {state.label for state in State} == set(STATE_LABELS.values())
