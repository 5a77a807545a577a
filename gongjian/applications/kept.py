"""Which table keeps the applications of a procedure; each procedure's room says so at start."""

from collections.abc import Callable
from typing import Any

from gongjian.applications.models import ApplicationBase
from gongjian.cases.models import Case

FIRST_TELEPHONES: list[Callable[[Case], str]] = []
"""Rooms above say here whose telephone comes first for the worker's side, as a relative's after a death; "" for nobody's."""
TABLES: dict[str, type[ApplicationBase]] = {}


def keep_in(procedure: str, table: type[ApplicationBase]) -> None:
    """Make the table of a procedure's applications known. Raises: ValueError when it has another one already."""
    if TABLES.setdefault(procedure, table) is not table:
        raise ValueError(f"two tables for the applications of {procedure}")


def let_ring_first(telephone: Callable[[Case], str]) -> None:
    """Let a room name whose telephone comes first. A second time changes nothing."""
    if telephone not in FIRST_TELEPHONES:
        FIRST_TELEPHONES.append(telephone)


def first_telephone(case: Case) -> str:
    """The telephone that comes before all others for the worker's side; "" where there is none."""
    return next((found for each in FIRST_TELEPHONES if (found := each(case))), "")


def application_of(case: Case) -> ApplicationBase | None:
    """What was applied for in a case, whatever its procedure; None where nothing was."""
    table = TABLES.get(case.procedure)
    if table is None:
        return None
    rows: Any = table._default_manager.select_related("receipt", "mandate")
    found: ApplicationBase | None = rows.filter(case=case).first()
    return found
