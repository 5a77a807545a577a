"""Why this day: what kept a case from every earlier sitting, worked out from the plan as it stands."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.planner.aims import Aim, band, loads
from gongjian.planner.fitting import Obstacle, obstacle
from gongjian.planner.planning import Plan
from gongjian.planner.problem import Case, Sitting, in_order


class Kept(StrEnum):
    """What kept a case from a sitting that could have taken it."""

    FULL = "full"
    WORSE = "worse"
    FREE = "free"


@dataclass(frozen=True)
class Earlier:
    """One earlier sitting. reason: why not there; missing: specialties it lacks; places, people, as_urgent: how full it is, with how many, and how
    many of them are due no later than this case; worse, by: the first aim that would suffer, and how much."""

    sitting: Sitting
    reason: Obstacle | Kept
    missing: frozenset[str] = frozenset()
    places: int = 0
    people: int = 0
    as_urgent: int = 0
    worse: Aim | None = None
    by: int = 0


@dataclass(frozen=True)
class Why:
    """at: where the case is; spare: days between that and its due day, less than none when late; None when it is nowhere."""

    case: Case
    at: Sitting | None
    spare: int | None
    earlier: tuple[Earlier, ...]


class Explainer:
    """Answers for all cases of one plan; what is the same for all is counted once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cases = {case.id: case for case in plan.problem.cases}
        self.sittings = {one.id: one for one in plan.problem.sittings}
        self.ordered = in_order(plan.problem.sittings)
        self.taken = loads(plan.problem, plan.where)
        self.due: dict[str, list[date]] = {one: [] for one in self.sittings}
        for case in sorted(plan.problem.cases, key=lambda case: case.due):
            if case.id in plan.where:
                self.due[plan.where[case.id]].append(case.due)

    def why(self, case_id: str) -> Why:
        """Why a case has this day, or none: every sitting before it (every sitting at all), and what kept the case from it."""
        case = self.cases[case_id]
        at = self.sittings.get(self.plan.where.get(case_id, ""))
        before = [one for one in self.ordered if at is None or one.day < at.day]
        spare = (case.due - at.day).days if at else None
        return Why(case, at, spare, tuple(self._earlier(case, at, one) for one in before))

    def _earlier(self, case: Case, at: Sitting | None, there: Sitting) -> Earlier:
        covered = self.plan.costs.covered[there.id]
        stands = obstacle(case, there, covered, partial=self.plan.problem.partial)
        if stands is not None:
            return Earlier(there, stands, missing=case.specialties - covered)
        if self.taken[there.id] + case.places > there.places:
            due = self.due[there.id]
            return Earlier(
                there, Kept.FULL, places=there.places, people=len(due), as_urgent=bisect_right(due, case.due)
            )
        for aim, difference in zip(Aim, self._difference(case, at, there), strict=True):
            if difference > 0:
                return Earlier(there, Kept.WORSE, worse=aim, by=difference)
            if difference < 0:
                break
        return Earlier(there, Kept.FREE)

    def _difference(self, case: Case, at: Sitting | None, there: Sitting) -> list[int]:
        """What every aim would lose if the case alone moved there."""
        rows = zip(self.plan.costs.of(case, there), self.plan.costs.of(case, at), strict=True)
        found = [new - old for new, old in rows]
        found[Aim.UNEVEN] = _weight(there, self.taken[there.id], case.places)
        if at is not None:
            found[Aim.UNEVEN] -= _weight(at, self.taken[at.id] - case.places, case.places)
        return found


def why(plan: Plan, case_id: str) -> Why:
    """Why one case of a plan has this day, or none."""
    return Explainer(plan).why(case_id)


def _weight(sitting: Sitting, load: int, places: int) -> int:
    return sum(band(sitting, place) for place in range(load, load + places))
