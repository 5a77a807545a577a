"""What if: the same cases with other rooms, other specialties, or more cases. Each gives a problem again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongjian.law.calendar import working_day_after
from gongjian.planner.fitting import in_time
from gongjian.planner.planning import Plan, plan
from gongjian.planner.problem import Case, Problem, Sitting

PROMISED_WORKING_DAYS = 15


def promised(problem: Problem, days: int = PROMISED_WORKING_DAYS) -> Problem:
    """Every case due so many working days after its waiting began."""
    return replace(
        problem, cases=tuple(replace(case, due=working_day_after(case.since, days)) for case in problem.cases)
    )


def with_rooms(problem: Problem, more: int = 1) -> Problem:
    """Every sitting with so many rooms more, each as large as those it has."""
    return replace(
        problem,
        sittings=tuple(
            replace(one, rooms=one.rooms + more, places=one.places + (one.places + one.taken) * more // one.rooms)
            for one in problem.sittings
        ),
    )


def with_specialty(problem: Problem, specialty: str) -> Problem:
    """Every sitting covers a specialty."""
    return replace(
        problem,
        sittings=tuple(replace(one, specialties=one.specialties | {specialty}) for one in problem.sittings),
    )


def with_wave(problem: Problem, hundredths: int) -> Problem:
    """An accident wave: so many per hundred cases more, like those there are, evenly among them and at the end of the queue."""
    count = len(problem.cases) * hundredths // 100
    last = max((case.queue for case in problem.cases), default=0)
    more = tuple(
        _again(problem.cases[number * len(problem.cases) // count % len(problem.cases)], number, last)
        for number in range(count)
    )
    return replace(problem, cases=(*problem.cases, *more))


def with_sittings(problem: Problem, more: Sequence[Sitting]) -> Problem:
    """Further sittings."""
    return replace(problem, sittings=(*problem.sittings, *more))


def _again(case: Case, number: int, last: int) -> Case:
    return replace(case, id=f"+{number:05d}", queue=last + 1 + number, lock=None, at=None, told=False, comes_to=None)


@dataclass(frozen=True)
class Outlook:
    """How a problem comes out: cases, those in time, and those in time as a share; the median day of the examination."""

    name: str
    cases: int
    in_time: int
    median: date | None

    @property
    def share(self) -> float:
        """In time, of all."""
        return self.in_time / self.cases if self.cases else 1.0


def outlook(name: str, problem: Problem) -> Outlook:
    """Plan it, and count. Raises: NoSolution."""
    made = plan(problem)
    days = sorted(_days(made))
    return Outlook(name, len(problem.cases), _in_time(made), days[len(days) // 2] if days else None)


def _days(made: Plan) -> list[date]:
    sittings = {one.id: one for one in made.problem.sittings}
    return [sittings[id].day for id in made.where.values()]


def _in_time(made: Plan) -> int:
    sittings = {one.id: one for one in made.problem.sittings}
    return sum(case.id in made.where and in_time(case, sittings[made.where[case.id]]) for case in made.problem.cases)
