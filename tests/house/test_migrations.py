"""The tables in the database are those of the models."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

OURS = [config for config in apps.get_app_configs() if config.name.startswith("gongjian") and list(config.get_models())]


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_every_room_with_tables_has_migrations(config):
    assert (Path(config.path) / "migrations" / "0001_initial.py").exists()


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_djangos_own_checks_find_nothing():
    try:
        call_command("check", "--fail-level", "WARNING", stdout=StringIO(), stderr=StringIO())
    except CommandError as error:
        pytest.fail(str(error))
