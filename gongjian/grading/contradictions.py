"""Checks of a member's draft opinion against the standard. They point at what does not fit; the expert decides and says why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.grading.clauses import Clause, ground
from gongjian.grading.outcomes import SelfCareLevel, checked_grade, grade_label
from gongjian.grading.parts import RecognisedPart, outside_recognised
from gongjian.grading.promotion import CountingPolicy, Item, Promotion, counted, proposal
from gongjian.grading.selfcare import disagreement


class Kind(StrEnum):
    """What does not fit."""

    NONE_WITH_CLAUSE = "none_with_clause"
    GRADE_WITHOUT_FINDING = "grade_without_finding"
    GRADE_WITHOUT_CLAUSE = "grade_without_clause"
    NOT_REACHED_WITH_CLAUSE = "not_reached_with_clause"
    MILDER_THAN_WORST = "milder_than_worst"
    RAISED_WITHOUT_EQUALS = "raised_without_equals"
    RAISED_TOO_FAR = "raised_too_far"
    SELFCARE = "selfcare"
    OUTSIDE_RECOGNISED = "outside_recognised"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """sentence: plain Chinese without personal facts; blocking: the opinion cannot be sealed as it stands.

    One that does not block asks for the expert's stated reason.
    """

    kind: Kind
    sentence: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """injury: the expert's short words, equal words mean one injury; number: clause or principle; says_none: "no clause applies"."""

    injury: str
    number: str | None
    says_none: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the member is about to seal. grade: 1 … 10, None for 未达等级; has_reason: a reason for the grade is written down."""

    findings: tuple[DraftFinding, ...]
    grade: int | None
    selfcare: SelfCareLevel = SelfCareLevel.NONE
    has_reason: bool = False


def contradictions(
    draft: Draft,
    *,
    recognised_parts: Collection[RecognisedPart] = (),
    policy: CountingPolicy = CountingPolicy.INJURY,
    on: date | None = None,
) -> list[Contradiction]:
    """Everything in the draft that does not fit, in a fixed order: findings, grade, self-care, recognised parts.

    Blocking: a finding that says "none" and names a clause; a grade without any finding; and, unless a reason is written,
    未达等级 beside a clause, or a grade more than one level above the worst clause. Nothing here sets or changes a grade.
    Law: GB/T 16180-2014 4.2, 4.3, 4.6, 5.N; 令55 art. 16. Raises: GradeUnknown, ClauseUnknown, StandardNotInForce.
    """
    if draft.grade is not None:
        checked_grade(draft.grade)
    items = [Item(each.injury, each.number) for each in draft.findings]
    allowed = proposal(counted(items, policy=policy, on=on).grades)
    return [
        *_about_findings(draft),
        *_about_grade(draft, allowed),
        *_about_selfcare(draft, on),
        *_about_parts(draft, recognised_parts, on),
    ]


def _about_findings(draft: Draft) -> Iterator[Contradiction]:
    for each in draft.findings:
        if each.says_none and each.number is not None:
            sentence = f"同一项伤情既写“无相应条款”，又选了{each.number}。请保留其中之一。"
            yield Contradiction(Kind.NONE_WITH_CLAUSE, sentence, blocking=True)


def _about_grade(draft: Draft, allowed: Promotion) -> Iterator[Contradiction]:
    if allowed.worst is None:
        yield from _about_grade_without_clause(draft)
    elif draft.grade is None:
        yield _not_reached_with_clause(allowed.worst, blocking=not draft.has_reason)
    elif draft.grade > allowed.worst:
        yield _milder(draft.grade, allowed.worst)
    elif draft.grade == allowed.worst - 1 and allowed.may_be_raised_to is None:
        yield _raised_without_equals(draft.grade, allowed)
    elif draft.grade < allowed.worst - 1:
        yield _raised_too_far(draft.grade, allowed.worst, blocking=not draft.has_reason)


def _about_grade_without_clause(draft: Draft) -> Iterator[Contradiction]:
    if draft.grade is None:
        return
    label = grade_label(draft.grade)
    if not draft.findings:
        yield Contradiction(
            Kind.GRADE_WITHOUT_FINDING, f"意见为{label}，但没有写任何伤情。请先填写检查所见。", blocking=True
        )
    else:
        sentence = f"意见为{label}，但没有选条款。标准未列的伤情按相应定级原则（4.6）评定，请选定级原则或说明理由。"
        yield Contradiction(Kind.GRADE_WITHOUT_CLAUSE, sentence, blocking=False)


def _not_reached_with_clause(worst: int, *, blocking: bool) -> Contradiction:
    sentence = f"意见为未达到伤残等级，但所选条款最重为{grade_label(worst)}。符合条款之一即为相应等级，请改等级、去掉条款，或说明理由。"
    return Contradiction(Kind.NOT_REACHED_WITH_CLAUSE, sentence, blocking)


def _milder(grade: int, worst: int) -> Contradiction:
    sentence = (
        f"意见为{grade_label(grade)}，轻于所选条款中最重的{grade_label(worst)}。"
        "等级不同的以重者定级（4.2）；受损器官有原有伤残的见4.3。请改正或说明理由。"
    )
    return Contradiction(Kind.MILDER_THAN_WORST, sentence, blocking=False)


def _raised_without_equals(grade: int, allowed: Promotion) -> Contradiction:
    sentence = (
        f"意见为{grade_label(grade)}，比所选条款高一级，但最重等级只有{allowed.equal_count}项，4.2 不能晋级。"
        "如依附录B.4.2、B.4.11或定级原则，请说明理由。"
    )
    return Contradiction(Kind.RAISED_WITHOUT_EQUALS, sentence, blocking=False)


def _raised_too_far(grade: int, worst: int, *, blocking: bool) -> Contradiction:
    sentence = (
        f"意见为{grade_label(grade)}，比所选条款中最重的{grade_label(worst)}高出{worst - grade}级，4.2 最多晋升一级。"
        "请改选条款或等级；另有依据的，须写明理由。"
    )
    return Contradiction(Kind.RAISED_TOO_FAR, sentence, blocking)


def _about_selfcare(draft: Draft, on: date | None) -> Iterator[Contradiction]:
    sentence = disagreement(draft.grade, draft.selfcare, on=on)
    if sentence:
        yield Contradiction(Kind.SELFCARE, sentence, blocking=False)


def _about_parts(draft: Draft, recognised: Collection[RecognisedPart], on: date | None) -> Iterator[Contradiction]:
    for number in dict.fromkeys(each.number for each in draft.findings if each.number is not None):
        chosen = ground(number, on=on)
        sentence = outside_recognised(chosen, recognised, on=on) if isinstance(chosen, Clause) else None
        if sentence:
            yield Contradiction(Kind.OUTSIDE_RECOGNISED, sentence, blocking=False)
