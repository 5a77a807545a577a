"""The second draw: everyone who has checked in goes to a group that can judge them, and until then neither side can know which."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from gongjian.accounts.models import User
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import move
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
from gongjian.draws.errors import DoorNotOpen, NobodyBooked, NoDrawYet
from gongjian.draws.lot.door import (
    Arrival as Sent,
)
from gongjian.draws.lot.door import (
    Door,
    DoorGroup,
    Visitor,
    commit_door,
    open_door,
    read_door,
    read_recusals,
)
from gongjian.draws.lot.plan import Recusal
from gongjian.draws.lot.words import secret_hash
from gongjian.draws.models import Arrival, Draw, Group
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.groups import bookings_for, live_draw, members
from gongjian.draws.states import Kind, State
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.actions import queue
from gongjian.sittings.models import Booking, Sitting


@transaction.atomic
def commit_list(sitting: Sitting, *, witnesses: Sequence[str], by: User) -> Draw:
    """Fix the list of the day: everyone expected with needs and conflicts, and the groups with what they cover. Law: 令55 art. 11, 28.

    Raises: NotAllowed, NoDrawYet, DrawAlready, NobodyBooked, NoGroupFits, WordsMissing.
    """
    require(by, Kind.DOOR, sitting)
    experts = live_draw(sitting, Kind.EXPERTS)
    if experts is None or experts.state == State.COMMITTED:
        raise NoDrawYet
    prior = lock_sitting(sitting, Kind.DOOR)
    bookings = list(bookings_for(sitting))
    if not bookings:
        raise NobodyBooked
    secret = secrets.token_bytes(32)
    groups = list(experts.groups.prefetch_related("seats__expert"))
    commitment = commit_door(
        sitting.number,
        receipt=experts.receipt_hash,
        groups=[DoorGroup(group.code, _covered(group)) for group in groups],
        visitors=_visitors(bookings, groups),
        secret=secret,
        prior=prior,
        used=used_secrets(sitting),
    )
    row = keep(
        sitting, Kind.DOOR, number=new_number(sitting), document=commitment.document(), hash=commitment.hash,
        secret=secret, hidden=secret_hash(secret), by=by,
    )  # fmt: skip
    call_witnesses(row, witnesses, by=by)
    return row


@transaction.atomic
def open_list(row: Draw, *, by: User) -> Draw:
    """Open the door when all words are in. Raises: NotAllowed, DrawStateWrong, WordsMissing."""
    require(by, Kind.DOOR, row.sitting)
    open_door(read_door(row.commitment), secret=bytes.fromhex(row.secret), words=words_of(row))
    step(row, "hold", held_at=moment.now(), held_by=by)
    record(row.chain, "door.opened", by=by)
    return row


@transaction.atomic
def draw_group_for(booking: Booking, *, by: User, word: str = "") -> Group:
    """Send a person who has checked in to a group, and into its queue. A second time answers the same group.

    word: what the person chose to enter, may be empty. Law: 令55 art. 11.
    Raises: NotAllowed, DoorNotOpen, DoorClosedTo, NoGroupFits, MoveNotAllowed.
    """
    require(by, Kind.DOOR, booking.sitting)
    found = live_draw(booking.sitting, Kind.DOOR)
    if found is None or found.state != State.HELD:
        raise DoorNotOpen
    row = Draw.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=found.pk)
    if known := Arrival.objects.filter(booking=booking).select_related("group").first():
        return known.group
    groups = {group.code: group for group in groups_of(row)}
    sent = (
        door_of(row)
        .send(booking.exam_code, word=word.strip(), late=_late(booking, list(groups.values()), row))
        .arrivals[-1]
    )
    group = groups[sent.group]
    _keep_arrival(row, booking, group, sent)
    take_duty(booking.case, CaseDuty.Duty.DRAW_OFFICER, by=_draw_officer(row))
    move(booking.case, "group", by=by, draw=row.number, group=group.code, arrival=sent.hash)
    queue.enter(booking, group.number, group.room, by=by)
    return group


@transaction.atomic
def close(row: Draw, *, by: User) -> Draw:
    """End the day: the secret opens and the receipt of this draw may be fetched by anyone. Raises: NotAllowed, DrawStateWrong."""
    require(by, Kind(row.kind), row.sitting)
    row = Draw.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=row.pk)
    text, told = row.receipt, row.receipt_hash
    if row.kind == Kind.DOOR:
        document = door_of(row).document()
        text, told = door_of(row).text.decode(), str(document["hash"])
    step(row, "close", receipt=text, receipt_hash=told, closed_at=moment.now())
    record(row.chain, "draw.closed", by=by, receipt=told)
    return row


def door_of(row: Draw) -> Door:
    """The open door with everyone who came so far, rebuilt from its rows."""
    came = [
        Sent(arrival.booking.exam_code, arrival.word, read_recusals(arrival.late), arrival.group.code, arrival.hash)
        for arrival in row.arrivals.select_related("booking", "group").order_by("position")
    ]
    return replace(
        Door(read_door(row.commitment), tuple(words_of(row)), bytes.fromhex(row.secret)), arrivals=tuple(came)
    )


def groups_of(row: Draw) -> list[Group]:
    """The groups of the sitting to which a door leads."""
    return list(Group.objects.filter(draw__sitting=row.sitting).exclude(draw__state=State.VOID).select_related("draw"))


def _covered(group: Group) -> tuple[str, ...]:
    codes = {code for expert in members(group) for code in expert.specialties}
    return tuple(sorted(SPECIALTIES.get(code, code) for code in codes))


def _visitors(bookings: Sequence[Booking], groups: Sequence[Group]) -> list[Visitor]:
    barred = _barred(bookings, groups)
    return [
        Visitor(
            booking.exam_code, tuple(SPECIALTIES.get(code, code) for code in booking.needs), barred.get(booking.pk, ())
        )
        for booking in bookings
    ]


def _barred(bookings: Sequence[Booking], groups: Sequence[Group]) -> dict[int, tuple[Recusal, ...]]:
    """Booking id → the groups that must not see the person, with the grounds of their members."""
    seated = {group.code: members(group) for group in groups}
    everybody = list({expert.pk: expert for experts in seated.values() for expert in experts}.values())
    grounds = conflicts_of([booking.case for booking in bookings], everybody)
    found = {}
    for booking in bookings:
        reasons = {
            Recusal(code, ground.label)
            for code, experts in seated.items()
            for expert in experts
            for ground in grounds.get((booking.case_id, expert.pk), ())
        }
        found[booking.pk] = tuple(sorted(reasons, key=lambda one: (one.group, one.reason)))
    return found


def _late(booking: Booking, groups: Sequence[Group], row: Draw) -> list[Recusal]:
    """Conflicts known now that were not on the committed list."""
    listed = {visitor.id: visitor.conflicts for visitor in read_door(row.commitment).visitors}
    known = set(listed.get(booking.exam_code, ()))
    return [recusal for recusal in _barred([booking], groups)[booking.pk] if recusal not in known]


def _keep_arrival(row: Draw, booking: Booking, group: Group, sent: Sent) -> None:
    last = row.arrivals.aggregate(last=Max("position"))["last"] or 0
    Arrival.objects.create(
        draw=row,
        position=last + 1,
        booking=booking,
        group=group,
        word=sent.word,
        late=[{"group": one.group, "reason": one.reason} for one in sent.late],
        hash=sent.hash,
        at=moment.now(),
    )


def _draw_officer(row: Draw) -> User:
    experts = live_draw(row.sitting, Kind.EXPERTS)
    if experts is None or experts.held_by is None:
        raise NoDrawYet
    return experts.held_by
