"""A table of applications, row by row as its procedure's room reads it: plain values between the room, the actions and the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS = 2000
"""So many people stand in one table at most."""
TO_MEND = "哪里要改"
"""The column beside a row that was given back; it may come again and is not read."""


@dataclass(frozen=True)
class TableRow:
    """One row. cells: its texts as they came; told: step → field → answer; faults: what could not be read, field → sentence."""

    line: int
    cells: list[str]
    told: Mapping[str, Mapping[str, Any]]
    faults: dict[str, str] = field(default_factory=dict)
