"""Writing what was measured, on what, to docs/benchmarks.md."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection

from gongjian.config.bench.measure import Timing
from gongjian.config.bench.pages import WORKLIST

HEAD = """# Benchmarks

Written by `make bench`, the planner alone by `gongjian bench --planner`, the day of a sitting by `--day`; not part of the tests. Times are milliseconds of one process on a shared machine: read medians and
ratios, not single figures. Pages are asked of the real views with the real middleware, without a network in between, as the
window clerks of the city committee and of its bureau; of three cases two are appraisals and one is a recognition; the database is the embedded PostgreSQL with its ordinary safety (fsync on).
"""
COLUMNS = "| What | Runs | p50 ms | p95 ms | slowest ms | Queries |\n|---|---|---|---|---|---|"
MANY = 100_000
FLAT = 1.3


def text(sizes: Mapping[int, Sequence[Timing]], heavy: Sequence[Timing], cold: Sequence[str], on: date) -> str:
    """The whole page. sizes: number of cases → what was measured with so many."""
    parts = [HEAD, f"Measured {on.isoformat()} on {machine()}.\n"]
    for cases, timings in sizes.items():
        parts.append(f"## With {cases:,} cases\n\n{COLUMNS}\n" + "\n".join(one.row for one in timings) + "\n")
    parts.append("## Growth\n\n" + growth(sizes) + "\n")
    parts.append(f"## Draws, clocks and conclusions\n\n{COLUMNS}\n" + "\n".join(one.row for one in heavy) + "\n")
    parts.append("## Cold start\n\n" + "\n".join(f"- {line}" for line in cold) + "\n")
    return "\n".join(parts)


def with_section(page: str, title: str, body: str) -> str:
    """The page with one part measured anew: in its place, or at the end when it was not there."""
    parts = [part.strip() for part in re.split(r"(?m)^(?=## )", page)]
    old = next((number for number, part in enumerate(parts) if part.startswith(f"## {title}\n")), len(parts))
    parts[old : old + 1] = [f"## {title}\n\n{body.strip()}"]
    return "\n\n".join(parts) + "\n"


def growth(sizes: Mapping[int, Sequence[Timing]]) -> str:
    """How the p95 of each worklist grew from one size to the next; the aim is at most 1.3 times from 100,000 to 1,000,000."""
    steps = list(zip(sizes.items(), list(sizes.items())[1:], strict=False))
    if not steps:
        return "Only one size was measured."
    return "\n".join(
        f"- {before.name}, p95 from {few:,} to {more:,} cases: {before.p95:.1f} → {after.p95:.1f} ms"
        f" (× {after.p95 / before.p95:.2f}{', aim at most 1.3' if few >= MANY else ''})"
        for (few, earlier), (more, later) in steps
        for before, after in zip(earlier, later, strict=True)
        if before.name.endswith(WORKLIST)
    )


def machine() -> str:
    """Processor count, system, Python and PostgreSQL; no names."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, PostgreSQL {server}"
