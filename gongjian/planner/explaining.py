"""Why this day: what kept a case from every earlier sitting, worked out from the plan as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
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


def why(plan: Plan, case_id: str) -> Why:
    """Why a case of the plan has this day, or none: every sitting before it (every sitting at all), and what kept the case from it."""
    case = next(one for one in plan.problem.cases if one.id == case_id)
    sittings = {one.id: one for one in plan.problem.sittings}
    at = sittings.get(plan.where.get(case_id, ""))
    taken = loads(plan.problem, plan.where)
    before = [one for one in in_order(plan.problem.sittings) if at is None or one.day < at.day]
    spare = (case.due - at.day).days if at else None
    return Why(case, at, spare, tuple(_earlier(plan, case, at, one, taken) for one in before))


def _earlier(plan: Plan, case: Case, at: Sitting | None, there: Sitting, taken: Mapping[str, int]) -> Earlier:
    covered = plan.costs.covered[there.id]
    stands = obstacle(case, there, covered, partial=plan.problem.partial)
    if stands is not None:
        return Earlier(there, stands, missing=case.specialties - covered)
    if taken.get(there.id, 0) + case.places > there.places:
        people = [one for one in plan.problem.cases if plan.where.get(one.id) == there.id]
        urgent = sum(one.due <= case.due for one in people)
        return Earlier(there, Kept.FULL, places=there.places, people=len(people), as_urgent=urgent)
    for aim, difference in zip(Aim, _difference(plan, case, at, there, taken), strict=True):
        if difference > 0:
            return Earlier(there, Kept.WORSE, worse=aim, by=difference)
        if difference < 0:
            break
    return Earlier(there, Kept.FREE)


def _difference(plan: Plan, case: Case, at: Sitting | None, there: Sitting, taken: Mapping[str, int]) -> list[int]:
    """What every aim would lose if the case alone moved there."""
    rows = zip(plan.costs.of(case, there), plan.costs.of(case, at), strict=True)
    found = [new - old for new, old in rows]
    found[Aim.UNEVEN] = _weight(there, taken.get(there.id, 0), case.places)
    if at is not None:
        found[Aim.UNEVEN] -= _weight(at, taken.get(at.id, 0) - case.places, case.places)
    return found


def _weight(sitting: Sitting, load: int, places: int) -> int:
    return sum(band(place, sitting.places) for place in range(load, load + places))
