"""What conclusions are given to follow."""

from dataclasses import replace
from typing import Any

import pytest

from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions.queries import GroupOpinion, result_of
from gongjian.opinions.tests.builders import (
    EXAM_DAY,
    a_finding,
    a_sealed_group,
    an_examining_case,
    an_opinion_of,
    the_opinions,
)

pytestmark = pytest.mark.django_db


def the_result(**told: Any) -> GroupOpinion:
    result = result_of(a_sealed_group(**told))
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("grades", "grade", "agreeing"),
    [
        ((9, 9, 9), 9, [True, True, True]),
        ((9, 9, 10), 9, [True, True, False]),
        ((10, 9, 9), 9, [False, True, True]),
        ((None, 10, None), None, [True, False, True]),
        ((9, 9, 9, 8, 10), 9, [True, True, True, False, False]),
    ],
)
def test_art_34_the_result_is_what_the_majority_sealed(grades, grade, agreeing):
    result = the_result(grades=grades)
    assert (result.grade, [each.agrees for each in result.members]) == (grade, agreeing)
    assert [each.seat for each in result.dissent] == [seat for seat, agrees in enumerate(agreeing, 1) if not agrees]


@pytest.mark.parametrize("grades", [(8, 9, 10), (9, 9, 10, 10, 8)])
def test_without_majority_there_is_nothing_to_conclude(grades):
    assert result_of(a_sealed_group(grades=grades)) is None


def test_before_any_round_there_is_nothing_to_conclude():
    assert result_of(an_examining_case()) is None


def test_the_result_says_when_by_which_standard_and_in_which_round():
    result = the_result()
    assert (result.opined_at, result.standard, result.round) == (EXAM_DAY, "GB/T 16180-2014", 1)


def test_self_care_is_carried_beside_the_grade():
    result = the_result(
        contents=[an_opinion_of(4, selfcare=["eating"]), an_opinion_of(4, selfcare=["moving"]), an_opinion_of(4)]
    )
    assert (result.grade, result.selfcare) == (4, SelfCareLevel.PARTIAL)
    assert result.outcome.label == "四级，生活部分不能自理"
    assert [each.seat for each in result.dissent] == [3]


def test_who_dissents_in_self_care_alone_still_lends_clauses_to_the_grade():
    differing = replace(an_opinion_of(4), findings=(a_finding(clause="5.4.2(10)"),))
    result = the_result(
        contents=[an_opinion_of(4, selfcare=["eating"]), an_opinion_of(4, selfcare=["eating"]), differing]
    )
    assert result.clauses == ("5.4.1",)
    assert [(each.clause, each.seats, each.of) for each in result.alone] == [("5.4.2(10)", (3,), 3)]


def test_a_dissenters_clauses_do_not_enter_the_result():
    other = replace(an_opinion_of(8), findings=(a_finding(clause="5.8.2(1)"),))
    assert the_result(contents=[an_opinion_of(9), an_opinion_of(9), other]).clauses == ("5.9.2(23)",)


def test_reasons_are_those_of_the_majority_each_once():
    contents = [an_opinion_of(9, reason="甲"), an_opinion_of(9, reason="甲"), an_opinion_of(10, reason="乙")]
    result = the_result(contents=contents)
    assert result.reasons == ("甲",)
    assert [each.content.reason for each in result.dissent] == ["乙"]


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (a_finding(), "左小腿：左胫腓骨骨折；骨折愈合，左膝活动轻度受限；左膝屈曲110°，伸0°；左胫腓骨骨折术后。"),
        (a_finding(measurements="", diagnosis=""), "左小腿：左胫腓骨骨折；骨折愈合，左膝活动轻度受限。"),
        (a_finding(part="", side="", measurements="", diagnosis=""), "左胫腓骨骨折；骨折愈合，左膝活动轻度受限。"),
    ],
)
def test_art_16_the_condition_names_part_function_and_diagnosis(finding, line):
    content = replace(an_opinion_of(9), findings=(finding,))
    assert the_result(contents=[content, content, content]).condition == line


def test_members_are_named_with_number_name_and_the_hash_they_signed():
    case = a_sealed_group()
    result = result_of(case)
    assert result is not None
    assert [(each.expert_number, each.expert_name) for each in result.members] == [
        ("ZJ-expert-luo", "骆骨生"),
        ("ZJ-expert-zhang", "章手一"),
        ("ZJ-expert-shen", "沈神安"),
    ]
    assert [each.content_hash for each in result.members] == [each.content_hash for each in the_opinions(case)]


def test_the_same_result_has_the_same_hash_and_another_case_another():
    case = a_sealed_group()
    assert result_of(case) == result_of(Case.objects.get(pk=case.pk))
    other = result_of(a_sealed_group())
    first = result_of(case)
    assert first is not None
    assert other is not None
    assert first.hash != other.hash


def test_the_count_in_the_ledger_names_the_opinions_it_counted():
    case = a_sealed_group()
    entry = LedgerEntry.objects.get(act="opinion.counted")
    assert entry.facts["opinions"] == [each.content_hash for each in the_opinions(case)]
    assert entry.facts["outcome"] == "majority"


@pytest.mark.parametrize(("grades", "act"), [((9, 9, 9), "case.opine"), ((8, 9, 10), "case.deliberate")])
def test_art_15_the_count_moves_the_case_by_itself(grades, act):
    a_sealed_group(grades=grades)
    assert LedgerEntry.objects.get(act=act).by_id is None


def test_a_result_stands_however_far_the_case_has_gone():
    case = a_sealed_group()
    Case.objects.filter(pk=case.pk).update(state=State.CONCLUDED)
    assert result_of(Case.objects.get(pk=case.pk)) is not None
