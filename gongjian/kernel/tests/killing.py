"""Dying in the middle of an upload: a child process that is killed at the n-th line of the store it runs, and what must hold afterwards."""

import io
import os
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connections

from gongjian.kernel import evidence as store_package
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.checks import evidence as check_evidence
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence

STORE = str(Path(str(store_package.__file__)).parent)
NEVER = 10**9


def lines_of_an_upload(content: bytes) -> int:
    """How many lines of the store one upload runs through."""
    ran = [0]
    traced(lambda: store(io.BytesIO(content), name="x", by=None), lambda: ran.__setitem__(0, ran[0] + 1))
    return ran[0]


def upload_killed_at(content: bytes, line: int) -> str:
    """Upload in a child that gets SIGKILL at that line; the receipt it had given by then, "" for none."""
    connections.close_all()
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as receipts:
            receipt = receipts.read()
        os.waitpid(child, 0)
        return receipt
    try:
        left = [line]
        row = traced(lambda: store(io.BytesIO(content), name="x", by=None), lambda: die_at_zero(left))
        os.write(writing, row.sha256.encode())
    finally:
        os._exit(0)


def die_at_zero(left: list[int]) -> None:
    left[0] -= 1
    if left[0] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


def traced(act: Callable[[], Any], at_each_line: Callable[[], None]) -> Any:
    """Run `act` and call back at each line of the store's own files."""

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(STORE):
            return None
        if event == "line":
            at_each_line()
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return act()
    finally:
        sys.settrace(before)


def assert_nothing_acknowledged_is_missing(content: bytes, receipt: str) -> None:
    """A receipt means a readable file; no receipt means none, or one that is readable; and a second try succeeds."""
    name = sha256(content).hexdigest()
    rows = list(Evidence.objects.filter(sha256=name))
    assert receipt in {"", name}
    assert rows or not receipt
    for row in rows:
        with open_evidence(row) as file:
            assert file.read() == content
    again = store(io.BytesIO(content), name="x", by=None)
    with open_evidence(again) as file:
        assert file.read() == content


def assert_the_store_is_sound() -> None:
    """After whatever happened: every row has its file."""
    assert not list(check_evidence())
