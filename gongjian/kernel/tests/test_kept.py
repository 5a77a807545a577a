"""What a builder has written is laid down again as it was, and only where nothing stands."""

import pytest
from django.db import connection, transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import a_clerk, an_office
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.tests.kept import filled_tables, kept, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> list[str]:
    """Names of those whom the builder has truly made."""
    return []


@pytest.fixture
def a_member_at_work(built):
    @kept
    def a_member_at_work(name: str = "office:YXJD") -> User:
        clerk = a_clerk()
        record(name, "test.done", by=clerk, hour=9)
        built.append(name)
        return clerk

    return a_member_at_work


def written(build, *told: str) -> tuple[User, dict[str, str]]:
    """What a builder gives and what it writes, after which all is undone."""
    with transaction.atomic():
        answer = build(*told)
        rows = {name: rows_of(name) for name in filled_tables()}
        transaction.set_rollback(True)
    return answer, rows


def test_the_second_time_the_same_rows_stand_there_without_building(a_member_at_work, built):
    first, second = written(a_member_at_work, "office:A"), written(a_member_at_work, "office:A")
    assert second == first
    assert built == ["office:A"]


def test_something_else_is_built(a_member_at_work, built):
    written(a_member_at_work, "office:B"), written(a_member_at_work, "office:C")
    assert built == ["office:B", "office:C"]


def test_where_something_stands_already_it_is_built_anew(a_member_at_work, built):
    written(a_member_at_work, "office:D")
    office = an_office()
    a_member_at_work("office:D")
    assert built == ["office:D", "office:D"]
    assert Office.objects.get(code=office.code) == office


def test_triggers_work_again_afterwards(a_member_at_work):
    written(a_member_at_work, "office:E"), a_member_at_work("office:E")
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
