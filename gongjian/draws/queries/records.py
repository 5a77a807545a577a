"""The exact reasons of a draw as a supervisor reads them, each checked against its public hash."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.draws.lot.canonical import Document, read
from gongjian.draws.lot.records import record_hash
from gongjian.draws.models import Draw, ReasonRecord
from gongjian.draws.queries.changes import records_of

LABELS = {
    "expert": "专家",
    "group": "专家组",
    "reason": "原因",
    "reasons": "原因",
    "members": "成员",
    "case": "案件",
    "ground": "回避事由",
    "kind": "变更的理由",
    "article": "依据",
    "text": "说明",
    "asked_by": "申请人账号",
    "evidence": "当时的登记",
    "term": "聘期",
    "trained_on": "培训合格日",
    "in_good_health": "身体状况",
    "suspended": "暂停",
    "dismissed_on": "解聘日",
}


@dataclass(frozen=True)
class RecordShown:
    """An exact reason in words, with hash and salt so that anybody who holds it can compute the hash again. holds: whether it comes out."""

    hash: str
    salt: str
    text: str
    told: tuple[tuple[str, str], ...]
    holds: bool


def records_shown(draw: Draw) -> list[RecordShown]:
    """Every record of a draw: one query."""
    return [_shown(row) for row in records_of(draw)]


def _shown(row: ReasonRecord) -> RecordShown:
    exact = read(row.exact.encode())
    holds = record_hash(exact, bytes.fromhex(row.salt)) == row.hash
    return RecordShown(row.hash, row.salt, row.exact, tuple(_told(exact)), holds)


def _told(exact: Document) -> Iterator[tuple[str, str]]:
    for name, value in exact.items():
        if text := _words(value):
            yield LABELS.get(name, name), text


def _words(value: object) -> str:
    """A value of a record in words."""
    if isinstance(value, bool):
        return "能够胜任" if value else "不能胜任"
    if isinstance(value, dict):
        return "，".join(f"{LABELS.get(name, name)} {text}" for name, part in value.items() if (text := _words(part)))
    if isinstance(value, list):
        return "；".join(map(_words, value))
    return "" if value in ("", "/") else str(value)
