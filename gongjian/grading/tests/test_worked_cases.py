"""Whole cases from questions asked in public and from the rules: which clause, which grade, what may be raised."""

import pytest

from gongjian.grading.clauses import clause
from gongjian.grading.contradictions import Draft, DraftFinding, Kind, contradictions
from gongjian.grading.outcomes import Outcome, SelfCareLevel
from gongjian.grading.promotion import Item, counted, proposal
from gongjian.grading.search import search
from gongjian.grading.selfcare import SelfCareItem, disagreement, level

# what an expert would type, the clause to be found among the first ten, its grade
CASES = [
    ("脑挫裂伤", "5.9.2(3)", 9),
    ("开颅手术后", "5.9.2(4)", 9),
    ("锁骨骨折", "5.10.2(12)", 10),
    ("肋骨骨折", "5.10.2(12)", 10),
    ("一侧眼球摘除", "5.6.2(27)", 6),
    ("无光感 另眼 0.8", "5.7.2(26)", 7),
    ("远侧指间关节离断", "5.10.2(5)", 10),
    ("食指 缺失 九级", "5.9.2(16)", 9),
    ("四肢瘫 3级", "5.1.2(2)", 1),
    ("截瘫 4级 排尿障碍", "5.6.2(5)", 6),
    ("重度智能损伤", "5.2.2(1)", 2),
    ("全身瘢痕 40%", "5.6.2(14)", 6),
    ("全身瘢痕 5%", "5.9.2(9)", 9),
    ("面部瘢痕 1/3 毁容", "5.5.2(10)", 5),
    ("成角畸形 短缩", "5.6.2(21)", 6),
    ("1~2节脊柱内固定", "5.9.2(14)", 9),
    ("3个及以上节段脊柱内固定", "5.8.2(14)", 8),
    ("近侧指间关节离断 食指", "5.7.2(16)", 7),
    ("交叉韧带 修补", "5.9.2(22)", 9),
    ("膝关节 韧带 不稳定", "5.7.2(25)", 7),
    ("交叉韧带 未做手术", "5.10.2(11)", 10),
    ("0.1 等于", "5.5.2(26)", 5),
    ("双眼视野 40", "5.5.2(27)", 5),
    ("双耳 41db", "5.8.2(34)", 8),
    ("尘肺贰期 中度低氧", "5.3.2(38)", 3),
    ("残余尿 50", "5.4.2(48)", 4),
    ("轻度排尿障碍", "5.7.2(52)", 7),
    ("输精管 双侧", "5.6.2(61)", 6),
]


@pytest.mark.parametrize(("typed", "number", "grade"), CASES)
def test_the_clause_of_a_known_case_is_found_by_what_an_expert_types(typed: str, number: str, grade: int) -> None:
    assert number in [each.number for each in search(typed, limit=10)]
    assert clause(number).grade == grade


# injuries with their clauses, worst grade, grade it may be raised to
SEVERAL = [
    ([("左股骨内固定", "5.9.2(23)"), ("右跟骨内固定", "5.9.2(24)")], 9, 8),
    ([("食指远节", "5.10.2(5)"), ("面部瘢痕", "5.10.2(2)"), ("肋骨", "5.10.2(12)")], 10, 9),
    ([("小肠", "5.1.2(12)"), ("胰", "5.1.2(15)")], 1, None),
    ([("左胫腓骨", "5.9.2(23)"), ("左胫腓骨", "5.9.2(23)")], 9, None),
    ([("左胫腓骨", "5.9.2(23)"), ("左胫腓骨", "5.10.2(12)")], 9, None),
    ([("双耳", "5.8.2(34)")], 8, None),
    ([("小指末节", "5.10.2(5)")], 10, None),
    ([("脑", "5.9.2(3)"), ("颅骨骨折", "5.10.2(12)")], 9, None),
    ([("左锁骨", "5.10.2(12)"), ("右踝", "5.10.2(13)"), ("左股骨", "5.9.2(23)")], 9, None),
    ([("肋骨", "5.10.2(12)"), ("肋骨", "5.10.2(12)"), ("肋骨", "5.10.2(12)")], 10, None),
    ([("颅骨缺损修补", "5.9.2(4)")], 9, None),
]


@pytest.mark.parametrize(("injuries", "worst", "raised"), SEVERAL)
def test_several_injuries_come_to_the_worst_grade_and_what_4_2_allows(
    injuries: list[tuple[str, str]], worst: int, raised: int | None
) -> None:
    found = proposal(counted(Item(*each) for each in injuries).grades)
    assert (found.worst, found.may_be_raised_to) == (worst, raised)


@pytest.mark.parametrize(("injuries", "worst", "raised"), SEVERAL)
def test_the_worst_grade_and_the_raised_one_are_both_accepted_without_a_word(
    injuries: list[tuple[str, str]], worst: int, raised: int | None
) -> None:
    findings = tuple(DraftFinding(*each) for each in injuries)
    assert contradictions(Draft(findings, worst)) == []
    assert contradictions(Draft(findings, raised or worst)) == []


def test_a_raise_by_appendix_b_asks_for_its_reason_and_is_not_blocked() -> None:
    draft = Draft((DraftFinding("双侧输精管缺损", "5.6.2(61)"),), 5)
    assert [(each.kind, each.blocking) for each in contradictions(draft)] == [(Kind.RAISED_WITHOUT_EQUALS, False)]


def test_what_no_clause_describes_is_left_to_the_group() -> None:
    draft = Draft((DraftFinding("双手全肌瘫3级", None, says_none=True),), 4)
    assert [(each.kind, each.blocking) for each in contradictions(draft)] == [(Kind.GRADE_WITHOUT_CLAUSE, False)]


def test_what_no_clause_describes_may_rest_on_a_principle() -> None:
    assert contradictions(Draft((DraftFinding("双手全肌瘫3级", "5.4.1"),), 4)) == []


def test_grade_and_self_care_are_given_side_by_side() -> None:
    heaviest = Outcome(1, level(list(SelfCareItem)).level)
    lightest = Outcome(4, level([]).level)
    assert heaviest.label == "一级，生活完全不能自理"
    assert lightest.label == "四级，未达到生活自理障碍等级"
    assert disagreement(1, SelfCareLevel.COMPLETE) is None
    assert disagreement(4, SelfCareLevel.NONE) is None
