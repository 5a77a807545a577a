"""Where sealed files lie: the local disk, or any other Django storage that the setting names."""

import io
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from gongjian.kernel.evidence.sealing import PIECE, Readable, SealedReader
from gongjian.kernel.keyring import Keyring, keyring

PART = ".part"
PRIVATE = 0o700


def evidence_keys() -> Keyring:
    """The keys of EVIDENCE_KEY."""
    return keyring(settings.EVIDENCE_KEY)


def the_storage() -> Storage:
    """The storage of the setting `STORAGES["evidence"]`."""
    return storages["evidence"]


def room_left() -> int | None:
    """How many bytes the storage still takes; None where it cannot tell."""
    storage = the_storage()
    return storage.room_left() if isinstance(storage, LocalStorage) else None


def place_of(sha256: str) -> str:
    """Name of a content in the storage, in folders of 1/256 each."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def open_sealed(sha256: str) -> io.BufferedReader:
    """The plain bytes of a stored content. Raises: OSError, SealBroken."""
    source = the_storage().open(place_of(sha256), "rb")
    try:
        return plain_bytes(source, sha256)
    except BaseException:
        source.close()
        raise


def plain_bytes(sealed: Readable, sha256: str) -> io.BufferedReader:
    """What is in a sealed file, to be read from any place. Closing it closes the file. Raises: SealBroken."""
    sealed.seek(0)
    return io.BufferedReader(SealedReader(sealed, evidence_keys(), sha256), PIECE)


def evidence_home() -> Path:
    """Folder of the local storage."""
    return Path(settings.GONGJIAN_HOME) / "evidence"


def incoming() -> Path:
    """Folder of what is being received, on the disk of the local storage. Whatever is old in it was never acknowledged."""
    folder = evidence_home() / "incoming"
    if not folder.is_dir():
        evidence_home().mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        folder.mkdir(exist_ok=True, mode=PRIVATE)
    return folder


def part_file() -> "tempfile._TemporaryFileWrapper[bytes]":
    """A new file in `incoming` that only we can read; it goes when it is closed."""
    return tempfile.NamedTemporaryFile(dir=incoming(), suffix=PART)


class LocalStorage(Storage):
    """Files under GONGJIAN_HOME/evidence. A file appears under its name at once and whole, and only when the disk has it."""

    def path(self, name: str) -> str:
        """Raises: ValueError for a name that leads out of the folder."""
        path = (evidence_home() / name).resolve()
        if not path.is_relative_to(evidence_home().resolve()):
            raise ValueError("a name must stay inside the evidence folder")
        return str(path)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The very name: the same content needs no second file."""
        return name

    def exists(self, name: str) -> bool:
        """Whether the disk itself, not only its cache, has the file."""
        path = Path(self.path(name))
        if found := path.is_file():
            settle(path)
        return found

    def delete(self, name: str) -> None:
        """The file is gone, and the disk knows it; one that is gone already does not matter."""
        path = Path(self.path(name))
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            settle(path)

    def room_left(self) -> int:
        """How many bytes the disk still takes."""
        return shutil.disk_usage(incoming()).free

    def size(self, name: str) -> int:
        return os.path.getsize(self.path(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """(folders, files) below `path`; the folder of what is being received does not count."""
        with suppress(FileNotFoundError), os.scandir(self.path(path)) as found:
            entries = sorted((entry.name, entry.is_dir()) for entry in found if entry.name != "incoming")
            return [name for name, folder in entries if folder], [name for name, folder in entries if not folder]
        return [], []

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        return File(open(self.path(name), mode))

    def _save(self, name: str, content: IO[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with part_file() as part:
            while data := content.read(PIECE):
                part.write(data)
            part.flush()
            os.fsync(part.fileno())
            with suppress(FileExistsError):  # the same content came first: its file stays
                os.link(part.name, target)
        settle(target)
        return name


def settle(path: Path) -> None:
    """Let the disk keep the names of the file and of the folders it lies in."""
    for folder in path.parents:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if folder == evidence_home().resolve():
            return
