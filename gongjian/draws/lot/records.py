"""What stands behind a neutral reason: the office's own record, of which the public document holds a salted hash and nothing else.

In public a reason is one of a few neutral words, so that nobody learns of an expert's health, discipline or kinship. The exact reason
with its evidence is written down beside it and hashed with a salt of its own: it cannot be guessed, and it cannot be changed afterwards.
"""

import re
from collections.abc import Iterable

from gongjian.draws.errors import PlanWrong, ReceiptUnreadable
from gongjian.draws.lot.canonical import ALGORITHMS, FIRST, Document, canonical, digest

HASH = re.compile(r"[0-9a-f]{64}")


def record_hash(exact: Document, salt: bytes) -> str:
    """The hash under which an exact reason is committed. salt: 16 random bytes, kept with the record."""
    return digest("reason", salt, canonical(exact))


def recorded(record: str) -> Document:
    """The field of a document that names the record; none where there is none."""
    return {"record": record} if record else {}


def are_recorded(records: Iterable[str], algorithm: str) -> bool:
    """Whether every reason has its record, or under the first algorithm none has."""
    return all(record == "" if algorithm == FIRST else HASH.fullmatch(record) for record in records)


def check_records(records: Iterable[str], algorithm: str) -> None:
    """Raises: PlanWrong when a reason has no record."""
    if not are_recorded(records, algorithm):
        raise PlanWrong(what="有排除或者回避没有留下理由记录")


def read_algorithm(document: Document) -> str:
    """The algorithm a document names. Raises: ReceiptUnreadable when it is none of ours."""
    if document["algorithm"] not in ALGORITHMS:
        raise ReceiptUnreadable(what="算法版本不是本程序所能核验的版本")
    return str(document["algorithm"])
