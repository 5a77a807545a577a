"""The second draw: everyone who has checked in goes to a group that can judge them, and until then neither side can know."""

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.draws.actions.ceremony import (
    call_witnesses,
    check_not_waiting,
    check_state,
    keep,
    lock_sitting,
    locked,
    new_number,
    require,
    step,
    those_expected,
    used_secrets,
    words_of,
)
from gongjian.draws.actions.reasons import Notebook
from gongjian.draws.errors import DoorNotOpen, DoorTooEarly, NoDrawYet, PeopleUnserved, StillWaiting
from gongjian.draws.lot import door as lot
from gongjian.draws.lot.words import secret_hash
from gongjian.draws.models import Arrival, Departure, Draw, Group
from gongjian.draws.queries.door import door_of, late_for, unserved, visitors
from gongjian.draws.queries.groups import Panel, live_draw, panels_of, waiting_for_a_group
from gongjian.draws.queries.plan import labels_of
from gongjian.draws.rules import door_word
from gongjian.draws.states import Kind, State
from gongjian.experts.specialties import in_order
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.actions import queue
from gongjian.sittings.models import Booking, Sitting


@transaction.atomic
def commit_list(sitting: Sitting, *, witnesses: Sequence[str], by: User) -> Draw:
    """Fix the list of the day: everyone expected with needs and conflicts, and the groups with what they cover. Law: 令55 art. 11, 28.

    Raises: NotAllowed, NoDrawYet, DoorTooEarly, SittingOver, DrawAlready, NobodyBooked, OfficerTied, PeopleUnserved, WordsMissing.
    """
    require(by, Kind.DOOR, sitting)
    experts = held_draw(sitting)
    if moment.today() < sitting.day:
        raise DoorTooEarly(day=sitting.day)
    prior = lock_sitting(sitting, Kind.DOOR)
    bookings = those_expected(sitting, officer=experts.held_by or by)
    panels = panels_of(experts)
    if left := unserved(bookings, panels):
        raise PeopleUnserved(people="、".join(one.booking.exam_code for one in left))
    book = Notebook()
    secret = secrets.token_bytes(32)
    commitment = lot.commit_door(
        sitting.number,
        receipt=experts.receipt_hash,
        groups=[_door_group(panel) for panel in panels if not panel.empty],
        visitors=visitors(bookings, panels, book.note),
        secret=secret,
        prior=prior,
        used=used_secrets(sitting),
    )
    row = keep(
        sitting, Kind.DOOR, number=new_number(sitting), document=commitment.document(), hash=commitment.hash,
        secret=secret, hidden=secret_hash(secret), by=by,
    )  # fmt: skip
    book.keep(row)
    call_witnesses(row, witnesses, by=by)
    return row


@transaction.atomic
def open_list(row: Draw, *, by: User) -> Draw:
    """Open the door when all words are in. A second time changes nothing. Raises: NotAllowed, DrawStateWrong, ChangeWaiting, WordsMissing, WordsNotAllIn, WordsNotOpened."""
    require(by, Kind.DOOR, row.sitting)
    row = locked(row)
    if row.state in (State.HELD, State.CLOSED):
        return row
    check_state(row, "hold")
    check_not_waiting(row, "hold")
    lot.open_door(lot.read_door(row.commitment), secret=bytes.fromhex(row.secret), words=words_of(row))
    step(row, "hold", held_at=moment.now(), held_by=by)
    record(row.chain, "door.opened", by=by)
    return row


@transaction.atomic
def draw_group_for(booking: Booking, *, by: User, word: str = "") -> Group:
    """Send a person who has checked in to a group, and into its queue. A second time answers the same group.

    Who has left a group that lost a member is sent once more; the list of the day decides as before, the former group stands empty-seated.
    word: what the person chose to enter, may be empty. Law: 令55 art. 11.
    Raises: NotAllowed, DoorNotOpen, DoorWordWrong, DoorClosedTo, NoGroupFits, MoveNotAllowed, NotInQueue.
    """
    require(by, Kind.DOOR, booking.sitting)
    chosen = door_word(word)
    found = live_draw(booking.sitting, Kind.DOOR)
    if found is None or found.state not in (State.HELD, State.CLOSED):
        raise DoorNotOpen
    row = locked(found)
    if known := Arrival.objects.filter(booking=booking, departure=None).select_related("group").first():
        return known.group
    if row.state != State.HELD:
        raise DoorNotOpen
    booking = Booking.objects.select_related("case__office", "case__employer", "sitting").get(pk=booking.pk)
    panels = panels_of(held_draw(row.sitting))
    door = door_of(row, words_of(row))
    book = Notebook()
    late = late_for(booking, panels, door.commitment, book.note_for(door.commitment.algorithm))
    sent = door.send(booking.exam_code, word=chosen, late=late).arrivals[-1]
    book.keep(row)
    group = next(panel.group for panel in panels if panel.group.code == sent.group)
    _keep_arrival(row, booking, group, sent, by)
    told = {"draw": row.number, "group": group.code, "arrival": sent.hash}
    move(booking.case, "group", by=by, appointed=booking.sitting.day, **told)
    queue.enter(booking, group.number, group.room, by=by)
    return group


@transaction.atomic
def close(row: Draw, *, by: User) -> Draw:
    """End the draw: from now on anyone may fetch its receipt. At the door, when nobody is left without a group, the secret opens.

    A second time changes nothing. Law: 令55 art. 6. Raises: NotAllowed, DrawStateWrong, ChangeWaiting, StillWaiting.
    """
    require(by, Kind(row.kind), row.sitting)
    row = locked(row)
    if row.state == State.CLOSED:
        return row
    check_state(row, "close")
    check_not_waiting(row, "close")
    text, told = row.receipt, row.receipt_hash
    if row.kind == Kind.DOOR:
        if count := waiting_for_a_group(row.sitting).count():
            raise StillWaiting(count=count)
        door = door_of(row, words_of(row))
        text, told = door.text.decode(), str(door.document()["hash"])
    step(row, "close", receipt=text, receipt_hash=told, closed_at=moment.now())
    record(row.chain, "draw.closed", by=by, receipt=told)
    return row


def held_draw(sitting: Sitting) -> Draw:
    """The sitting's draw of experts, once it is held. Raises: NoDrawYet."""
    found = live_draw(sitting, Kind.EXPERTS)
    if found is None or found.state == State.COMMITTED:
        raise NoDrawYet
    return found


def _door_group(panel: Panel) -> lot.DoorGroup:
    return lot.DoorGroup(panel.group.code, labels_of(in_order(panel.specialties)))


def _keep_arrival(row: Draw, booking: Booking, group: Group, sent: lot.Arrival, by: User) -> None:
    last = row.arrivals.aggregate(last=Max("position"))["last"] or 0
    Arrival.objects.create(
        draw=row,
        position=last + 1,
        booking=booking,
        turn=Departure.objects.filter(arrival__booking__case=booking.case_id).count() + 1,
        group=group,
        word=sent.word,
        late=[one.document() for one in sent.late],
        hash=sent.hash,
        at=moment.now(),
    )
    records = [one.record for one in sent.late]
    record(row.chain, "door.sent", by=by, position=last + 1, arrival=sent.hash, records=records)
