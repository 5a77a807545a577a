"""Making the cluster: dying in the middle of it, and where the programs stand."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gongjian.kernel.embedded import cluster
from gongjian.kernel.embedded.cluster import make_cluster, programs_for
from gongjian.kernel.embedded.errors import NotStarted, ProgramsMissing
from gongjian.kernel.embedded.layout import Layout, layout
from gongjian.kernel.embedded.owner import Owner
from gongjian.kernel.embedded.programs import Programs, installed
from gongjian.kernel.embedded.tests.builders import a_home, a_server, ask


class Died(Exception):
    """Stands for the end of the process at this point."""


def die(*arguments: object, **options: object) -> None:
    raise Died


def test_dying_while_the_data_are_made_leaves_nothing_that_looks_like_a_cluster(monkeypatch):
    with a_home() as home:
        places = layout(home)
        monkeypatch.setattr(cluster, "_initdb", die)
        with pytest.raises(Died):
            make_cluster(places, programs_for(places))
        assert places.major is None
        monkeypatch.undo()
        assert ask(a_server(home), "SELECT 1") == "1"
        assert list(places.folder.glob("new.*")) == []


def test_dying_just_before_the_data_get_their_name_is_mended_by_the_next_start(monkeypatch):
    with a_home() as home:
        places = layout(home)
        monkeypatch.setattr(Path, "rename", die)
        with pytest.raises(Died):
            make_cluster(places, programs_for(places))
        assert places.major is None
        first_password = places.password.read_text()
        monkeypatch.undo()
        assert ask(a_server(home), "SELECT 1") == "1"
        assert places.password.read_text() != first_password


def test_dying_before_the_database_is_made_is_mended_by_the_next_start():
    with a_home() as home:
        places = layout(home)
        make_cluster(places, programs_for(places))
        assert ask(a_server(home), "SELECT current_database()") == "gongjian"


def test_an_existing_cluster_is_not_made_again():
    with a_home() as home:
        places = layout(home)
        make_cluster(places, programs_for(places))
        password, number = places.password.read_text(), places.data.stat().st_ino
        make_cluster(places, programs_for(places))
        assert (places.password.read_text(), places.data.stat().st_ino) == (password, number)


def test_the_slip_with_the_password_is_gone_when_the_cluster_stands():
    with a_home() as home:
        places = layout(home)
        make_cluster(places, programs_for(places))
        names = {path.name for path in places.folder.iterdir()}
        assert names == {"data"}


def test_what_initdb_complains_of_reaches_the_operator(monkeypatch):
    monkeypatch.setattr(cluster, "_initdb_options", lambda major: ["--encoding=KLINGON"])
    with a_home() as home, pytest.raises(NotStarted, match="KLINGON"):
        a_server(home)


@pytest.mark.parametrize(
    ("major", "provider"),
    [(15, []), (16, []), (17, ["--locale-provider=builtin"]), (18, ["--locale-provider=builtin"])],
)
def test_every_version_gets_the_locale_that_it_knows(major, provider):
    options = cluster._initdb_options(major)
    assert [option for option in options if "provider" in option] == provider
    assert "--locale=C.UTF-8" in options
    assert "--auth=scram-sha-256" in options


def test_the_systems_older_programs_serve_as_well(monkeypatch):
    system = [programs for programs in installed() if "site-packages" not in str(programs.folder)]
    if not system:
        pytest.skip("no PostgreSQL of the system here")
    monkeypatch.setattr(cluster, "installed", lambda: system)
    with a_home() as home:
        places = layout(home)
        make_cluster(places, programs_for(places))
        assert places.major == system[0].major
        monkeypatch.undo()
        assert ask(a_server(home), "SHOW server_version").startswith(str(system[0].major))


def test_data_of_a_version_without_programs_are_refused_and_stay():
    with a_home() as home:
        places = layout(home)
        places.data.mkdir()
        (places.data / "PG_VERSION").write_text("12\n")
        with pytest.raises(ProgramsMissing, match="12"):
            a_server(home)
        assert (places.data / "PG_VERSION").read_text() == "12\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_programs_in_a_closed_folder_are_copied_and_the_folder_stays_closed(tmp_path, monkeypatch):
    original = installed()[0]
    shutil.copytree(original.folder.parent, tmp_path / "closed" / "pg", ignore=shutil.ignore_patterns("*.a"))
    tmp_path.chmod(0o700)
    monkeypatch.setattr(cluster, "installed", lambda: [Programs(tmp_path / "closed" / "pg" / "bin", original.version)])
    with a_home() as home:
        places = layout(home)
        programs = programs_for(places)
        assert programs.folder == home / f"postgresql-{original.version}" / "bin"
        assert runs(programs, places.owner)
        assert programs_for(places) == programs
        assert tmp_path.stat().st_mode & 0o077 == 0


def runs(programs: Programs, owner: Owner) -> bool:
    order = [programs.path("postgres"), "--version"]
    return subprocess.run(order, cwd="/", check=False, capture_output=True, **owner.privileges).returncode == 0


def test_the_layout_names_no_two_things_alike():
    places = Layout(Path("/srv/of/it"), Owner("a", 1, 1, other=False))
    names = [places.folder, places.password, places.users_lock, places.start_lock, places.keeper_lock]
    assert len(set(names)) == len(names)
    assert places.sockets == places.folder
