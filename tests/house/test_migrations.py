"""The tables in the database are those of the models."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


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
