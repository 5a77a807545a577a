"""The city in which the journeys happen: the offices, staff, experts and venue of the demo, before any case."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.test import override_settings

from gongjian.accounts.models import User
from gongjian.config.demo import walk
from gongjian.config.demo.cast import Worker, engage_staff, found_offices, worker
from gongjian.config.demo.papers import PAGES, page_of
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Expert
from gongjian.experts.queries import answers_for
from gongjian.kernel import moment
from gongjian.sittings.models import Sitting, Venue

P = ParamSpec("P")
Answer = TypeVar("Answer")
FOUNDED = date(2026, 1, 5)
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "SMS_GATEWAY": "gongjian.kernel.outbox.gateways.DemoGateway",
}
"""Passwords that cost nothing to check, and text messages that go nowhere."""


@dataclass
class City:
    """The venue, and workers nobody has seen yet."""

    venue: Venue
    met: int = 0

    def a_worker(self) -> Worker:
        """The next worker of the cast."""
        self.met += 1
        return worker(self.met)


@contextmanager
def founded() -> Iterator[City]:
    """A city, written into the test's database, for as long as the block lasts."""
    with override_settings(**QUICK):
        with moment.fixed(moment.at(FOUNDED)):
            found_offices()
            engage_staff()
            venue = walk.found_venue()
        walk.fill_pool(at=moment.at(FOUNDED, 10))
        yield City(venue)


def photos(kind: str, who: Worker) -> list[dict[str, Any]]:
    """Photographs of every page of a paper, as a browser is handed them."""
    return [photo(kind, who, number) for number in range(1, PAGES[kind] + 1)]


def photo(kind: str, who: Worker, number: int = 1) -> dict[str, Any]:
    """One photograph."""
    made: BytesIO = page_of(kind, who.name, number)
    suffix = "png" if made.getvalue().startswith(b"\x89PNG") else "jpg"
    mime = "image/png" if suffix == "png" else "image/jpeg"
    return {"name": f"{kind}-{number}.{suffix}", "mimeType": mime, "buffer": made.getvalue()}


def doctor(username: str) -> User:
    """The account of one expert."""
    return User.objects.get(username=username)


def everybody_comes(sitting: Sitting) -> None:
    """Each expert who has not answered yet says that they come."""
    answered = answers_for(sitting.pk)
    for expert in Expert.objects.select_related("user"):
        if expert.pk not in answered and expert.user:
            answer(expert, sitting, True, by=expert.user)


def behind(act: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """Do what needs no page, in a thread of its own: the browser's event loop runs in this one, and signing a paper needs another."""

    def done() -> Answer:
        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(done).result()
