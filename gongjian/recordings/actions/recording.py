"""Making a recording: begin, take piece after piece, mark the steps, end. A piece is in the store before it is in the chain."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import keep
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.storage import room_left
from gongjian.kernel.ledger.actions import record
from gongjian.recordings.access import RECORD, require
from gongjian.recordings.chain import beginning, link
from gongjian.recordings.errors import (
    NoConsent,
    NotPresent,
    NotRunning,
    PieceDamaged,
    PieceUnlike,
    PieceWrong,
    RunningAlready,
    StepUnknown,
)
from gongjian.recordings.models import Chunk, Mark, Recording
from gongjian.recordings.queries import answer_of, left_running, limits_now, locked_recording
from gongjian.recordings.rules import (
    AHEAD_MS,
    Coming,
    SoFar,
    check_all_arrived,
    check_marks,
    check_piece,
    check_room,
    kept_until,
    may_record,
)
from gongjian.recordings.states import Answer, RecordingState, Step
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Sent:
    """One piece as a device sends it. told: the SHA-256 that the device has computed."""

    position: int
    starts_ms: int
    ends_ms: int
    data: bytes
    told: str


@transaction.atomic
def start(booking: Booking, *, by: User) -> Recording:
    """Begin to record the examination of somebody who is present and has said yes.

    Law: 个保法 art. 29. Raises: RecordingNotYours, NotPresent, NoConsent, RunningAlready, NoRoomLeft.
    """
    held = Booking.objects.select_for_update(of=("self",)).select_related("case__office", "sitting").get(pk=booking.pk)
    require(by, RECORD, held.sitting.office_id)
    if held.state != BookingState.PRESENT:
        raise NotPresent(state=BookingState(held.state).label)
    said = answer_of(held)
    if not may_record(Answer(said.answer) if said else None):
        raise NoConsent
    if Recording.objects.filter(booking=held, state="running").exists():
        raise RunningAlready
    limits = limits_now()
    check_room(limits, left=room_left(), spare=settings.RECORDING_SPARE_MB * MEGABYTE)
    key = token_hex(16)
    row = Recording.objects.create(
        booking=held,
        key=key,
        video_kbps=limits.video_kbps,
        audio_kbps=limits.audio_kbps,
        minutes=limits.minutes,
        started_at=moment.now(),
        started_by=by,
        last_at=moment.now(),
        head=beginning(key),
        keep_until=kept_until(moment.today(), region=held.case.office.region),
    )
    record(held.case.chain, "recording.started", by=by, recording=row.pk, key=key, keep_until=row.keep_until)
    return row


def take_piece(recording: Recording, sent: Sent, *, by: User) -> Recording:
    """Take one piece in; the answer means that its bytes lie in the store and its link in the chain. The same piece again changes nothing.

    Raises: RecordingNotYours, PieceDamaged, PieceUnlike, PieceMissing, PieceWrong, RecordingTooLong, RateTooHigh, NotRunning, NotStored.
    """
    require(by, RECORD, recording.booking.case.office_id)
    content = sha256(sent.data).hexdigest()
    if content != sent.told:
        raise PieceDamaged(number=sent.position + 1)
    if _is_here(recording, sent, content):
        return recording
    _check(recording, sent)
    evidence = keep(BytesIO(sent.data), kind=Kind.FILM_PIECE, by=by)
    if evidence.kind != Kind.FILM_PIECE:
        raise PieceWrong(number=sent.position + 1, what="与平台保存的另一种文件内容相同")
    return _chain(recording, sent, content, evidence)


@transaction.atomic
def _chain(recording: Recording, sent: Sent, content: str, evidence: Evidence) -> Recording:
    """Add the link, in turn: whoever sends the same or another piece at once waits here, and is looked at again."""
    row = locked_recording(recording.pk)
    if _is_here(row, sent, content):
        return row
    _check(row, sent)
    told = {"position": sent.position, "starts_ms": sent.starts_ms, "ends_ms": sent.ends_ms, "size": len(sent.data)}
    row.head = link(row.head, **told, content=content)
    Chunk.objects.create(
        recording=row, **told, sha256=content, link=row.head, evidence=evidence, received_at=moment.now()
    )
    row.pieces_count, row.size = row.pieces_count + 1, row.size + len(sent.data)
    row.length_ms, row.last_at = sent.ends_ms, moment.now()
    row.save(update_fields=["head", "pieces_count", "size", "length_ms", "last_at"])
    return row


@transaction.atomic
def mark(recording: Recording, *, step: str, at_ms: int, by: User) -> Mark:
    """Note that a step begins; the ledger keeps with it how far the chain has come. The same mark again changes nothing.

    Law: 令55 art. 13 (the process is recorded accurately). Raises: RecordingNotYours, NotRunning, StepUnknown, StepsTooMany.
    """
    row = _running(recording, by)
    elapsed = _elapsed(row)
    if step not in set(Step) or not 0 <= at_ms <= elapsed + AHEAD_MS:
        raise StepUnknown
    found = Mark.objects.filter(recording=row, step=step, at_ms=at_ms).first()
    if found is None:
        check_marks(row.marks.count())
        found = Mark.objects.create(recording=row, step=step, at_ms=at_ms, by=by, at=moment.now())
        facts = {"recording": row.pk, "step": step, "at_ms": at_ms, "pieces": row.pieces_count, "head": row.head}
        record(row.booking.case.chain, "recording.marked", by=by, **facts)
    return found


@transaction.atomic
def finish(recording: Recording, *, pieces: int, by: User) -> Recording:
    """End a recording of which all has come in; its head goes into the ledger. A second time changes nothing.

    pieces: how many the device has made. Raises: RecordingNotYours, PieceCountMissing, NotAllArrived.
    """
    row = locked_recording(recording.pk)
    require(by, RECORD, row.booking.case.office_id)
    check_all_arrived(told=pieces, here=row.pieces_count)
    return _end(row, RecordingState.FINISHED, by)


@transaction.atomic
def break_off(recording: Recording, *, by: User | None) -> Recording:
    """End a recording with what has come in: its device is gone. A second time changes nothing.

    by: None for the sweep. Raises: RecordingNotYours.
    """
    row = locked_recording(recording.pk)
    if by:
        require(by, RECORD, row.booking.case.office_id)
    return _end(row, RecordingState.BROKEN_OFF, by)


def end_running(booking: Booking, *, by: User) -> None:
    """End what still runs of an examination: the person has said no. by: who took the word in, or the person's side itself."""
    for row in Recording.objects.filter(booking=booking, state="running"):
        _end(locked_recording(row.pk), RecordingState.BROKEN_OFF, by)


def close_left() -> int:
    """End the recordings that nobody sends pieces of any more; how many."""
    return sum(not break_off(row, by=None).is_running for row in left_running(moment.now()))


def _end(row: Recording, state: RecordingState, by: User | None) -> Recording:
    if not row.is_running:
        return row
    row.state, row.ended_at = state, moment.now()
    row.save(update_fields=["state", "ended_at"])
    facts = {"recording": row.pk, "pieces": row.pieces_count, "size": row.size, "length_ms": row.length_ms}
    record(row.booking.case.chain, f"recording.{state.value}", by=by, **facts, head=row.head)
    return row


def _is_here(recording: Recording, sent: Sent, content: str) -> bool:
    """Whether this very piece has come already. Raises: PieceUnlike for another one in its place."""
    found = recording.chunks.filter(position=sent.position).first()
    if found is None:
        return False
    if (found.sha256, found.starts_ms, found.ends_ms) != (content, sent.starts_ms, sent.ends_ms):
        raise PieceUnlike(number=sent.position + 1)
    return True


def _check(row: Recording, sent: Sent) -> None:
    if not row.is_running:
        raise NotRunning
    coming = Coming(sent.position, sent.starts_ms, sent.ends_ms, sent.data, _elapsed(row))
    check_piece(coming, SoFar(row.pieces_count, row.size, row.length_ms), row.limits)


def _running(recording: Recording, by: User) -> Recording:
    row = locked_recording(recording.pk)
    require(by, RECORD, row.booking.case.office_id)
    if not row.is_running:
        raise NotRunning
    return row


def _elapsed(row: Recording) -> int:
    return int((moment.now() - row.started_at).total_seconds() * 1000)
