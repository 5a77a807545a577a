"""That one hash stands in a day's root: its path through the Merkle tree, for who has not all the other leaves. Pure."""

from collections.abc import Sequence
from hashlib import sha256

Step = tuple[str, str]
"""("left" or "right", hex): the neighbour on that side, already hashed."""


def path_of(leaves: Sequence[str], place: int) -> list[Step]:
    """The neighbours from leaf number `place` (from 0) up to the root of `hashing.merkle_root(leaves)`. Raises: IndexError."""
    if not 0 <= place < len(leaves):
        raise IndexError(place)
    level = [sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    steps: list[Step] = []
    while len(level) > 1:
        neighbour = place ^ 1
        if neighbour < len(level):
            steps.append(("left" if neighbour < place else "right", level[neighbour].hex()))
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
        place //= 2
    return steps


def root_by(leaf: str, steps: Sequence[Step]) -> str:
    """The root (hex) to which a leaf leads by these steps. Raises: ValueError for a side or a hash that is none."""
    node = sha256(b"\x00" + bytes.fromhex(leaf)).digest()
    for side, neighbour in steps:
        other = bytes.fromhex(neighbour)
        if side not in ("left", "right") or len(other) != len(node):
            raise ValueError("no step of a path")
        node = sha256(b"\x01" + (other + node if side == "left" else node + other)).digest()
    return node.hex()
