"""How a field of a finding is described: its Chinese label, its unit, what may stand in it. Forms, checks and the schema read this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Sort = Literal["number", "whole", "choice", "choices", "flag"]
SIDES = {"left": "左", "right": "右", "both": "双侧"}


class At(NamedTuple):
    """Where a form shows the field when several stand side by side: the healthy beside the hurt, the left beside the right.

    note: what else the row is called.
    """

    row: str
    column: str
    note: str = ""


class Only(NamedTuple):
    """The field belongs to these values of another one: a knee is not turned outwards."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. low, high: both allowed; choices: code → Chinese; subject: says which thing the finding is about."""

    label: str
    sort: Sort
    unit: str = ""
    low: float = 0
    high: float = 0
    choices: Mapping[str, str] | None = None
    subject: bool = False
    at: At | None = None
    only: Only | None = None

    def fits(self, value: object) -> bool:
        """Whether this may stand in the field, as JSON says it."""
        if self.choices is not None:
            codes = value if self.sort == "choices" and isinstance(value, list | tuple) else [value]
            is_of_sort = (self.sort == "choices") == isinstance(value, list | tuple)
            return is_of_sort and all(isinstance(each, str) and each in self.choices for each in codes)
        if self.sort == "flag" or isinstance(value, bool):
            return self.sort == "flag" and isinstance(value, bool)
        if not isinstance(value, (int, float)) or not self.low <= value <= self.high:
            return False
        return self.sort == "number" or value == int(value)


def number(label: str, unit: str, low: float, high: float, *, at: At | None = None, only: Only | None = None) -> Any:
    """A measured number."""
    return _field(Field(label, "number", unit, low, high, at=at, only=only))


def whole(label: str, unit: str, low: int, high: int, *, subject: bool = False, at: At | None = None) -> Any:
    """A count, a class or a stage."""
    return _field(Field(label, "whole", unit, low, high, subject=subject, at=at))


def a_part(label: str) -> Any:
    """A part of the whole, 0 … 1."""
    return _field(Field(label, "number", "", 0, 1))


def choice(label: str, **choices: str) -> Any:
    """One of several codes."""
    return _field(Field(label, "choice", choices=choices))


def choice_at(at: At, label: str, **choices: str) -> Any:
    """One of several codes, beside others of its kind."""
    return _field(Field(label, "choice", choices=choices, at=at))


def subject(label: str, **choices: str) -> Any:
    """One of several codes that say what the finding is about; it must be given."""
    return _field(Field(label, "choice", choices=choices, subject=True))


def choices(label: str, **choices: str) -> Any:
    """Any of several codes; what is not named is not there."""
    return field(default=(), metadata={"field": Field(label, "choices", choices=choices)})


def flag(label: str) -> Any:
    """Yes or no; left out: not asked."""
    return _field(Field(label, "flag"))


def a_side() -> Any:
    """Left, right or both."""
    return _field(Field("侧别", "choice", choices=SIDES))


def needed_side() -> Any:
    """Left, right or both; must be given."""
    return _field(Field("侧别", "choice", choices=SIDES, subject=True))


def a_level(label: str = "程度") -> Any:
    """Mild, moderate or severe."""
    return choice(label, mild="轻度", moderate="中度", severe="重度")


def _field(described: Field) -> Any:
    return field(default=None, metadata={"field": described})
