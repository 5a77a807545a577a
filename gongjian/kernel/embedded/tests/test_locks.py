"""Locks that outlive nobody."""

import subprocess
import sys
from pathlib import Path

from gongjian.kernel.embedded.locks import ALONE, SHARED, Lock, held, is_held, is_shared

HOLDER = """
import sys
from pathlib import Path
from gongjian.kernel.embedded.locks import ALONE, Lock
lock = Lock(Path(sys.argv[1]), ALONE).wait()
print("held", flush=True)
sys.stdin.read()
"""


def a_holder(path: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_lock_held_alone_keeps_everybody_else_out(tmp_path):
    with held(tmp_path / "lock"):
        assert is_held(tmp_path / "lock")
        assert not Lock(tmp_path / "lock", SHARED).take()
    assert not is_held(tmp_path / "lock")


def test_a_shared_lock_is_shared_but_not_had_alone(tmp_path):
    lock = Lock(tmp_path / "lock", SHARED).wait()
    assert Lock(tmp_path / "lock", SHARED).take()
    assert not Lock(tmp_path / "lock", ALONE).take()
    assert is_shared(tmp_path / "lock")
    assert not is_held(tmp_path / "lock")
    lock.release()


def test_looking_at_a_lock_does_not_take_it(tmp_path):
    assert not is_held(tmp_path / "lock")
    assert not is_shared(tmp_path / "lock")
    assert Lock(tmp_path / "lock", ALONE).take()


def test_a_lock_is_free_when_its_holder_is_killed(tmp_path):
    holder = a_holder(tmp_path / "lock")
    assert is_held(tmp_path / "lock")
    holder.kill()
    holder.communicate()
    assert not is_held(tmp_path / "lock")


def test_who_may_wait_a_little_gets_a_lock_that_is_let_go_meanwhile(tmp_path):
    holder = a_holder(tmp_path / "lock")
    waiting = Lock(tmp_path / "lock", ALONE)
    assert not waiting.take(within=0.05)
    holder.communicate("")
    assert waiting.take(within=5)


def test_a_program_started_meanwhile_does_not_inherit_the_lock(tmp_path):
    lock = Lock(tmp_path / "lock", ALONE).wait()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock.release()
    assert not is_held(tmp_path / "lock")
    child.communicate(b"\n")
