"""The process that keeps the server: starts it, starts it again when it falls, stops it when its last user has gone.

`python -m gongjian.kernel.embedded.keeper HOME`. Users hold a shared lock, which the system lets go however they end;
the keeper waits for that lock alone, so nobody has to count, and a killed program leaves no server behind.
"""

import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import psutil

from gongjian.kernel.embedded.cluster import programs_for
from gongjian.kernel.embedded.layout import Layout, layout
from gongjian.kernel.embedded.locks import ALONE, Lock
from gongjian.kernel.embedded.postmaster import running, start

PATIENCE = 5  # times that a server may fall before it has stood for STEADY seconds
STEADY = 5.0
A_GLANCE = 1.0  # seconds; longer than anyone takes to look whether a keeper is there


class Keeper:
    """Keeps one server."""

    def __init__(self, places: Layout) -> None:
        self.places = places
        self.leaving = False
        self.server: psutil.Process | None = None
        self.turn = threading.RLock()

    def keep(self) -> int:
        """Keep the server until `leave`. Gives the exit code: 1 when the server would not stand."""
        falls = 0
        while falls < PATIENCE:
            stood = self._stand()
            if self.leaving:
                return 0
            falls = 0 if stood > STEADY else falls + 1
            time.sleep(0.2)
        return 1

    def leave(self) -> None:
        """Stop the server in order: what is committed stays, connections end."""
        with self.turn:
            self.leaving = True
            if self.server and self.server.is_running():
                self.server.send_signal(signal.SIGINT)

    def leave_when_unused(self) -> None:
        """Wait for the last user to go, and hold the door shut against new ones until this process has ended."""
        Lock(self.places.users_lock, ALONE).wait()
        self.leave()

    def _stand(self) -> float:
        """Have a server and wait for its end; seconds that it stood. A server left by a killed keeper is taken over."""
        with self.turn:
            if self.leaving:
                return 0.0
            self.server = running(self.places) or start(self.places, programs_for(self.places))
        began = time.monotonic()
        self.server.wait()
        return time.monotonic() - began


def main(home: Path) -> int:
    """Keep the server of a home, unless another keeper does."""
    places = layout(home)
    if not Lock(places.keeper_lock, ALONE).take(within=A_GLANCE):
        return 0
    keeper = Keeper(places)

    def on_signal(number: int, frame: FrameType | None) -> None:
        keeper.leave()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    threading.Thread(target=keeper.leave_when_unused, daemon=True).start()
    return keeper.keep()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
