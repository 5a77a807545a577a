"""The account that the server runs under: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from gongjian.kernel.embedded.errors import FolderForeign, NoUnprivilegedAccount

CANDIDATES = ("gongjian", "postgres", "nobody")


class Owner(NamedTuple):
    """An account, and whether it is another than the one we run under (we are root)."""

    name: str
    uid: int
    gid: int
    other: bool

    @property
    def privileges(self) -> dict[str, Any]:
        """Arguments for `subprocess` that give up root for this account, once and for all."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}

    def take(self, path: Path) -> None:
        """Hand over a file or folder that we have made."""
        if self.other:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this account can walk to `path`. Asked of the system, because rights have more layers than mode bits."""
        answer = subprocess.run(["/usr/bin/env", "test", "-x", path], cwd="/", check=False, **self.privileges)
        return answer.returncode == 0


def owner_of(folder: Path) -> Owner:
    """Who runs the server whose files are in `folder`: its present owner, or for a new one ourselves; never root.

    Raises: FolderForeign, NoUnprivilegedAccount.
    """
    mine = os.geteuid()
    uid = folder.stat().st_uid if folder.exists() else mine
    if mine not in (0, uid):
        raise FolderForeign(folder=folder, uid=uid)
    return _owner(pwd.getpwuid(uid) if uid else _unprivileged())


def _owner(entry: pwd.struct_passwd) -> Owner:
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid, other=entry.pw_uid != os.geteuid())


def _unprivileged() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in CANDIDATES:
        if name in known:
            return known[name]
    raise NoUnprivilegedAccount(names="、".join(CANDIDATES))
