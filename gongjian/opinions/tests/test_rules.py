"""The vote and the readiness of a draft, by tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from gongjian.grading.outcomes import SelfCareLevel
from gongjian.grading.parts import recognised_part
from gongjian.grading.selfcare import SelfCareItem
from gongjian.opinions.content import Content, Finding
from gongjian.opinions.errors import GroupSizeWrong, VoteIncomplete
from gongjian.opinions.rules import Ballot, count, may_be_sealed, merged, named_clauses, promotion_hint, remarks
from gongjian.opinions.tests.builders import a_finding, an_opinion_of

DAY = date(2026, 3, 18)
NONE, PARTIAL, MAJOR = SelfCareLevel.NONE, SelfCareLevel.PARTIAL, SelfCareLevel.MAJOR


def ballots(grades: Sequence[int | None], selfcares: Sequence[SelfCareLevel] | None = None) -> list[Ballot]:
    levels = selfcares or [NONE] * len(grades)
    return [Ballot(seat, grade, level) for seat, (grade, level) in enumerate(zip(grades, levels, strict=True), 1)]


@pytest.mark.parametrize(
    ("grades", "carried"),
    [
        ([9, 9, 9], 9),
        ([9, 9, 10], 9),
        ([10, 9, 9], 9),
        ([9, 10, 9], 9),
        ([None, None, 10], None),
        ([9, 9, 9, 10, 8], 9),
        ([9, 9, 9, 10, 10], 9),
        ([1, 1, 1, 1, 10], 1),
        ([None, None, None, 10, 10], None),
        ([8, 8, 8, 8, 8], 8),
    ],
)
def test_art_15_the_majority_carries_the_grade(grades, carried):
    counted = count(ballots(grades), size=len(grades))
    assert counted.is_majority
    assert counted.grade == carried
    assert counted.agreeing == {seat for seat, grade in enumerate(grades, 1) if grade == carried}


@pytest.mark.parametrize(
    "grades",
    [
        [8, 9, 10],
        [None, 9, 10],
        [9, 9, 10, 10, 8],
        [9, 9, 10, 10, None],
        [9, 9, 10, 8, 7],
        [6, 7, 8, 9, 10],
        [None, None, 10, 10, 9],
    ],
)
def test_art_15_without_more_than_half_nothing_carries_and_no_middle_is_taken(grades):
    counted = count(ballots(grades), size=len(grades))
    assert not counted.is_majority
    assert (counted.grade, counted.selfcare, counted.agreeing) == (None, None, frozenset())


@pytest.mark.parametrize("size", [3, 5])
def test_every_combination_of_three_grades_and_none_agrees_with_plain_counting(size):
    every = list(product([None, 8, 9, 10], repeat=size))
    wrong = [
        grades
        for grades in every
        if count(ballots(list(grades)), size=size).is_majority != (Counter(grades).most_common()[0][1] > size / 2)
    ]
    assert (len(every), wrong) == (4**size, [])


def test_the_order_of_seats_changes_nothing():
    results = {
        (counted.is_majority, counted.grade)
        for grades in product([9, 10], repeat=3)
        if sorted(grades) == [9, 9, 10]
        for counted in [count(ballots(list(grades)), size=3)]
    }
    assert results == {(True, 9)}


@pytest.mark.parametrize(
    ("levels", "carried"),
    [
        ([NONE, NONE, NONE], NONE),
        ([PARTIAL, PARTIAL, NONE], PARTIAL),
        ([NONE, PARTIAL, PARTIAL], PARTIAL),
        ([MAJOR, MAJOR, MAJOR, PARTIAL, NONE], MAJOR),
    ],
)
def test_self_care_is_voted_on_its_own(levels, carried):
    assert count(ballots([4] * len(levels), levels), size=len(levels)).selfcare == carried


def test_who_holds_the_grade_but_another_self_care_level_dissents():
    counted = count(ballots([4, 4, 4], [PARTIAL, PARTIAL, NONE]), size=3)
    assert (counted.grade, counted.selfcare, counted.agreeing) == (4, PARTIAL, frozenset({1, 2}))


def test_the_two_majorities_may_be_of_different_members():
    counted = count(ballots([4, 4, 3], [PARTIAL, NONE, PARTIAL]), size=3)
    assert (counted.is_majority, counted.grade, counted.selfcare, counted.agreeing) == (
        True,
        4,
        PARTIAL,
        frozenset({1}),
    )


@pytest.mark.parametrize("levels", [[NONE, PARTIAL, MAJOR], [NONE, NONE, PARTIAL, PARTIAL, MAJOR]])
def test_a_majority_for_the_grade_alone_is_not_enough(levels):
    counted = count(ballots([4] * len(levels), levels), size=len(levels))
    assert not counted.is_majority
    assert counted.grades == ((4, len(levels)),)


@pytest.mark.parametrize("size", [0, 1, 2, 4, 6, 7])
def test_art_11_a_group_has_three_or_five_members(size):
    with pytest.raises(GroupSizeWrong):
        count(ballots([9] * size), size=size)


@pytest.mark.parametrize(("grades", "size"), [([9, 9], 3), ([], 3), ([9, 9, 9], 5), ([9] * 5, 3)])
def test_an_incomplete_round_is_not_counted(grades, size):
    with pytest.raises(VoteIncomplete):
        count(ballots(grades), size=size)


def test_one_seat_does_not_vote_twice():
    with pytest.raises(VoteIncomplete):
        count([Ballot(1, 9, NONE), Ballot(1, 9, NONE), Ballot(2, 9, NONE)], size=3)


def test_a_complete_opinion_has_nothing_against_it():
    assert remarks(an_opinion_of(9), recognised=[recognised_part("144", "left")], on=DAY) == ()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (Content(), ["injury-0", "condition-0", "clause-0", "selfcare", "grade", "reason"]),
        (replace(an_opinion_of(9), findings=(a_finding(injury=" "),)), ["injury-0"]),
        (replace(an_opinion_of(9), findings=(a_finding(condition=""),)), ["condition-0"]),
        (replace(an_opinion_of(9), reason=""), ["reason"]),
        (replace(an_opinion_of(9), selfcare_none=False), ["selfcare"]),
        (replace(an_opinion_of(9), findings=(a_finding(), Finding(injury="右手"))), ["condition-1", "clause-1"]),
    ],
)
def test_art_13_what_is_missing_is_named_where_it_is_missing(content, where):
    found = remarks(content, on=DAY)
    assert [each.where for each in found if each.where != "explanation"] == where
    assert not may_be_sealed(found)


@pytest.mark.parametrize(
    ("changes", "explanation", "sealable"),
    [
        ({"grade": 10}, "", False),
        ({"grade": 10}, "原有伤残，按4.3", True),
        ({"grade": 8}, "", False),
        ({"grade": 8}, "依附录B.4.2", True),
        ({"grade": 7}, "", False),
        ({"grade": 7}, "另有依据", True),
        ({"grade": None}, "", False),
        ({"grade": None}, "功能完全恢复", True),
        ({"selfcare": ("eating",), "selfcare_none": False}, "", False),
        ({"selfcare": ("eating",), "selfcare_none": False}, "另有脑部后遗症", True),
    ],
)
def test_a_contradiction_wants_a_written_explanation(changes, explanation, sealable):
    content = replace(an_opinion_of(9), explanation=explanation, **changes)
    assert may_be_sealed(remarks(content, on=DAY)) is sealable


def not_reached(*selfcare: str, explanation: str = "") -> Content:
    """No grade reached, without a clause, beside the self-care items in which help is needed."""
    return replace(an_opinion_of(None), selfcare=selfcare, selfcare_none=not selfcare, explanation=explanation)


@pytest.mark.parametrize("explanation", ["", "两项分别评定"])
@pytest.mark.parametrize("items", [("eating",), ("eating", "turning", "toileting"), tuple(SelfCareItem)])
def test_art_16_no_grade_beside_a_self_care_impairment_blocks_whatever_is_explained(items, explanation):
    found = remarks(not_reached(*items, explanation=explanation), on=DAY)
    assert [(each.where, each.blocks) for each in found] == [("grade", True)]
    assert "结论书不能同时载明两者" in found[0].sentence
    assert not may_be_sealed(found)


@pytest.mark.parametrize(
    ("content", "sealable"),
    [
        (not_reached(), True),
        (replace(not_reached("eating"), grade=4, explanation="说明"), True),
        (replace(not_reached("eating"), is_decided=False), False),
        (replace(not_reached("eating"), selfcare=(), selfcare_none=True), True),
    ],
)
def test_either_of_the_two_may_be_mended(content, sealable):
    assert may_be_sealed(remarks(content, on=DAY)) is sealable


@pytest.mark.parametrize("level", [each for each in SelfCareLevel if each is not NONE])
@pytest.mark.parametrize("size", [3, 5])
def test_so_no_vote_can_carry_both(size, level):
    """Whoever says 未达等级 says 未达生活自理障碍等级 as well: a majority of the one is a majority of the other."""
    most = size // 2 + 1
    told = ballots([None] * most + [4] * (size - most), [NONE] * most + [level] * (size - most))
    assert (count(told, size=size).grade, count(told, size=size).selfcare) == (None, NONE)


def test_none_beside_a_clause_blocks_whatever_is_explained():
    content = replace(an_opinion_of(9), findings=(a_finding(says_none=True),), explanation="说明")
    assert [each.blocks for each in remarks(content, on=DAY)] == [True]


@pytest.mark.parametrize(
    ("recognised", "reason", "warned", "sealable"),
    [
        ([], "", False, True),
        (["144"], "", False, True),
        (["030"], "", True, False),
        (["030"], "同一事故所致", True, True),
        (["999"], "", False, True),
    ],
)
def test_art_13_a_clause_outside_the_recognised_parts_wants_its_reason(recognised, reason, warned, sealable):
    content = replace(an_opinion_of(9), findings=(a_finding(outside_reason=reason),))
    found = remarks(content, recognised=[recognised_part(code) for code in recognised], on=DAY)
    assert [each.where for each in found] == ["outside_reason-0"] * warned
    assert may_be_sealed(found) is sealable


@pytest.mark.parametrize(
    ("clauses", "worst", "raised"),
    [
        ([], None, None),
        (["5.9.2(23)"], 9, None),
        (["5.9.2(23)", "5.10.2(12)"], 9, None),
        (["5.9.2(23)", "5.9.2(24)"], 9, 8),
        (["5.10.2(12)", "5.10.2(12)", "5.9.2(23)"], 9, None),
    ],
)
def test_promotion_is_only_a_hint(clauses, worst, raised):
    told = tuple(a_finding(injury=f"伤情{place}", clause=number) for place, number in enumerate(clauses))
    content = replace(an_opinion_of(9), findings=told or (Finding(),))
    hint = promotion_hint(content, on=DAY)
    assert (hint.worst, hint.may_be_raised_to) == (worst, raised)
    assert content.grade == 9


def test_findings_of_the_majority_are_merged_each_injury_and_clause_once():
    one = replace(an_opinion_of(9), findings=(a_finding(condition="甲"), a_finding(part="143", clause="5.10.2(12)")))
    two = replace(an_opinion_of(9), findings=(a_finding(condition="乙"), a_finding(side="right")))
    assert [
        (each.part, each.side, each.clause, each.condition) for each in merged([one, two], {"5.9.2(23)", "5.10.2(12)"})
    ] == [
        ("144", "left", "5.9.2(23)", "甲"),
        ("143", "left", "5.10.2(12)", "骨折愈合，左膝活动轻度受限"),
        ("144", "right", "5.9.2(23)", "骨折愈合，左膝活动轻度受限"),
    ]


def named(*members: tuple[int, tuple[str, ...]]) -> list[tuple[str, tuple[int, ...], bool]]:
    told = [(seat, Content(findings=tuple(a_finding(clause=each) for each in clauses))) for seat, clauses in members]
    return [(each.clause, each.seats, each.is_carried) for each in named_clauses(told)]


def test_article_15_a_clause_is_the_groups_when_more_than_half_of_those_who_carry_the_grade_name_it():
    assert named((1, ("5.9.2(23)",)), (2, ("5.9.2(23)", "5.10.2(12)"))) == [
        ("5.9.2(23)", (1, 2), True),
        ("5.10.2(12)", (2,), False),
    ]
    assert named((1, ("5.9.2(23)",)), (2, ("5.9.2(23)",)), (3, ("5.9.2(1)",))) == [
        ("5.9.2(1)", (3,), False),
        ("5.9.2(23)", (1, 2), True),
    ]
    assert named((1, ("5.9.2(23)",)), (3, ("5.9.2(1)",))) == [("5.9.2(1)", (3,), False), ("5.9.2(23)", (1,), False)]
    assert named((1, ("5.9.2(23)",)), (2, ("5.9.2(23)",)), (3, ()), (5, ())) == [("5.9.2(23)", (1, 2), False)]


def test_what_was_found_beside_a_clause_of_one_member_alone_is_told_without_it():
    one = replace(an_opinion_of(9), findings=(a_finding(), a_finding(part="143", clause="5.10.2(12)")))
    two = replace(an_opinion_of(9), findings=(a_finding(condition="乙"), a_finding(clause="5.10.2(12)")))
    told = merged([one, two], {"5.9.2(23)"})
    assert [(each.part, each.clause) for each in told] == [("144", "5.9.2(23)"), ("143", "")]


def test_findings_without_a_part_are_told_apart_by_their_words():
    told = replace(an_opinion_of(9), findings=(a_finding(part="", injury="甲"), a_finding(part="", injury="乙")))
    assert [each.injury for each in merged([told, told], {"5.9.2(23)"})] == ["甲", "乙"]
