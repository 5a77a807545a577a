"""What the operator sets, and what is said when it cannot be right."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongjian.config.environment import EMBEDDED, Environment, database, secret

LONG = "a secret that is long enough to be one"


@pytest.fixture(autouse=True)
def a_home(monkeypatch, tmp_path):
    monkeypatch.setenv("GONGJIAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("GJ_TEST_DB", raising=False)
    return tmp_path / "home"


@pytest.mark.parametrize("given", ["true", "True", "1", "yes", "on"])
def test_true_is_written_in_the_usual_ways(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_DEMO", given)
    assert Environment().bool("GONGJIAN_DEMO", default=False) is True


@pytest.mark.parametrize("given", ["false", "False", "0", "no", "off", ""])
def test_false_is_written_in_the_usual_ways(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_DEMO", given)
    assert Environment().bool("GONGJIAN_DEMO", default=True) is False


@pytest.mark.parametrize("given", ["ture", "ja", "2", "enabled"])
def test_what_is_neither_true_nor_false_stops_the_program(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_DEMO", given)
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_DEMO"):
        Environment().bool("GONGJIAN_DEMO", default=False)


@pytest.mark.parametrize(("reader", "given"), [("int", "fifty"), ("float", "a quarter"), ("json", "{broken")])
def test_a_value_of_the_wrong_kind_stops_the_program_and_is_named_but_not_shown(monkeypatch, reader, given):
    monkeypatch.setenv("GONGJIAN_UPLOAD_MAX_MB", given)
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_UPLOAD_MAX_MB") as caught:
        getattr(Environment(), reader)("GONGJIAN_UPLOAD_MAX_MB", default=50)
    assert given not in str(caught.value)


ODD = [
    "",
    " ",
    "0x10",
    "0b11",
    "0o7",
    "1_000",
    "1,000",
    "1e3",
    "1E3",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "+5",
    " 5",
    "5 ",
    "5\n",
]
ODD += ["--5", "5-", "五", "５", "٥", "²", "5L", "None", "9" * 13]


@pytest.mark.parametrize("given", [*ODD, "0.5", "5.0", ".5", "5."])
def test_a_whole_number_is_written_in_digits_and_nothing_else(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_UPLOAD_MAX_MB", given)
    with pytest.raises(ImproperlyConfigured, match="环境变量 GONGJIAN_UPLOAD_MAX_MB 只能是一个整数"):
        Environment().int("GONGJIAN_UPLOAD_MAX_MB", default=50)


@pytest.mark.parametrize("given", [*ODD, ".5", "5.", "1.2.3", "0.5e1", "1/4", "0." + "1" * 13])
def test_a_number_is_written_in_digits_with_one_point_at_most(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_SIGN_IN_COOLOFF_HOURS", given)
    with pytest.raises(ImproperlyConfigured, match="环境变量 GONGJIAN_SIGN_IN_COOLOFF_HOURS 只能是一个数"):
        Environment().float("GONGJIAN_SIGN_IN_COOLOFF_HOURS", default=0.25)


@pytest.mark.parametrize(("given", "read"), [("0", 0), ("5", 5), ("050", 50), ("-1", -1), ("9" * 12, 10**12 - 1)])
def test_a_plain_whole_number_is_read(monkeypatch, given, read):
    monkeypatch.setenv("GONGJIAN_UPLOAD_MAX_MB", given)
    assert Environment().int("GONGJIAN_UPLOAD_MAX_MB", default=50) == read


@pytest.mark.parametrize(("given", "read"), [("0", 0.0), ("1", 1.0), ("0.25", 0.25), ("-0.5", -0.5), ("12.50", 12.5)])
def test_a_plain_number_is_read(monkeypatch, given, read):
    monkeypatch.setenv("GONGJIAN_SIGN_IN_COOLOFF_HOURS", given)
    assert Environment().float("GONGJIAN_SIGN_IN_COOLOFF_HOURS", default=0.25) == read


def test_a_setting_that_is_not_given_has_its_default():
    assert Environment().int("GONGJIAN_OF_NO_MEANING", default=7) == 7


def test_a_secret_of_the_environment_comes_first(monkeypatch, a_home):
    monkeypatch.setenv("GONGJIAN_FIELD_KEY", LONG)
    assert secret("GONGJIAN_FIELD_KEY") == LONG
    assert not a_home.exists()


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "mounted").write_text(LONG + "\n")
    monkeypatch.setenv("GONGJIAN_FIELD_KEY_FILE", str(tmp_path / "mounted"))
    assert secret("GONGJIAN_FIELD_KEY") == LONG


def test_a_secret_file_that_is_not_there_stops_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("GONGJIAN_FIELD_KEY_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_FIELD_KEY_FILE"):
        secret("GONGJIAN_FIELD_KEY")


@pytest.mark.parametrize("given", ["short", "x" * 31])
def test_a_secret_that_is_too_short_stops_the_program_and_is_not_shown(monkeypatch, given):
    monkeypatch.setenv("GONGJIAN_FIELD_KEY", given)
    with pytest.raises(ImproperlyConfigured, match="GONGJIAN_FIELD_KEY") as caught:
        secret("GONGJIAN_FIELD_KEY")
    assert given not in str(caught.value)


def test_a_secret_nobody_gave_is_made_once_and_kept_in_a_private_file(a_home):
    made = secret("GONGJIAN_FIELD_KEY")
    file = a_home / "keys" / "gongjian_field_key"
    assert secret("GONGJIAN_FIELD_KEY") == made == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_two_secrets_are_not_the_same():
    assert secret("GONGJIAN_FIELD_KEY") != secret("GONGJIAN_SECRET_KEY")


@pytest.mark.parametrize("url", [None, ""], ids=["not given", "empty"])
def test_without_an_address_the_database_is_the_embedded_one_and_is_not_started_by_reading_settings(
    monkeypatch, a_home, url
):
    if url is not None:
        monkeypatch.setenv("DATABASE_URL", url)
    settings = database(Environment())
    assert settings["ENGINE"] == EMBEDDED
    assert not Path(a_home / "postgres").exists()


def test_the_operators_server_is_used_as_it_was_written(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://clerk:p%40ss@db.example.org:6543/cases")
    settings = database(Environment())
    assert {key: settings[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")} == {
        "HOST": "db.example.org",
        "PORT": 6543,
        "USER": "clerk",
        "PASSWORD": "p@ss",
        "NAME": "cases",
    }


@pytest.mark.parametrize("url", ["sqlite:///cases.db", "mysql://clerk:secret@host/cases"])
def test_another_kind_of_database_stops_the_program_without_showing_its_password(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL 15") as caught:
        database(Environment())
    assert "secret" not in str(caught.value)


def test_two_test_runs_can_have_databases_of_their_own(monkeypatch):
    monkeypatch.setenv("GJ_TEST_DB", "draws")
    assert database(Environment())["TEST"] == {"NAME": "test_draws"}
