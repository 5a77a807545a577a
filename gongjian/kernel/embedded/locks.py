"""Locks between processes that the system itself lets go when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED = fcntl.LOCK_SH
ALONE = fcntl.LOCK_EX


class Lock:
    """A lock on a file, held until `release` or the end of the process (and of those forked from it)."""

    def __init__(self, path: Path, kind: int) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.kind = kind

    def wait(self) -> "Lock":
        fcntl.flock(self.descriptor, self.kind)
        return self

    def take(self, *, within: float = 0.0) -> bool:
        """Take the lock if nobody is in the way for longer than `within` seconds; say whether it was taken."""
        deadline = time.monotonic() + within
        while not self._taken():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        return True

    def _taken(self) -> bool:
        try:
            fcntl.flock(self.descriptor, self.kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        os.close(self.descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock alone for the length of the block, after waiting for whoever has it."""
    lock = Lock(path, ALONE).wait()
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether some process holds this lock alone."""
    return not _could_take(path, SHARED)


def is_shared(path: Path) -> bool:
    """Whether some process holds this lock in any way."""
    return not _could_take(path, ALONE)


def _could_take(path: Path, kind: int) -> bool:
    probe = Lock(path, kind)
    try:
        return probe.take()
    finally:
        probe.release()
