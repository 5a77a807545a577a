"""Where the installation keeps its own, and how a secret gets into a file."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongjian.kernel.home import home, kept, made, write_private


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_operator_names_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("GONGJIAN_HOME", str(tmp_path / "here"))
    assert home() == tmp_path / "here"


@pytest.mark.parametrize(
    ("uid", "data_home", "expected"),
    [(0, "", "/var/lib/gongjian"), (1000, "", "~/.local/share/gongjian"), (1000, "/srv/data", "/srv/data/gongjian")],
    ids=["root", "a user", "a user with a data folder"],
)
def test_unnamed_it_is_the_usual_folder_of_who_runs_it(monkeypatch, uid, data_home, expected):
    monkeypatch.delenv("GONGJIAN_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", data_home)
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert home() == Path(expected).expanduser()


@pytest.mark.parametrize(("uid", "mode"), [(0, 0o711), (1000, 0o700)], ids=["root", "a user"])
def test_a_new_home_shows_nobody_what_is_in_it(monkeypatch, tmp_path, uid, mode):
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert rights(made(tmp_path / "new")) == mode


def test_an_existing_home_keeps_its_rights(tmp_path):
    tmp_path.chmod(0o750)
    made(tmp_path)
    assert rights(tmp_path) == 0o750


def test_a_secret_is_kept_once_and_then_given_again(tmp_path):
    assert kept(tmp_path / "key", "first") == "first"
    assert kept(tmp_path / "key", "second") == "first"


def test_many_who_make_a_secret_at_once_agree_on_one(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda number: kept(tmp_path / "key", f"secret {number}"), range(40)))
    assert found == {(tmp_path / "key").read_text()}


def test_a_draft_left_by_a_killed_process_does_no_harm(tmp_path):
    (tmp_path / ".key.0123abcd").write_text("half a sec")
    assert kept(tmp_path / "key", "whole") == "whole"
    assert kept(tmp_path / "key", "another") == "whole"


def test_a_private_file_is_for_its_owner_alone_even_where_it_replaces_an_open_one(tmp_path):
    (tmp_path / "key").write_text("old")
    (tmp_path / "key").chmod(0o644)
    write_private(tmp_path / "key", "new")
    assert rights(tmp_path / "key") == 0o600
    assert (tmp_path / "key").read_text() == "new"
