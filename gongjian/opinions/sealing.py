"""The seal of a round: opinions go in under the round's own key, and the key comes out only when every seat has sealed.

What this protects from, and what not: docs/decisions/005-sealed-opinions.md.
"""

import json
from base64 import b64decode, b64encode
from os import urandom
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet

from gongjian.opinions.content import canonical, hash_of
from gongjian.opinions.errors import SealBroken, StillSealed
from gongjian.opinions.models import Opinion, Round, RoundKey, Vote
from gongjian.opinions.signing import verify

NONCE: Final = 12


def new_round_key(opened: Round) -> RoundKey:
    """A fresh key for a round, of chance alone."""
    return RoundKey.objects.create(round=opened, secret=b64encode(urandom(32)).decode())


def seal_statement(statement: bytes, *, opened: Round, seat: int) -> str:
    """The statement as it is stored: readable only with the round's key, and only as this seat's."""
    nonce = urandom(NONCE)
    sealed = AESGCM(_key(opened)).encrypt(nonce, statement, _place(opened, seat))
    return b64encode(nonce + sealed).decode()


def sealed_seats(opened: Round) -> set[int]:
    """Seats whose present member has sealed in this round. An opinion of a member who had to leave counts no more."""
    mine = Opinion.objects.filter(round=opened, assignment__closed_at=None)
    return set(mine.values_list("assignment__seat", flat=True))


def is_complete(opened: Round) -> bool:
    """Whether every seat of the round has sealed."""
    return len(sealed_seats(opened)) == opened.size


def opened_statements(opened: Round) -> list[tuple[Opinion, dict[str, Any]]]:
    """The opinions that count in a complete round with what they say, in order of seat; each is checked against hash and signature.

    Raises: StillSealed until every seat has sealed, SealBroken for one that was changed.
    """
    key = _key(opened)
    return [(row, _open(row, key, opened)) for row in _counting(opened).order_by("assignment__seat")]


def _counting(opened: Round) -> QuerySet[Opinion]:
    """What a vote has counted stays counted; before the vote, what the present members have sealed. Raises: StillSealed."""
    rows = Opinion.objects.filter(round=opened).select_related("assignment__user", "assignment__case", "key")
    if vote := Vote.objects.filter(round=opened).first():
        return rows.filter(pk__in=vote.tally["opinions"])
    if not is_complete(opened):
        raise StillSealed
    return rows.filter(assignment__closed_at=None)


def _open(row: Opinion, key: bytes, opened: Round) -> dict[str, Any]:
    data = b64decode(row.sealed)
    try:
        statement = AESGCM(key).decrypt(data[:NONCE], data[NONCE:], _place(opened, row.assignment.seat))
    except InvalidTag as error:
        raise _broken(row) from error
    if hash_of(statement) != row.content_hash or not verify(row.key, row.content_hash, row.signature):
        raise _broken(row)
    told: dict[str, Any] = json.loads(statement)
    if canonical(told) != statement or told["seat"] != row.assignment.seat:
        raise _broken(row)
    return told


def _broken(row: Opinion) -> SealBroken:
    return SealBroken(exam_code=row.assignment.exam_code, seat=row.assignment.seat)


def _key(opened: Round) -> bytes:
    return b64decode(RoundKey.objects.get(round=opened).secret)


def _place(opened: Round, seat: int) -> bytes:
    return f"round:{opened.pk}/seat:{seat}".encode()
