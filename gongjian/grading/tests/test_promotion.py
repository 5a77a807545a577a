"""4.2: the worst grade decides; two equal at the worst may be raised by one, by the group and never by the machine."""

import pytest

from gongjian.grading.errors import ClauseUnknown, GradeUnknown
from gongjian.grading.promotion import CountingPolicy, Item, Promotion, counted, proposal


@pytest.mark.parametrize(
    ("grades", "worst", "equal", "raised"),
    [
        ([9], 9, 1, None),
        ([10], 10, 1, None),
        ([1], 1, 1, None),
        ([9, 10], 9, 1, None),
        ([10, 9], 9, 1, None),
        ([9, 9], 9, 2, 8),
        ([10, 10], 10, 2, 9),
        ([10, 10, 10], 10, 3, 9),
        ([9, 9, 9], 9, 3, 8),
        ([9, 9, 9, 9, 9], 9, 5, 8),
        ([10, 10, 9], 9, 1, None),
        ([9, 10, 10], 9, 1, None),
        ([10, 10, 9, 9], 9, 2, 8),
        ([10, 10, 10, 9, 8], 8, 1, None),
        ([7, 8, 8], 7, 1, None),
        ([7, 7, 6], 6, 1, None),
        ([2, 2], 2, 2, 1),
        ([1, 1], 1, 2, None),
        ([1, 1, 1], 1, 3, None),
        ([1, 2, 2], 1, 1, None),
        ([5, 5], 5, 2, 4),
        ([None, 9], 9, 1, None),
        ([None, None, 9, 9], 9, 2, 8),
        ([None, 10, None, 10], 10, 2, 9),
        ([], None, 0, None),
        ([None], None, 0, None),
    ],
)
def test_what_the_standard_allows(grades: list[int | None], worst: int | None, equal: int, raised: int | None) -> None:
    found = proposal(grades)
    assert (found.worst, found.equal_count, found.may_be_raised_to) == (worst, equal, raised)


@pytest.mark.parametrize(
    ("grades", "explanation"),
    [
        ([], "没有计入的条款，不涉及晋级（4.2）。"),
        ([9], "共1项，最重为九级，有1项。只有一项，不涉及晋级（4.2）。"),
        ([10, 9], "共2项，最重为九级，有1项。各项等级不同的以重者定级，较轻的项不影响，不晋级（4.2）。"),
        ([10, 10, 9], "共3项，最重为九级，有1项。各项等级不同的以重者定级，较轻的项不影响，不晋级（4.2）。"),
        (
            [9, 9],
            "共2项，最重为九级，有2项。两项及以上等级相同，最多晋升一级：可晋升至八级，是否晋升由专家组决定（4.2）。",
        ),
        ([1, 1], "共2项，最重为一级，有2项。一级为最重等级，不再晋升（4.2）。"),
    ],
)
def test_the_proposal_explains_itself(grades: list[int], explanation: str) -> None:
    assert proposal(grades).explanation == explanation


@pytest.mark.parametrize("grades", [[10, 9, 9], [9, 10, 9], [9, 9, 10]])
def test_the_order_of_the_items_does_not_matter(grades: list[int]) -> None:
    assert proposal(grades) == proposal([9, 9, 10])


def test_it_never_raises_by_itself() -> None:
    assert proposal([9, 9]) == Promotion(9, 2, 8, proposal([9, 9]).explanation)
    assert proposal([9, 9]).worst == 9


@pytest.mark.parametrize("grades", [[0], [11], [9, 12], [-1, 9], [True, 9]])
def test_what_is_no_grade_is_refused(grades: list[int]) -> None:
    with pytest.raises(GradeUnknown):
        proposal(grades)


def test_one_injury_that_meets_several_clauses_counts_once_by_the_worst() -> None:
    found = counted([Item("左膝", "5.10.2(12)"), Item("左膝", "5.9.2(22)"), Item("右腕", "5.10.2(12)")])
    assert found.items == (Item("左膝", "5.9.2(22)"), Item("右腕", "5.10.2(12)"))
    assert found.grades == (9, 10)
    assert [each.item for each in found.left_out] == [Item("左膝", "5.10.2(12)")]
    assert found.left_out[0].reason == "与5.9.2(22)为同一伤情，只计最重的一条。"


def test_the_same_clause_twice_for_one_injury_counts_once() -> None:
    found = counted([Item("左胫腓骨", "5.9.2(23)"), Item("左胫腓骨", "5.9.2(23)")])
    assert found.grades == (9,)
    assert proposal(found.grades).may_be_raised_to is None


def test_blanks_around_the_name_of_an_injury_make_no_second_injury() -> None:
    assert counted([Item("左膝 ", "5.9.2(22)"), Item(" 左膝", "5.9.2(22)")]).grades == (9,)


def test_findings_without_a_name_are_injuries_of_their_own() -> None:
    assert counted([Item("", "5.9.2(22)"), Item("", "5.9.2(23)")]).grades == (9, 9)


def test_a_finding_without_a_clause_does_not_count() -> None:
    found = counted([Item("左膝", None), Item("右膝", "5.9.2(22)")])
    assert found.grades == (9,)
    assert [(each.item.injury, each.reason) for each in found.left_out] == [("左膝", "未选条款，不计入。")]


def test_a_principle_counts_as_an_item_too() -> None:
    assert counted([Item("左膝", "5.8.1"), Item("右膝", "5.9.2(22)")]).grades == (8, 9)


@pytest.mark.parametrize(
    ("policy", "grades", "raised"),
    [
        (CountingPolicy.INJURY, (9, 9), 8),
        (CountingPolicy.INJURY_AND_CLAUSE, (9,), None),
    ],
)
def test_whether_one_clause_for_two_injuries_counts_twice_is_a_stated_policy(
    policy: CountingPolicy, grades: tuple[int, ...], raised: int | None
) -> None:
    found = counted([Item("左股骨", "5.9.2(23)"), Item("右肱骨", "5.9.2(23)")], policy=policy)
    assert found.grades == grades
    assert found.policy is policy
    assert proposal(found.grades).may_be_raised_to == raised
    assert "标准未写明" in policy.explanation


def test_the_stricter_policy_still_counts_different_clauses() -> None:
    items = [Item("左股骨", "5.9.2(23)"), Item("右跟骨", "5.9.2(24)")]
    assert counted(items, policy=CountingPolicy.INJURY_AND_CLAUSE).grades == (9, 9)


def test_the_stricter_policy_says_why_an_item_is_left_out() -> None:
    items = [Item("左股骨", "5.9.2(23)"), Item("右肱骨", "5.9.2(23)")]
    left_out = counted(items, policy=CountingPolicy.INJURY_AND_CLAUSE).left_out
    assert [each.reason for each in left_out] == ["5.9.2(23)已计一项，按本地做法同一条款只计一次。"]


def test_an_unknown_clause_is_refused() -> None:
    with pytest.raises(ClauseUnknown):
        counted([Item("左膝", "5.9.2(99)")])


def test_nothing_found_is_nothing_counted() -> None:
    assert counted([]).grades == ()
    assert proposal(counted([]).grades).worst is None
