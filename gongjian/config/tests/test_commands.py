"""The command line: what it lists, what it loads, and how it refuses."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import click
import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured

from gongjian.config import commands
from gongjian.config.mounts import MOUNTS, Mount, Mounted, exists, load
from gongjian.kernel.embedded.errors import NoUnprivilegedAccount
from gongjian.law.errors import NotAllowed

GONGJIAN = [sys.executable, "-m", "gongjian.config.commands"]
LOADED = "import json, sys; from gongjian.config.commands import main\ntry: main({words})\nexcept SystemExit: pass\n"
STABLE = ("serve", "work", "migrate", "demo", "check", "ledger", "draw", "law", "grade")


@pytest.mark.parametrize("name", STABLE)
def test_the_words_that_other_peoples_scripts_rely_on_are_in_the_table(name):
    assert name in MOUNTS


@pytest.mark.parametrize("name", [name for name, mount in MOUNTS.items() if exists(mount)])
def test_every_command_that_is_there_loads_and_explains_itself(name):
    answer = CliRunner().invoke(load(MOUNTS[name]), ["--help"])
    assert name == "manage" or answer.exit_code == 0
    assert MOUNTS[name].summary.endswith("。")


def test_the_list_of_commands_shows_those_that_are_there_with_a_line_each():
    answer = CliRunner().invoke(commands.gongjian, ["--help"])
    assert answer.exit_code == 0
    for name in ("serve", "migrate", "law"):
        assert MOUNTS[name].summary in answer.output


def test_a_command_whose_room_is_not_built_is_neither_listed_nor_run():
    group = Mounted({"later": Mount("gongjian.nowhere.command_line:later", "以后才有。")}, name="g", help="h")
    assert "later" not in CliRunner().invoke(group, ["--help"]).output
    assert CliRunner().invoke(group, ["later"]).exit_code == 2


def test_an_unknown_word_is_refused():
    assert CliRunner().invoke(commands.gongjian, ["appraise-me"]).exit_code == 2


def test_a_target_that_is_no_command_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="not a command"):
        load(Mount("gongjian.config.mounts:MOUNTS", "", needs_django=False))


@pytest.mark.parametrize("words", [["--help"], ["law", "due", "LA-DECIDE", "--from", "2026-02-10"]])
def test_listing_commands_and_counting_days_reads_no_settings_and_no_room_with_tables(words):
    program = LOADED.format(words=words) + "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert not {"gongjian.config.settings", "django.db.models", "gongjian.cases.models", "psycopg"} & set(loaded)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NoUnprivilegedAccount(names="甲、乙"), "useradd"),
        (ImproperlyConfigured("环境变量 X 的值不对。"), "环境变量 X 的值不对。"),
        (NotAllowed(), "没有办理这一步的权限"),
    ],
    ids=["database", "setting", "refusal"],
)
def test_what_goes_wrong_ends_with_a_sentence_and_not_with_a_traceback(monkeypatch, capsys, error, sentence):
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(commands, "gongjian", failing)
    with pytest.raises(SystemExit) as ended:
        commands.main([])
    assert ended.value.code == 1
    assert sentence in capsys.readouterr().err


def test_a_wrong_setting_is_named_on_the_command_line():
    environment = {**os.environ, "GONGJIAN_UPLOAD_MAX_MB": "fifty"}
    done = subprocess.run([*GONGJIAN, "manage", "check"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("环境变量 GONGJIAN_UPLOAD_MAX_MB")


def test_djangos_commands_are_reached_with_their_own_options():
    done = subprocess.run([*GONGJIAN, "manage", "diffsettings", "--all"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "ROOT_URLCONF" in done.stdout


def test_the_version_is_known():
    answer = CliRunner().invoke(commands.gongjian, ["--version"])
    assert answer.exit_code == 0
    assert answer.output.strip()


def test_the_installed_command_is_this_one():
    assert find_spec("gongjian.config.commands")
    with open("pyproject.toml", encoding="utf-8") as file:
        assert 'gongjian = "gongjian.config.commands:main"' in file.read()
