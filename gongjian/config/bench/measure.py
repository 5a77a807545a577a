"""Taking times: many runs, the middle, the slow end and the slowest."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many runs. queries: of the last run, where they were counted."""

    name: str
    runs: int
    p50: float
    p95: float
    slowest: float
    queries: int | None = None

    @property
    def row(self) -> str:
        """A row of a Markdown table."""
        counted = "" if self.queries is None else str(self.queries)
        return f"| {self.name} | {self.runs} | {self.p50:.1f} | {self.p95:.1f} | {self.slowest:.1f} | {counted} |"


def timed(name: str, act: Callable[[int], object], *, runs: int, warm: int = 3, queries: int | None = None) -> Timing:
    """Run `act` (it is handed the number of the run) and take each time; the first `warm` runs do not count."""
    for number in range(warm):
        act(number)
    times = sorted(once(act, number) for number in range(warm, warm + runs))
    return Timing(name, runs, quantile(times, 0.5), quantile(times, 0.95), times[-1], queries)


def once(act: Callable[[int], object], number: int) -> float:
    """Milliseconds of one run."""
    start = time.perf_counter()
    act(number)
    return (time.perf_counter() - start) * 1000


def quantile(times: list[float], share: float) -> float:
    """The time that this share of the sorted times does not exceed."""
    return times[min(len(times) - 1, int(share * len(times)))]


def peak_megabytes() -> float:
    """The largest memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
