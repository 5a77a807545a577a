"""Every single-field change of a document: each leaf, each list and each map, changed in several ways."""

from collections.abc import Iterator
from typing import Any

from gongjian.draws.lot.canonical import Document

Path = tuple[str | int, ...]


def mutations(document: Document) -> Iterator[tuple[Path, str, Document]]:
    """(where, what, changed document), always in the same order; none equals the original."""
    for path, value in _parts(document, ()):
        for what, changed in _changes(value):
            yield path, what, _with(document, path, changed)


def _parts(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every part below the document itself."""
    if path:
        yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _parts(child, (*path, key))


def _changes(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield from (("turned", not value), ("a number", int(value)), ("a text", "true"), ("nothing", None))
    elif isinstance(value, int):
        yield from (("one more", value + 1), ("one less", value - 1), ("negative", -value - 1))
        yield from (("a text", str(value)), ("a decimal", value + 0.5), ("huge", 2**60), ("nothing", None))
    elif isinstance(value, str):
        yield from _changed_texts(value)
    elif isinstance(value, list):
        yield from _changed_lists(value)
    else:
        yield from (("empty", {}), ("a list", [value]), ("nothing", None), ("a field more", {**value, "more": "1"}))
        yield from (("a field less", {k: v for k, v in value.items() if k != key}) for key in value)


def _changed_texts(value: str) -> Iterator[tuple[str, Any]]:
    yield from (("longer", value + "0"), ("blank before", " " + value), ("blank after", value + " "))
    yield from (("a list", [value]), ("a number", 7), ("nothing", None), ("true", True))
    if value:
        yield from (("empty", ""), ("shorter", value[:-1]), ("first sign", _other(value[0]) + value[1:]))
        yield from (("last sign", value[:-1] + _other(value[-1])), ("doubled", value + value))
    if value.upper() != value:
        yield "capitals", value.upper()
    if value[::-1] != value:
        yield "backwards", value[::-1]


def _changed_lists(value: list[Any]) -> Iterator[tuple[str, Any]]:
    yield from (("one more", [*value, "x"]), ("a text", "x"), ("nothing", None), ("a map", {"0": value}))
    if value:
        yield from (("empty", []), ("first left out", value[1:]), ("last left out", value[:-1]))
        yield from (("first twice", [value[0], *value]), ("last twice", [*value, value[-1]]))
    if value[::-1] != value:
        yield "backwards", value[::-1]


def _other(sign: str) -> str:
    """Another sign of the same kind: hex stays hex, so that only the value is wrong and not the form."""
    return "1" if sign == "0" else "0"


def _with(document: Any, path: Path, value: Any) -> Any:
    """A copy along the path, the rest shared."""
    if not path:
        return value
    copy = document.copy()
    copy[path[0]] = _with(document[path[0]], path[1:], value)
    return copy
