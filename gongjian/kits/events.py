"""An event as its device wrote it down, read with the suspicion that what comes from outside deserves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gongjian.kernel import moment
from gongjian.kits.chain import Link, hash_of
from gongjian.kits.errors import Unreadable
from gongjian.kits.states import Kind

FORM: Final = "gj-kit-event-1"
LONGEST_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Event:
    """One event. told: the text whose hash is the chain's; body: what its kind needs."""

    link: Link
    event_id: UUID
    kind: Kind
    exam_code: str
    happened_at: datetime
    body: Mapping[str, Any]
    told: str


def read(told: str, *, kit: str) -> Event:
    """The event that a text tells, if it is one of this kit. Raises: Unreadable."""
    try:
        said = json.loads(told)
        if said["form"] != FORM or said["kit"] != kit or not isinstance(said["body"], dict):
            raise Unreadable
        return Event(
            link=Link(_number(said["n"]), hash_of(told), _word(said["before"], 64)),
            event_id=UUID(said["id"]),
            kind=Kind(said["kind"]),
            exam_code=_word(said["exam_code"], LONGEST_CODE),
            happened_at=_instant(said["at"]),
            body=said["body"],
            told=told,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable from error


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 10**9:
        raise Unreadable
    return value


def is_text(value: str) -> bool:
    """Whether a text can be kept: JSON can also tell a NUL, or half of a sign."""
    return not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in value)


def _word(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not is_text(value):
        raise Unreadable
    return value


def _instant(value: str) -> datetime:
    found = moment.read(value)
    if found is None:
        raise Unreadable
    return found
