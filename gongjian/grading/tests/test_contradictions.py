"""What does not fit in a member's draft: only the impossible blocks, everything else asks for a reason."""

from datetime import date

import pytest

from gongjian.grading.contradictions import Contradiction, Draft, DraftFinding, Kind, contradictions
from gongjian.grading.errors import ClauseUnknown, GradeUnknown, StandardNotInForce
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.grading.parts import recognised_part
from gongjian.grading.promotion import CountingPolicy


def a_draft(
    *numbers: str | None,
    grade: int | None,
    selfcare: SelfCareLevel = SelfCareLevel.NONE,
    has_reason: bool = False,
) -> Draft:
    """A draft with one injury per number; None is a finding for which no clause applies."""
    findings = tuple(
        DraftFinding(f"伤情{at}", each, says_none=each is None) for at, each in enumerate(numbers, start=1)
    )
    return Draft(findings, grade, selfcare, has_reason)


def found(draft: Draft) -> list[tuple[Kind, bool]]:
    return [(each.kind, each.blocking) for each in contradictions(draft)]


NINE, OTHER_NINE, TEN, OTHER_TEN = "5.9.2(23)", "5.9.2(24)", "5.10.2(2)", "5.10.2(12)"
EIGHT, SEVEN, ONE, OTHER_ONE = "5.8.2(51)", "5.7.2(47)", "5.1.2(12)", "5.1.2(15)"

# numbers, grade, what is found without a reason, what is found with one
GRADES = [
    ([NINE], 9, [], []),
    ([NINE, TEN], 9, [], []),
    ([NINE, OTHER_NINE], 9, [], []),
    ([NINE, OTHER_NINE], 8, [], []),
    ([TEN, OTHER_TEN], 9, [], []),
    ([TEN, OTHER_TEN, NINE], 9, [], []),
    ([ONE, OTHER_ONE], 1, [], []),
    ([NINE, None], 9, [], []),
    ([NINE], 10, [(Kind.MILDER_THAN_WORST, False)], [(Kind.MILDER_THAN_WORST, False)]),
    ([NINE, TEN], 10, [(Kind.MILDER_THAN_WORST, False)], [(Kind.MILDER_THAN_WORST, False)]),
    ([ONE], 10, [(Kind.MILDER_THAN_WORST, False)], [(Kind.MILDER_THAN_WORST, False)]),
    ([NINE], 8, [(Kind.RAISED_WITHOUT_EQUALS, False)], [(Kind.RAISED_WITHOUT_EQUALS, False)]),
    ([NINE, TEN], 8, [(Kind.RAISED_WITHOUT_EQUALS, False)], [(Kind.RAISED_WITHOUT_EQUALS, False)]),
    ([TEN, OTHER_TEN, NINE], 8, [(Kind.RAISED_WITHOUT_EQUALS, False)], [(Kind.RAISED_WITHOUT_EQUALS, False)]),
    ([NINE, None], 8, [(Kind.RAISED_WITHOUT_EQUALS, False)], [(Kind.RAISED_WITHOUT_EQUALS, False)]),
    ([NINE], 7, [(Kind.RAISED_TOO_FAR, True)], [(Kind.RAISED_TOO_FAR, False)]),
    ([NINE, OTHER_NINE], 7, [(Kind.RAISED_TOO_FAR, True)], [(Kind.RAISED_TOO_FAR, False)]),
    ([TEN, OTHER_TEN, NINE, OTHER_NINE], 7, [(Kind.RAISED_TOO_FAR, True)], [(Kind.RAISED_TOO_FAR, False)]),
    ([TEN], 1, [(Kind.RAISED_TOO_FAR, True)], [(Kind.RAISED_TOO_FAR, False)]),
    ([NINE], None, [(Kind.NOT_REACHED_WITH_CLAUSE, True)], [(Kind.NOT_REACHED_WITH_CLAUSE, False)]),
    ([NINE, None], None, [(Kind.NOT_REACHED_WITH_CLAUSE, True)], [(Kind.NOT_REACHED_WITH_CLAUSE, False)]),
    ([None], None, [], []),
    ([None, None], None, [], []),
    ([], None, [], []),
    ([None], 9, [(Kind.GRADE_WITHOUT_CLAUSE, False)], [(Kind.GRADE_WITHOUT_CLAUSE, False)]),
    ([], 9, [(Kind.GRADE_WITHOUT_FINDING, True)], [(Kind.GRADE_WITHOUT_FINDING, True)]),
    (["5.9.1"], 9, [], []),
    (["5.9.1", NINE], 8, [], []),
    (["5.9.1"], 10, [(Kind.MILDER_THAN_WORST, False)], [(Kind.MILDER_THAN_WORST, False)]),
    ([EIGHT, SEVEN], 7, [], []),
    ([EIGHT, SEVEN], 6, [(Kind.RAISED_WITHOUT_EQUALS, False)], [(Kind.RAISED_WITHOUT_EQUALS, False)]),
]


@pytest.mark.parametrize(("numbers", "grade", "without", "with_reason"), GRADES)
def test_the_grade_is_held_against_the_clauses(
    numbers: list[str | None],
    grade: int | None,
    without: list[tuple[Kind, bool]],
    with_reason: list[tuple[Kind, bool]],
) -> None:
    assert found(a_draft(*numbers, grade=grade)) == without
    assert found(a_draft(*numbers, grade=grade, has_reason=True)) == with_reason


def the_only(draft: Draft, **given: object) -> Contradiction:
    [only] = contradictions(draft, **given)  # type: ignore[arg-type]
    return only


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (
            a_draft(NINE, grade=7),
            "意见为七级，比所选条款中最重的九级高出2级，4.2 最多晋升一级。请改选条款或等级；另有依据的，须写明理由。",
        ),
        (
            a_draft(NINE, TEN, grade=8),
            "意见为八级，比所选条款高一级，但最重等级只有1项，4.2 不能晋级。如依附录B.4.2、B.4.11或定级原则，请说明理由。",
        ),
        (
            a_draft(NINE, grade=10),
            "意见为十级，轻于所选条款中最重的九级。等级不同的以重者定级（4.2）；受损器官有原有伤残的见4.3。请改正或说明理由。",
        ),
        (
            a_draft(NINE, grade=None),
            "意见为未达到伤残等级，但所选条款最重为九级。符合条款之一即为相应等级，请改等级、去掉条款，或说明理由。",
        ),
        (
            a_draft(None, grade=9),
            "意见为九级，但没有选条款。标准未列的伤情按相应定级原则（4.6）评定，请选定级原则或说明理由。",
        ),
        (a_draft(grade=9), "意见为九级，但没有写任何伤情。请先填写检查所见。"),
    ],
)
def test_each_contradiction_is_a_plain_sentence_that_says_what_to_do(draft: Draft, sentence: str) -> None:
    assert the_only(draft).sentence == sentence


def test_a_finding_cannot_say_none_and_name_a_clause() -> None:
    only = the_only(Draft((DraftFinding("左膝", NINE, says_none=True),), 9))
    assert (only.kind, only.blocking) == (Kind.NONE_WITH_CLAUSE, True)
    assert only.sentence == "同一项伤情既写“无相应条款”，又选了5.9.2(23)。请保留其中之一。"


def test_a_written_reason_does_not_undo_what_a_finding_says_twice() -> None:
    draft = Draft((DraftFinding("左膝", NINE, says_none=True),), 9, has_reason=True)
    assert found(draft) == [(Kind.NONE_WITH_CLAUSE, True)]


def test_one_injury_under_two_clauses_of_a_grade_is_no_ground_for_promotion() -> None:
    findings = (DraftFinding("左胫腓骨骨折", NINE), DraftFinding("左胫腓骨骨折", "5.9.2(21)"))
    assert found(Draft(findings, 8)) == [(Kind.RAISED_WITHOUT_EQUALS, False)]


@pytest.mark.parametrize(
    ("policy", "kinds"),
    [(CountingPolicy.INJURY, []), (CountingPolicy.INJURY_AND_CLAUSE, [Kind.RAISED_WITHOUT_EQUALS])],
)
def test_the_counting_policy_decides_about_one_clause_for_two_injuries(
    policy: CountingPolicy, kinds: list[Kind]
) -> None:
    draft = a_draft(NINE, NINE, grade=8)
    assert [each.kind for each in contradictions(draft, policy=policy)] == kinds


@pytest.mark.parametrize(
    ("number", "grade", "care", "warns"),
    [
        (ONE, 1, SelfCareLevel.COMPLETE, False),
        (ONE, 1, SelfCareLevel.NONE, False),
        ("5.2.2(11)", 2, SelfCareLevel.MAJOR, False),
        ("5.2.2(11)", 2, SelfCareLevel.COMPLETE, True),
        ("5.3.2(14)", 3, SelfCareLevel.PARTIAL, False),
        ("5.3.2(14)", 3, SelfCareLevel.MAJOR, True),
        ("5.4.2(14)", 4, SelfCareLevel.NONE, False),
        ("5.4.2(14)", 4, SelfCareLevel.PARTIAL, False),
        ("5.4.2(14)", 4, SelfCareLevel.MAJOR, True),
        ("5.5.2(21)", 5, SelfCareLevel.PARTIAL, True),
        ("5.5.2(21)", 5, SelfCareLevel.NONE, False),
        (NINE, 9, SelfCareLevel.PARTIAL, True),
    ],
)
def test_self_care_that_the_principle_does_not_know_is_warned_about_and_never_blocks(
    number: str, grade: int, care: SelfCareLevel, warns: bool
) -> None:
    expected = [(Kind.SELFCARE, False)] if warns else []
    assert found(a_draft(number, grade=grade, selfcare=care)) == expected


def test_self_care_without_a_grade_is_warned_about() -> None:
    assert found(a_draft(None, grade=None, selfcare=SelfCareLevel.PARTIAL)) == [(Kind.SELFCARE, False)]


def test_a_clause_outside_the_recognised_parts_is_pointed_out_and_never_blocks() -> None:
    only = the_only(a_draft("5.10.2(16)", grade=10), recognised_parts=[recognised_part("143", "left")])
    assert (only.kind, only.blocking) == (Kind.OUTSIDE_RECOGNISED, False)
    assert "左膝" in only.sentence


def test_a_clause_chosen_twice_is_pointed_out_once() -> None:
    draft = a_draft("5.10.2(16)", "5.10.2(16)", grade=10)
    kinds = [each.kind for each in contradictions(draft, recognised_parts=[recognised_part("143")])]
    assert kinds == [Kind.OUTSIDE_RECOGNISED]


def test_a_principle_belongs_to_no_part() -> None:
    assert contradictions(a_draft("5.9.1", grade=9), recognised_parts=[recognised_part("143")]) == []


def test_clauses_inside_the_recognised_parts_are_quiet() -> None:
    draft = a_draft("5.9.2(22)", "5.9.2(23)", grade=8)
    assert contradictions(draft, recognised_parts=[recognised_part("140", "left")]) == []


def test_everything_is_said_at_once_and_in_a_fixed_order() -> None:
    draft = Draft(
        (DraftFinding("左膝", NINE, says_none=True), DraftFinding("右眼", "5.10.2(16)")),
        7,
        SelfCareLevel.PARTIAL,
    )
    told = contradictions(draft, recognised_parts=[recognised_part("143", "left")])
    assert [each.kind for each in told] == [
        Kind.NONE_WITH_CLAUSE,
        Kind.RAISED_TOO_FAR,
        Kind.SELFCARE,
        Kind.OUTSIDE_RECOGNISED,
    ]


def test_no_sentence_repeats_the_words_of_the_injury() -> None:
    draft = Draft((DraftFinding("秘密的伤情", "5.10.2(16)", says_none=True),), 7, SelfCareLevel.PARTIAL)
    told = contradictions(draft, recognised_parts=[recognised_part("143")])
    assert len(told) == 4
    assert [each for each in told if "秘密" in each.sentence] == []


def test_a_number_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ClauseUnknown):
        contradictions(a_draft("5.9.2(99)", grade=9))


@pytest.mark.parametrize("grade", [0, 11])
def test_a_grade_that_does_not_exist_is_refused(grade: int) -> None:
    with pytest.raises(GradeUnknown):
        contradictions(a_draft(NINE, grade=grade))


def test_the_standard_of_the_day_is_used() -> None:
    assert contradictions(a_draft(NINE, grade=9), on=date(2026, 11, 20)) == []
    with pytest.raises(StandardNotInForce):
        contradictions(a_draft(NINE, grade=9), on=date(2014, 12, 31))
