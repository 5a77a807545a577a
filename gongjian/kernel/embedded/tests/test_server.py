"""Starting, sharing, falling and stopping."""

import os
import signal
import stat
from pathlib import Path

import psutil
import psycopg
import pytest

from gongjian.kernel.embedded import server as server_module
from gongjian.kernel.embedded.errors import NotStarted, PasswordMissing
from gongjian.kernel.embedded.layout import layout
from gongjian.kernel.embedded.locks import is_held
from gongjian.kernel.embedded.postmaster import running
from gongjian.kernel.embedded.server import Address, ensure, leave
from gongjian.kernel.embedded.tests.builders import (
    a_home,
    a_server,
    a_user,
    ask,
    dismiss,
    ready,
    the_keeper,
    the_server,
    wait_for,
)


def test_the_first_start_makes_a_cluster_and_a_database_that_sorts_and_stores_chinese():
    with a_home() as home:
        address = ensure(home)
        assert ask(address, "SELECT current_user") == "gongjian"
        assert ask(address, "SELECT current_database()") == "gongjian"
        assert ask(address, "SHOW server_encoding") == "UTF8"
        assert ask(address, "SELECT '鉴定' || '𠮷'") == "鉴定𠮷"


def test_asking_again_gives_the_same_server():
    with a_home() as home:
        first = ensure(home)
        process = the_server(home)
        assert ensure(home) == first
        assert the_server(home).pid == process.pid


def test_the_server_listens_on_nothing_but_a_private_socket():
    with a_home() as home:
        address = a_server(home)
        assert ask(address, "SHOW listen_addresses") == ""
        assert stat.S_IMODE((address.folder / ".s.PGSQL.5432").stat().st_mode) == 0o700
        assert [c for c in the_server(home).net_connections(kind="inet") if c.status == psutil.CONN_LISTEN] == []


def test_without_the_password_nobody_comes_in():
    with a_home() as home:
        address = a_server(home)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(Address(address.folder, "wrong").dsn())


def test_the_password_is_in_a_file_that_only_its_owner_reads():
    with a_home() as home:
        address = a_server(home)
        file = home / "postgres.password"
        assert file.read_text() == address.password
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(address.password) >= 32


def test_every_line_of_the_access_list_asks_for_the_password():
    with a_home() as home:
        a_server(home)
        lines = (layout(home).data / "pg_hba.conf").read_text().splitlines()
        methods = {line.split()[-1] for line in lines if line and not line.startswith("#")}
        assert methods == {"scram-sha-256"}


def test_the_log_holds_no_statement_and_no_value():
    with a_home() as home:
        address = a_server(home)
        ask(address, "SELECT 1")
        with psycopg.connect(address.dsn(), autocommit=True) as connection:
            connection.execute("CREATE TABLE person (number text PRIMARY KEY)")
            connection.execute("INSERT INTO person VALUES ('990101199001010011')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO person VALUES ('990101199001010011')")
        assert "990101199001010011" not in layout(home).log.read_text()


def test_the_server_stops_when_its_only_user_leaves():
    with a_home() as home:
        a_server(home)
        process = the_server(home)
        leave(home, wait=True)
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
        assert running(layout(home)) is None


def test_what_was_stored_is_there_at_the_next_start():
    with a_home() as home:
        with psycopg.connect(a_server(home).dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        leave(home, wait=True)
        assert ask(ensure(home), "SELECT number FROM kept") == "7"


def test_leaving_twice_or_without_having_come_does_no_harm():
    with a_home() as home:
        leave(home)
        a_server(home)
        leave(home)
        leave(home, wait=True)


def test_two_processes_that_start_at_once_share_one_server():
    with a_home() as home:
        users = [a_user(home) for _ in range(4)]
        folders = {ready(user) for user in users}
        assert folders == {str(home / "postgres")}
        assert the_keeper(home).children()[0].pid == the_server(home).pid
        assert [dismiss(user) for user in users] == [0, 0, 0, 0]


def test_the_server_outlives_the_process_that_started_it_as_long_as_another_uses_it():
    with a_home() as home:
        starter = a_user(home)
        ready(starter)
        address = ensure(home)
        assert dismiss(starter) == 0
        assert ask(address, "SELECT 1") == "1"


def test_the_server_stops_when_its_last_user_is_killed():
    with a_home() as home:
        user = a_user(home)
        ready(user)
        process = the_server(home)
        user.kill()
        user.communicate()
        wait_for(lambda: not process.is_running())


def test_a_server_that_is_killed_stands_up_again_with_its_data():
    with a_home() as home:
        address = a_server(home)
        with psycopg.connect(address.dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        the_server(home).kill()
        wait_for(lambda: answers(address))
        assert ask(ensure(home), "SELECT number FROM kept") == "7"


def test_when_keeper_and_server_are_killed_the_next_connection_starts_both():
    with a_home() as home:
        a_server(home)
        keeper, server = the_keeper(home), the_server(home)
        keeper.kill()
        server.kill()
        wait_for(lambda: not is_held(layout(home).keeper_lock))
        assert ask(ensure(home), "SELECT 1") == "1"
        assert the_keeper(home).pid != keeper.pid


def test_a_server_whose_keeper_was_killed_gets_a_new_keeper_and_goes_on():
    with a_home() as home:
        address = a_server(home)
        server = the_server(home)
        the_keeper(home).kill()
        wait_for(lambda: not is_held(layout(home).keeper_lock))
        ensure(home)
        assert ask(address, "SELECT 1") == "1"
        assert the_server(home).pid == server.pid
        leave(home, wait=True)
        assert running(layout(home)) is None


def test_a_keeper_that_is_told_to_end_stops_the_server_in_order():
    with a_home() as home:
        a_server(home)
        the_keeper(home).send_signal(signal.SIGTERM)
        wait_for(lambda: not is_held(layout(home).keeper_lock))
        assert "database system is shut down" in layout(home).log.read_text()


def test_the_servers_account_is_not_root():
    with a_home() as home:
        a_server(home)
        assert the_server(home).uids().effective != 0


def test_a_wrong_option_of_the_operator_is_reported_with_the_servers_own_words(monkeypatch):
    monkeypatch.setenv("GONGJIAN_POSTGRES_OPTIONS", "shared_buffers=plenty")
    with a_home() as home, pytest.raises(NotStarted, match="shared_buffers"):
        ensure(home)


def test_after_a_failed_start_the_next_try_is_a_fresh_one(monkeypatch):
    with a_home() as home:
        monkeypatch.setenv("GONGJIAN_POSTGRES_OPTIONS", "shared_buffers=plenty")
        with pytest.raises(NotStarted):
            ensure(home)
        monkeypatch.setenv("GONGJIAN_POSTGRES_OPTIONS", "fsync=off")
        assert ask(ensure(home), "SHOW fsync") == "off"


def test_settings_of_the_shell_do_not_lead_the_server_astray(monkeypatch):
    monkeypatch.setenv("PGPORT", "9999")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with a_home() as home:
        assert ask(a_server(home), "SHOW port") == "5432"


def test_data_without_its_password_is_refused_and_left_alone():
    with a_home() as home:
        a_server(home)
        leave(home, wait=True)
        (home / "postgres.password").unlink()
        with pytest.raises(PasswordMissing, match="备份"):
            ensure(home)
        assert (layout(home).data / "PG_VERSION").exists()


def test_a_start_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(server_module, "START_LIMIT", -1.0)
    with a_home() as home, pytest.raises(NotStarted):
        ensure(home)


def test_a_home_with_a_long_name_keeps_its_socket_elsewhere():
    with a_home("long-" * 25) as home:
        address = a_server(home)
        assert len(os.fsencode(address.folder / ".s.PGSQL.5432")) < 104
        assert stat.S_IMODE(address.folder.stat().st_mode) == 0o700
        assert ask(address, "SELECT 1") == "1"
        leave(home, wait=True)
        address.folder.rmdir()


def test_an_address_is_written_so_that_the_driver_understands_any_password_and_folder():
    address = Address(Path("/var/lib/with space"), "a/b:c@d%")
    given = psycopg.conninfo.conninfo_to_dict(address.dsn())
    assert given == {
        "user": "gongjian",
        "password": "a/b:c@d%",
        "dbname": "gongjian",
        "host": "/var/lib/with space",
        "port": "5432",
        "connect_timeout": "5",
    }


def answers(address: Address) -> bool:
    try:
        return ask(address, "SELECT 1") == "1"
    except psycopg.OperationalError:
        return False
