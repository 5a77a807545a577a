"""The whole of an examination: candidates, counting, 4.2, 4.3, appendix B, self-care. A grade only where no room is left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongjian.grading.candidates import Candidates, candidates
from gongjian.grading.counting import Tally, tally
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.examination import Examination
from gongjian.grading.outcomes import grade_label
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.raises import Raise, raises
from gongjian.grading.room import Room, Why, rooms
from gongjian.grading.selfcare import SelfCare, level


@dataclass(frozen=True, slots=True)
class Prior:
    """How 4.3 is met. alone: worst grade of this injury; together: with what was there before. Both None: no clause holds."""

    alone: int | None
    together: int | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Answer:
    """grade: 1 … 10 only when the clauses leave no room, else None and `rooms` says why the group decides."""

    grade: int | None
    candidates: Candidates
    tally: Tally
    raises: tuple[Raise, ...]
    prior: Prior | None
    selfcare: SelfCare | None
    rooms: tuple[Room, ...]

    @property
    def group_decides(self) -> bool:
        return bool(self.rooms)


def appraise(
    examination: Examination, *, policy: CountingPolicy = CountingPolicy.INJURY, on: date | None = None
) -> Answer:
    """What the standard says to these findings. A help: the grade of a case is the expert group's.

    Law: GB/T 16180-2014 4.1–4.6, 5.1–5.10; 条例 art. 22. Raises: StandardNotInForce, SelfCareItemUnknown.
    """
    prior = _prior(examination, policy, on)
    findings = _that_count(examination)
    found = candidates(findings, on=on)
    counted = tally(found.holds, policy=policy)
    raised = raises(
        counted.items, childless=examination.childless, recurring_obstruction=examination.recurring_obstruction
    )
    room = (*rooms(findings, found, counted, raised), *_prior_room(examination, prior))
    return Answer(
        grade=None if room else counted.worst,
        candidates=found,
        tally=counted,
        raises=raised,
        prior=prior,
        selfcare=None if examination.selfcare is None else level(examination.selfcare),
        rooms=room,
    )


def _that_count(examination: Examination) -> tuple[Finding, ...]:
    """With what was there before only when this injury made it worse; never in a review appraisal."""
    if examination.aggravated and examination.appraisal != "review":
        return (*examination.findings, *_named(examination.prior))
    return examination.findings


def _named(prior: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(each, injury=each.injury or f"原有：{each.title}{n}") for n, each in enumerate(prior, start=1))


def _prior(examination: Examination, policy: CountingPolicy, on: date | None) -> Prior | None:
    """How this injury stands alone and together with what was there before."""
    if not examination.prior:
        return None
    both = (*examination.findings, *_named(examination.prior))
    alone, together = (
        tally(candidates(found, on=on).holds, policy=policy).worst for found in (examination.findings, both)
    )
    return Prior(alone, together, _explained(examination, alone, together))


def _explained(examination: Examination, alone: int | None, together: int | None) -> str:
    if examination.appraisal == "review":
        return "复查鉴定不适用4.3，只按本次工伤的伤情评定。"
    if examination.aggravated is None:
        return (
            f"受损器官有原有伤残：加重原有伤残的按实际致残结局（{grade_label(together)}），"
            f"未加重且较轻的按本次伤情（{grade_label(alone)}）。是否加重由专家组判断（4.3）。"
        )
    if examination.aggravated:
        return f"本次伤情加重原有伤残，按实际致残结局评定：{grade_label(together)}（4.3）。"
    return f"本次伤情未加重原有伤残，按本次伤情评定：{grade_label(alone)}（4.3）。"


def _prior_room(examination: Examination, prior: Prior | None) -> tuple[Room, ...]:
    if prior is None or examination.appraisal == "review":
        return ()
    return (Room(Why.PRIOR, prior.explanation, "4.3"),)
