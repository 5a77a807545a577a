"""What each kind of obligation is called: as its procedure's table says, or as the room says that owes it (`<room>/owes.py`)."""

from gongjian.cases.procedures import PROCEDURES

NAMED: dict[str, str] = {}
"""Kinds that stand in no procedure's table, with their labels: they come up on the way."""


def named(kind: str, label: str) -> str:
    """Give a kind of obligation its label and hand the kind back: `REBOOK = named("rebook", "重新安排")`.

    Raises: ValueError when the kind bears another label already.
    """
    if NAMED.setdefault(kind, label) != label:
        raise ValueError(f"two labels for obligations of the kind {kind}")
    return kind


def labels() -> dict[str, str]:
    """Every kind of obligation in the house with its label."""
    tables = (owed for table in PROCEDURES.values() for each in table.owed.values() for owed in each)
    return {owed.kind: owed.label for owed in tables} | NAMED


def label_of(kind: str) -> str:
    """What an obligation is called; its kind where nobody has named it."""
    return labels().get(kind, kind)
