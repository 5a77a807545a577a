"""`gongjian check`: what it prints, in words and for programs, and how it ends."""

import json
from collections.abc import Callable, Iterable

import pytest
from click.testing import CliRunner, Result

from gongjian.cases.tests.builders import a_case
from gongjian.config import checks
from gongjian.config.checking import check
from gongjian.config.checks import CHECKS
from gongjian.kernel.checks import Problem

Question = Callable[[], Iterable[Problem]]


def sound() -> list[Problem]:
    return []


def broken() -> list[Problem]:
    return [Problem("b", "YXJD-2026-000001", "编号有缺。"), Problem("b", "YXJD-2026-000002", "文件不见了。")]


@pytest.fixture
def two_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(CHECKS):
        monkeypatch.delitem(checks.CHECKS, name)
    monkeypatch.setitem(checks.CHECKS, "a", sound)
    monkeypatch.setitem(checks.CHECKS, "b", broken)


def asked(*words: str) -> Result:
    return CliRunner().invoke(check, list(words))


@pytest.mark.usefixtures("two_checks")
def test_a_sound_house_ends_with_zero():
    done = asked("a")
    assert (done.exit_code, done.output) == (0, "a：没有发现问题\n")


@pytest.mark.usefixtures("two_checks")
def test_what_is_found_is_told_line_by_line_and_ends_with_one():
    done = asked()
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "a：没有发现问题",
        "b：发现2处问题",
        "  YXJD-2026-000001：编号有缺。",
        "  YXJD-2026-000002：文件不见了。",
    ]


@pytest.mark.usefixtures("two_checks")
def test_a_harmless_trace_is_told_and_raises_no_alarm(monkeypatch: pytest.MonkeyPatch):
    trace = Problem("a", "0f3a", "存储里有文件，但没有登记。", is_harmless=True)
    monkeypatch.setitem(checks.CHECKS, "a", lambda: [trace])
    done = asked("a")
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["a：没有发现问题", "  0f3a：存储里有文件，但没有登记。（无害）"],
    )
    assert asked().exit_code == 1


@pytest.mark.usefixtures("two_checks")
def test_programs_read_json():
    done = asked("--json")
    assert done.exit_code == 1
    assert json.loads(done.output) == {
        "a": [],
        "b": [
            {"about": "YXJD-2026-000001", "sentence": "编号有缺。", "is_harmless": False},
            {"about": "YXJD-2026-000002", "sentence": "文件不见了。", "is_harmless": False},
        ],
    }


@pytest.mark.usefixtures("two_checks")
def test_checks_run_in_the_order_in_which_they_are_named():
    assert [line[0] for line in asked("b", "a").output.splitlines() if not line.startswith(" ")] == ["b", "a"]


@pytest.mark.usefixtures("two_checks")
def test_a_name_that_is_no_check_is_refused_before_anything_is_asked():
    done = asked("a", "nothing")
    assert done.exit_code == 2
    assert "没有检查项 nothing" in done.output
    assert "没有发现问题" not in done.output


@pytest.mark.django_db
@pytest.mark.usefixtures("home")  # others leave files whose rows were rolled back
def test_every_check_of_the_house_runs_on_a_sound_house():
    a_case()
    done = asked("--json")
    assert {name: found for name, found in json.loads(done.output).items() if found} == {}
    assert (done.exit_code, set(json.loads(done.output))) == (0, set(CHECKS))


@pytest.mark.parametrize("name", ["ledger", "evidence", "limbo", "case_numbers", "paper_numbers", "outbox"])
def test_the_questions_that_operators_rely_on_are_asked(name):
    assert name in CHECKS
