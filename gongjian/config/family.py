"""Child processes that live and end with this one."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
PAUSE = 1.0  # seconds before a fallen child is started again; doubled each time, up to a minute
LONGEST_PAUSE = 60.0
STEADY = 60.0  # seconds after which a child counts as well again


@dataclass
class Child:
    """A program to keep running. When a vital one ends, all end; another is started again."""

    name: str
    order: Sequence[str]
    vital: bool
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = PAUSE
    began: float = field(default_factory=time.monotonic)


class Family:
    """Starts children, passes the signal to stop on to them, and waits until they are gone.

    grace: seconds that they have to finish before they are killed.
    """

    def __init__(self, *, grace: float) -> None:
        self.grace = grace
        self.stopping = threading.Event()

        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def run(self, order: Sequence[str]) -> int:
        """Run one program to its end; its exit code. A signal to stop ends it, and counts as a failure."""
        process = self._start(order)
        while process.poll() is None and not self.stopping.wait(0.05):
            pass
        self._end([process])
        return process.returncode or int(self.stopping.is_set())

    def live(self, children: Sequence[Child], *, greet: Callable[[], bool] = lambda: True) -> int:
        """Keep the children until a signal to stop (gives 0) or the end of a vital one (gives 1).

        greet: asked again and again until it is True, to say that they are at work.
        """
        for child in children:
            self._revive(child)
        fallen, greeted = None, False
        while not self.stopping.wait(0.2) and not fallen:
            fallen = next((child for child in children if not self._tend(child)), None)
            greeted = greeted or bool(fallen) or greet()
        self._end([child.process for child in children if child.process])
        return 1 if fallen else 0

    def _tend(self, child: Child) -> bool:
        """Look after a child; False when a vital one has ended."""
        if child.process and child.process.poll() is not None:
            click.echo(f"{child.name}意外结束（{child.process.returncode}）。", err=True)
            if child.vital:
                return False
            stood = time.monotonic() - child.began
            child.pause = PAUSE if stood > STEADY else min(child.pause * 2, LONGEST_PAUSE)
            child.process, child.began = None, time.monotonic()
        if not child.process and time.monotonic() - child.began >= child.pause:
            self._revive(child)
        return True

    def _revive(self, child: Child) -> None:
        child.process, child.began = self._start(child.order), time.monotonic()

    def _start(self, order: Sequence[str]) -> "subprocess.Popen[bytes]":
        """In a session of its own, so that Ctrl+C reaches it only through us, and once."""
        return subprocess.Popen(order, start_new_session=True, preexec_fn=_end_with_parent)

    def _end(self, processes: "Sequence[subprocess.Popen[bytes]]") -> None:
        for process in processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + self.grace
        for process in processes:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()


def _end_with_parent() -> None:
    """In the child: ask Linux to end it when its parent dies, even by kill -9. Elsewhere it would live on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)
