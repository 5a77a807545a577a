"""Somebody who has come and agreed, and a recording of their examination, from no arguments. The story is that of `sittings.tests.builders`."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.kernel.evidence.storage import place_of
from gongjian.kernel.tests.kept import kept
from gongjian.recordings import actions
from gongjian.recordings.actions.consenting import notice_for
from gongjian.recordings.models import Chunk, Recording
from gongjian.recordings.rules import WEBM
from gongjian.recordings.states import Answer, Speaker
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import MORNING, a_present, at

PIECE_MS = 4000
SIZE = 900


def content(position: int, film: str = "usual") -> bytes:
    """The bytes of a piece; the first one begins as such a film does. film: another word, other bytes."""
    head = WEBM if position == 0 else b""
    return (head + f"{film} piece {position} ".encode() * SIZE)[:SIZE]


def sent(position: int, data: bytes | None = None, *, film: str = "usual", **changes: object) -> actions.Sent:
    """One piece as a device sends it, four seconds each."""
    data = content(position, film) if data is None else data
    told: dict[str, object] = {
        "position": position,
        "starts_ms": position * PIECE_MS,
        "ends_ms": (position + 1) * PIECE_MS,
        "data": data,
        "told": sha256(data).hexdigest(),
    }
    return actions.Sent(**{**told, **changes})  # type: ignore[arg-type]


def agrees(booking: Booking, answer: Answer = Answer.YES) -> Booking:
    """The person has heard the notice and answered."""
    told = {"answer": answer, "speaker": Speaker.SELF, "version": notice_for(booking).version}
    actions.answer_notice(booking, **told, by=an_exam_staff())
    return booking


@kept
def an_agreed_booking() -> Booking:
    """Somebody who has come and agreed."""
    booking = a_present()
    with at(MORNING):
        return agrees(booking)


@kept
def a_running_recording(pieces: int = 3, film: str = "usual") -> Recording:
    """A recording under way, of which so many pieces have come in. film: a word of its own for a test that harms its files."""
    booking = an_agreed_booking()
    with at(MORNING):
        return with_pieces(actions.start(booking, by=an_exam_staff()), pieces, film=film)


@kept
def a_recording(pieces: int = 3, film: str = "usual") -> Recording:
    """A finished recording with its first step marked."""
    row = a_running_recording(pieces, film)
    with at(later(1)):
        actions.mark(row, step="identity", at_ms=1500, by=an_exam_staff())
        return actions.finish(row, pieces=pieces, by=an_exam_staff())


def with_pieces(row: Recording, pieces: int, *, first: int = 0, film: str = "usual") -> Recording:
    """The same recording, grown."""
    for position in range(first, first + pieces):
        row = actions.take_piece(row, sent(position, film=film), by=an_exam_staff())
    return row


def later(minutes: int) -> datetime:
    """So many minutes after nine."""
    return MORNING + timedelta(minutes=minutes)


def file_of(chunk: Chunk) -> Path:
    """Where the bytes of a piece lie, encrypted."""
    return Path(settings.GONGJIAN_HOME) / "evidence" / place_of(chunk.sha256)


def flip(chunk: Chunk) -> None:
    """Change one bit of what lies on the disk."""
    path = file_of(chunk)
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
