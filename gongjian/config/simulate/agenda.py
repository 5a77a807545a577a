"""What is to happen, in the order of time; what happens may put more on it."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

Act = Callable[[datetime], None]


@dataclass
class Agenda:
    """spent: kind of act → seconds on the wall; done: kind of act → how often."""

    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    done: Counter[str] = field(default_factory=Counter)
    _coming: list[tuple[datetime, int, str, Act]] = field(default_factory=list)
    _serial: int = 0

    def add(self, at: datetime, kind: str, act: Act) -> None:
        """Let an act happen at a time; of two at the same time the one added first goes first."""
        self._serial += 1
        heappush(self._coming, (at, self._serial, kind, act))

    def run(self) -> None:
        """Let everything happen. What an act raises ends the run: a year that broke off is none."""
        while self._coming:
            at, _, kind, act = heappop(self._coming)
            began = time.perf_counter()
            act(at)
            self.spent[kind] += time.perf_counter() - began
            self.done[kind] += 1
