"""Children that live and end with their parent. Each test runs the parent as a program of its own: signals are not for pytest."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from gongjian.config.family import Child, Family

PARENT = """
import sys
from gongjian.config.family import Child, Family
family = Family(grace={grace})
sys.exit(family.live([Child("child", [sys.executable, "-c", {program!r}, {note!r}], vital={vital})]))
"""
OBEDIENT = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + OBEDIENT
CAREFUL = (
    "import os, signal, sys, time\n"
    "def finish(*_):\n    time.sleep(0.3); open(sys.argv[1], 'a').write('finished\\n'); sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, finish)\n"
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
)
BRIEF = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')"


def a_parent(note: Path, program: str, *, vital: bool = False, grace: float = 20) -> "subprocess.Popen[bytes]":
    order = PARENT.format(grace=grace, program=program, note=str(note), vital=vital)
    return subprocess.Popen([sys.executable, "-c", order], stderr=subprocess.DEVNULL)


def lines(note: Path) -> list[str]:
    return note.read_text().splitlines() if note.exists() else []


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


def runs(pid: str) -> bool:
    return psutil.pid_exists(int(pid)) and psutil.Process(int(pid)).status() != psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_to_stop_ends_the_child_and_then_the_parent_without_a_complaint(tmp_path, number):
    parent = a_parent(tmp_path / "note", OBEDIENT)
    wait_for(lambda: lines(tmp_path / "note"))
    parent.send_signal(number)
    assert parent.wait(20) == 0
    assert not runs(lines(tmp_path / "note")[0])


def test_a_child_may_finish_what_it_is_doing(tmp_path):
    parent = a_parent(tmp_path / "note", CAREFUL)
    wait_for(lambda: lines(tmp_path / "note"))
    parent.terminate()
    assert parent.wait(20) == 0
    assert lines(tmp_path / "note")[1] == "finished"


def test_a_child_that_will_not_end_is_ended(tmp_path):
    parent = a_parent(tmp_path / "note", STUBBORN, grace=0.2)
    wait_for(lambda: lines(tmp_path / "note"))
    parent.terminate()
    assert parent.wait(20) == 0
    assert not runs(lines(tmp_path / "note")[0])


def test_the_end_of_a_vital_child_ends_all_with_a_complaint(tmp_path):
    parent = a_parent(tmp_path / "note", BRIEF, vital=True)
    assert parent.wait(20) == 1


def test_another_child_is_started_again(tmp_path):
    parent = a_parent(tmp_path / "note", BRIEF)
    wait_for(lambda: len(lines(tmp_path / "note")) >= 2)
    parent.terminate()
    assert parent.wait(20) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_the_child_of_a_killed_parent_ends_too(tmp_path):
    parent = a_parent(tmp_path / "note", OBEDIENT)
    wait_for(lambda: lines(tmp_path / "note"))
    parent.kill()
    parent.wait()
    wait_for(lambda: not runs(lines(tmp_path / "note")[0]))


@pytest.fixture
def the_family(monkeypatch):
    """A family inside this process, without its signals."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return Family(grace=5)


@pytest.mark.parametrize(("program", "code"), [("pass", 0), ("raise SystemExit(3)", 3)])
def test_a_preparation_gives_its_exit_code(the_family, program, code):
    assert the_family.run([sys.executable, "-c", program]) == code


def test_a_preparation_that_is_interrupted_counts_as_failed(the_family):
    the_family.stopping.set()
    assert the_family.run([sys.executable, "-c", "import time; time.sleep(600)"]) != 0


@pytest.mark.parametrize(
    ("stood", "pauses"),
    [(0.0, [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]), (61.0, [1.0, 1.0, 1.0])],
    ids=["falls at once", "stood for a while"],
)
def test_a_child_that_keeps_falling_is_given_longer_pauses(the_family, monkeypatch, stood, pauses):
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(the_family, "_start", lambda order: Fallen())
    child = Child("child", [], vital=False)
    the_family._revive(child)
    found = []
    for _ in pauses:
        clock[0] += stood
        the_family._tend(child)
        found.append(child.pause)
        clock[0] += child.pause
        the_family._tend(child)
    assert found == pauses


class Fallen:
    """A process that has ended as soon as it began."""

    returncode = 1

    def poll(self) -> int:
        return self.returncode
