"""How many statements are worked out in a minute on one core: for the benchmarks."""

import time
from typing import Any

from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer

MINUTE = 60
SAMPLE = {
    "region": "330000",
    "injured_on": "2026-03-02",
    "insured": True,
    "wages": ["5123.45"] * 12,
    "average_wage_at_injury": "8000.00",
    "average_wage_now": "8400.00",
    "grade": 7,
    "self_care": "none",
    "terminated_on": "2026-11-02",
    "termination_by": "worker",
    "retirement_on": "2029-05-01",
    "average_wage_at_termination": "8765.43",
}


def state_once() -> dict[str, Any]:
    """Read the sample, work it out, write it: grade 7 with both subsidies."""
    return as_answer(statement(read_facts(SAMPLE)))


def statements_per_minute(runs: int = 2000) -> float:
    """Statements a minute of this process."""
    start = time.perf_counter()
    for _ in range(runs):
        state_once()
    return runs * MINUTE / (time.perf_counter() - start)
