"""Reading a JSON file that somebody hands in: small, whole, strict; every fault is one sentence with the file's name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongjian.law.errors import FileUnreadable

MOST_BYTES = 2_000_000


def read_json_file(path: Path, *, decimals: Callable[[str], Any] = float) -> object:
    """What the file says. decimals: what a number with a point becomes. No name twice in one object, no NaN, no infinity.

    Raises: FileUnreadable.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise FileUnreadable(name=path.name, fault="文件不存在或者读不了。") from fault
    if len(raw) > MOST_BYTES:
        raise FileUnreadable(name=path.name, fault=f"文件过大，最多{MOST_BYTES // 1_000_000}兆字节。")
    try:
        return json.loads(
            raw.decode("utf-8-sig"), parse_float=decimals, parse_constant=_no_number, object_pairs_hook=_each_once
        )
    except json.JSONDecodeError as fault:
        raise FileUnreadable(name=path.name, fault=f"不是JSON：第{fault.lineno}行第{fault.colno}列有误。") from fault
    except UnicodeDecodeError as fault:
        raise FileUnreadable(name=path.name, fault="不是UTF-8编码的文本。") from fault
    except RecursionError as fault:
        raise FileUnreadable(name=path.name, fault="层次过深。") from fault
    except _Fault as fault:
        raise FileUnreadable(name=path.name, fault=str(fault)) from fault
    except ValueError as fault:  # more digits than Python reads
        raise FileUnreadable(name=path.name, fault="有一个数的位数过多。") from fault


class _Fault(Exception):
    """What JSON itself lets pass and we do not, in words."""


def _no_number(text: str) -> None:
    raise _Fault(f"{text} 不是数。")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Fault(f"“{twice}”在同一处出现了两次。")
    return found
