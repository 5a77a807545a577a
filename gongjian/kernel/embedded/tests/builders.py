"""Homes for a server of a test's own, and processes that use it."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from gongjian.kernel.embedded.layout import layout
from gongjian.kernel.embedded.postmaster import running
from gongjian.kernel.embedded.server import Address, ensure, leave

USER_PROGRAM = """
import sys
from pathlib import Path
from gongjian.kernel.embedded.server import ensure
print(ensure(Path(sys.argv[1])).folder, flush=True)
sys.stdin.read()
"""


@contextmanager
def a_home(name: str = "home") -> Iterator[Path]:
    """A home that the database's account can reach (pytest's own folders are closed to it), without a server left behind."""
    above = Path(tempfile.mkdtemp(prefix="gj-"))
    above.chmod(0o711)
    home = above / name
    try:
        yield home
    finally:
        leave(home, wait=True)
        wait_for(lambda: not keepers(home))
        shutil.rmtree(above)


def a_user(home: Path) -> "subprocess.Popen[str]":
    """Another process that uses the home's server until its input is closed. Its first line of output means: it is ready."""
    order = [sys.executable, "-c", USER_PROGRAM, str(home)]
    return subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ready(user: "subprocess.Popen[str]") -> str:
    """Wait until a user has its server; what it says."""
    assert user.stdout
    return user.stdout.readline().strip()


def dismiss(user: "subprocess.Popen[str]") -> int:
    """Let a user go, as a program ends; its exit code."""
    user.communicate("")
    return user.returncode


def ask(address: Address, question: str) -> str:
    """The one value that a query gives, as text."""
    with psycopg.connect(address.dsn()) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row
    return str(row[0])


def the_server(home: Path) -> psutil.Process:
    """The server process of a home that has one."""
    server = running(layout(home))
    assert server
    return server


def the_keeper(home: Path) -> psutil.Process:
    """The keeper of a home that has one."""
    [keeper] = keepers(home)
    return keeper


def keepers(home: Path) -> list[psutil.Process]:
    """Every keeper of this home that runs."""
    words = ["gongjian.kernel.embedded.keeper", str(home)]
    return [process for process in psutil.process_iter(["cmdline"]) if (process.info["cmdline"] or [])[-2:] == words]


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Look again and again until the condition holds; fails when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


def a_server(home: Path) -> Address:
    """A running server of the home; this process is its user."""
    return ensure(home)
