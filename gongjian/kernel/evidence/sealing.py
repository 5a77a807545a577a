"""How a file lies encrypted on the disk, so that a large one can be written and read piece by piece.

Form: `GJE1`, name of the key (8), nonce (12), the file's own key encrypted under it (48), then pieces of 64 KiB, each AES-256-GCM
with its tag (16). A piece's nonce is its number and whether it is the last one: pieces cannot be swapped, dropped or cut off.
The file's key is bound to the file's name, so a file put in another's place is unreadable.
"""

import io
import os
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongjian.kernel.keyring import Key, Keyring, KeyUnusable

MARK = b"GJE1"
NONCE, TAG, SECRET = 12, 16, 32
HEADER = len(MARK) + 8 + NONCE + SECRET + TAG
PIECE = 64 * 1024


class SealBroken(Exception):
    """The bytes are not what was written: cut, changed, put in another's place, or encrypted with an unknown key."""


class Writable(Protocol):
    """A binary file that can be written and gone back in."""

    def write(self, data: bytes, /) -> int: ...
    def seek(self, offset: int, /) -> int: ...


class Readable(Protocol):
    """A binary file that can be read from any place."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...
    def close(self) -> None: ...


class Sealer:
    """Writes plain bytes encrypted into `target`; unreadable until `finish` has given it its name."""

    def __init__(self, target: Writable, key: Key) -> None:
        self._target, self._key = target, key
        self._secret = os.urandom(SECRET)
        self._cipher = AESGCM(self._secret)
        self._waiting = bytearray()
        self._pieces = 0
        target.write(bytes(HEADER))

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > PIECE:  # a full last piece waits: it must be marked as the last
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self, name: str) -> None:
        """Write the last piece and the header. name: what the file must be opened as."""
        self._put(bytes(self._waiting), last=True)
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self._key.derive("evidence")).encrypt(nonce, self._secret, name.encode())
        self._target.seek(0)
        self._target.write(MARK + self._key.id.encode() + nonce + sealed)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(piece_nonce(self._pieces, last), piece, None))
        self._pieces += 1


class Layout(NamedTuple):
    """Where the pieces of a sealed file lie."""

    pieces: int
    plain_size: int

    @classmethod
    def of(cls, sealed_size: int) -> "Layout":
        """Raises: SealBroken for a size no sealed file can have."""
        body = sealed_size - HEADER
        pieces = -(-body // (PIECE + TAG))
        plain = body - pieces * TAG
        if body < TAG or plain < (pieces - 1) * PIECE:
            raise SealBroken("the file is cut")
        return cls(pieces, plain)


class SealedReader(io.RawIOBase):
    """The plain bytes of a sealed file, from any place in it. Raises: SealBroken at the first piece that does not hold."""

    def __init__(self, source: Readable, keys: Keyring, name: str) -> None:
        self._source = source
        self.name = name  # as files have one: some readers ask for it
        header = source.read(HEADER)
        self._cipher = AESGCM(opened_secret(header, keys, name))
        self._layout = Layout.of(source.seek(0, io.SEEK_END))
        self._at = 0
        self._piece: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._layout.plain_size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        if self._at >= self._layout.plain_size:
            return 0
        number, within = divmod(self._at, PIECE)
        part = self._opened(number)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

    def _opened(self, number: int) -> bytes:
        if self._piece[0] != number:
            self._source.seek(HEADER + number * (PIECE + TAG))
            nonce = piece_nonce(number, last=number == self._layout.pieces - 1)
            try:
                self._piece = number, self._cipher.decrypt(nonce, self._source.read(PIECE + TAG), None)
            except (InvalidTag, ValueError) as error:
                raise SealBroken(f"piece {number} was changed") from error
        return self._piece[1]


def opened_secret(header: bytes, keys: Keyring, name: str) -> bytes:
    """The file's own key. Raises: SealBroken for a cut header, an unknown key or another file's name."""
    if len(header) != HEADER or not header.startswith(MARK):
        raise SealBroken("the file has no header of ours")
    key_id, nonce, sealed = header[4:12], header[12 : 12 + NONCE], header[12 + NONCE :]
    try:
        key = keys.key(key_id.decode("ascii", "replace"))
        return AESGCM(key.derive("evidence")).decrypt(nonce, sealed, name.encode())
    except (KeyUnusable, InvalidTag) as error:
        raise SealBroken("the file belongs to another name or another key") from error


def piece_nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([last])
