"""What every journey stands on: the platform on a port of this machine, a city, a clock, and people with browsers."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser

from tests.journeys.city import City, founded
from tests.journeys.people import Clock, Invite, invitations


@pytest.fixture
def city(transactional_db: None, home: Path) -> Iterator[City]:
    """The city, before any case."""
    with founded() as city:
        yield city


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The time of the story, in this process and so in the threads of the live server."""
    with ExitStack() as stack:
        yield Clock(stack)


class Traffic:
    """Requests on their way: a closed browser does not wait for its last picture, but the database must."""

    def __init__(self) -> None:
        self._still, self._underway = Condition(), 0

    def begun(self, **_: Any) -> None:
        with self._still:
            self._underway += 1

    def done(self, **_: Any) -> None:
        with self._still:
            self._underway -= 1
            self._still.notify_all()

    def wait(self) -> None:
        """Until nothing is underway."""
        with self._still:
            assert self._still.wait_for(lambda: self._underway <= 0, timeout=20)


@pytest.fixture
def traffic(city: City) -> Iterator[Traffic]:
    """Counts the requests; lets the city go only when the last one is answered."""
    found = Traffic()
    request_started.connect(found.begun)
    request_finished.connect(found.done)
    yield found
    found.wait()
    request_started.disconnect(found.begun)
    request_finished.disconnect(found.done)


@pytest.fixture
def invite(browser: Browser, live_server, traffic: Traffic) -> Iterator[Invite]:
    """Lets people in, each with a browser of their own."""
    yield from invitations(browser, live_server.url)
