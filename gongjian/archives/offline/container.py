"""The package as one ZIP file, written so that the same members always give the same bytes.

Members are stored without compression, under ASCII names, all with the same time and rights: what may differ does not differ. The
reader writes the whole file anew in thought and compares: not one bit of it stands there that we would not have written.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

PIECE = 1 << 20
WIDE = 0xFFFFFFFF
"""From this size or place on, numbers need the 64-bit form of ZIP."""
MANY = 0xFFFF
NARROW_VERSION, WIDE_VERSION = 20, 45
UNIX, DAY_ONE, RIGHTS = 3 << 8, 0x21, 0o100644 << 16


@dataclass(frozen=True)
class Entry:
    """What ZIP says of a member: name, size, CRC-32, and where its header stands."""

    name: str
    size: int
    crc: int
    offset: int = 0

    @property
    def is_wide(self) -> bool:
        return self.size >= WIDE or self.offset >= WIDE

    @property
    def version(self) -> int:
        return WIDE_VERSION if self.is_wide else NARROW_VERSION


@dataclass(frozen=True)
class Member:
    """A file to be packed. pieces: gives its bytes, each time anew and each time the same."""

    name: str
    size: int
    crc: int
    sha256: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Found:
    """A file as it stands in a package."""

    name: str
    size: int
    sha256: str
    start: int


@dataclass(frozen=True)
class Contents:
    """What a package holds; is_whole: the container is, bit for bit, the one we would have written around it."""

    files: tuple[Found, ...]
    is_whole: bool


def measured(name: str, pieces: Callable[[], Iterable[bytes]]) -> Member:
    """A member whose bytes are read once to know their size and hash. Raises: ValueError for a name that is no plain path."""
    if not is_plain(name):
        raise ValueError(f"{name!r} is no name for a file of a package")
    size, crc, digest = 0, 0, sha256()
    for piece in pieces():
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        digest.update(piece)
    return Member(name, size, crc, digest.hexdigest(), pieces)


def in_memory(name: str, content: bytes) -> Member:
    """A member from bytes at hand."""
    return measured(name, lambda: [content])


def is_plain(name: str) -> bool:
    """Whether a name leads to one place inside the package, on every system."""
    parts = name.split("/")
    return name.isascii() and name.isprintable() and "\\" not in name and not {"", ".", ".."} & set(parts)


def written(members: Sequence[Member]) -> Iterator[bytes]:
    """The bytes of the package, piece by piece."""
    offset, entries = 0, []
    for member in members:
        entry = Entry(member.name, member.size, member.crc, offset)
        entries.append(entry)
        header = local_header(entry)
        yield header
        yield from member.pieces()
        offset += len(header) + member.size
    yield directory(entries, offset)


def examined(file: BinaryIO) -> Contents:
    """Read the whole package. Raises: BadZipFile when it is none."""
    offset, entries, files, whole = 0, [], [], True
    for name, size, crc in _told(file):
        entry = Entry(name, size, crc, offset)
        header = local_header(entry)
        file.seek(offset)
        whole &= file.read(len(header)) == header
        found, digest = _measure(file, size)
        whole &= found == crc
        entries.append(entry)
        files.append(Found(name, size, digest, offset + len(header)))
        offset += len(header) + size
    end = directory(entries, offset)
    file.seek(offset)
    return Contents(tuple(files), whole and file.read(len(end) + 1) == end)


def content_of(file: BinaryIO, found: Found) -> bytes:
    """The bytes of one file."""
    file.seek(found.start)
    return file.read(found.size)


def local_header(entry: Entry) -> bytes:
    """What stands before a member."""
    name, wide = entry.name.encode(), entry.size >= WIDE
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if wide else b""
    size = WIDE if wide else entry.size
    return (
        struct.pack("<IHHHHHIIIHH", 0x04034B50, WIDE_VERSION if wide else NARROW_VERSION, 0, 0, 0, DAY_ONE,
                    entry.crc, size, size, len(name), len(extra)) + name + extra
    )  # fmt: skip


def directory(entries: Sequence[Entry], start: int) -> bytes:
    """What stands at the end: the list of members, and where it begins."""
    listed = b"".join(_listed(entry) for entry in entries)
    count, size = len(entries), len(listed)
    wide = b""
    if max(start, size) >= WIDE or count >= MANY or any(entry.is_wide for entry in entries):
        wide = struct.pack(
            "<IQHHIIQQQQ", 0x06064B50, 44, UNIX | WIDE_VERSION, WIDE_VERSION, 0, 0, count, count, size, start
        )
        wide += struct.pack("<IIQI", 0x07064B50, 0, start + size, 1)
    count, size, start = min(count, MANY), min(size, WIDE), min(start, WIDE)
    return listed + wide + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, start, 0)


def _listed(entry: Entry) -> bytes:
    name = entry.name.encode()
    wide = [entry.size, entry.size] * (entry.size >= WIDE) + [entry.offset] * (entry.offset >= WIDE)
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size, offset = min(entry.size, WIDE), min(entry.offset, WIDE)
    return (
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, UNIX | entry.version, entry.version, 0, 0, 0, DAY_ONE,
                    entry.crc, size, size, len(name), len(extra), 0, 0, 0, RIGHTS, offset) + name + extra
    )  # fmt: skip


def _told(file: BinaryIO) -> list[tuple[str, int, int]]:
    """(name, size, CRC) of each member as the list at the end says, in the order in which they stand."""
    try:
        with ZipFile(file) as archive:
            told = [(info.filename, info.file_size, info.CRC) for info in archive.infolist()]
    except (LargeZipFile, NotImplementedError, ValueError, OSError, struct.error, OverflowError) as error:
        raise BadZipFile(str(error)) from error
    if not all(is_plain(name) for name, _, _ in told):
        raise BadZipFile("a name that is no plain path")
    return told


def _measure(file: BinaryIO, size: int) -> tuple[int, str]:
    crc, digest, left = 0, sha256(), size
    while left > 0 and (piece := file.read(min(left, PIECE))):
        crc, left = zlib.crc32(piece, crc), left - len(piece)
        digest.update(piece)
    return crc, digest.hexdigest()
