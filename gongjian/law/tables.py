"""Strict reading of the TOML files of the law: a wrong key or kind stops the loading and says where it stands."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from gongjian.law.errors import LawDataWrong

Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True)
class Table:
    """One table of a file: `entry` says where it stands (`deliver_days.values[1]`), `data` is what tomllib read."""

    file: str
    entry: str
    data: dict[str, Any]

    def wrong(self, fault: str) -> LawDataWrong:
        """The error to raise about this table."""
        return LawDataWrong(self.file, self.entry, fault)

    def only(self, *allowed: str) -> None:
        """Refuse keys that nobody reads: a misspelt key must not pass for a missing one. Raises: LawDataWrong."""
        unknown = sorted(set(self.data) - set(allowed))
        if unknown:
            raise self.wrong(f"unknown key {', '.join(unknown)}; allowed are {', '.join(allowed)}")

    def raw(self, key: str) -> Any:
        """What stands under a key that must be there. Raises: LawDataWrong."""
        if key not in self.data:
            raise self.wrong(f"{key} is missing")
        return self.data[key]

    def text(self, key: str) -> str:
        """A text with something in it. Raises: LawDataWrong."""
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{key} must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, at least one. Raises: LawDataWrong."""
        value = self.raw(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            raise self.wrong(f"{key} must be a list of texts")
        return tuple(value)

    def number(self, key: str) -> int:
        """A whole number. Raises: LawDataWrong."""
        value = self.raw(key)
        if type(value) is not int:
            raise self.wrong(f"{key} must be a whole number")
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there. Raises: LawDataWrong."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} must be true or false")
        return value

    def day(self, key: str) -> date:
        """A date without a time. Raises: LawDataWrong."""
        value = self.raw(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(f"{key} must be a date such as 2025-07-01")
        return value

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates, perhaps empty. Raises: LawDataWrong."""
        value = self.raw(key)
        if not isinstance(value, list):
            raise self.wrong(f"{key} must be a list of dates")
        return tuple(Table(self.file, f"{self.entry}.{key}", {"date": one}).day("date") for one in value)

    def choice(self, key: str, allowed: tuple[Choice, ...]) -> Choice:
        """One of the allowed words. Raises: LawDataWrong."""
        value = self.raw(key)
        for one in allowed:
            if one == value:
                return one
        raise self.wrong(f"{key} must be one of {', '.join(allowed)}")

    def rows(self, key: str) -> list["Table"]:
        """The tables of an array of tables. Raises: LawDataWrong."""
        value = self.raw(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(f"{key} must be an array of tables")
        prefix = f"{self.entry}.{key}" if self.entry else key
        return [Table(self.file, f"{prefix}[{number}]", one) for number, one in enumerate(value, start=1)]

    def entries(self) -> Iterator[tuple[str, "Table"]]:
        """The named tables of a file. Raises: LawDataWrong for a bare value among them."""
        for name, value in self.data.items():
            if not isinstance(value, dict):
                raise self.wrong(f"{name} must be a table")
            yield name, Table(self.file, name, value)


def read_table(path: Path) -> Table:
    """Read one file. Raises: LawDataWrong when it is missing or not TOML."""
    try:
        return Table(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise LawDataWrong(path.name, "", f"cannot be read: {fault}") from fault
