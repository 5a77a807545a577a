"""Telling a running server from a ghost: what `kill -9` and a reused process number leave behind."""

import os
import subprocess

import psutil
import pytest

from gongjian.kernel.embedded.cluster import make_cluster, programs_for
from gongjian.kernel.embedded.layout import Layout, layout
from gongjian.kernel.embedded.postmaster import LOG_LIMIT, NOBODY, _lay_ghost, last_lines, running
from gongjian.kernel.embedded.server import leave
from gongjian.kernel.embedded.tests.builders import a_home, a_server, ask, the_server

GHOST = "{pid}\n/somewhere\n1700000000\n5432\n/somewhere\n\n  1234567  0\nready   \n"


@pytest.fixture
def places():
    with a_home() as home:
        made = layout(home)
        make_cluster(made, programs_for(made))
        yield made


@pytest.fixture
def zombie():
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has taken note
    assert psutil.Process(child.pid).status() == psutil.STATUS_ZOMBIE
    yield child.pid
    child.wait()


def note(places: Layout, pid: int) -> None:
    (places.data / "postmaster.pid").write_text(GHOST.format(pid=pid))


def test_a_home_without_a_server_has_none_running(places):
    assert running(places) is None


@pytest.mark.parametrize("text", ["", "\n", "not a number\n"], ids=["empty", "blank", "garbled"])
def test_a_pid_file_that_says_nothing_names_no_server(places, text):
    (places.data / "postmaster.pid").write_text(text)
    assert running(places) is None


def test_a_number_that_nobody_has_is_no_server(places):
    note(places, NOBODY)
    assert running(places) is None


def test_a_stranger_with_the_servers_number_is_no_server(places):
    note(places, os.getpid())
    assert running(places) is None


def test_a_zombie_is_no_server(places, zombie):
    note(places, zombie)
    assert running(places) is None


def test_the_server_starts_although_its_old_number_belongs_to_a_zombie(places, zombie):
    note(places, zombie)
    assert ask(a_server(places.home), "SELECT 1") == "1"
    assert the_server(places.home).pid != zombie


def test_the_server_starts_although_its_old_number_belongs_to_a_stranger(places):
    note(places, os.getppid())
    (places.folder / ".s.PGSQL.5432.lock").write_text(GHOST.format(pid=os.getppid()))
    assert ask(a_server(places.home), "SELECT 1") == "1"


def test_laying_a_ghost_keeps_what_tells_of_the_old_memory(places):
    note(places, os.getpid())
    _lay_ghost(places)
    text = (places.data / "postmaster.pid").read_text()
    assert text == GHOST.format(pid=NOBODY)


def test_the_end_of_the_log_is_what_the_operator_sees(places):
    places.log.write_text("".join(f"line {number}\n" for number in range(20)))
    assert last_lines(places, 2) == "line 18\nline 19"


def test_without_a_log_there_is_nothing_to_show(places):
    assert last_lines(places) == ""


def test_a_log_that_has_grown_long_is_put_aside_at_the_next_start(places):
    places.log.write_bytes(b"x" * (LOG_LIMIT + 1))
    places.owner.take(places.log)
    a_server(places.home)
    leave(places.home, wait=True)
    assert places.log.with_name("log.old").stat().st_size > LOG_LIMIT
    assert places.log.stat().st_size < LOG_LIMIT
