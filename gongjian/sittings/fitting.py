"""Whether a sitting fits a case: its mode, its specialties, its venue. One place, asked by every path that books and by every second look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongjian.cases.models import Case
from gongjian.experts.specialties import labels
from gongjian.law.modes import HELD_HERE, Mode, ModeRule, mode_rule
from gongjian.sittings.errors import HeldElsewhere, NotStepFree, SpecialtyNotOffered, WrongEmployer, WrongMode
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.modes import check_judges, check_length, why_not
from gongjian.sittings.needs import assistance_of, recognised_of, wishes_of
from gongjian.sittings.rules import Flag, flags_for, missing_specialties, specialties_for
from gongjian.sittings.wishes import ModeWish


@dataclass(frozen=True)
class Demand:
    """What one case asks of a sitting: the wish its mode rests on, specialty codes, codes of recognised parts, codes of special needs."""

    wish: ModeWish | None
    needs: list[str]
    parts: list[str]
    assistance: list[str]
    employer: int | None = None

    @property
    def mode(self) -> Mode:
        """The mode in which the case is examined."""
        return self.wish.meant if self.wish else Mode.HALL


def demands_of(cases: Collection[Case]) -> Mapping[int, Demand]:
    """Case id → what it asks of a sitting: three queries, however many cases."""
    wishes, told, assistance = wishes_of(cases), recognised_of(cases), assistance_of(cases)
    return {
        case.pk: Demand(
            wish=wishes.get(case.pk),
            needs=specialties_for(told.get(case.pk, [])),
            parts=[each.part.code for each in told.get(case.pk, [])],
            assistance=assistance[case.pk],
            employer=case.employer_id,
        )
        for case in cases
    }


def rule_of(sitting: Sitting) -> ModeRule:
    """What the table says about the mode of a sitting on its day, in its office's region."""
    return mode_rule(sitting.mode, on=sitting.day, region=sitting.office.region)


def unmet(sitting: Sitting, demand: Demand) -> list[Flag]:
    """What of a case's demand a sitting cannot meet. Where we go to the person, no venue of ours has to be free of steps.

    Law: 令55 art. 11, 12, 13, 18.
    """
    rule = rule_of(sitting)
    step_free = sitting.venue.step_free or rule.comes_to_them
    found = flags_for(demand.needs, demand.assistance, offered=sitting.specialties, step_free=step_free)
    if sitting.mode != demand.mode:
        found.append(Flag.MODE)
    if is_elsewhere(sitting, demand):
        found.append(Flag.EMPLOYER)
    if why_not(rule, demand.needs, demand.parts):
        found.append(Flag.CANNOT_JUDGE)
    return found


def flags_now(booking: Booking, demand: Demand) -> list[Flag]:
    """What a booking would be flagged with if it were looked at now: what its sitting cannot meet, and an address that changed after it was made.

    Law: 令55 art. 12 (the day and the place are those that were told).
    """
    moved = demand.wish.moved_at if demand.wish else None
    found = unmet(booking.sitting, demand)
    return [*found, Flag.ADDRESS] if moved and booking.booked_at <= moved else found


def is_elsewhere(sitting: Sitting, demand: Demand) -> bool:
    """Whether a sitting is on the premises of an employer that is not the case's. Law: 令55 art. 12; 个保法 art. 6 (nobody else's staff is led there)."""
    return sitting.venue.employer_id not in (None, demand.employer)


def kind_of(mode: str, employer: int | None) -> str:
    """The mode as the planner compares it: on an employer's premises, the day of one employer is none of another's."""
    return f"{mode}/{employer}" if mode == Mode.ENTERPRISE else str(mode)


def check_fits(sitting: Sitting, demand: Demand) -> None:
    """Refuse a sitting that does not fit, with the sentence that says why.

    Law: 令55 art. 11, 12, 13, 18. Raises: HeldElsewhere, WrongMode, WrongEmployer, ModeCannotJudge, SpecialtyNotOffered, NotStepFree, SlotTooShort.
    """
    if demand.mode not in HELD_HERE:
        raise HeldElsewhere
    if sitting.mode != demand.mode:
        raise WrongMode(number=sitting.number, offered=Mode(sitting.mode).label, wanted=demand.mode.label)
    rule, found = rule_of(sitting), unmet(sitting, demand)
    check_judges(rule, demand.needs, demand.parts)
    if Flag.EMPLOYER in found:
        raise WrongEmployer(number=sitting.number)
    if Flag.SPECIALTY in found:
        missing = missing_specialties(demand.needs, sitting.specialties)
        raise SpecialtyNotOffered(number=sitting.number, missing=labels(missing))
    if Flag.STEP_FREE in found:
        raise NotStepFree(number=sitting.number)
    check_length(rule, demand.needs, number=sitting.number, minutes=sitting.minutes)
