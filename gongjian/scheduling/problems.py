"""What the planner is asked: an office's waiting cases, its sittings to come, and how many experts of which specialty have said they can come."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from gongjian.accounts.models import Office
from gongjian.appraisal.belonging import region_of
from gongjian.appraisal.entrusted import EXAMINED_HERE
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.experts.models import Availability
from gongjian.kernel import moment
from gongjian.planner.problem import Case as Waiting
from gongjian.planner.problem import Experts, Problem
from gongjian.planner.problem import Sitting as Coming
from gongjian.scheduling.rules import can_be_noticed, examine_by, steps_between
from gongjian.sittings.assistance import NEEDS_STEP_FREE
from gongjian.sittings.fitting import demands_of, kind_of, rule_of
from gongjian.sittings.models import Reschedule, Sitting
from gongjian.sittings.queries import with_places
from gongjian.sittings.states import BOOKABLE, RequestState, SittingState

STEP_FREE = frozenset({"step_free"})
NOTHING: frozenset[str] = frozenset()


def problem_of(office: Office, locks: Mapping[str, str] | None = None) -> Problem:
    """Everything the planner needs, by case numbers and sitting numbers: a fixed number of queries. locks: case → sitting.

    A lock on a case that waits no more, or on a sitting that cannot be filled any more, has nothing to hold. Raises: ProblemWrong.
    """
    sittings = coming_sittings(office)
    experts = _coming_experts(sittings)
    days = tuple(coming(sitting, experts.get(sitting.pk, {})) for sitting in sittings)
    known = {sitting.number for sitting in sittings}
    kept = {case: sitting for case, sitting in (locks or {}).items() if sitting in known}
    cases = waiting(accepted(office), office, kept)
    return Problem(cases=cases, sittings=days, experts=_by_day(sittings, experts), travel=travel_of(cases, days))


def coming_sittings(office: Office) -> list[Sitting]:
    """Sittings to which people can still be called in time, with their places and rooms: two queries."""
    found = Sitting.objects.filter(office=office, state__in=BOOKABLE, day__gt=moment.today()).select_related(
        "venue", "office"
    )
    rows = with_places(found).prefetch_related("rooms").order_by("day", "number")
    return [row for row in rows if can_be_noticed(row.day, on=moment.today(), region=office.region)]


def travel_of(cases: Collection[Waiting], sittings: Collection[Coming]) -> dict[tuple[str, str], int]:
    """(home, place) → steps, for every pair of districts that occur."""
    homes, places = {case.district for case in cases}, {sitting.district for sitting in sittings}
    return {(home, place): steps_between(home, place) for home in homes for place in places}


def coming(sitting: Sitting, experts: Mapping[int, frozenset[str]]) -> Coming:
    """Free places, what is announced, and while it is not published what the experts who come could add."""
    announced = frozenset(sitting.specialties)
    more = NOTHING.union(*experts.values()) if sitting.state == SittingState.PLANNED else NOTHING
    return Coming(
        id=sitting.number,
        day=sitting.day,
        places=vars(sitting)["places"] - vars(sitting)["booked"],
        taken=vars(sitting)["booked"],
        specialties=announced,
        may_add=more - announced,
        offers=STEP_FREE if sitting.venue.step_free or rule_of(sitting).comes_to_them else NOTHING,
        mode=kind_of(sitting.mode, sitting.venue.employer_id),
        venue=sitting.venue.name,
        district=sitting.venue.district or sitting.office.region,
        rooms=len(sitting.rooms.all()) or 1,
    )


def _coming_experts(sittings: list[Sitting]) -> dict[int, dict[int, frozenset[str]]]:
    """Sitting id → expert → specialties: who can come and has none of what is announced there. Who is taken up by that is not counted."""
    announced = {sitting.pk: set(sitting.specialties) for sitting in sittings}
    found: defaultdict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    answers = Availability.objects.filter(sitting__in=announced, can_come=True)
    for sitting, expert, told in answers.values_list("sitting_id", "expert_id", "expert__specialties"):
        if not set(told) & announced[sitting]:
            found[sitting][expert] = frozenset(told)
    return found


def _by_day(sittings: list[Sitting], experts: Mapping[int, dict[int, frozenset[str]]]) -> tuple[Experts, ...]:
    """How many of each kind come on a day; who can come to two sittings of one day is one person."""
    people = {(one.day, expert): told for one in sittings for expert, told in experts.get(one.pk, {}).items()}
    counted = Counter((day, told) for (day, _), told in people.items())
    return tuple(Experts(day, told, counted[day, told]) for day, told in sorted(counted, key=_order))


def _order(pair: tuple[date, frozenset[str]]) -> tuple[date, list[str]]:
    return pair[0], sorted(pair[1])


def accepted(office: Office) -> list[Case]:
    """The office's cases that wait for a sitting, oldest first: one query."""
    rows = Case.objects.filter(office=office, procedure__in=EXAMINED_HERE, state=State.ACCEPTED)
    return list(rows.select_related("person", "office", "window").order_by("received_at", "id"))


def waiting(cases: Sequence[Case], office: Office, locks: Mapping[str, str]) -> tuple[Waiting, ...]:
    """The same cases as the planner knows them, in their order: four queries, however many. locks: case → sitting."""
    demands = demands_of(cases)
    earliest = dict(
        Reschedule.objects.filter(case__in=cases, state=RequestState.APPROVED, settled_by=None)
        .order_by("decided_at")
        .values_list("case_id", "available_from")
    )
    today, region = moment.today(), office.region
    return tuple(
        Waiting(
            id=case.number,
            due=examine_by(case.due_on, on=today, region=region) if case.due_on else date.max,
            since=moment.day_of(case.received_at),
            queue=place,
            specialties=frozenset(demands[case.pk].needs),
            needs=STEP_FREE if NEEDS_STEP_FREE & set(demands[case.pk].assistance) else NOTHING,
            mode=kind_of(demands[case.pk].mode, case.employer_id),
            district=region_of(case),
            earliest=earliest.get(case.pk),
            lock=locks.get(case.number),
        )
        for place, case in enumerate(cases)
    )
