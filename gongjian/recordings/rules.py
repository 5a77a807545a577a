"""What the room decides by: how much a recording may take, which piece may come, until when it is kept. Plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.law.counting import period_end
from gongjian.law.parameters import parameter
from gongjian.recordings.errors import (
    GroundMissing,
    HoldIncomplete,
    NoRoomLeft,
    NotAllArrived,
    PieceCountMissing,
    PieceMissing,
    PieceWrong,
    RateTooHigh,
    ReasonMissing,
    RecordingTooLong,
    StepsTooMany,
)
from gongjian.recordings.states import OF_STAFF, Answer, HoldGround, RefusalGround

BURST = 2
"""How many times the agreed rate may come: browsers keep to it only on average."""
ALLOWANCE = 2_000_000
"""Bytes above that: the first picture is a large one."""
LONGEST_PIECE_MS = 60_000
LARGEST_PIECE = 4_000_000
SEES_FOR = timedelta(days=30)
"""How long at least what was granted can be seen: no text fixes it, so as long as the standard gives the office to answer (GB/T 35273-2020, 8.7; 个保法 art. 45)."""
AHEAD_MS = 60_000
"""By how much a device's clock may run before ours."""
LEAST_WORDS = 4
MOST_WORDS = 500
MOST_MARKS = 200
"""More than three a minute for an hour: a press that is stuck, not steps of an examination."""
WEBM = b"\x1a\x45\xdf\xa3"
"""With what a film of this kind begins."""


@dataclass(frozen=True)
class Limits:
    """What one recording may take. kbps: sound and picture together."""

    video_kbps: int
    audio_kbps: int
    minutes: int

    @property
    def kbps(self) -> int:
        """Sound and picture together. Law: 个保法 art. 17."""
        return self.video_kbps + self.audio_kbps

    @property
    def most_bytes(self) -> int:
        """The most that is taken in, at the agreed rate for the whole time and what browsers add to it. Law: 个保法 art. 6, 17."""
        return self.kbps * 125 * self.minutes * 60 + ALLOWANCE

    @property
    def megabytes(self) -> int:
        """The same as it is told. Law: 个保法 art. 17."""
        return -(-self.most_bytes // 1_000_000)


@dataclass(frozen=True)
class SoFar:
    """What has come in of a recording."""

    pieces: int
    size: int
    length_ms: int


@dataclass(frozen=True)
class Coming:
    """The piece that stands at the door. elapsed_ms: how long ago, by our own clock, the recording began."""

    position: int
    starts_ms: int
    ends_ms: int
    data: bytes
    elapsed_ms: int


def may_record(answer: Answer | None) -> bool:
    """Whether the newest answer is a yes. Sound and picture of an examination are sensitive; nothing in the law makes them a duty.

    Law: 个保法 art. 13, 28, 29 (separate consent), 15 (withdrawn at any time); 令55 art. 12, 13 (say nothing of recording).
    """
    return answer is Answer.YES


def check_room(limits: Limits, *, left: int | None, spare: int) -> None:
    """Refuse to begin what the disk might not hold. left: bytes, None where the storage cannot tell.

    Law: 个保法 art. 51 (what is recorded is kept safe). Raises: NoRoomLeft.
    """
    if left is not None and left < limits.most_bytes + spare:
        raise NoRoomLeft(needed_mb=limits.megabytes, left_mb=max(0, left - spare) // 1_000_000)


def check_piece(coming: Coming, so_far: SoFar, limits: Limits) -> None:
    """Refuse a piece that leaves a gap, is none, comes before its time, or is more than was agreed.

    Law: 令55 art. 13 (recorded accurately); 个保法 art. 6, 17 (no more than was told before). Raises: PieceMissing, PieceWrong, RecordingTooLong, RateTooHigh.
    """
    number = coming.position + 1
    if coming.position != so_far.pieces:
        raise PieceMissing(number=number, wanted=so_far.pieces + 1)
    if what := _what_is_wrong(coming, so_far):
        raise PieceWrong(number=number, what=what)
    size = so_far.size + len(coming.data)
    if coming.ends_ms > limits.minutes * 60_000 or size > limits.most_bytes:
        raise RecordingTooLong(minutes=limits.minutes, megabytes=limits.megabytes)
    if size > limits.kbps * coming.ends_ms // 8 * BURST + ALLOWANCE:
        raise RateTooHigh(number=number, kbps=limits.kbps)


def check_all_arrived(*, told: int, here: int) -> None:
    """Refuse to end what the device has not sent whole. told: how many pieces it has made, below nought where it did not say readably.

    Law: 令55 art. 13. Raises: PieceCountMissing, NotAllArrived.
    """
    if told < 0:
        raise PieceCountMissing
    if told > here:
        raise NotAllArrived(missing=told - here)


def check_reason(purpose: str, reason: str) -> None:
    """Refuse to play without a purpose of the list and words. Law: 个保法 art. 6, 28, 51. Raises: ReasonMissing."""
    if purpose not in OF_STAFF or len(reason.strip()) < LEAST_WORDS:
        raise ReasonMissing(least=LEAST_WORDS)


def check_refusal(ground: str, words: str) -> None:
    """A request is refused only on a ground of the list, and in words. Law: 个保法 art. 45, 50. Raises: GroundMissing."""
    if ground not in set(RefusalGround) or len(words.strip()) < LEAST_WORDS:
        raise GroundMissing(least=LEAST_WORDS)


def check_hold(ground: str, reason: str) -> None:
    """Refuse to keep a recording beyond its day without a ground of the list and words. Law: 个保法 art. 19, 47. Raises: HoldIncomplete."""
    if ground not in set(HoldGround) or not LEAST_WORDS <= len(reason.strip()) <= MOST_WORDS:
        raise HoldIncomplete(least=LEAST_WORDS, most=MOST_WORDS)


def check_marks(made: int) -> None:
    """Refuse another step of a recording in which so many are marked. Law: 令55 art. 13; 个保法 art. 6. Raises: StepsTooMany."""
    if made >= MOST_MARKS:
        raise StepsTooMany(most=MOST_MARKS)


def kept_until(recorded_on: date, *, region: str) -> date:
    """The last day on which a recording is kept, unless somebody holds it.

    Law: 个保法 art. 19 (no longer than the purpose needs); how long that is, no national text says.
    """
    return period_end(recorded_on, parameter("recording_months", on=recorded_on, region=region).number, "month")


def answer_due(asked_on: date, *, region: str) -> date:
    """The last day for answering who asks for their recording. Law: 个保法 art. 45, 50 (in time; refusal with reasons)."""
    return asked_on + timedelta(days=parameter("recording_answer_days", on=asked_on, region=region).number)


def span_of(sizes: Sequence[int], first: int, last: int) -> list[tuple[int, int, int]]:
    """Which parts of which pieces make up the bytes `first` to `last` (both included) of the film: (place, from, until).

    sizes: of all pieces, in order. Law: 个保法 art. 45 (the person may see and copy it).
    """
    found, at = [], 0
    for place, size in enumerate(sizes):
        begin, end = max(first, at), min(last + 1, at + size)
        if begin < end:
            found.append((place, begin - at, end - at))
        at += size
    return found


def _what_is_wrong(coming: Coming, so_far: SoFar) -> str:
    if not coming.data:
        return "是空的"
    if len(coming.data) > LARGEST_PIECE:
        return f"超过{LARGEST_PIECE // 1_000_000}兆字节"
    if coming.position == 0 and not coming.data.startswith(WEBM):
        return "不是浏览器录制的影音"
    if coming.starts_ms != so_far.length_ms or not 0 < coming.ends_ms - coming.starts_ms <= LONGEST_PIECE_MS:
        return "的起止时间与上一段不相接"
    return "的时间比实际经过的还长" if coming.ends_ms > coming.elapsed_ms + AHEAD_MS else ""
