"""The chain of a recording's pieces. Pure: whoever holds the list of pieces and the bytes can walk it, without the platform.

A link is SHA-256 of a line of text: the link before it, the piece's number, from when to when it lasts (milliseconds since the start), its size in
bytes and the SHA-256 of its bytes, with blanks between. The first link follows the recording's own beginning: SHA-256 of "gongjian recording 1 KEY".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


@dataclass(frozen=True)
class Piece:
    """One piece as it is written down. starts_ms, ends_ms: since the start of the recording; link: the chain up to and with it."""

    position: int
    starts_ms: int
    ends_ms: int
    size: int
    sha256: str
    link: str


class Fault(StrEnum):
    """What can be wrong with a piece."""

    OUT_OF_PLACE = "out_of_place"
    LIST_CHANGED = "list_changed"
    MISSING = "missing"
    CONTENT_CHANGED = "content_changed"
    CUT = "cut"

    @property
    def label(self) -> str:
        return {
            "out_of_place": "分段的次序不连续",
            "list_changed": "分段的登记被改动",
            "missing": "分段的内容不见了",
            "content_changed": "分段的内容被改动或损坏",
            "cut": "录像的末尾与登记的不符",
        }[self.value]


@dataclass(frozen=True)
class Found:
    """The first piece that does not hold, and what is wrong with it."""

    position: int
    starts_ms: int
    ends_ms: int
    fault: Fault

    @property
    def sentence(self) -> str:
        """Which piece, and where in the film."""
        return f"第{self.position + 1}段（{clock(self.starts_ms)}至{clock(self.ends_ms)}）：{self.fault.label}。"


Contents = Callable[[Piece], bytes | None]


def beginning(key: str) -> str:
    """What the first link follows. key: the recording's own, 32 hexadecimal digits."""
    return sha256(f"gongjian recording 1 {key}".encode()).hexdigest()


def link(previous: str, *, position: int, starts_ms: int, ends_ms: int, size: int, content: str) -> str:
    """The next link. content: SHA-256 of the piece's bytes."""
    return sha256(f"{previous} {position} {starts_ms} {ends_ms} {size} {content}".encode()).hexdigest()


def first_fault(key: str, pieces: Iterable[Piece], *, head: str, contents: Contents | None = None) -> Found | None:
    """The first piece that does not hold; None where all do.

    head: the last link as the ledger has it. contents: the bytes of a piece, None where there are none; left out: the list alone is walked.
    """
    previous, last = beginning(key), Piece(0, 0, 0, 0, "", "")
    for place, piece in enumerate(pieces):
        if fault := _fault(place, piece, previous, contents):
            return Found(piece.position, piece.starts_ms, piece.ends_ms, fault)
        previous, last = piece.link, piece
    return None if previous == head else Found(last.position, last.starts_ms, last.ends_ms, Fault.CUT)


def clock(milliseconds: int) -> str:
    """A place in a film as players write it: 1:02:03, 02:03."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _fault(place: int, piece: Piece, previous: str, contents: Contents | None) -> Fault | None:
    if piece.position != place:
        return Fault.OUT_OF_PLACE
    if piece.link != _link_of(piece, previous):
        return Fault.LIST_CHANGED
    if contents is None:
        return None
    data = contents(piece)
    if data is None:
        return Fault.MISSING
    return None if sha256(data).hexdigest() == piece.sha256 else Fault.CONTENT_CHANGED


def _link_of(piece: Piece, previous: str) -> str:
    return link(
        previous,
        position=piece.position,
        starts_ms=piece.starts_ms,
        ends_ms=piece.ends_ms,
        size=piece.size,
        content=piece.sha256,
    )
