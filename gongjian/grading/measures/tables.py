"""The tables of appendices A and B, as they come with the platform."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parents[1] / "data" / "gbt16180_2014_tables.json"


@cache
def _tables() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def table(name: str) -> Any:
    """One table by its name in the file. Raises: KeyError."""
    return _tables()[name]
