"""What can be said of serving, settings, commands and the cast without starting anything."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured

from gongjian.accounts.roles import Role
from gongjian.config.bench.measure import quantile
from gongjian.config.demo.cast import DOCTORS, HOSPITALS, INJURIES, PLACES, STAFF, worker
from gongjian.config.demo.papers import PAGES, TITLES, page_of
from gongjian.config.environment import Environment, database, secret
from gongjian.config.mounts import MOUNTS, Mount, exists, load
from gongjian.config.serving import GRACE, serve, web_server
from gongjian.experts.specialties import SPECIALTIES
from gongjian.grading.parts import recognised_part
from gongjian.law.command_line import law
from gongjian.law.identity import check_id_number
from gongjian.law.limits import all_limits


@pytest.mark.parametrize("given", ["x", "1,5", "--1", "0x10", "１二"])
def test_what_is_no_number_stops_the_program_and_names_the_variable(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_SOMETHING", given)
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_SOMETHING"):
        Environment().int("GONGJIAN_SOMETHING", default=1)


@pytest.mark.parametrize(
    ("reader", "given", "read"),
    [("int", "7", 7), ("int", "-7", -7), ("float", "0.25", 0.25), ("str", "a b", "a b"), ("list", "a,b", ["a", "b"])],
)
def test_a_value_is_read_as_its_kind(monkeypatch, reader, given, read):
    monkeypatch.setenv("GONGJIAN_SOMETHING", given)
    assert getattr(Environment(), reader)("GONGJIAN_SOMETHING") == read


@pytest.mark.parametrize("length", [32, 33, 64])
def test_a_secret_of_that_length_is_long_enough(monkeypatch, length):
    monkeypatch.setenv("GONGJIAN_FIELD_KEY", "k" * length)
    assert len(secret("GONGJIAN_FIELD_KEY")) == length


@pytest.mark.parametrize("url", ["postgres://a@h:5432/n", "postgresql://a:b@h/n"])
def test_both_ways_of_writing_postgresql_are_understood(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    assert (database(Environment())["HOST"], database(Environment())["NAME"]) == ("h", "n")


def test_no_request_is_one_transaction_and_connections_are_looked_at_before_use(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a@h/n")
    settings = database(Environment())
    assert (settings["ATOMIC_REQUESTS"], settings["CONN_HEALTH_CHECKS"]) == (False, True)


@pytest.mark.parametrize(("host", "port", "workers"), [("127.0.0.1", 8000, 1), ("::1", 65535, 8)])
def test_the_web_server_is_told_host_port_and_processes(host, port, workers):
    order = web_server(host, port, workers)
    assert {f"--host={host}", f"--port={port}", f"--workers={workers}"} <= set(order)


def test_the_web_server_ends_its_own_before_it_is_ended_itself():
    [timeout] = [int(word.split("=")[1]) for word in web_server("h", 1, 1) if word.startswith("--workers-kill-timeout")]
    assert 0 < timeout < GRACE


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--workers", "0"], ["--no"]])
def test_serving_refuses_what_cannot_be_before_anything_is_started(words):
    assert CliRunner().invoke(serve, words).exit_code == 2


@pytest.mark.parametrize("name", [name for name, mount in MOUNTS.items() if exists(mount)])
def test_every_command_that_is_there_loads_and_is_told_in_one_line(name):
    assert load(MOUNTS[name]).name == name
    assert MOUNTS[name].summary.endswith("。")


@pytest.mark.parametrize("target", ["gongjian.nowhere:x", "gongjian.config.nowhere:x", "nowhere.at.all:x"])
def test_a_room_that_is_not_there_does_not_exist(target):
    assert not exists(Mount(target, ""))


@pytest.mark.parametrize("limit", all_limits())
def test_every_limit_is_listed_on_the_command_line(limit):
    assert limit in CliRunner().invoke(law, ["limits"]).output


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["LA-DECIDE", "--from", "2026-02-10"], date(2026, 4, 11)),
        (["LA-DECIDE", "--from", "2026-02-10", "--pause", "2026-03-01:2026-03-10"], date(2026, 4, 21)),
        (["LA-REVIEW", "--from", "2026-03-09"], date(2026, 3, 16)),
        (["LA-REVIEW", "--from", "2026-02-12"], date(2026, 2, 26)),
    ],
)
def test_a_due_day_is_counted_on_the_command_line(words, due):
    answer = CliRunner().invoke(law, ["due", *words, "--json"])
    assert json.loads(answer.output)["due"] == due.isoformat()


@pytest.mark.parametrize(
    "words",
    [
        ["LA-NOTHING", "--from", "2026-02-10"],
        ["LA-DECIDE"],
        ["LA-DECIDE", "--from", "2026-02-30"],
        ["LA-DECIDE", "--from", "2026-02-10", "--pause", "x"],
    ],
)
def test_what_cannot_be_counted_is_told_in_one_line_with_exit_two(words):
    answer = CliRunner().invoke(law, ["due", *words])
    assert (answer.exit_code, answer.output.strip().count("\n")) == (2, 0)


@pytest.mark.parametrize("serial", range(1, 61, 7))
def test_a_worker_is_always_the_same_person_with_a_well_formed_number_of_nobody(serial):
    who = worker(serial)
    assert who == worker(serial)
    assert check_id_number(who.id_number).text == who.id_number
    assert (who.id_number[:6], who.telephone[:7], len(who.telephone)) == ("990101", "1990000", 11)


@pytest.mark.parametrize("injury", INJURIES)
def test_every_injury_of_the_story_names_parts_of_the_code_set(injury):
    assert [recognised_part(*part.split(":")).label for part in injury[0]]


def test_the_cast_holds_every_role_in_offices_that_exist_and_nobody_twice():
    assert {role for _, _, role, _ in STAFF} == set(Role)
    assert {office for *_, office in STAFF} <= {place.code for place in PLACES}
    posts = [(username, role, office) for username, _, role, office in STAFF]
    assert len(posts) == len(set(posts))
    people = {(username, name) for username, name, *_ in STAFF} | {(each.username, each.name) for each in DOCTORS}
    names = [username for username, _ in people]
    assert len(names) == len(set(names)), "one name for one account, of a clerk with several posts too"


@pytest.mark.parametrize("doctor", DOCTORS, ids=lambda each: each.username)
def test_every_expert_of_the_story_has_a_hospital_and_specialties_of_the_table(doctor):
    assert HOSPITALS[doctor.hospital]
    assert set(doctor.specialties) <= set(SPECIALTIES)


@pytest.mark.parametrize("place", [place for place in PLACES if place.parent], ids=lambda each: each.code)
def test_every_office_stands_after_the_one_it_belongs_to(place):
    codes = [each.code for each in PLACES]
    assert codes.index(place.parent) < codes.index(place.code)
    assert place.region.startswith("99")


def test_the_papers_of_the_story_are_pictures_that_are_always_the_same():
    first, second = (page_of("diagnosis", "林知远", 1).read() for _ in range(2))
    assert first == second
    assert first.startswith(b"\xff\xd8")
    assert set(PAGES) <= set(TITLES)


@pytest.mark.parametrize(("share", "found"), [(0.0, 7.0), (0.5, 7.0), (0.95, 7.0), (1.0, 7.0)])
def test_one_time_alone_is_every_quantile(share, found):
    assert quantile([7.0], share) == found
