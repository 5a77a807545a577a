"""The one base of all findings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from gongjian.grading.findings.fields import Field

Value = float | int | str | bool | tuple[str, ...] | frozenset[str]
Values = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """injury: the expert's short words for the injury; findings with the same words are one injury; empty: an injury of its own.

    quiet: what follows from fields and is not asked for when it was not measured and something else was.
    """

    kind: ClassVar[str] = ""
    title: ClassVar[str] = ""
    quiet: ClassVar[frozenset[str]] = frozenset()
    injury: str = ""

    def values(self) -> Values:
        """What is known, by name: the fields that were filled in, and what follows from them."""
        return {name: found for name in described(type(self)) if (found := getattr(self, name)) is not None}

    @property
    def is_normal(self) -> bool:
        """Whether it says that something was looked at and is well: then no clause is missing for it."""
        return False

    def expanded(self) -> "tuple[Finding, ...]":
        """What this finding means in the words of the standard; most mean just themselves."""
        return (self,)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """The finding with these fields; what is None stays out."""
        return cls(**{name: value for name, value in values.items() if value is not None})


_DESCRIBED: dict[str, Mapping[str, Field]] = {}


def described(kind: type[Finding]) -> Mapping[str, Field]:
    """The fields of a kind of finding in order, without `injury`."""
    if kind.kind not in _DESCRIBED:
        _DESCRIBED[kind.kind] = {each.name: each.metadata["field"] for each in fields(kind) if "field" in each.metadata}
    return _DESCRIBED[kind.kind]
