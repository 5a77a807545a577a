"""Being a user of the embedded server: `ensure` it runs, `leave` when done."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

import gongjian
from gongjian.kernel.embedded.cluster import USER, make_cluster, programs_for
from gongjian.kernel.embedded.errors import NotStarted
from gongjian.kernel.embedded.layout import PORT, Layout, layout
from gongjian.kernel.embedded.locks import SHARED, Lock, held, is_held, is_shared
from gongjian.kernel.embedded.postmaster import last_lines

DATABASE = "gongjian"
START_LIMIT = 60.0  # seconds, crash recovery included


class Address(NamedTuple):
    """Where the server is reached: the folder of its socket, and the password of its only account."""

    folder: Path
    password: str

    def dsn(self, database: str = DATABASE) -> str:
        """The address as libpq reads it."""
        return make_conninfo(
            host=str(self.folder), port=PORT, user=USER, password=self.password, dbname=database, connect_timeout=5
        )


class Membership(NamedTuple):
    """That this process is a user of a server."""

    places: Layout
    lock: Lock
    address: Address


_memberships: dict[Path, Membership] = {}
_turn = threading.Lock()


def ensure(home: Path) -> Address:
    """The address of this home's server, which is made and started if need be and runs at least as long as we do.

    Cheap when it runs already, so it may be asked before every new connection.
    Raises: EmbeddedError of several kinds, each saying what to do.
    """
    with _turn:
        member = _memberships.get(home)
        if member and is_held(member.places.keeper_lock):
            return member.address
        places = member.places if member else layout(home)
        lock = member.lock if member else Lock(places.users_lock, SHARED).wait()
        try:
            address = _running_server(places)
        except BaseException:
            _memberships.pop(home, None)
            lock.release()
            raise
        _memberships[home] = Membership(places, lock, address)
        return address


def leave(home: Path, *, wait: bool = False) -> None:
    """Stop being a user; the server stops when nobody is left. Ending the process does the same.

    wait: come back only when the server has stopped, or somebody else keeps it running.
    """
    with _turn:
        member = _memberships.pop(home, None)
    if not member:
        return
    member.lock.release()
    while wait and is_held(member.places.keeper_lock) and not _others(member.places):
        time.sleep(0.02)


def _others(places: Layout) -> bool:
    """Whether other processes use the server: their lock can be shared, but not be had alone."""
    return not is_held(places.users_lock) and is_shared(places.users_lock)


def _running_server(places: Layout) -> Address:
    with held(places.start_lock):
        make_cluster(places, programs_for(places))
        address = Address(places.sockets, places.password.read_text(encoding="utf-8").strip())
        keeper = None if is_held(places.keeper_lock) else _start_keeper(places)
        _wait_until_ready(places, address, keeper)
        _make_database(address)
    return address


def _start_keeper(places: Layout) -> subprocess.Popen[bytes]:
    package = Path(gongjian.__file__).resolve().parents[1]
    path = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH")]))
    with places.log.open("ab") as log:
        places.owner.take(places.log)
        order = [sys.executable, "-m", "gongjian.kernel.embedded.keeper", str(places.home)]
        return subprocess.Popen(order, cwd="/", env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.DEVNULL,
                                stdout=log, stderr=log, start_new_session=True)  # fmt: skip


def _wait_until_ready(places: Layout, address: Address, keeper: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not (is_held(places.keeper_lock) and _answers(address)):
        if time.monotonic() > deadline or (keeper and keeper.poll()):
            raise NotStarted(path=places.log, lines=last_lines(places))
        time.sleep(0.02)


def _answers(address: Address) -> bool:
    try:
        psycopg.connect(address.dsn("postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(address: Address) -> None:
    with psycopg.connect(address.dsn("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
