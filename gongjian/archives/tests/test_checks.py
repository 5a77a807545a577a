"""What `gongjian check` finds in the archives."""

import pytest
from django.db import connection

from gongjian.archives import checks
from gongjian.archives.tests.builders import an_archive, an_ended_case
from gongjian.kernel.evidence.storage import evidence_home, place_of

pytestmark = pytest.mark.django_db


def past_the_triggers(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_a_closed_file_proves_itself():
    an_archive(an_ended_case())
    assert list(checks.archives()) == []


def test_an_archived_case_without_its_file_is_found():
    case = an_ended_case()
    past_the_triggers("UPDATE cases_case SET state = 'archived', closed_at = now()")
    assert [(found.about, found.sentence) for found in checks.archives()] == [
        (case.number, "案件已归档，却没有归档包。")
    ]


def test_a_package_that_is_not_the_one_in_the_ledger_is_found():
    made = an_archive(an_ended_case())
    past_the_triggers("UPDATE archives_archive SET manifest_sha256 = repeat('0', 64)")
    [found] = checks.archives()
    assert (found.about, "不是账链登记的归档包" in found.sentence) == (made.case.number, True)


def test_a_package_that_is_damaged_on_the_disk_is_found():
    made = an_archive(an_ended_case())
    path = evidence_home() / place_of(made.package.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    try:
        assert [found.sentence for found in checks.archives()] == ["归档包读不出来。"]
    finally:
        path.write_bytes(whole)
