"""The server process itself: starting one, and telling a running one from a ghost."""

import os
import shlex
import subprocess
from pathlib import Path

import psutil

from gongjian.kernel.embedded.layout import PORT, SOCKET_NAME, Layout
from gongjian.kernel.embedded.programs import Programs

OPTIONS = "GONGJIAN_POSTGRES_OPTIONS"
NOBODY = 2**31 - 1  # a process number that no system gives out
LOG_LIMIT = 5 * 1024 * 1024  # bytes


def running(places: Layout) -> psutil.Process | None:
    """The server that works on this home's data, or None. A zombie, or a stranger with its number, is not one."""
    number = _noted_pid(places)
    try:
        process = psutil.Process(number) if number else None
        if process and process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == places.data:
            return process
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return None


def start(places: Layout, programs: Programs) -> psutil.Process:
    """Start the server. It is not ready yet when this returns, and may still fail: see its log.

    Only the private socket is opened. Statements and their values stay out of the log: they hold personal data.
    """
    _lay_ghost(places)
    order = [programs.path("postgres"), "-D", str(places.data), "-k", str(places.sockets), "-p", str(PORT)]
    settings = ["listen_addresses=", "unix_socket_permissions=0700", "log_min_error_statement=panic",
                "log_error_verbosity=terse", *shlex.split(os.environ.get(OPTIONS, ""))]  # fmt: skip
    for setting in settings:
        order += ["-c", setting]
    with _log(places).open("ab") as log:
        server = subprocess.Popen(order, cwd="/", env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                  start_new_session=True, **places.owner.privileges)  # fmt: skip
    return psutil.Process(server.pid)


def last_lines(places: Layout, count: int = 8) -> str:
    """The end of the server's log, for a message to the operator."""
    text = places.log.read_text(encoding="utf-8", errors="replace") if places.log.exists() else ""
    return "\n".join(text.splitlines()[-count:])


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _log(places: Layout) -> Path:
    if places.log.exists() and places.log.stat().st_size > LOG_LIMIT:
        places.log.rename(places.log.with_name("log.old"))
    return places.log


def _noted_pid(places: Layout) -> int | None:
    try:
        return int((places.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _lay_ghost(places: Layout) -> None:
    """Make the pid file of a dead server name nobody, when its number now belongs to a zombie or a stranger.

    PostgreSQL would take that number for a living server and refuse to start. The rest of the file stays, because
    by it PostgreSQL finds out whether anyone still has the dead server's memory.
    """
    file = places.data / "postmaster.pid"
    number = _noted_pid(places)
    if number and psutil.pid_exists(number):
        _, rest = file.read_text(encoding="utf-8").split("\n", 1)
        file.write_text(f"{NOBODY}\n{rest}", encoding="utf-8")
    (places.sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
