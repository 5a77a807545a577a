"""Capacity advice for an office: from what waits today, what is supposed, and how large its sittings usually are."""

from dataclasses import dataclass
from statistics import median_low

from gongjian.accounts.models import Office
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after
from gongjian.law.parameters import parameter
from gongjian.planner.advice import Advice, advise, like
from gongjian.planner.fitting import could_take, in_time
from gongjian.planner.problem import Problem, Sitting
from gongjian.planner.whatif import promised, with_rooms, with_specialty, with_wave
from gongjian.scheduling.problems import STEP_FREE, coming_sittings, problem_of

CANDIDATES = 20
"""Over how many working days further sittings may lie."""
USUAL = 40
"""Places of a sitting where the office has none to come."""
NODES = 200


@dataclass(frozen=True)
class Suppose:
    """What is supposed: so many per cent more cases, so many rooms more at each sitting, a specialty at all of them, at most so many sittings more."""

    wave: int = 0
    rooms: int = 0
    specialty: str = ""
    most: int = 6


@dataclass(frozen=True)
class Prospect:
    """The advice, how large a further sitting is supposed to be, and how many cases have waited too long already."""

    advice: Advice
    places: int
    past: int


def prospect_of(office: Office, suppose: Suppose) -> Prospect:
    """How many of the waiting are examined within fifteen working days, with how many further sittings. Raises: NoSolution."""
    problem = promised(problem_of(office))
    problem = with_rooms(problem, suppose.rooms) if suppose.rooms else problem
    problem = with_specialty(problem, suppose.specialty) if suppose.specialty else problem
    problem = with_wave(problem, suppose.wave)
    today = moment.today()
    lead = parameter("notice_lead_days", on=today, region=office.region).number
    usual = [vars(one)["places"] for one in coming_sittings(office)]
    template = Sitting(
        id="",
        day=today,
        places=median_low(usual) if usual else USUAL,
        specialties=frozenset(SPECIALTIES),
        offers=STEP_FREE,
    )
    first = working_day_after(today, lead)
    candidates = like(template, first=first, count=CANDIDATES, taken=[one.day for one in problem.sittings])
    advice = advise(problem, candidates, most=suppose.most, nodes=NODES)
    return Prospect(advice, template.places, _past(problem, candidates))


def _past(problem: Problem, candidates: list[Sitting]) -> int:
    """Cases for which no day, there or thought of, comes in time."""
    days = [*problem.sittings, *candidates]
    return sum(not any(in_time(case, one) and could_take(problem, case, one) for one in days) for case in problem.cases)
