"""Who may be drawn, for every combination of conditions; terms and suspensions to the day; specialties of every part."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from gongjian.experts import errors
from gongjian.experts.errors import SpecialtyUnknown, TermWrong, TitleTooLow, TrainingInFuture
from gongjian.experts.rules import (
    BARRIER_LABELS,
    TITLE_LEVELS,
    Barrier,
    Standing,
    answer_barriers,
    barriers,
    check_qualification,
    check_term,
    check_training,
    last_day_of_term,
)
from gongjian.experts.specialties import SPECIALTIES, TABLE, code_of_label, in_order, labels
from gongjian.law.errors import NotAllowed, NotFound, RuleError

ON = date(2026, 3, 24)
BEFORE, AFTER = ON - timedelta(days=1), ON + timedelta(days=1)
GOOD = Standing(term_from=date(2025, 9, 1), term_until=date(2028, 8, 31), trained_on=date(2025, 8, 20))

TERMS = {
    "in term": ({}, ()),
    "begins tomorrow": ({"term_from": AFTER}, (Barrier.TERM_NOT_BEGUN,)),
    "ended yesterday": ({"term_until": BEFORE}, (Barrier.TERM_ENDED,)),
}
TRAININGS = {
    "trained": ({}, ()),
    "never trained": ({"trained_on": None}, (Barrier.UNTRAINED,)),
    "trained tomorrow": ({"trained_on": AFTER}, (Barrier.UNTRAINED,)),
}
SUSPENSIONS = {
    "never suspended": ({}, ()),
    "suspended for good": ({"suspended_from": BEFORE}, (Barrier.SUSPENDED,)),
    "suspended until today": ({"suspended_from": BEFORE, "suspended_until": ON}, (Barrier.SUSPENDED,)),
    "suspended until yesterday": ({"suspended_from": date(2026, 3, 1), "suspended_until": BEFORE}, ()),
    "suspended from tomorrow": ({"suspended_from": AFTER}, ()),
}
HEALTHS = {"in good health": ({}, ()), "unfit": ({"in_good_health": False}, (Barrier.UNHEALTHY,))}
DISMISSALS = {
    "not dismissed": ({}, ()),
    "dismissed today": ({"dismissed_on": ON}, (Barrier.DISMISSED,)),
    "dismissed from tomorrow": ({"dismissed_on": AFTER}, ()),
}
TABLES: tuple[dict[str, Any], ...] = (DISMISSALS, TERMS, TRAININGS, SUSPENSIONS, HEALTHS)
COMBINATIONS = list(product(*TABLES))


@pytest.mark.parametrize("told", COMBINATIONS, ids=", ".join)
def test_art_24_every_condition_counts_for_itself_and_all_that_fail_are_told_in_order(told):
    parts = [table[word] for table, word in zip(TABLES, told, strict=True)]
    changes = {name: value for change, _ in parts for name, value in change.items()}
    found = tuple(barrier for _, expected in parts for barrier in expected)
    assert barriers(replace(GOOD, **changes), on=ON) == found


def test_the_table_of_combinations_holds_all_two_hundred_and_seventy():
    assert len(COMBINATIONS) == len(set(COMBINATIONS)) == 3 * 3 * 3 * 5 * 2


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 8, 31), (Barrier.TERM_NOT_BEGUN,)),
        (date(2025, 9, 1), ()),
        (date(2025, 9, 2), ()),
        (date(2028, 8, 30), ()),
        (date(2028, 8, 31), ()),
        (date(2028, 9, 1), (Barrier.TERM_ENDED,)),
    ],
)
def test_art_24_a_term_counts_from_its_first_day_through_its_last(day, found):
    assert barriers(GOOD, on=day) == found


@pytest.mark.parametrize(
    ("day", "is_out"),
    [
        (date(2026, 3, 9), False),
        (date(2026, 3, 10), True),
        (date(2026, 3, 15), True),
        (date(2026, 3, 20), True),
        (date(2026, 3, 21), False),
    ],
)
def test_a_suspension_counts_from_its_first_day_through_its_last(day, is_out):
    suspended = replace(GOOD, suspended_from=date(2026, 3, 10), suspended_until=date(2026, 3, 20))
    assert (barriers(suspended, on=day) == (Barrier.SUSPENDED,)) is is_out


def test_a_suspension_of_one_day_keeps_out_on_that_day_alone():
    suspended = replace(GOOD, suspended_from=ON, suspended_until=ON)
    assert [bool(barriers(suspended, on=day)) for day in (BEFORE, ON, AFTER)] == [False, True, False]


def test_a_suspension_without_an_end_never_ends_by_itself():
    suspended = replace(GOOD, suspended_from=ON)
    assert barriers(suspended, on=GOOD.term_until) == (Barrier.SUSPENDED,)


def test_an_end_without_a_beginning_is_no_suspension():
    assert barriers(replace(GOOD, suspended_until=AFTER), on=ON) == ()


@pytest.mark.parametrize(("day", "is_out"), [(BEFORE, False), (ON, True), (AFTER, True)])
def test_art_35_a_dismissal_counts_from_its_day_on(day, is_out):
    assert (barriers(replace(GOOD, dismissed_on=ON), on=day) == (Barrier.DISMISSED,)) is is_out


@pytest.mark.parametrize(("day", "is_out"), [(BEFORE, True), (ON, False), (AFTER, False)])
def test_art_24_a_training_counts_from_the_day_it_was_passed(day, is_out):
    assert (barriers(replace(GOOD, trained_on=ON), on=day) == (Barrier.UNTRAINED,)) is is_out


def test_everything_that_speaks_against_an_expert_is_told_at_once():
    worst = Standing(
        term_from=date(2020, 1, 1),
        term_until=date(2022, 12, 31),
        trained_on=None,
        in_good_health=False,
        suspended_from=date(2021, 1, 1),
        dismissed_on=date(2022, 1, 1),
    )
    assert set(barriers(worst, on=ON)) == set(Barrier) - {
        Barrier.TERM_NOT_BEGUN,
        Barrier.NO_ANSWER,
        Barrier.NOT_AVAILABLE,
    }


def test_two_barriers_are_never_said_with_the_same_words():
    assert len(set(BARRIER_LABELS.values())) == len(Barrier)
    assert [barrier.label for barrier in Barrier] == [BARRIER_LABELS[barrier] for barrier in Barrier]


def test_an_answer_never_yields_more_than_one_barrier():
    assert [len(answer_barriers(said)) for said in (True, False, None)] == [0, 1, 1]


@pytest.mark.parametrize(
    ("begins", "last"),
    [
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2026, 1, 2), date(2029, 1, 1)),
        (date(2026, 2, 28), date(2029, 2, 27)),
        (date(2026, 3, 1), date(2029, 2, 28)),
        (date(2025, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 27)),
        (date(2026, 12, 31), date(2029, 12, 30)),
    ],
)
def test_art_24_three_years_end_on_the_eve_of_the_anniversary(begins, last):
    assert last_day_of_term(begins) == last


@pytest.mark.parametrize("begins", [date(2026, 1, 1), date(2026, 7, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_art_24_a_full_term_is_allowed_and_a_day_more_is_not(begins):
    last = last_day_of_term(begins)
    check_term(begins, last)
    with pytest.raises(TermWrong):
        check_term(begins, last + timedelta(days=1))


@pytest.mark.parametrize("days", [-1, 0])
def test_art_24_a_term_does_not_end_before_it_has_begun(days):
    with pytest.raises(TermWrong):
        check_term(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 2, 365])
def test_art_24_a_term_may_be_shorter_than_a_full_one(days):
    check_term(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))


def test_the_last_term_of_the_calendar_is_counted():
    assert last_day_of_term(date(9996, 12, 31)) == date(9999, 12, 30)


@pytest.mark.parametrize("begins", [date(9997, 1, 1), date(9998, 2, 28), date(9999, 12, 31)])
def test_a_term_that_ends_beyond_the_calendar_is_refused_with_a_sentence(begins):
    with pytest.raises(TermWrong, match="3年"):
        last_day_of_term(begins)


@pytest.mark.parametrize("level", TITLE_LEVELS)
@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_art_24_every_senior_title_and_every_specialty_of_the_table_is_taken(level, specialty):
    check_qualification(level, [specialty])


@pytest.mark.parametrize("level", ["", "Senior", "SENIOR", "正高级", "attending", "resident", "junior", "none"])
def test_art_24_no_other_title_is_taken_however_it_is_spelt(level):
    with pytest.raises(TitleTooLow, match="第二十四条"):
        check_qualification(level, ["orthopaedics"])


def test_the_title_is_looked_at_before_the_specialty():
    with pytest.raises(TitleTooLow):
        check_qualification("attending", [])


@pytest.mark.parametrize("specialties", [["骨科"], ["Orthopaedics"], [""], ["orthopaedics", ""]])
def test_a_specialty_is_told_by_its_code(specialties):
    with pytest.raises(SpecialtyUnknown):
        check_qualification("senior", specialties)


@pytest.mark.parametrize("passed", [None, BEFORE, ON])
def test_art_24_a_training_was_passed_today_at_the_latest(passed):
    check_training(passed, today=ON)


@pytest.mark.parametrize("passed", [AFTER, date(2027, 1, 1)])
def test_art_24_a_training_to_come_is_none(passed):
    with pytest.raises(TrainingInFuture):
        check_training(passed, today=ON)


@pytest.mark.parametrize("code", TABLE)
def test_every_specialty_has_a_label_that_leads_back_to_it(code):
    assert labels([code]) == TABLE[code].label == SPECIALTIES[code]
    assert code_of_label(TABLE[code].label) == code


@pytest.mark.parametrize("code", TABLE)
def test_a_label_with_blanks_in_it_is_still_understood(code):
    assert code_of_label("  " + " ".join(SPECIALTIES[code]) + "\u3000") == code


def test_all_specialties_are_put_in_the_order_of_the_table_whatever_order_they_are_told_in():
    assert in_order(reversed(list(SPECIALTIES))) == list(SPECIALTIES)
    assert in_order([]) == []


def test_no_two_specialties_judge_the_same_part_first():
    parts = [part for specialty in TABLE.values() for part in specialty.parts]
    assert len(parts) == len(set(parts))


REFUSALS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, RuleError) and each.__module__ == errors.__name__
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.__name__)
def test_every_refusal_of_the_room_is_a_full_chinese_sentence_under_the_rooms_name(refusal):
    assert refusal.code.startswith("experts.")
    assert refusal.message.endswith("。")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refusal.message)


def test_no_two_refusals_share_a_code():
    assert len({refusal.code for refusal in REFUSALS}) == len(REFUSALS)


@pytest.mark.parametrize("refusal", [errors.PoolNotYours, errors.AnswerNotYours])
def test_what_somebody_may_not_do_is_answered_as_forbidden(refusal):
    assert issubclass(refusal, NotAllowed)


@pytest.mark.parametrize("refusal", [errors.ExpertNotFound, errors.ImportGone])
def test_what_is_hidden_is_answered_as_not_found(refusal):
    assert issubclass(refusal, NotFound)
