"""An urgent case comes into what stands: those booked who do not know their day yet, those proposed, and who has been told and stays."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from gongjian.accounts.models import Office
from gongjian.cases.models import Case
from gongjian.planner.explaining import Explainer
from gongjian.planner.inserting import Insertion, insert
from gongjian.planner.planning import Plan
from gongjian.planner.problem import Case as Waiting
from gongjian.planner.problem import Problem
from gongjian.planner.problem import Sitting as Coming
from gongjian.scheduling.models import Placement
from gongjian.scheduling.problems import NOTHING, coming, coming_sittings, travel_of, waiting
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.scheduling.words import said
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, SittingState


@dataclass(frozen=True)
class Moved:
    """Who would go elsewhere. row: their booking, of which they have not been told, or only what is proposed for them."""

    case: Case
    start: Sitting
    end: Sitting
    row: Booking | Placement

    @property
    def is_booked(self) -> bool:
        """Whether a place is given up, and not only a proposal changed."""
        return isinstance(self.row, Booking)


@dataclass(frozen=True)
class Inserted:
    """Where an urgent case would go and whom that moves. own: its placement in the proposal that stands; digest: of what a person sees before deciding."""

    case: Case
    urgent: Waiting
    at: Sitting | None
    moved: Sequence[Moved]
    own: Placement | None
    why: Sequence[str]

    @property
    def days_late(self) -> int:
        """How many days after its last day it would be examined."""
        return max((self.at.day - self.urgent.due).days, 0) if self.at else 0

    @property
    def digest(self) -> str:
        """Of where it goes and who moves whither."""
        moves = sorted(f"{one.case.number}:{one.start.number}:{one.end.number}" for one in self.moved)
        told = ";".join([self.case.number, self.at.number if self.at else "", *moves])
        return sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class _Standing:
    """Who stands where: live bookings of coming sittings, and pending placements for which there is room, by case number."""

    sittings: Mapping[str, Sitting]
    bookings: Mapping[str, Booking]
    placements: Mapping[str, Placement]
    own: Placement | None

    @property
    def where(self) -> dict[str, str]:
        """Case → sitting."""
        rows: dict[str, Booking | Placement] = {**self.placements, **self.bookings}
        return {number: row.sitting.number for number, row in rows.items() if row.sitting}


def insertion_of(case: Case) -> Inserted:
    """Where an accepted case would go with the fewest people moved; nobody who has been told, nobody to their disadvantage.

    A fixed number of queries. Raises: NoSolution, ProblemWrong.
    """
    office = case.office
    standing = _standing(office, case)
    (urgent,) = waiting([case], office, {})
    plan = _plan_of(standing, office, urgent)
    found = insert(plan, urgent)
    where = standing.sittings.get(found.at or "")
    why = said(Explainer(found.plan).why(urgent.id))
    return Inserted(case, urgent, where, _moved(standing, found), standing.own, why)


def _standing(office: Office, case: Case) -> _Standing:
    sittings = {one.number: one for one in coming_sittings(office)}
    live = Booking.objects.filter(sitting__number__in=sittings, state=BookingState.BOOKED)
    booked = live.select_related(
        "case__office", "case__person", "case__window", "sitting__venue", "sitting__office", "slot"
    )
    pending = Placement.objects.filter(
        proposal__office=office, proposal__state=ProposalState.OPEN, outcome=Outcome.PENDING, case__state="accepted"
    )
    rows = pending.select_related("case__office", "case__person", "case__window", "sitting").order_by("due", "id")
    own = next((row for row in rows if row.case_id == case.pk), None)
    others = [row for row in rows if row.case_id != case.pk]
    bookings = {one.case.number: one for one in booked.order_by("booked_at", "id")}
    return _Standing(sittings, bookings, _with_room(others, sittings), own)


def _with_room(placements: Sequence[Placement], sittings: Mapping[str, Sitting]) -> dict[str, Placement]:
    """Who is proposed where there is still a place, the most urgent first: others cannot be booked as proposed and hold nobody up."""
    taken, found = Counter[str](), dict[str, Placement]()
    for one in placements:
        sitting = sittings.get(one.sitting.number) if one.sitting else None
        if sitting and taken[sitting.number] < vars(sitting)["places"] - vars(sitting)["booked"]:
            taken[sitting.number] += 1
            found[one.case.number] = one
    return found


def _plan_of(standing: _Standing, office: Office, urgent: Waiting) -> Plan:
    """What stands as a plan: booked people count as cases with their place, so that their places are free to the planner."""
    rows: list[Booking | Placement] = [*standing.bookings.values(), *standing.placements.values()]
    told = {number for number, one in standing.bookings.items() if _knows(one)}
    locks = {number: one.sitting.number for number, one in standing.placements.items() if one.locked and one.sitting}
    known = waiting([row.case for row in rows], office, locks)
    cases = tuple(replace(case, at=standing.where[case.id], told=case.id in told) for case in known)
    held = Counter(one.sitting.number for one in standing.bookings.values())
    days = tuple(_with_held(coming(one, {}), held[number]) for number, one in standing.sittings.items())
    problem = Problem(cases=cases, sittings=days, travel=travel_of([*cases, urgent], days))
    return Plan(problem, standing.where, {day.id: day.specialties for day in days}, 0)


def _with_held(day: Coming, held: int) -> Coming:
    return replace(day, places=day.places + held, taken=day.taken - held, may_add=NOTHING)


def _knows(booking: Booking) -> bool:
    """Whether somebody has been told of their day, or is being told: nobody moves them from a page."""
    return bool(booking.notice_id or booking.noticed_at or booking.sitting.state != SittingState.PLANNED)


def _moved(standing: _Standing, found: Insertion) -> list[Moved]:
    rows: dict[str, Booking | Placement] = {**standing.placements, **standing.bookings}
    return [
        Moved(rows[number].case, standing.sittings[start], standing.sittings[end], rows[number])
        for number, (start, end) in sorted(found.moved.items())
    ]
