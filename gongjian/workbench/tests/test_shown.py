"""What the pages print of an opinion, a person and the clauses."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from gongjian.draws.states import Ground
from gongjian.grading.parts import recognised_part
from gongjian.kernel import moment
from gongjian.opinions.content import Content, Finding
from gongjian.opinions.tests.builders import a_finding, an_opinion_of
from gongjian.workbench.navigation import ENTRIES
from gongjian.workbench.shown import (
    CLAUSES_SHOWN,
    GROUNDS,
    age,
    clause_shown,
    differences,
    hints,
    opinion_shown,
    picker_for,
)
from gongjian.workbench.templatetags.grading import grade, selfcare

PARTS = [recognised_part("144", "left")]


@pytest.fixture(autouse=True)
def spring():
    with moment.fixed(datetime(2026, 3, 18, 10, 0, tzinfo=moment.ZONE)):
        yield


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (None, None),
        (date(1985, 3, 18), 41),
        (date(1985, 3, 19), 40),
        (date(1985, 3, 17), 41),
        (date(2024, 2, 29), 2),
        (date(2026, 3, 18), 0),
    ],
)
def test_age_is_in_completed_years(born, years):
    assert age(born, date(2026, 3, 18)) == years


def test_a_clause_is_spelled_out_with_its_notes():
    shown = clause_shown("5.9.2(23)")
    assert (shown.grade, shown.system) == ("九级", "上下肢")
    assert "内固定" in shown.text
    assert shown.notes


def test_a_principle_is_spelled_out_as_one():
    shown = clause_shown("5.10.1")
    assert (shown.grade, shown.system) == ("十级", "定级原则")
    assert any("冲突" in note or "功能障碍" in note for note in shown.notes)


@pytest.mark.parametrize(
    ("asked", "narrowed", "principles"),
    [
        ({}, False, 10),
        ({"query": " "}, False, 10),
        ({"query": "骨折"}, True, 0),
        ({"system": "听功能障碍"}, True, 0),
        ({"grade": "9"}, True, 1),
        ({"grade": "99"}, False, 10),
        ({"grade": "x", "query": "骨"}, True, 0),
    ],
)
def test_the_picker_shows_the_tree_until_something_is_asked(asked, narrowed, principles):
    picker = picker_for(0, **asked)
    assert (picker.is_narrowed, len(picker.principles)) == (narrowed, principles)
    assert bool(picker.clauses) == narrowed
    assert len(picker.chapters) == 5


def test_the_picker_never_shows_more_than_fits():
    assert len(picker_for(0, grade="6").clauses) == CLAUSES_SHOWN


@pytest.mark.parametrize(
    ("content", "sealable", "raised", "level"),
    [
        (an_opinion_of(9), True, "", "未达到生活自理障碍等级"),
        (Content(), False, "", "未达到生活自理障碍等级"),
        (
            replace(an_opinion_of(9), findings=(a_finding(), a_finding(injury="乙"))),
            True,
            "八级",
            "未达到生活自理障碍等级",
        ),
        (an_opinion_of(4, selfcare=["eating"]), True, "", "生活部分不能自理"),
    ],
)
def test_hints_say_what_is_missing_and_what_may_be(content, sealable, raised, level):
    told = opinion_shown(content, PARTS)
    assert (told["sealable"], told["raised"]) == (sealable, raised)
    assert told["selfcare"].label == level  # type: ignore[attr-defined]
    assert hints(content, told["remarks"])["raised"] == raised  # type: ignore[arg-type]


def test_the_form_offers_recognised_parts_first_and_each_part_once():
    groups = dict(opinion_shown(Content(), PARTS)["part_choices"])  # type: ignore[call-overload]
    assert groups["工伤认定的部位"] == [("144", "小腿")]
    assert ("144", "小腿") not in groups["其他部位"]
    assert len(groups["其他部位"]) > 25


def test_without_recognised_parts_the_form_offers_all():
    groups = dict(opinion_shown(Content(), [])["part_choices"])  # type: ignore[call-overload]
    assert list(groups) == ["其他部位"]


def test_a_finding_outside_the_recognised_parts_carries_its_warning():
    told = opinion_shown(an_opinion_of(9), [recognised_part("030", "left")])
    assert "不在工伤认定的受伤部位" in told["findings"][0].outside  # type: ignore[index]


def test_only_the_finding_that_is_picking_opens_its_picker():
    content = Content(findings=(Finding(), Finding()))
    told = opinion_shown(content, PARTS, picker_for(1))
    assert [each.is_picking for each in told["findings"]] == [False, True]  # type: ignore[attr-defined]
    assert [each.title for each in told["findings"]] == ["第1项", "第2项"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("mine", "theirs", "labels"),
    [
        (an_opinion_of(9), an_opinion_of(9), []),
        (an_opinion_of(9), replace(an_opinion_of(9), grade=10), ["等级"]),
        (an_opinion_of(9), replace(an_opinion_of(9), reason="另"), ["评定理由"]),
        (an_opinion_of(9), replace(an_opinion_of(9), explanation="另"), ["对提示的说明"]),
        (an_opinion_of(9), replace(an_opinion_of(9), selfcare=("eating",)), ["生活自理"]),
        (an_opinion_of(9), replace(an_opinion_of(9), findings=(a_finding(side="right"),)), ["第1项部位"]),
        (an_opinion_of(9), replace(an_opinion_of(9), findings=(a_finding(clause=""),)), ["第1项条款"]),
        (an_opinion_of(9), replace(an_opinion_of(9), findings=(a_finding(), Finding(injury="右手"))), ["第2项伤情"]),
    ],
)
def test_differences_of_two_drafts_are_named_one_by_one(mine, theirs, labels):
    assert [each.label for each in differences(mine, theirs)] == labels


def test_a_difference_shows_both_sides_and_names_emptiness():
    found = differences(an_opinion_of(9), replace(an_opinion_of(9), reason=""))
    assert [(each.mine, each.theirs) for each in found] == [("按所选条款评定", "（空）")]


@pytest.mark.parametrize(("value", "label"), [(9, "九级"), (None, "未达到伤残等级"), (1, "一级")])
def test_grades_stand_in_words(value, label):
    assert grade(value) == label


def test_self_care_levels_stand_in_words():
    assert selfcare("partial") == "生活部分不能自理"


def test_every_ground_of_recusal_has_an_experts_words():
    assert set(GROUNDS) == set(Ground)


def test_the_navigation_names_the_three_places():
    assert [entry.label for entry in ENTRIES] == ["今日检查", "出席安排", "我的履职"]
