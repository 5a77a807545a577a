"""What the draw officer looks at before a list is committed: who is expected, who could sit, which groups would do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.draws.lot.infeasible import check_possible
from gongjian.draws.lot.plan import ANY
from gongjian.draws.proposals import proposed_groups
from gongjian.draws.queries.exact import unkept
from gongjian.draws.queries.groups import bookings_for
from gongjian.draws.queries.plan import GroupWish, plan_of
from gongjian.draws.queries.shown import ListShown, advice, plan_shown
from gongjian.experts.models import Expert
from gongjian.experts.queries import Ineligible, eligible, ineligible_with_reasons
from gongjian.experts.specialties import SPECIALTIES, in_order, labels
from gongjian.sittings.fitting import rule_of
from gongjian.sittings.models import Booking, Sitting

REHEARSAL = "预演"
"""Stands for the number of a draw that has none yet."""


@dataclass(frozen=True)
class Supply:
    """One specialty: how many experts can come, how many people need it."""

    code: str
    label: str
    experts: int
    people: int


@dataclass(frozen=True)
class Preparation:
    """A sitting before its draw. rooms: their names, as far as the sitting has any."""

    sitting: Sitting
    bookings: tuple[Booking, ...]
    able: tuple[Expert, ...]
    unable: tuple[Ineligible, ...]
    rooms: tuple[str, ...]

    @property
    def people(self) -> list[tuple[str, str]]:
        """Exam code and the specialties needed."""
        return [(booking.exam_code, labels(booking.needs) or "不限专业") for booking in self.bookings]

    @property
    def supply(self) -> list[Supply]:
        """Specialties that anybody needs or has, in the order of the table."""
        have = Counter(code for expert in self.able for code in expert.specialties)
        need = Counter(code for booking in self.bookings for code in booking.needs)
        return [Supply(code, SPECIALTIES[code], have[code], need[code]) for code in in_order({*have, *need})]

    def room(self, number: int) -> str:
        """The name of the room for a group."""
        return self.rooms[number - 1] if number <= len(self.rooms) else f"第{number}组诊室"

    def wishes(self, *, groups: int, size: int) -> list[GroupWish]:
        """The proposal: seats by what is needed, rooms in their order. Raises: GroupSizeNotAllowed."""
        needs = [booking.needs for booking in self.bookings]
        supply = {one.code: one.experts for one in self.supply}
        proposal = proposed_groups(needs, groups=groups, size=size, supply=supply)
        return [GroupWish(self.room(number), wants) for number, wants in enumerate(proposal, start=1)]

    def reserves(self, wishes: Sequence[GroupWish]) -> dict[str, int]:
        """Specialty of which experts can come → how many reserves: one where more can come than seats ask for; and one for any seat."""
        asked = Counter(want for wish in wishes for want in wish.wants)
        have = {one.code: one.experts for one in self.supply if one.experts or one.code in asked}
        spare = {code: min(1, have[code] - asked[code]) if 0 < asked[code] < have[code] else 0 for code in have}
        left = len(self.able) - sum(asked.values()) - sum(spare.values())
        return {**spare, ANY: min(1, max(0, left))}


def preparation(sitting: Sitting) -> Preparation:
    """Everything about a sitting that its draw depends on: a few queries, however many people and experts."""
    return Preparation(
        sitting=sitting,
        bookings=tuple(bookings_for(sitting)),
        able=tuple(eligible(on=sitting.day, office=sitting.office, sitting=sitting.pk)),
        unable=tuple(ineligible_with_reasons(on=sitting.day, office=sitting.office, sitting=sitting.pk)),
        rooms=rooms_of(sitting),
    )


def rooms_of(sitting: Sitting) -> tuple[str, ...]:
    """Names of the rooms in which groups sit: of the sitting, else of its venue; where one group serves the sitting, one place."""
    rule = rule_of(sitting)
    rooms = list(sitting.rooms.all()) or list(sitting.venue.rooms.all())
    names = tuple(room.name for room in rooms) if rule.has_rooms else (rule.title,)
    return names[:1] if rule.has_one_group else names


@dataclass(frozen=True)
class Rehearsal:
    """What would be committed, and of which specialties one more expert would help most. Nothing of it is kept."""

    shown: ListShown
    advice: tuple[tuple[str, str], ...]


def rehearse(
    found: Preparation, wishes: Sequence[GroupWish], reserves: Sequence[str], *, one_per_hospital: bool
) -> Rehearsal:
    """The chances a plan would give. Raises: PlanWrong, QuotaImpossible, HospitalsTooFew."""
    plan = plan_of(
        found.sitting, REHEARSAL, wishes, reserves, found.bookings, one_per_hospital=one_per_hospital, note=unkept
    ).ordered()
    check_possible(plan)
    return Rehearsal(plan_shown(plan), tuple(advice(plan)))
