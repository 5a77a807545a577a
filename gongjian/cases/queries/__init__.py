"""All reading of cases: who sees what, the worklist, the clock."""

from gongjian.cases.queries.access import case_for, is_party, search, visible_to
from gongjian.cases.queries.clock import deadline_of, last_day_of, limits_of, waits_until
from gongjian.cases.queries.health import reads_health
from gongjian.cases.queries.recusals import keeps_away, open_to
from gongjian.cases.queries.sides import Side, parties_of, side_of, sides_of, speaks_for
from gongjian.cases.queries.worklist import Task, open_obligations, worklist

__all__ = [
    "Side",
    "Task",
    "case_for",
    "deadline_of",
    "is_party",
    "keeps_away",
    "last_day_of",
    "limits_of",
    "open_obligations",
    "open_to",
    "parties_of",
    "reads_health",
    "search",
    "side_of",
    "sides_of",
    "speaks_for",
    "visible_to",
    "waits_until",
    "worklist",
]
