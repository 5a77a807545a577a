"""Which file stands where in the home of an embedded database."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from gongjian.kernel.embedded.errors import FolderClosed, FolderForeign
from gongjian.kernel.embedded.owner import Owner, owner_of
from gongjian.kernel.home import made

PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT = 100  # bytes; the system's own limit is 104 to 108


class Layout(NamedTuple):
    """The places of one embedded database. `folder` and what is in it belong to `owner`, the rest to us."""

    home: Path
    owner: Owner

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def password(self) -> Path:
        return self.home / "postgres.password"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server."""
        return self.home / "postgres.users"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that is making or starting the server."""
        return self.home / "postgres.start"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper as long as it lives."""
        return self.home / "postgres.keeper"

    @property
    def sockets(self) -> Path:
        """Folder of the server's socket: beside the data, or a short private one when that path is too long."""
        if len(os.fsencode(self.folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"gongjian-{name}"

    @property
    def major(self) -> int | None:
        """Major version of the cluster, or None when there is no cluster yet."""
        file = self.data / "PG_VERSION"
        return int(file.read_text(encoding="ascii")) if file.exists() else None


def layout(home: Path) -> Layout:
    """The layout of a home, with its folders made and safe.

    Raises: FolderForeign, FolderClosed, NoUnprivilegedAccount.
    """
    made(home)
    places = Layout(home, owner_of(home / "postgres"))
    for folder in {places.folder, places.sockets}:
        _make_private(folder, places.owner)
    return places


def _make_private(folder: Path, owner: Owner) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid == os.geteuid():
        owner.take(folder)
    elif found.st_uid != owner.uid or not folder.is_dir() or folder.is_symlink():
        raise FolderForeign(folder=folder, uid=found.st_uid)  # somebody else put it there, waiting for us
    if not owner.reaches(folder):
        raise FolderClosed(folder=folder, owner=owner.name)
