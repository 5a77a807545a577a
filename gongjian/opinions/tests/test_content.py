"""What an opinion holds: written, read back, cut to size."""

import pytest

from gongjian.grading.outcomes import SelfCareLevel
from gongjian.opinions.content import LONGEST, MOST_FINDINGS, Content, Finding, canonical, hash_of, in_order
from gongjian.opinions.tests.builders import a_finding, an_opinion_of


@pytest.mark.parametrize(
    "content", [Content(), an_opinion_of(9), an_opinion_of(None), an_opinion_of(4, selfcare=["eating"])]
)
def test_an_opinion_is_read_back_as_it_was_written(content):
    assert Content.of(content.plain()) == content


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ({}, Content()),
        ({"findings": []}, Content()),
        ({"grade": 9}, Content()),
        ({"grade": 11, "is_decided": True}, Content(is_decided=True)),
        ({"grade": "9; DROP", "is_decided": True}, Content(is_decided=True)),
        ({"selfcare": ["flying", "moving", "eating"]}, Content(selfcare=("eating", "moving"))),
        ({"selfcare": ["eating"], "selfcare_none": True}, Content(selfcare=("eating",))),
        ({"reason": "长" * (LONGEST + 1)}, Content(reason="长" * LONGEST)),
        ({"unknown": 1, "findings": [{"injury": "左手", "unknown": 2}]}, Content(findings=(Finding(injury="左手"),))),
    ],
)
def test_what_is_unknown_or_too_long_is_left_out(plain, expected):
    assert Content.of(plain) == expected


def test_there_are_at_most_thirty_findings():
    assert len(Content.of({"findings": [{"injury": str(place)} for place in range(99)]}).findings) == MOST_FINDINGS


@pytest.mark.parametrize(
    ("numbers", "ordered"),
    [
        (set(), ()),
        ({"5.10.2(12)", "5.9.2(23)"}, ("5.9.2(23)", "5.10.2(12)")),
        ({"5.9.2(23)", "5.9.2(3)", "5.9.1"}, ("5.9.1", "5.9.2(3)", "5.9.2(23)")),
    ],
)
def test_clauses_stand_worst_first_as_the_standard_counts(numbers, ordered):
    assert in_order(numbers) == ordered


def test_an_opinion_names_each_clause_once():
    assert Content(findings=(a_finding(), a_finding(), a_finding(clause="5.10.2(12)"))).clauses == (
        "5.9.2(23)",
        "5.10.2(12)",
    )


@pytest.mark.parametrize(
    ("items", "level"),
    [
        ((), SelfCareLevel.NONE),
        (("eating",), SelfCareLevel.PARTIAL),
        (("eating", "turning", "moving"), SelfCareLevel.MAJOR),
    ],
)
def test_the_five_items_give_the_level(items, level):
    assert Content(selfcare=items).selfcare_level == level


@pytest.mark.parametrize(
    ("finding", "label", "blank"),
    [(Finding(), "", True), (a_finding(), "左小腿", False), (Finding(part="030", side="both"), "双侧眼", False)],
)
def test_a_finding_names_its_part(finding, label, blank):
    assert (finding.part_label, finding.is_blank) == (label, blank)


@pytest.mark.parametrize(
    ("content", "label"), [(Content(), ""), (an_opinion_of(9), "九级"), (an_opinion_of(None), "未达到伤残等级")]
)
def test_an_undecided_opinion_has_no_grade_to_show(content, label):
    assert content.grade_label == label


def test_a_statement_is_written_in_one_way_only():
    assert canonical({"b": 1, "a": "左"}) == canonical({"a": "左", "b": 1}) == '{"a":"左","b":1}'.encode()
    assert hash_of(canonical({"a": 1})) != hash_of(canonical({"a": 2}))
