"""Logs: one JSON object per line, from which nobody can be recognised."""

import json
import logging
import sys
from typing import Any

import pytest
import structlog

from gongjian.kernel.logs import cleaned, formatter, without_personal_data


def logged(message: str, *, level: int = logging.INFO, failed: bool = False, **extra: Any) -> dict[str, Any]:
    """What one line of the standard library's logging becomes."""
    trouble = sys.exc_info() if failed else None
    record = logging.LogRecord("gongjian.test", level, __file__, 1, message, (), trouble)
    record.__dict__.update(extra)
    line = formatter().format(record)
    assert "\n" not in line
    told: dict[str, Any] = json.loads(line)
    return told


def test_a_line_says_what_when_where_and_how_bad():
    told = logged("evidence.not_stored", level=logging.ERROR)
    assert (told["event"], told["logger"], told["level"]) == ("evidence.not_stored", "gongjian.test", "error")
    assert told["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("identity 99010119800101001X checked", "identity ‹identity› checked"),
        ("called 19900000001 twice", "called ‹telephone› twice"),
        ("called 199 0000 0001", "called ‹telephone›"),
        ("called +86 199-0000-0001", "called ‹telephone›"),
        ("wrote to lin.zhi@gongjian.example", "wrote to ‹email›"),
        ("GET /find/?name=lin&number=1 answered", "GET /find/?‹query› answered"),
        ("GET /reception/mine/m8o9dbDq55F7bD49wr-Yp-GX/feedback", "GET /reception/mine/‹key›/feedback"),
        (
            "Not Found: /reception/YX-2026-0001/hall/0f1e2d3c4b5a69788796a5b4/",
            "Not Found: /reception/YX-2026-0001/hall/‹key›/",
        ),
        ("GET /reception/YX-2026-0001/room/12/0f1e2d3c4b5a69788796a5b4/", "GET /reception/YX-2026-0001/room/12/‹key›/"),
        ("GET /deaths/mine/new/", "GET /deaths/mine/new/"),
        ("worker 林知远 applied", "worker ‹chinese› applied"),
        ("诊断：右手食指缺失。", "‹chinese›"),
        ("case YX-2026-000123 accepted", "case YX-2026-000123 accepted"),
        ("took 19900000001234 ns", "took 19900000001234 ns"),
        ("really? yes", "really? yes"),
    ],
)
def test_what_looks_like_a_person_is_taken_out_of_the_words(said: str, kept: str):
    assert cleaned(said) == kept


@pytest.mark.parametrize(
    "key",
    ["name", "user_name", "telephone", "id_number", "identity", "address", "to", "body", "title", "diagnosis",
     "finding", "password", "csrf_token", "session_key", "otp", "email", "born", "query", "recipient"],
)  # fmt: skip
def test_the_value_of_a_personal_key_is_dropped_whatever_it_is(key: str):
    assert without_personal_data(None, "info", {key: "plain ascii"}) == {key: "‹dropped›"}


def test_harmless_keys_and_numbers_stay():
    harmless = {
        "event": "sweep.done",
        "sweep": "kernel.deliver_due",
        "count": 3,
        "seconds": 0.5,
        "ok": True,
        "of": None,
    }
    assert without_personal_data(None, "info", dict(harmless)) == harmless


def test_a_telephone_number_kept_as_a_number_is_taken_out_too():
    assert cleaned(19900000001) == "‹telephone›"
    assert cleaned(7) == 7


def test_nested_values_are_cleaned():
    told = cleaned({"case": [{"name": "x", "step": "收到"}, ("19900000001",)], "ids": {1}})
    assert told == {"case": [{"name": "‹dropped›", "step": "‹chinese›"}, ["‹telephone›"]], "ids": [1]}


def test_what_the_database_tells_about_a_broken_constraint_is_taken_out():
    said = "DETAIL:  Key (username)=(lin-zhi) already exists.\nDETAIL:  Failing row contains (1, lin-zhi, null)."
    assert "lin-zhi" not in cleaned(said)


def test_an_exception_is_told_without_the_words_in_it():
    try:
        raise ValueError("林知远 has 19900000001")
    except ValueError:
        told = logged("failed", failed=True)
    assert "ValueError: ‹chinese› has ‹telephone›" in told["exception"]
    assert "test_logs.py" in told["exception"]


def test_our_own_loggers_pass_through_the_same_door(capsys: pytest.CaptureFixture[str]):
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter())
    logger = logging.getLogger("gongjian.test.door")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    structlog.get_logger("gongjian.test.door").info("case.accepted", name="林知远", number="YX-1")
    logger.removeHandler(handler)
    told = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (told["event"], told["name"], told["number"]) == ("case.accepted", "‹dropped›", "YX-1")
