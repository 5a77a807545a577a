"""The plan of a draw as the pool, the bookings and the wishes of the office make it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.draws.lot import plan as lot
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.exact import Note, class_of, of_excluded, of_grounds
from gongjian.draws.rules import only_group_for, spelled_once
from gongjian.draws.states import Ground, Reason
from gongjian.experts.models import Expert
from gongjian.experts.queries import eligible, ineligible_with_reasons
from gongjian.experts.specialties import SPECIALTIES
from gongjian.sittings.models import Booking, Sitting


@dataclass(frozen=True)
class GroupWish:
    """A group as the draw officer wishes it: the room, and a specialty code or ANY for each of its three or five seats."""

    room: str
    wants: tuple[str, ...]


def plan_of(
    sitting: Sitting, number: str, groups: Sequence[GroupWish], reserves: Sequence[str], bookings: Sequence[Booking],
    *, one_per_hospital: bool, note: Note,
) -> lot.Plan:  # fmt: skip
    """The plan of a draw: everybody of the pool, in or out with the reason, and the recusals that the groups' needs make necessary.

    note: writes each exact reason down; the plan, which everybody may read, has neutral ones.
    """
    able = eligible(on=sitting.day, office=sitting.office, sitting=sitting.pk)
    unable = ineligible_with_reasons(on=sitting.day, office=sitting.office, sitting=sitting.pk)
    barred = _recusals(able, groups, bookings, note)
    hospitals = spelled_once(expert.hospital for expert in able)
    return lot.Plan(
        draw=number,
        office=sitting.office.code,
        experts=tuple(
            lot.Expert(
                expert.number, labels_of(expert.specialties), hospitals[expert.hospital], barred.get(expert.pk, ())
            )
            for expert in able
        ),
        groups=tuple(lot.Group(code_of(place), labels_of(group.wants)) for place, group in enumerate(groups, start=1)),
        reserves=labels_of(reserves),
        excluded=tuple(
            lot.Excluded(
                one.expert.number,
                class_of(one.reasons).label,
                labels_of(one.expert.specialties),
                note(of_excluded(one)),
            )
            for one in unable
        ),
        one_per_hospital=one_per_hospital,
    )


def _recusals(
    experts: Sequence[Expert], groups: Sequence[GroupWish], bookings: Sequence[Booking], note: Note
) -> dict[int, tuple[lot.Recusal, ...]]:
    """Where only one group can judge a person, who must recuse in that case may not sit in it; elsewhere the door keeps them apart."""
    only = {booking.case_id: only_group_for(booking.needs, [group.wants for group in groups]) for booking in bookings}
    cases = {booking.case_id: booking.case.number for booking in bookings}
    numbers = {expert.pk: expert.number for expert in experts}
    found: dict[int, dict[str, list[tuple[str, Ground]]]] = {}
    for (case_id, expert_id), why in conflicts_of([booking.case for booking in bookings], experts).items():
        place = only[case_id]
        if place is not None:
            known = found.setdefault(expert_id, {}).setdefault(code_of(place + 1), [])
            known += [(cases[case_id], ground) for ground in why]
    return {
        expert: tuple(
            lot.Recusal(code, Reason.RECUSED.label, note(of_grounds(numbers[expert], code, sorted(why))))
            for code, why in sorted(theirs.items())
        )
        for expert, theirs in found.items()
    }


def code_of(place: int) -> str:
    """The code of a group in a commitment: G01, G02 …"""
    return f"G{place:02d}"


def labels_of(codes: Sequence[str]) -> tuple[str, ...]:
    """Specialties as the receipt names them, so that a stranger can read it; ANY stays ANY."""
    return tuple(SPECIALTIES.get(code, code) for code in codes)
