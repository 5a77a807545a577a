"""Two running installations, each with its process, its database, its home and its web server, and a line between them that breaks."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.db import connection, connections

from gongjian.exchange.tests.city import City
from gongjian.exchange.tests.committee import Committee
from gongjian.exchange.tests.entrusting import asking_office
from gongjian.exchange.tests.wire import Wire
from gongjian.recognition.tests.builders import a_bureau

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
ROOT = Path(__file__).parents[3]
SIZE = 1_300_000
SCOPE = "请到站前路口核实当日交通管制情况。"


class Elsewhere:
    """A process that is another installation, told what to do by lines; `port`: where its web server answers."""

    def __init__(self, environment: dict[str, str], module: str) -> None:
        order = [sys.executable, "-m", module]
        self.process = subprocess.Popen(
            order, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @cached_property
    def port(self) -> int:
        """It is there when it says so."""
        return int(self._answer())

    def does(self, act: str, **given: Any) -> Any:
        assert self.process.stdin
        self.process.stdin.write(json.dumps([act, given]) + "\n")
        self.process.stdin.flush()
        return json.loads(self._answer())

    def _answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


@contextmanager
def a_database(name: str) -> Iterator[str]:
    """Its address: a copy of this run's empty test database, on the same server."""
    told = connection.get_connection_params()
    connections.close_all()
    login = {key: told[key] for key in ("host", "port", "user", "password") if told.get(key)}
    template = told["dbname"]
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    who = ":".join(quote(str(login[key]), safe="") for key in ("user", "password") if key in login)
    where = urlencode({key: login[key] for key in ("host", "port") if key in login})
    try:
        yield f"postgres://{who}@/{name}?{where}"
    finally:
        with psycopg.connect(**login, dbname="postgres", autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def another_installation(
    home: Path, database: str, module: str = "gongjian.exchange.tests.city"
) -> Iterator[Elsewhere]:
    home.mkdir()
    told = {"GONGJIAN_HOME": str(home), "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "gongjian.config.settings"}
    there = Elsewhere({**os.environ, **told}, module)
    try:
        yield there
    finally:
        there.process.kill()
        there.process.communicate()


@pytest.fixture
def cities(tmp_path, request) -> Iterator[tuple[City, Elsewhere, Wire]]:
    """(the city that asks, the city that is asked, the line to the latter). They trust each other."""
    with connected(tmp_path, request, lambda: City(a_bureau()), "gongjian.exchange.tests.city") as found:
        yield found


@pytest.fixture
def committees(tmp_path, request) -> Iterator[tuple[City, Elsewhere, Wire]]:
    """The same of two committees: the one that entrusts, the one that is entrusted."""
    with connected(tmp_path, request, lambda: Committee(asking_office()), "gongjian.exchange.tests.committee") as found:
        yield found


@contextmanager
def connected(
    folder: Path, request: Any, make: Callable[[], City], module: str
) -> Iterator[tuple[City, Elsewhere, Wire]]:
    with ExitStack() as stack:
        database = stack.enter_context(a_database("gongjian_city_two"))
        there = stack.enter_context(another_installation(folder / "two", database, module))
        live_server = request.getfixturevalue("live_server")  # not before the database was copied
        here = make()
        wire = Wire(there.port)
        stack.callback(wire.close)
        here.does("know", address=f"http://127.0.0.1:{wire.port}", **there.does("key"))
        there.does("know", address=live_server.url.replace("localhost", "127.0.0.1"), **here.does("key"))
        yield here, there, wire


def test_l01_two_cities_exchange_a_question_and_its_answer_over_a_line_that_breaks_repeats_and_lies(cities):
    here, there, wire = cities

    tampered = here.does("ask", scope=SCOPE, size=1000)
    wire.swap = ("站前".encode(), "站后".encode())
    here.does("send")
    assert there.does("told", matter=tampered) == {}, "a changed letter leaves nothing behind"
    told = here.does("told", matter=tampered)
    assert (told["errors"], told["owed"]) == (["exchange.signature_wrong"], ["asked_not_delivered"])

    wire.swap = None
    matter = here.does("ask", scope=SCOPE, size=SIZE)
    wire.cut_after = 300_000
    here.does("send")
    assert there.does("told", matter=matter)["state"] == "arriving"
    assert here.does("told", matter=matter)["errors"] == ["exchange.no_answer"]
    wire.cut_after = None
    here.does("send")
    told = there.does("told", matter=matter)
    assert told["state"] == "received"
    assert told["files"] == here.does("told", matter=matter)["files"]

    letter = next(each for each in reversed(wire.requests) if each.startswith(b"POST"))
    body = letter.partition(b"\r\n\r\n")[2]
    again = Request(f"http://127.0.0.1:{there.port}/exchange/v1/letters", body, {"Content-Type": "application/json"})
    with urlopen(again, timeout=20) as answer:
        assert json.load(answer)["complete"] is True
    assert there.does("told", matter=matter) == told, "a duplicate changes nothing"

    there.does("send")
    there.does("accept", matter=matter)
    there.does("answer", matter=matter, text="路口当日封闭。", size=SIZE + 7)
    assert [there.does("send") for _ in range(3)] == [1, 1, 0]
    told = here.does("told", matter=matter)
    assert (told["state"], told["reply"], told["owed"]) == ("answered", "路口当日封闭。", ["take_asked_answer"])
    assert (len(told["files"]), told["theirs"]) == (2, 3)
    assert set(told["files"]) == set(there.does("told", matter=matter)["files"])


def test_another_committee_examines_and_its_answer_survives_a_cut_a_change_and_a_repetition(committees):
    here, there, wire = committees
    matter = here.does("entrust")
    wire.swap = ("被鉴定人".encode(), "被检查人".encode())
    here.does("send")
    assert there.does("told", matter=matter) == {}, "a changed letter leaves nothing behind"
    assert here.does("told", matter=matter)["owed"] == ["asked_not_delivered"]

    wire.swap = None
    here.does("send_again", matter=matter)
    here.does("send")
    assert there.does("told", matter=matter)["state"] == "received"
    there.does("send")
    assert there.does("take_on", matter=matter) == "accepted"
    there.does("send")
    assert here.does("told", matter=matter)["state"] == "accepted"
    assert here.does("case", matter=matter) == {"state": "entrusted", "grade": None}

    there.does("examine", matter=matter)
    there.does("send_opinion", matter=matter)
    there.does("send")
    there.does("send")
    assert there.does("case", matter=matter)["state"] == "answered"
    assert here.does("case", matter=matter) == {"state": "opined", "grade": 9}
    told = here.does("told", matter=matter)
    assert (told["state"], told["theirs"], told["owed"]) == ("answered", 3, [])

    there.does("repeat", matter=matter)
    there.does("send")
    assert here.does("told", matter=matter) == told, "a duplicate changes nothing"
