"""Who may be drawn, as tables; and the specialties."""

from dataclasses import replace
from datetime import date

import pytest

from gongjian.experts.errors import SpecialtyUnknown, TermWrong, TitleTooLow, TrainingInFuture
from gongjian.experts.rules import (
    BARRIER_LABELS,
    Barrier,
    Standing,
    answer_barriers,
    barriers,
    check_qualification,
    check_term,
    check_training,
    last_day_of_term,
)
from gongjian.experts.specialties import SPECIALTIES, TABLE, code_of_label, in_order, labels, specialty_of_part
from gongjian.grading.clauses import body_systems
from gongjian.grading.parts import all_parts

ON = date(2026, 3, 24)
GOOD = Standing(term_from=date(2025, 9, 1), term_until=date(2028, 8, 31), trained_on=date(2025, 8, 20))


def test_art_24_an_expert_in_term_trained_and_fit_may_be_drawn():
    assert barriers(GOOD, on=ON) == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"term_from": date(2026, 3, 25)}, [Barrier.TERM_NOT_BEGUN]),
        ({"term_from": ON}, []),
        ({"term_until": date(2026, 3, 23)}, [Barrier.TERM_ENDED]),
        ({"term_until": ON}, []),
        ({"trained_on": None}, [Barrier.UNTRAINED]),
        ({"trained_on": date(2026, 3, 25)}, [Barrier.UNTRAINED]),
        ({"trained_on": ON}, []),
        ({"in_good_health": False}, [Barrier.UNHEALTHY]),
        ({"suspended_from": ON}, [Barrier.SUSPENDED]),
        ({"suspended_from": date(2026, 3, 25)}, []),
        ({"suspended_from": date(2026, 1, 1), "suspended_until": ON}, [Barrier.SUSPENDED]),
        ({"suspended_from": date(2026, 1, 1), "suspended_until": date(2026, 3, 23)}, []),
        ({"dismissed_on": ON}, [Barrier.DISMISSED]),
        ({"dismissed_on": date(2026, 3, 25)}, []),
        ({"trained_on": None, "term_until": date(2026, 1, 1)}, [Barrier.TERM_ENDED, Barrier.UNTRAINED]),
    ],
)
def test_art_24_each_condition_is_checked_on_the_day_and_every_reason_is_told(changes, found):
    assert list(barriers(replace(GOOD, **changes), on=ON)) == found


@pytest.mark.parametrize(
    ("answer", "found"), [(True, ()), (False, (Barrier.NOT_AVAILABLE,)), (None, (Barrier.NO_ANSWER,))]
)
def test_art_27_who_cannot_come_or_has_not_answered_is_not_drawn(answer, found):
    assert answer_barriers(answer) == found


def test_every_barrier_is_said_in_words():
    assert set(BARRIER_LABELS) == set(Barrier)
    assert Barrier.TERM_ENDED.label == "聘期已届满"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2025, 9, 1), date(2028, 8, 31)),
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_art_24_a_term_lasts_three_years(begins, ends):
    assert last_day_of_term(begins) == ends
    check_term(begins, ends)


@pytest.mark.parametrize("ends", [date(2025, 9, 1), date(2025, 8, 31), date(2028, 9, 1)])
def test_art_24_a_term_out_of_order_or_too_long_is_refused(ends):
    with pytest.raises(TermWrong, match="3年"):
        check_term(date(2025, 9, 1), ends)


def test_art_24_an_expert_has_a_senior_title():
    check_qualification("senior", ["ent"])
    check_qualification("associate", ["ent"])
    with pytest.raises(TitleTooLow):
        check_qualification("attending", ["ent"])


@pytest.mark.parametrize("specialties", [[], ["astrology"], ["ent", "astrology"]])
def test_an_expert_has_a_specialty_of_the_table(specialties):
    with pytest.raises(SpecialtyUnknown):
        check_qualification("senior", specialties)


def test_nobody_passes_a_training_tomorrow():
    check_training(None, today=ON)
    check_training(ON, today=ON)
    with pytest.raises(TrainingInFuture):
        check_training(date(2026, 3, 25), today=ON)


def test_every_part_of_the_code_set_but_other_has_its_specialty():
    without = [part.code for part in all_parts() if specialty_of_part(part.code) is None]
    assert without == ["999"]


def test_every_body_system_of_the_standard_has_a_specialty():
    known = {system for specialty in TABLE.values() for system in specialty.systems}
    of_the_standard = {system for chapter in body_systems() for system in chapter.body_systems}
    assert known == of_the_standard


@pytest.mark.parametrize(
    ("part", "code"), [("143", "orthopaedics"), ("133", "hand_foot"), ("013", "burns_plastic"), ("012", "neurology")]
)
def test_a_finer_part_goes_where_it_belongs(part, code):
    assert specialty_of_part(part) == code


def test_labels_and_codes_translate_into_each_other():
    assert labels(["ophthalmology", "orthopaedics"]) == "骨科、眼科"
    assert in_order(["ent", "orthopaedics", "ent", "nothing"]) == ["orthopaedics", "ent"]
    assert [code_of_label(label) for label in SPECIALTIES.values()] == list(SPECIALTIES)
    assert code_of_label(" 骨 科 ") == "orthopaedics"
    assert code_of_label("占星科") is None
