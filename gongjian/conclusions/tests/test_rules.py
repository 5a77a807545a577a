"""Following the opinion, what a reviewer must look at, promotion, and the day of effect: by tables, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongjian.conclusions.errors import OpinionNotFollowed
from gongjian.conclusions.rules import Result, defects, doubts, is_late, must_follow, promotion_told
from gongjian.grading.parts import recognised_part
from gongjian.opinions.rules import Named
from gongjian.papers.rules import effective_on

OPINION = Result(9, "none", ("5.9.2(16)",), "a" * 64)
HAND = [recognised_part("133", "right")]
EYE = [recognised_part("030", "left")]


def looked_at(opinion: Result = OPINION, **changes: Any) -> list[str]:
    told: dict[str, Any] = {"recognised": HAND, "reasons": [], "alone": []}
    return defects(opinion, members=3, sealed=changes.pop("sealed", 3)) + doubts(opinion, **(told | changes))


def test_article_34_what_is_the_same_follows():
    must_follow(OPINION, replace(OPINION), what="结论")


@pytest.mark.parametrize(
    "change",
    [
        {"grade": 8},
        {"grade": None},
        {"selfcare": "partial"},
        {"clauses": ()},
        {"clauses": ("5.9.2(16)", "5.10.2(5)")},
        {"opinion_hash": "b" * 64},
    ],
    ids=["a better grade", "no grade", "self-care", "no clause", "another clause", "other opinions"],
)
def test_article_34_whatever_differs_from_the_opinion_is_refused(change: dict[str, Any]):
    with pytest.raises(OpinionNotFollowed, match="必须依据专家组意见"):
        must_follow(replace(OPINION, **change), OPINION, what="结论")


def test_nothing_is_doubted_where_all_fits():
    assert looked_at() == []


def test_article_15_a_missing_member_is_told():
    assert looked_at(sealed=2) == ["专家组有3名成员，封存的意见只有2份。"]


def test_article_15_a_clause_of_one_member_alone_is_told_and_is_no_defect():
    named = Named("5.9.2(5)", (2,), 2)
    assert looked_at(alone=[named]) == [
        "条款5.9.2(5)只有第2席写明，在认定该等级的2名成员中没有过半数，不是专家组的意见，不写入结论书。"
    ]


@pytest.mark.parametrize(
    ("grade", "clauses", "sealed", "defective"),
    [
        (9, ("5.9.2(16)",), 3, False),
        (8, ("5.9.2(16)",), 3, False),
        (10, ("5.9.2(16)",), 3, False),
        (None, (), 3, False),
        (9, ("5.9.2(16)",), 2, True),
        (9, (), 3, True),
        (7, ("5.9.2(16)",), 3, True),
    ],
)
def test_article_16_what_no_conclusion_can_stand_on(
    grade: int | None, clauses: tuple[str, ...], sealed: int, defective
):
    opinion = replace(OPINION, grade=grade, clauses=clauses)
    assert bool(defects(opinion, members=3, sealed=sealed)) is defective


def test_article_13_a_clause_outside_the_recognised_parts_is_told():
    (sentence,) = looked_at(recognised=EYE)
    assert "5.9.2(16)" in sentence
    assert "左眼" in sentence


def test_article_13_a_stated_reason_is_to_be_checked_too():
    (sentence,) = looked_at(recognised=EYE, reasons=["与本次工伤有关"])
    assert sentence.endswith("专家已说明理由，请核对。")


@pytest.mark.parametrize(
    ("grade", "clauses", "told"),
    [
        (None, (), ""),
        (None, ("5.9.2(16)",), "未达等级，但意见中引用了标准条款"),
        (9, (), "没有一个条款是认定该等级的成员中过半数人共同写明的"),
        (9, ("5.9.2(16)",), ""),
        (8, ("5.9.2(16)",), ""),
        (10, ("5.9.2(16)",), "十级轻于所引条款中最重的九级"),
        (7, ("5.9.2(16)",), "七级比所引条款中最重的九级高出一级以上"),
    ],
)
def test_grade_and_clauses_are_held_beside_each_other(grade: int | None, clauses: tuple[str, ...], told: str):
    found = "".join(looked_at(Result(grade, "none", clauses, "a" * 64)))
    assert (told in found) and bool(told) == bool(found)


@pytest.mark.parametrize(
    ("grade", "clauses", "raised"),
    [
        (8, ("5.9.2(16)",), True),
        (9, ("5.9.2(16)",), False),
        (7, ("5.9.2(16)",), False),
        (None, ("5.9.2(16)",), False),
        (9, (), False),
    ],
)
def test_a_promotion_is_told_only_where_the_group_raised_by_one(
    grade: int | None, clauses: tuple[str, ...], raised: bool
):
    told = promotion_told(Result(grade, "none", clauses, "a" * 64))
    assert (told is not None) == raised


def test_the_words_of_a_promotion_name_both_grades():
    told = promotion_told(replace(OPINION, grade=8))
    assert told == "被鉴定人有多项伤残，其中最重的为九级，专家组依据标准4.2综合评定，晋升一级，定为八级。"


def test_article_19_a_conclusion_takes_effect_the_day_after_the_last_partys_time():
    assert effective_on([date(2026, 4, 24), date(2026, 5, 6)]) == date(2026, 5, 7)


def test_without_a_recipient_nothing_takes_effect():
    with pytest.raises(ValueError, match="empty"):
        effective_on([])


@pytest.mark.parametrize(
    ("done", "late"), [(date(2026, 4, 30), False), (date(2026, 5, 1), False), (date(2026, 5, 2), True)]
)
def test_article_10_an_act_is_late_after_its_last_day(done: date, late: bool):
    assert is_late(done, date(2026, 5, 1)) is late
