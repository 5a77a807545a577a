"""Numbers without gaps: the number is taken in the transaction that uses it, so a failed issue gives it back."""

from django.db import connection

from gongjian.accounts.models import Office

TAKE = """
INSERT INTO cases_numberseries (office_id, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (office_id, series, year) DO UPDATE SET last = cases_numberseries.last + 1
RETURNING last
"""


def next_number(office: Office, series: str, year: int) -> int:
    """The next number of a series of an office and year, from 1, without gaps. Must be called in the transaction that uses it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [office.pk, series, year])
        return int(cursor.fetchone()[0])
