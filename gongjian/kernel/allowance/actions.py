"""Counting in the database, so that it holds for however many processes answer; in one statement, so that it holds at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest

from gongjian.kernel import moment
from gongjian.kernel.allowance.models import Spent
from gongjian.kernel.fields import blind_index

COUNT = """
INSERT INTO kernel_spent AS s (key, count, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN s.until <= %(now)s THEN 1 ELSE s.count + 1 END,
    until = CASE WHEN s.until <= %(now)s THEN %(until)s ELSE s.until END
RETURNING count
"""


@dataclass(frozen=True)
class Allowance:
    """At most `most` within `seconds`, counted from the first; then the counting begins anew."""

    name: str
    most: int
    seconds: int

    def spend(self, request: HttpRequest) -> bool:
        """Count one; False when the address has used up what it may."""
        return self.spend_on(_address(request))

    def spend_on(self, subject: str) -> bool:
        """Count one against whatever is tried, where one address serves many people; False when it has been tried too often."""
        now = moment.now()
        told: dict[str, Any] = {"key": self._key(subject), "now": now, "until": now + timedelta(seconds=self.seconds)}
        with connection.cursor() as cursor:
            cursor.execute(COUNT, told)
            return bool(cursor.fetchone()[0] <= self.most)

    def is_spent(self, request: HttpRequest) -> bool:
        """Whether the address may ask no more for now."""
        row = Spent.objects.filter(key=self._key(_address(request)), until__gt=moment.now()).first()
        return row is not None and row.count >= self.most

    def _key(self, subject: str) -> str:
        return f"{self.name}:{blind_index(subject, 'address')}"


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR") or "unknown")


def sweep_spent() -> int:
    """Forget what is over; how many rows."""
    return Spent.objects.filter(until__lte=moment.now()).delete()[0]
