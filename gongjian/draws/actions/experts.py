"""The draw of experts: commit the list, hold the draw, call reserves for late conflicts."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.models import CaseDuty
from gongjian.draws.actions.ceremony import (
    call_witnesses,
    keep,
    lock_sitting,
    new_number,
    require,
    step,
    used_secrets,
    words_of,
)
from gongjian.draws.errors import NobodyBooked, NoDrawYet
from gongjian.draws.lot import plan as lot
from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.commitment import commit, read_commitment
from gongjian.draws.lot.receipt import EVERYWHERE, Receipt, draw, late_conflict, repeat
from gongjian.draws.lot.words import secret_hash
from gongjian.draws.models import Draw, Group, Seat
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.groups import bookings_for, live_draw
from gongjian.draws.rules import only_group_for
from gongjian.draws.states import Kind, State
from gongjian.experts.models import Expert
from gongjian.experts.queries import eligible, ineligible_with_reasons
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.models import Booking, Sitting


@dataclass(frozen=True)
class GroupWish:
    """A group as the draw officer wishes it: the room, and a specialty code or ANY for each of its three or five seats."""

    room: str
    wants: tuple[str, ...]


@transaction.atomic
def commit_experts(
    sitting: Sitting, groups: Sequence[GroupWish], *, reserves: Sequence[str], witnesses: Sequence[str], by: User,
    one_per_hospital: bool = True,
) -> Draw:  # fmt: skip
    """Fix and publish the list from which a sitting's groups are drawn. Law: 令55 art. 11, 28.

    groups: in the order of seating. reserves: specialty codes or ANY, one for each reserve. witnesses: the parts of those who give a word.
    Raises: NotAllowed, NobodyBooked, DrawAlready, DutyConflict, PlanWrong, QuotaImpossible, HospitalsTooFew, WordsMissing.
    """
    require(by, Kind.EXPERTS, sitting)
    prior = lock_sitting(sitting, Kind.EXPERTS)
    bookings = list(bookings_for(sitting))
    if not bookings:
        raise NobodyBooked
    for booking in bookings:
        take_duty(booking.case, CaseDuty.Duty.DRAW_OFFICER, by=by)
    number = new_number(sitting)
    secret = secrets.token_bytes(32)
    plan = plan_of(sitting, number, groups, reserves, bookings, one_per_hospital=one_per_hospital)
    commitment = commit(plan, secret=secret, prior=prior, used=used_secrets(sitting))
    row = keep(
        sitting, Kind.EXPERTS, number=number, document=commitment.document(), hash=commitment.hash,
        secret=secret, hidden=secret_hash(secret), by=by,
    )  # fmt: skip
    Group.objects.bulk_create(
        Group(draw=row, number=place, code=code_of(place), room=group.room)
        for place, group in enumerate(groups, start=1)
    )
    call_witnesses(row, witnesses, by=by)
    return row


def plan_of(
    sitting: Sitting, number: str, groups: Sequence[GroupWish], reserves: Sequence[str], bookings: Sequence[Booking],
    *, one_per_hospital: bool,
) -> lot.Plan:  # fmt: skip
    """The plan of a draw: everybody of the pool, in or out with the reason, and the recusals that the groups' needs make necessary."""
    able = eligible(on=sitting.day, office=sitting.office, sitting=sitting.pk)
    unable = ineligible_with_reasons(on=sitting.day, office=sitting.office, sitting=sitting.pk)
    barred = _recusals(able, groups, bookings)
    return lot.Plan(
        draw=number,
        office=sitting.office.code,
        experts=tuple(
            lot.Expert(expert.number, _labels(expert.specialties), expert.hospital, barred.get(expert.pk, ()))
            for expert in able
        ),
        groups=tuple(
            lot.Group(code_of(place), tuple(_label(want) for want in group.wants))
            for place, group in enumerate(groups, start=1)
        ),
        reserves=tuple(_label(want) for want in reserves),
        excluded=tuple(lot.Excluded(one.expert.number, one.reason, _labels(one.expert.specialties)) for one in unable),
        one_per_hospital=one_per_hospital,
    )


def _recusals(
    experts: Sequence[Expert], groups: Sequence[GroupWish], bookings: Sequence[Booking]
) -> dict[int, tuple[lot.Recusal, ...]]:
    """Where only one group can judge a person, who must recuse in that case may not sit in it; elsewhere the door keeps them apart."""
    only = {booking.case_id: only_group_for(booking.needs, [group.wants for group in groups]) for booking in bookings}
    found: dict[int, set[lot.Recusal]] = {}
    grounds = conflicts_of([booking.case for booking in bookings], experts)
    for (case_id, expert_id), why in grounds.items():
        place = only[case_id]
        if place is not None:
            reasons = {lot.Recusal(code_of(place + 1), ground.label) for ground in why}
            found.setdefault(expert_id, set()).update(reasons)
    return {
        expert: tuple(sorted(recusals, key=lambda one: (one.group, one.reason))) for expert, recusals in found.items()
    }


@transaction.atomic
def hold(row: Draw, *, by: User) -> Draw:
    """Hold the draw when all words are in, seat the experts, keep the receipt. Law: 令55 art. 11.

    Raises: NotAllowed, DrawStateWrong, WordsMissing, NotSeated.
    """
    require(by, Kind.EXPERTS, row.sitting)
    row = Draw.objects.select_for_update(of=("self",)).select_related("sitting__office").get(pk=row.pk)
    words = words_of(row)
    receipt = draw(read_commitment(row.commitment), secret=bytes.fromhex(row.secret), words=words)
    step(row, "hold", receipt=receipt.text.decode(), receipt_hash=receipt.hash, held_at=moment.now(), held_by=by)
    _seat(row, receipt)
    record(row.chain, "draw.held", by=by, receipt=receipt.hash, redraws=receipt.outcome.redraws)
    record(row.sitting.chain, "draw.held", by=by, draw=row.number, receipt=receipt.hash)
    return row


@transaction.atomic
def member_leaves(sitting: Sitting, expert: Expert, *, reason: str, by: User, group: Group | None = None) -> list[Seat]:
    """A conflict known after the draw: the next committed reserve who fits takes the seat, and nobody else. Law: 令55 art. 28.

    reason: a code of `states.Ground` or EVERYWHERE's. group: only there; None: the expert cannot come at all.
    Gives the seats that changed. Raises: NoDrawYet, NotTaking.
    """
    found = live_draw(sitting, Kind.EXPERTS)
    if found is None or found.state == State.COMMITTED:
        raise NoDrawYet
    row = Draw.objects.select_for_update(of=("self",)).select_related("sitting__office").get(pk=found.pk)
    after = late_conflict(rebuilt(row), expert=expert.number, group=group.code if group else EVERYWHERE, reason=reason)
    Draw.objects.filter(pk=row.pk).update(receipt=after.text.decode())
    told = after.late(after.hash)[-1]
    record(row.chain, "draw.late_conflict", by=by, expert=expert.number, reason=reason, hash=told["hash"])
    return _reseat(row, after, {(code, seat) for code, seat, _ in after.calls[-1].seats})


def rebuilt(row: Draw) -> Receipt:
    """The receipt of a draw that has been held, repeated from its commitment, secret, words and late conflicts: what is stored is not trusted."""
    receipt = repeat(read_commitment(row.commitment), secret=bytes.fromhex(row.secret), words=words_of(row))
    for told in read(row.receipt.encode())["late"]:
        receipt = late_conflict(receipt, expert=told["expert"], group=told["group"], reason=told["reason"])
    return receipt


def _seat(row: Draw, receipt: Receipt) -> None:
    groups = {group.code: group for group in row.groups.all()}
    experts = _by_number(place.expert for place in receipt.sitting)
    Seat.objects.bulk_create(
        Seat(group=groups[place.group], position=place.seat, wants=place.wants, expert=experts.get(place.expert))
        for place in receipt.sitting
    )


def _reseat(row: Draw, receipt: Receipt, changed: set[tuple[str, int]]) -> list[Seat]:
    holders = {(place.group, place.seat): place.expert for place in receipt.sitting}
    experts = _by_number(holders.values())
    seats = list(Seat.objects.filter(group__draw=row).select_related("group"))
    moved = [seat for seat in seats if (seat.group.code, seat.position) in changed]
    for seat in moved:
        seat.expert = experts.get(holders[seat.group.code, seat.position])
        seat.save(update_fields=["expert"])
    return moved


def _by_number(numbers: Iterable[str]) -> dict[str, Expert]:
    return {expert.number: expert for expert in Expert.objects.filter(number__in=list(numbers))}


def code_of(place: int) -> str:
    """The code of a group in a commitment: G01, G02 …"""
    return f"G{place:02d}"


def _label(want: str) -> str:
    return SPECIALTIES.get(want, want)


def _labels(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(_label(code) for code in codes)
