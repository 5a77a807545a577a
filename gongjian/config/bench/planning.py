"""The planner: against first come, first served in thirty invented offices; how it grows; how many further sittings are enough."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from gongjian.config.bench.measure import peak_megabytes
from gongjian.law.calendar import working_day_after
from gongjian.planner.advice import advise, like
from gongjian.planner.aims import LATE_ONE, Aim, score
from gongjian.planner.baseline import first_come
from gongjian.planner.inserting import insert
from gongjian.planner.planning import Plan, plan
from gongjian.planner.problem import Case, Problem
from gongjian.planner.relaxing import relaxation_of
from gongjian.planner.sample import LEAD, SPECIALTIES, STEP_FREE, TODAY, Size, sample_office
from gongjian.planner.whatif import promised, with_rooms, with_wave

TITLE = "Planner"
OFFICES = 30
AIM = 0.2
OFFICE = Size(cases=400, sittings=20, experts=60, tight=100)
GROWTH = (Size(cases=500, sittings=12), Size(cases=5_000, sittings=60), Size(cases=50_000, sittings=120, choice=False))
ADVICE = Size(cases=600, sittings=10, experts=60, tight=40)
FURTHER = 16
Say = Callable[[str], None]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock on the wall, and of them those in which the processor worked for us."""

    wall: float
    own: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} ({self.own:.1f})"


@dataclass(frozen=True)
class Grown:
    """One size: the time of the plan with specialties to choose, the plan, and the time with specialties given."""

    size: Size
    seconds: Spent
    made: Plan
    given: Spent

    @property
    def row(self) -> str:
        """A row of the table."""
        found, least = self.made.score[Aim.LATE] // LATE_ONE, self.made.at_least // LATE_ONE
        return (
            f"| {self.size.cases:,} × {self.size.sittings} × {self.size.experts} | {self.seconds} | {found:,} | {least:,} |"
            f" {100 * self.made.gap:.2f} % | {self.given} |"
        )


def section(say: Say) -> str:
    """The planner's part of the page, without its title."""
    return "\n".join([*_offices(say), "", *_growth(say), "", *_advice(say), ""])


def _offices(say: Say) -> Iterator[str]:
    late, first, better, proved = 0, 0, 0, 0
    for number in range(OFFICES):
        made = plan(sample_office(number, replace(OFFICE, choice=number % 2 == 0)))
        ours, theirs = (
            points[Aim.LATE] // LATE_ONE for points in (made.score, score(made.costs, first_come(made.costs)))
        )
        late, first, better = late + ours, first + theirs, better + (ours <= (1 - AIM) * theirs)
        proved += made.gap == 0
    say(f"先到先办超期{first}件，排期{late}件")
    yield (
        f"{OFFICES} invented offices ({OFFICE.cases} cases, {OFFICE.sittings} sittings, {OFFICE.experts} experts, places for all;"
        " in every other one the specialties of the sittings are chosen too, and first come gets the same): "
        f"first come, first served leaves {first:,} late, the planner {late:,}: {100 * (first - late) / first:.0f} % fewer"
        f" (aim: {100 * AIM:.0f} %); so in {better} of the {OFFICES} offices taken alone. {proved} of the {OFFICES} plans are proved to have the fewest late."
    )


def _growth(say: Say) -> Iterator[str]:
    yield "| Cases × sittings × experts | seconds | late | at least (bound) | gap | seconds, specialties given |"
    yield "|---|---|---|---|---|---|"
    for size in GROWTH:
        problem = sample_office(1, size)
        made, seconds = _timed(partial(plan, problem))
        given = _timed(partial(plan, sample_office(1, replace(size, choice=False))))[1] if size.choice else seconds
        grown = Grown(size, seconds, made, given)
        say(grown.row)
        yield grown.row
        if size == GROWTH[0]:
            around = list(_around(made, problem))
    yield ""
    yield f"Aim: 5,000 × 60 × 200 in 60 s. The largest size has its specialties given. Seconds are those on the wall of a machine that others use too, in brackets those of the processor. Peak memory so far {peak_megabytes():.0f} MB."
    yield " ".join(around)


def _around(made: Plan, problem: Problem) -> Iterator[str]:
    urgent = replace(problem.cases[0], id="urgent", due=problem.sittings[0].day, specialties=frozenset(), earliest=None)
    found, seconds = _timed(partial(insert, made, urgent))
    yield f"An urgent case into the plan of {len(problem.cases):,}: {seconds} s, {len(found.moved)} moved."
    relaxation, seconds = _timed(partial(relaxation_of, problem))
    yield (
        f"Its smallest relaxation: {seconds} s, {len(relaxation.specialties)} specialties,"
        f" {sum(relaxation.places.values())} places, {len(relaxation.hopeless)} cases beyond help."
    )


def _advice(say: Say) -> Iterator[str]:
    """What an office that has fallen behind is told: those who wait longer than fifteen working days already are left out."""
    whole = promised(sample_office(2, ADVICE))
    open_still = replace(whole, cases=tuple(case for case in whole.cases if _can_be_in_time(case)))
    cases = {
        "as it is": open_still,
        "a room more at each sitting": with_rooms(open_still),
        "an accident wave of 30 %": with_wave(open_still, 30),
    }
    yield f"Capacity advice ({len(open_still.cases)} cases that can still be examined within 15 working days, {ADVICE.sittings} sittings):"
    yield ""
    yield "| Supposed | in time with 0 | 2 | 4 | 8 further sittings | fewest for 95 % | seconds |"
    yield "|---|---|---|---|---|---|---|"
    template = replace(whole.sittings[0], specialties=frozenset(SPECIALTIES), offers=STEP_FREE, may_add=frozenset())
    candidates = like(template, first=working_day_after(TODAY, LEAD), count=20)
    for name, problem in cases.items():
        found, seconds = _timed(partial(advise, problem, candidates, most=FURTHER))
        shares = " | ".join(f"{100 * found.points[number].share:.0f} %" for number in (0, 2, 4, 8))
        needed = found.needed.sittings if found.needed else f"more than {FURTHER}"
        say(f"{name}: {needed}")
        yield f"| {name} | {shares} | {needed} | {seconds} |"


def _can_be_in_time(case: Case) -> bool:
    """Whether a notice sent today still leaves a day for it."""
    return case.due > working_day_after(TODAY, LEAD) and (case.earliest is None or case.earliest < case.due)


def _timed(act: Callable[[], Answer]) -> tuple[Answer, Spent]:
    """What an act gives, and the time it took."""
    wall, own = time.perf_counter(), time.process_time()
    answer = act()
    return answer, Spent(time.perf_counter() - wall, time.process_time() - own)
