"""The account of the server, and the folders that it must reach and must not be given."""

import os
import pwd
import stat
import tempfile
from pathlib import Path

import pytest

from gongjian.kernel.embedded import owner as owner_module
from gongjian.kernel.embedded.errors import FolderClosed, FolderForeign, NoUnprivilegedAccount
from gongjian.kernel.embedded.layout import layout
from gongjian.kernel.embedded.owner import Owner, owner_of
from gongjian.kernel.embedded.tests.builders import a_home

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
ROOT = pwd.struct_passwd(("root", "x", 0, 0, "", "/root", "/bin/sh"))
NOBODY = pwd.struct_passwd(("nobody", "x", 65534, 65534, "", "/", "/bin/false"))
POSTGRES = pwd.struct_passwd(("postgres", "x", 101, 104, "", "/", "/bin/false"))
GONGJIAN = pwd.struct_passwd(("gongjian", "x", 900, 900, "", "/", "/bin/false"))


@pytest.mark.parametrize(
    ("accounts", "chosen"),
    [
        ([ROOT, NOBODY, POSTGRES, GONGJIAN], "gongjian"),
        ([ROOT, NOBODY, POSTGRES], "postgres"),
        ([ROOT, NOBODY], "nobody"),
    ],
    ids=["its-own", "the-database's", "nobody"],
)
def test_root_hands_the_server_to_the_most_fitting_account(monkeypatch, accounts, chosen):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwall", lambda: accounts)
    owner = owner_of(Path("/not/there/yet"))
    assert owner.name == chosen
    assert owner.privileges == {"user": owner.uid, "group": owner.gid, "extra_groups": []}


def test_root_without_any_other_account_is_told_to_make_one(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwall", lambda: [ROOT])
    with pytest.raises(NoUnprivilegedAccount, match="useradd --system gongjian"):
        owner_of(Path("/not/there/yet"))


def test_an_ordinary_user_runs_the_server_as_itself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: NOBODY)
    owner = owner_of(Path("/not/there/yet"))
    assert owner == Owner("nobody", 65534, 65534, other=False)
    assert owner.privileges == {}


def test_an_ordinary_user_does_not_touch_the_database_of_another(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(FolderForeign, match="GONGJIAN_HOME"):
        owner_of(tmp_path)


@only_root
def test_root_runs_an_existing_database_under_its_present_owner(tmp_path):
    os.chown(tmp_path, 65534, 65534)
    assert owner_of(tmp_path).uid == 65534


@only_root
def test_a_folder_that_root_had_no_time_to_hand_over_counts_as_new(tmp_path):
    assert owner_of(tmp_path).uid != 0


@only_root
def test_a_home_inside_a_closed_folder_is_refused_and_the_folder_stays_closed():
    with tempfile.TemporaryDirectory() as closed:
        with pytest.raises(FolderClosed, match="不会替您放开"):
            layout(Path(closed) / "home")
        assert stat.S_IMODE(Path(closed).stat().st_mode) == 0o700


@only_root
def test_no_folder_above_the_home_changes_its_rights():
    with a_home() as home:
        before = stat.S_IMODE(home.parent.stat().st_mode)
        layout(home)
        assert stat.S_IMODE(home.parent.stat().st_mode) == before
        assert stat.S_IMODE(home.stat().st_mode) == 0o711


def test_the_data_folder_is_closed_to_everybody_else():
    with a_home() as home:
        places = layout(home)
        assert stat.S_IMODE(places.folder.stat().st_mode) == 0o700
        assert places.folder.stat().st_uid == places.owner.uid


def test_a_home_that_exists_keeps_the_rights_its_operator_gave_it():
    with a_home() as home:
        home.mkdir(mode=0o755)
        home.chmod(0o755)
        layout(home)
        assert stat.S_IMODE(home.stat().st_mode) == 0o755


@only_root
def test_a_socket_folder_that_a_stranger_put_there_is_refused():
    with a_home("long-" * 25) as home:
        sockets = layout(home).sockets
        sockets.rmdir()
        sockets.mkdir()
        os.chown(sockets, 4242, 4242)
        with pytest.raises(FolderForeign, match="4242"):
            layout(home)
        sockets.rmdir()


@only_root
def test_a_socket_folder_that_is_a_link_is_refused(tmp_path):
    with a_home("long-" * 25) as home:
        sockets = layout(home).sockets
        sockets.rmdir()
        sockets.symlink_to(tmp_path)
        os.chown(sockets, 4242, 4242, follow_symlinks=False)
        with pytest.raises(FolderForeign):
            layout(home)
        sockets.unlink()


def test_the_candidates_never_include_root():
    assert "root" not in owner_module.CANDIDATES
