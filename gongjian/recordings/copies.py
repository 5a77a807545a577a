"""Checking a copy against its list, without the platform: which piece of a film was changed."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from gongjian.law.errors import FileUnreadable
from gongjian.recordings.chain import Found, Piece, first_fault

FORM = "gongjian recording 1"
FIELDS = {"position": int, "starts_ms": int, "ends_ms": int, "size": int, "sha256": str, "link": str}


def fault_in_copy(told: str, film: BinaryIO) -> Found | None:
    """The first piece of a film that is not as its list says; None where all are. told: the list, as JSON.

    Raises: FileUnreadable for what is no list of ours.
    """
    key, pieces, head = _read(told)
    starts = [sum(piece.size for piece in pieces[:place]) for place in range(len(pieces))]

    def contents(piece: Piece) -> bytes | None:
        film.seek(starts[piece.position])
        data = film.read(piece.size)
        return data if len(data) == piece.size else None

    return first_fault(key, pieces, head=head, contents=contents)


def _read(told: str) -> tuple[str, list[Piece], str]:
    try:
        listed = json.loads(told)
        if not isinstance(listed, Mapping) or listed.get("form") != FORM:
            raise ValueError(FORM)
        return str(listed["key"]), [_piece(row) for row in listed["pieces"]], str(listed["head"])
    except (ValueError, KeyError, TypeError) as error:
        raise FileUnreadable(name="分段清单", fault="不是录音录像的分段清单，或者已经损坏。") from error


def _piece(row: Mapping[str, Any]) -> Piece:
    values = {name: kind(row[name]) for name, kind in FIELDS.items()}
    if values["size"] < 0:
        raise ValueError("size")
    return Piece(**values)
