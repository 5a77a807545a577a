"""Whether a sitting can take a case at all, whoever else is there; and if not, why not."""

from enum import StrEnum

from gongjian.planner.problem import Case, Problem, Sitting


class Obstacle(StrEnum):
    """Why a sitting cannot take a case."""

    LOCKED = "locked"
    TOO_SOON = "too_soon"
    MODE = "mode"
    NEEDS = "needs"
    SPECIALTY = "specialty"


def obstacle(case: Case, sitting: Sitting, covered: frozenset[str], *, partial: bool) -> Obstacle | None:
    """What stands between a case and a sitting that covers these specialties; None when nothing does. A lock overrides all but itself."""
    if case.lock is not None:
        return None if case.lock == sitting.id else Obstacle.LOCKED
    if case.earliest is not None and sitting.day < case.earliest:
        return Obstacle.TOO_SOON
    if case.mode != sitting.mode:
        return Obstacle.MODE
    if not case.needs <= sitting.offers:
        return Obstacle.NEEDS
    return Obstacle.SPECIALTY if lacks(case, covered, partial=partial) else None


def lacks(case: Case, covered: frozenset[str], *, partial: bool) -> bool:
    """Whether what is covered is too little for a case: with partial, one of its specialties is enough."""
    if not case.specialties:
        return False
    return not (case.specialties & covered) if partial else not case.specialties <= covered


def could_take(problem: Problem, case: Case, sitting: Sitting) -> bool:
    """Whether a sitting fits a case if it is given every specialty it may be given."""
    return obstacle(case, sitting, sitting.could_cover, partial=problem.partial) is None


def in_time(case: Case, sitting: Sitting) -> bool:
    """Whether an examination at this sitting comes in time."""
    return sitting.day <= case.due
