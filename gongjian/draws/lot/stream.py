"""Every random number of a draw: a stream of bytes from the seed, and uniform choices from it."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from typing import TypeVar

Item = TypeVar("Item")


class Stream:
    """HMAC-SHA256 in counter mode: block n is HMAC(seed, label + ":" + n in 8 bytes), read from its first byte on."""

    def __init__(self, seed: bytes, label: str) -> None:
        self._seed = seed
        self._label = label.encode() + b":"
        self._blocks = 0
        self._rest = b""

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        while len(self._rest) < size:
            counter = self._blocks.to_bytes(8)
            self._rest += hmac.digest(self._seed, self._label + counter, sha256)
            self._blocks += 1
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def below(self, bound: int) -> int:
        """A whole number from 0 to bound - 1, each equally likely: bits are drawn anew until they fall below the bound.

        A remainder (modulo) would favour small numbers and is never taken.
        """
        bits = (bound - 1).bit_length()
        size = (bits + 7) // 8
        while True:
            number = int.from_bytes(self.take(size)) >> (8 * size - bits)
            if number < bound:
                return number

    def choose(self, items: Sequence[Item]) -> Item:
        """One of the items, each equally likely."""
        return items[self.below(len(items))]

    def choose_weighted(self, items: Sequence[Item], lots: Sequence[int]) -> Item:
        """One of the items, as likely as its share of all lots; lots are whole numbers, laid out in the order of the items."""
        drawn = self.below(sum(lots))
        return next(item for item, until in zip(items, accumulate(lots), strict=True) if drawn < until)

    def shuffle(self, items: Sequence[Item]) -> list[Item]:
        """The items in an order drawn uniformly (Fisher and Yates, from the last place down)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order
