"""How an entry becomes a hash and a day becomes a root: pure, so that anyone can repeat it."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, Chinese as itself; dates as ISO text. Raises: TypeError for anything else."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a ledger entry")


def entry_hash(
    *, chain: str, sequence: int, act: str, by: int | None, at: datetime, facts: dict[str, Any], previous: str
) -> str:
    """SHA-256 (hex) over the canonical form of everything an entry says and the hash of the entry before it."""
    told = {"chain": chain, "sequence": sequence, "act": act, "by": by, "at": at, "facts": facts, "previous": previous}
    return sha256(canonical(told).encode()).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Root (hex) of a Merkle tree over hex leaves in the given order; leaf and node hashes are kept apart by a prefix.

    An odd node is carried up unchanged. No leaves: the hash of nothing.
    """
    level = [sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    if not level:
        return sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [sha256(b"\x01" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()
