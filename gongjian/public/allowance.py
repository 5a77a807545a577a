"""How often one address may ask for what costs us something. Asking for a paper that exists costs nobody anything and is not counted.

The counts live in each web process; a window of people behind one address stays far below them.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Allowance:
    """At most `most` within `seconds`, counted from the first."""

    name: str
    most: int
    seconds: int

    def spend(self, request: HttpRequest) -> bool:
        """Count one; False when the address has used up what it may."""
        key = self._key(request)
        cache.add(key, 0, self.seconds)
        try:
            return bool(cache.incr(key) <= self.most)
        except ValueError:  # it ran out between the two lines
            return True

    def is_spent(self, request: HttpRequest) -> bool:
        """Whether the address may ask no more for now."""
        return bool(cache.get(self._key(request), 0) >= self.most)

    def _key(self, request: HttpRequest) -> str:
        return f"allowance:{self.name}:{sha256(request.META.get('REMOTE_ADDR', '').encode()).hexdigest()[:32]}"


UNKNOWN_CODES = Allowance("unknown-codes", most=100, seconds=600)
FILES = Allowance("files", most=60, seconds=600)
