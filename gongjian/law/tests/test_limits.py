"""The limits as data."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.errors import LawDataWrong, LimitUnknown, NotInForce
from gongjian.law.limits import Limit, all_limits, limit, read_limits
from gongjian.law.parameters import book

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("limit_id", "who", "parameter", "roll", "article"),
    [
        ("LA-REVIEW", "own", "review_days", "strict", "令55 第十条"),
        ("LA-SUPPLEMENT", "party", "supplement_days", "forward", "令55 第十条"),
        ("LA-DECIDE", "own", "decide_days", "strict", "令55 第十条、条例 第二十五条"),
        ("LA-DECIDE-EXT", "own", "decide_extension_days", "strict", "令55 第十条、条例 第二十五条"),
        ("LA-DELIVER", "own", "deliver_days", "strict", "令55 第十七条"),
        ("LA-REAPPEAL", "party", "second_appraisal_days", "forward", "令55 第十九条、条例 第二十六条"),
        ("LA-REVIEW-1Y", "party", "review_appraisal_years", "strict", "令55 第二十条、条例 第二十八条"),
        ("LA-REAPPLY-SICK", "party", "sickness_reapply_years", "strict", "令55 第二十一条"),
        ("LA-EXPERT-TERM", "own", "expert_term_years", "strict", "令55 第二十四条"),
        ("LA-POOL-ADJUST", "own", "pool_adjust_years", "strict", "令55 第二十五条"),
        ("LA-ARCHIVE", "own", "retention_years", "strict", "令55 第二十三条"),
        ("SV-PUBLIC", "own", "public_notice_days", "strict", "民诉法 第九十五条"),
    ],
)
def test_each_limit_of_labour_appraisal(limit_id: str, who: str, parameter: str, roll: str, article: str) -> None:
    found = limit(limit_id)
    assert (found.who, found.parameter, found.roll, found.article(TODAY)) == (who, parameter, roll, article)


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(LimitUnknown) as refused:
        limit("LA-LUNCH")
    assert str(refused.value) == "没有编号为“LA-LUNCH”的期限。请核对编号。"


def test_only_the_decision_may_be_postponed() -> None:
    assert {one.id for one in all_limits().values() if one.postponable} == {"LA-DECIDE", "LA-DECIDE-EXT"}


def test_only_the_decision_may_be_extended() -> None:
    assert {one.id: one.extension for one in all_limits().values() if one.extension} == {
        "LA-DECIDE": "decide_extension_days"
    }


def test_the_year_before_a_review_appraisal_and_a_new_application_opens_a_door() -> None:
    assert {one.id for one in all_limits().values() if one.kind == "earliest"} == {"LA-REVIEW-1Y", "LA-REAPPLY-SICK"}


def test_our_own_limits_are_all_strict() -> None:
    assert {one.roll for one in all_limits().values() if one.who == "own"} == {"strict"}


def test_a_partys_last_day_always_rolls() -> None:
    rolls = {one.roll for one in all_limits().values() if one.who == "party" and one.kind == "last_day"}
    assert rolls == {"forward"}


@pytest.mark.parametrize(
    ("on", "article"),
    [
        (date(2014, 4, 1), "令21 第十五条"),
        (date(2025, 6, 30), "令21 第十五条"),
        (date(2025, 7, 1), "令55 第十七条"),
    ],
)
def test_the_article_is_the_one_of_the_day(on: date, article: str) -> None:
    assert limit("LA-DELIVER").article(on) == article


def test_before_its_first_article_a_limit_is_not_in_force() -> None:
    with pytest.raises(NotInForce):
        limit("LA-DELIVER").article(date(2014, 3, 31))


def test_no_limit_rests_on_an_article_older_than_its_number() -> None:
    older = [one.id for one in all_limits().values() if one.basis[0][0] < book().history(one.parameter)[0].since]
    assert older == []


FILE = """
[WI-DELIVER]
title = "送达工伤认定决定"
who = "own"
parameter = "deliver_days"
start_event = "decision_made"
start = "作出认定决定"
roll = "strict"
basis = [{ from = 2011-01-01, article = "令8 第二十二条" }]
"""


def some_limits(folder: Path, text: str = FILE) -> dict[str, Limit]:
    (folder / "limits.toml").write_text(text, encoding="utf-8")
    return read_limits(folder / "limits.toml", book())


def test_a_new_limit_is_only_data(tmp_path: Path) -> None:
    assert some_limits(tmp_path)["WI-DELIVER"] == Limit(
        id="WI-DELIVER",
        title="送达工伤认定决定",
        who="own",
        parameter="deliver_days",
        start_event="decision_made",
        start="作出认定决定",
        roll="strict",
        kind="last_day",
        postponable=False,
        extension=None,
        basis=((date(2011, 1, 1), "令8 第二十二条"),),
    )


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('who = "own"', 'who = "us"', "who must be one of own, party"),
        ('who = "own"', "", "who is missing"),
        ('roll = "strict"', 'roll = "back"', "roll must be one of strict, forward"),
        ('roll = "strict"', 'roll = "strict"\nkind = "some"', "kind must be one of last_day, earliest"),
        ('roll = "strict"', 'roll = "strict"\npostponable = 1', "postponable must be true or false"),
        ('roll = "strict"', 'roll = "strict"\npausable = true', "unknown key pausable"),
        ("deliver_days", "lunch_days", "parameter lunch_days is not a parameter with a length"),
        ("deliver_days", "group_sizes", "parameter group_sizes is not a parameter with a length"),
        ('roll = "strict"', 'roll = "strict"\nextension = "group_sizes"', "extension group_sizes is not"),
        ('roll = "strict"', 'roll = "strict"\nextension = "retention_years"', "extension must have the unit"),
        ('[{ from = 2011-01-01, article = "令8 第二十二条" }]', "[]", "basis must have entries"),
        ("[{ from", '[{ from = 2025-01-01, article = "甲" }, { from', "in the order of their days"),
        ("article =", "clause =", "unknown key clause"),
        ('title = "送达工伤认定决定"', "title = 1", "title must be a text"),
    ],
)
def test_a_faulty_limit_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in FILE
    with pytest.raises(LawDataWrong, match=fault):
        some_limits(tmp_path, FILE.replace(good, bad, 1))
