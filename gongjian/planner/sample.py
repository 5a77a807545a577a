"""Invented offices of any size, from a number: the same number gives the same office."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy

from gongjian.law.calendar import working_day_after
from gongjian.planner.problem import Case, Experts, Problem, Sitting

TODAY = date(2026, 3, 2)
SPECIALTIES = tuple("ABCDEFGHIJKL")
"""Twelve specialties; the first ones are asked for most."""
DISTRICTS = tuple(f"D{number}" for number in range(8))
STEP_FREE = frozenset({"step_free"})
DECIDE_DAYS, CONCLUDE_DAYS = 60, 7
WAITED = 49
LEAD, WORKING_DAYS = 4, 30
"""Sittings lie on the thirty working days after the notice's lead; those beyond thirty lie beside each other."""


@dataclass(frozen=True)
class Size:
    """How large an office is, and how tight: places per hundred cases; choice: whether the planner chooses specialties."""

    cases: int
    sittings: int
    experts: int = 200
    tight: int = 98
    choice: bool = True


def sample_office(number: int, size: Size) -> Problem:
    """An office with cases that have waited up to seven weeks, sittings on the working days to come, and experts who come every third day."""
    chance = numpy.random.default_rng(number)
    sittings = tuple(_sitting(chance, size, place) for place in range(size.sittings))
    cases = tuple(_case(chance, size, place) for place in range(size.cases))
    experts = _experts(chance, size, {sitting.day for sitting in sittings}) if size.choice else None
    return Problem(cases=cases, sittings=sittings, experts=experts)


def _sitting(chance: numpy.random.Generator, size: Size, place: int) -> Sitting:
    covered = frozenset(map(str, chance.choice(SPECIALTIES, size=3 if size.choice else 8, replace=False)))
    return Sitting(
        id=f"S{place:04d}",
        day=working_day_after(TODAY, LEAD + place // -(-size.sittings // WORKING_DAYS)),
        places=max(1, size.cases * size.tight // (100 * size.sittings)),
        specialties=covered,
        may_add=frozenset(SPECIALTIES) if size.choice else frozenset(),
        most=9 if size.choice else None,
        offers=STEP_FREE if chance.random() < 0.7 else frozenset(),
        district=DISTRICTS[int(chance.integers(4))],
        rooms=4,
    )


def _case(chance: numpy.random.Generator, size: Size, place: int) -> Case:
    """Decided within sixty days of acceptance, ninety when that was extended; a week is kept for the conclusion. One in ten asked for a later day."""
    since = TODAY - timedelta(days=WAITED * (size.cases - place) // size.cases)
    longer = 30 if chance.random() < 0.15 else 0
    weights = 1 / numpy.arange(1, len(SPECIALTIES) + 1)
    many = int(chance.choice([0, 1, 1, 1, 2]))
    wants = chance.choice(SPECIALTIES, size=many, replace=False, p=weights / weights.sum())
    later = TODAY + timedelta(days=int(chance.integers(10, 30)))
    return Case(
        id=f"C{place:05d}",
        due=since + timedelta(days=DECIDE_DAYS - CONCLUDE_DAYS + longer),
        since=since,
        queue=place,
        specialties=frozenset(map(str, wants)),
        needs=STEP_FREE if chance.random() < 0.12 else frozenset(),
        district=DISTRICTS[int(chance.integers(len(DISTRICTS)))],
        earliest=later if chance.random() < 0.1 else None,
    )


def _experts(chance: numpy.random.Generator, size: Size, days: set[date]) -> tuple[Experts, ...]:
    who = [
        frozenset(map(str, chance.choice(SPECIALTIES, size=int(chance.integers(1, 3)), replace=False)))
        for _ in range(size.experts)
    ]
    found: list[Experts] = []
    for day in sorted(days):
        coming = Counter(one for one in who if chance.random() < 1 / 3)
        found += [Experts(day, one, coming[one]) for one in sorted(coming, key=sorted)]
    return tuple(found)
