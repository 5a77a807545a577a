"""The pure rules of coming back: chains without gaps or forks, order within an examination, what overtakes what, and random schedules."""

from datetime import timedelta
from random import Random

import pytest

from gongjian.kits import chain
from gongjian.kits.chain import START, Link, Standing, overtaken, passes, taken_in, to_try
from gongjian.kits.errors import Forked
from gongjian.kits.states import Ending, Kind, Stage, Way
from gongjian.kits.tests.schedules import Model, play, unlike
from gongjian.kits.words import SENTENCES, sentence
from gongjian.sittings.tests.builders import MORNING

SCHEDULES = 150
A, B, C = Link(1, "a", START), Link(2, "b", "a"), Link(3, "c", "b")


@pytest.mark.parametrize(
    ("known", "sent", "new"),
    [
        ({}, [A, B, C], (A, B, C)),
        ({}, [C, A, B], (A, B, C)),
        ({}, [A, C], (A,)),
        ({}, [B, C], ()),
        ({1: "a"}, [A, B], (B,)),
        ({1: "a", 2: "b", 3: "c"}, [B, A], ()),
        ({1: "a"}, [B, B], (B,)),
        ({1: "a"}, [], ()),
    ],
)
def test_what_is_new_and_follows_without_a_gap_is_taken_in(known, sent, new):
    assert taken_in(known, sent) == new


@pytest.mark.parametrize(
    ("known", "sent", "n"),
    [
        ({1: "a"}, [Link(1, "x", START)], 1),
        ({1: "a"}, [Link(2, "b", "x")], 2),
        ({}, [Link(1, "a", "x")], 1),
        ({}, [A, Link(2, "b", "a"), Link(2, "y", "a")], 2),
    ],
)
def test_another_event_in_the_same_place_is_refused_and_never_written_over(known, sent, n):
    with pytest.raises(Forked) as refusal:
        taken_in(known, sent)
    assert refusal.value.facts["n"] == n


def events(*told: tuple[str, Kind, Stage]) -> list[Standing]:
    return [Standing(n, about, kind, stage) for n, (about, kind, stage) in enumerate(told, 1)]


def test_of_each_examination_the_first_that_waits_is_tried_and_the_later_ones_stay_behind_it():
    told = events(
        ("A", Kind.DRAFTED, Stage.MERGED),
        ("A", Kind.SEALED, Stage.WAITING),
        ("B", Kind.DRAFTED, Stage.CONFLICT),
        ("A", Kind.PICTURED, Stage.WAITING),
        ("B", Kind.SEALED, Stage.WAITING),
    )
    assert to_try(told) == (2, 5)
    assert to_try([]) == ()


def test_later_writing_and_the_seal_make_an_older_conflict_about_writing_idle_and_no_other():
    told = events(
        ("A", Kind.DRAFTED, Stage.CONFLICT),
        ("B", Kind.DRAFTED, Stage.CONFLICT),
        ("A", Kind.SEALED, Stage.CONFLICT),
        ("A", Kind.PICTURED, Stage.MERGED),
        ("A", Kind.DRAFTED, Stage.CONFLICT),
    )
    assert (overtaken(told, 3), overtaken(told, 4), overtaken(told, 5)) == ((1,), (), (1,))


def test_only_what_passes_by_itself_waits_and_everything_that_is_said_has_its_sentence():
    assert passes("opinions.not_called_yet")
    assert not passes("opinions.sealed_already")
    assert set(SENTENCES) >= chain.PASSING
    assert sentence("opinions.sealed_already") != sentence("unheard.of") != ""


def test_a_kit_runs_out_after_its_hours():
    assert chain.expires_at(MORNING, 12) - MORNING == timedelta(hours=12)


def test_every_word_of_the_room_has_its_label():
    assert all(each.label for words in (Ending, Kind, Stage, Way) for each in words)


def test_l22_random_schedules_converge_with_each_event_once_and_in_its_order():
    assert [wrong for seed in range(SCHEDULES) for wrong in unlike(seed)] == []


def test_the_schedules_meet_what_they_are_about():
    offices = [Model(Random(seed)) for seed in range(SCHEDULES)]
    for office in offices:
        play(office)
    assert sum(len(office.chain) for office in offices) > 10 * SCHEDULES
    met = {stage for office in offices for stage in office.stages.values()}
    assert met == {Stage.MERGED, Stage.CONFLICT, Stage.OVERTAKEN}


WAIT = chain.LONGEST_WAIT
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "ended", "came", "on"),
    [
        (WAIT * 9, None, 0 * WAIT, True),
        (WAIT - SECOND, 0 * WAIT, 0 * WAIT, True),
        (WAIT, 0 * WAIT, 0 * WAIT, False),
        (WAIT, 0 * WAIT, SECOND, True),
        (WAIT + SECOND, 0 * WAIT, SECOND, False),
        (WAIT, SECOND, 0 * WAIT, True),
    ],
)
def test_an_event_waits_for_so_long_after_the_kits_end_or_its_own_coming(now, ended, came, on):
    end = None if ended is None else MORNING + ended
    assert chain.waits_on(MORNING + now, ended=end, came=MORNING + came) is on
