"""`/health/`: whether this installation can do its work, for whoever watches it. It answers in three words and tells no particulars."""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView

from gongjian.kernel import moment
from gongjian.kernel.evidence.storage import incoming, the_storage

SILENT = timedelta(seconds=60)
"""A worker tells that it lives every ten seconds."""
PROBE = b"gongjian"


@dataclass
class Part(HealthCheck):  # type: ignore[misc]
    """One part of the house. Its look runs in the thread and on the connection of the request."""

    timeout: timedelta = field(default=timedelta(seconds=5), repr=False)
    name = ""

    async def run(self) -> None:
        await sync_to_async(self.look)()

    def look(self) -> None:
        """Raises: ServiceUnavailable, or anything at all, when the part does not do its work."""
        raise NotImplementedError


@dataclass
class Database(Part):
    """Whether the database answers."""

    name = "database"

    def look(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


@dataclass
class EvidenceStore(Part):
    """Whether files can be received and the store can be asked."""

    name = "evidence"

    def look(self) -> None:
        with tempfile.TemporaryFile(dir=incoming()) as file:
            file.write(PROBE)
            file.flush()
            file.seek(0)
            if file.read() != PROBE:
                raise ServiceUnavailable("the disk gives back something else")
        the_storage().exists("00/00/health")


@dataclass
class Worker(Part):
    """Whether a background worker has told lately that it lives."""

    name = "worker"

    def look(self) -> None:
        heard = last_heartbeat()
        if heard is None or moment.now() - heard > SILENT:
            raise ServiceUnavailable("no worker has been heard of lately")


def last_heartbeat() -> datetime | None:
    """When a worker was heard of last; None when none ever was. Raises: DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        row = cursor.fetchone()
    heard: datetime | None = row[0] if row else None
    return heard


class Health(HealthCheckView):  # type: ignore[misc]
    """200 when all is well, else 503; as JSON: each part with "ok" or "failed", never why: that stands in the log."""

    checks = (Database, EvidenceStore, Worker)

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        results = [await check.get_result() for check in self.get_checks()]
        parts = {result.check.name: "failed" if result.error else "ok" for result in results}
        whole = "ok" if set(parts.values()) == {"ok"} else "degraded"
        return JsonResponse({"status": whole, **parts}, status=200 if whole == "ok" else 503)
