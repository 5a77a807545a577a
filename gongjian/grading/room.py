"""Where the standard leaves room: the reasons why the group decides and no grade is answered."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from gongjian.grading.candidates import Candidates
from gongjian.grading.clauses import conflicts_about
from gongjian.grading.counting import Tally
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.ears import Hearing
from gongjian.grading.findings.eyes import Vision
from gongjian.grading.findings.limbs import Arthroplasty, TendonLigament, TraumaticArthritis
from gongjian.grading.findings.nerves import Paralysis
from gongjian.grading.findings.spine import Disc
from gongjian.grading.measures.eyesight import compensation_rate, rate_grade
from gongjian.grading.measures.hearing import AgePolicy, binaural, ear_losses
from gongjian.grading.outcomes import grade_label
from gongjian.grading.raises import Raise
from gongjian.grading.workings import open_measures

# Limits of the clauses about hearing, in dB, of both ears or of one.
HEARING_LIMITS: Final = (26, 31, 41, 56, 71, 81, 91)


class Why(StrEnum):
    """Kinds of room."""

    NO_CLAUSE = "no_clause"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"
    MEASURE = "measure"
    TABLE_A3 = "table_a3"
    PROMOTION = "promotion"
    APPENDIX_B = "appendix_b"
    PRIOR = "prior"
    LARGE_JOINT = "large_joint"
    TOO_EARLY = "too_early"


class Room(NamedTuple):
    """One reason, with the article it rests on. The sentence names no person."""

    why: Why
    text: str
    article: str


def rooms(findings: Iterable[Finding], found: Candidates, counted: Tally, raised: Iterable[Raise]) -> tuple[Room, ...]:
    """All reasons why the group decides; none means that the clauses leave no room.

    Law: GB/T 16180-2014 4.2, 4.6, A.3.4, B.2.10, appendix B. The conflicts are those the data file keeps as notes.
    """
    listed = tuple(findings)
    return (
        *_uncovered(found),
        *_undecided(found),
        *_one_side_of_two(listed, counted),
        *_unequal_sides(listed, counted),
        *_conflicts(found, counted),
        *(Room(Why.MEASURE, text, article) for each in listed for text, article in open_measures(each)),
        *(room for each in listed for room in _about(each, counted)),
        *_promotion(counted),
        *(Room(Why.APPENDIX_B, each.reason, each.article) for each in raised),
    )


def _uncovered(found: Candidates) -> list[Room]:
    text = "没有条款与所填所见相符；标准未列的残情，由专家组按相应定级原则评定，或确认未达等级。"
    return [Room(Why.NO_CLAUSE, f"{injury}：{text}", "4.6") for injury in found.uncovered]


def _one_side_of_two(findings: Iterable[Finding], counted: Tally) -> list[Room]:
    """Both sides are hurt alike and only a clause about one side holds: 4.6 asks for the group."""
    both = {kind for each in findings if getattr(each, "side", "") == "both" for kind in (each.kind,)}
    return [
        Room(
            Why.NO_CLAUSE,
            f"双侧受损，只有单侧的条款{each.clause.number}相符，双侧无专条；由专家组按定级原则评定。",
            "4.6",
        )
        for each in counted.items
        if each.clause.parameters.get("side") == "single" and each.clause.parameters.get("kind") in both
    ]


def _unequal_sides(findings: Iterable[Finding], counted: Tally) -> list[Room]:
    """One side is weaker than the other and the clause speaks of one strength of both: 4.6 asks for the group."""
    strengths: dict[str | None, set[int | None]] = {}
    for each in findings:
        if isinstance(each, Paralysis):
            strengths.setdefault(each.pattern, set()).add(each.mrc)
    return [
        Room(Why.NO_CLAUSE, f"两侧肌力不同，{each.clause.number}按较轻一侧；由专家组按定级原则评定。", "4.6")
        for each in counted.items
        if each.clause.parameters.get("side") == "both"
        and len(strengths.get(each.clause.parameters.get("pattern"), ())) > 1
    ]


def _undecided(found: Candidates) -> list[Room]:
    numbers = "、".join(dict.fromkeys(each.clause.number for each in found.undecided))
    return [Room(Why.UNDECIDED, f"更重的条款尚不能判定：{numbers}。补测或由专家组判断。", "4.1.3")] if numbers else []


def _conflicts(found: Candidates, counted: Tally) -> list[Room]:
    numbers = dict.fromkeys(each.clause.number for each in (*counted.items, *found.undecided))
    texts = dict.fromkeys(text for number in numbers for text in conflicts_about(number))
    return [Room(Why.CONFLICT, text, "") for text in texts]


def _promotion(counted: Tally) -> list[Room]:
    if counted.promotion.may_be_raised_to is None:
        return []
    return [Room(Why.PROMOTION, f"{counted.promotion.explanation}{counted.policy.explanation}", "4.2")]


def _about(finding: Finding, counted: Tally) -> list[Room]:
    if isinstance(finding, Vision):
        return _vision(finding, counted)
    if isinstance(finding, Hearing):
        return _hearing(finding)
    if isinstance(finding, (Arthroplasty, TraumaticArthritis, TendonLigament)) and finding.joint in {"wrist", "ankle"}:
        text = "腕、踝是否属“四肢大关节”，正文与附录C不一；本系统取正文（肩、髋、膝、肘），腕、踝由专家组决定。"
        return [Room(Why.LARGE_JOINT, text, "5.2.2(14)、附录C")]
    if isinstance(finding, Disc) and _is_too_early(finding):
        text = "没有早期MRI、仅有CT的，应继续治疗观察三至六个月后再申请，按遗留体征评定；现宜暂缓。"
        return [Room(Why.TOO_EARLY, text, "B.2.10")]
    return []


def _is_too_early(finding: Disc) -> bool:
    waited = finding.months_since_injury
    return bool(finding.acute_trauma) and finding.early_mri is False and (waited is None or waited < 3)


def _vision(finding: Vision, counted: Tally) -> list[Room]:
    """Table A.3 is for eyes that see, where the clauses give no certain answer; it is not for removed eyes and grades 1 and 2."""
    values = finding.values()
    worse, better = values.get("worse_bcva"), values.get("better_bcva")
    if not isinstance(worse, float | int) or not isinstance(better, float | int) or _has_field(finding):
        return []
    if "removed" in str(values.get("worse", "")) or counted.worst in {1, 2}:
        return []
    rate = compensation_rate(left=finding.left_acuity or 0, right=finding.right_acuity or 0)
    grade = rate_grade(rate.value or 0).value or 10
    reached = next((each.clause.grade for each in counted.items if _rests_on(each.clause.parameters, "vision")), None)
    if "lp_or_nlp" in str(values.get("worse", "")) and not any(
        _rests_on(each.clause.parameters, "lp_or_nlp") for each in counted.items
    ):
        text = f"一眼有或无光感、另眼{better:g}，没有直接对应的条款（5.5.2(24)与5.6.2(28)之间有空档）；按表A.4对应{grade_label(grade)}，供专家组参考。"
        return [Room(Why.TABLE_A3, text, "A.3.4")]
    if reached == grade or (reached is None and worse >= 0.9):
        return []
    text = f"{rate.working}，按表A.4对应{grade_label(grade)}；条款为{grade_label(reached)}。条款能确定的以条款为准，有空档的由专家组决定。"
    return [Room(Why.TABLE_A3, text, "A.3.4")]


def _has_field(finding: Vision) -> bool:
    return finding.right_radius_deg is not None or finding.left_radius_deg is not None


def _rests_on(form: object, kind: str) -> bool:
    return f"'{kind}'" in str(form)


def _hearing(finding: Hearing) -> list[Room]:
    """The age between two rows of table A.6 leaves room only where the two readings stand on two sides of a clause."""
    test = finding.test()
    if test is None:
        return []
    reached, between = (
        (binaural(test, policy=each).certain, *ear_losses(test, policy=each).certain) for each in AgePolicy
    )
    if not any(
        min(pair) < limit <= max(pair) for pair in zip(reached, between, strict=True) for limit in HEARING_LIMITS
    ):
        return []
    text = (
        f"年龄在表A.6两档之间，标准未写取法：按已满档与按插值，双耳听力损失分别为{reached[0]}、{between[0]}dB，"
        f"右耳{reached[1]}、{between[1]}dB，左耳{reached[2]}、{between[2]}dB，跨越条款的界限，由专家组决定。"
    )
    return [Room(Why.MEASURE, text, "A.3.6")]
