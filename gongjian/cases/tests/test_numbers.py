"""Numbers are given without gaps, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from gongjian.accounts.tests.builders import an_office
from gongjian.cases.models import NumberSeries
from gongjian.cases.numbers import next_number


@pytest.mark.django_db
def test_each_office_series_and_year_counts_from_one():
    here, there = an_office(), an_office("OTHER", "别市")
    with transaction.atomic():
        taken = [
            next_number(here, "conclusion", 2026),
            next_number(here, "conclusion", 2026),
            next_number(here, "conclusion", 2027),
            next_number(here, "notice", 2026),
            next_number(there, "conclusion", 2026),
        ]
    assert taken == [1, 2, 1, 1, 1]


@pytest.mark.django_db
def test_a_failed_issue_gives_its_number_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number(an_office(), "conclusion", 2026)
        raise ZeroDivisionError
    assert next_number(an_office(), "conclusion", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_taken_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        next_number(an_office(), "conclusion", 2026)


@pytest.mark.django_db(transaction=True)
def test_l10_two_hundred_at_once_with_failures_among_them_leave_no_gap():
    office = an_office()

    def take(place: int) -> int | None:
        try:
            with transaction.atomic():
                number = next_number(office, "conclusion", 2026)
                if place % 10 == 0:
                    raise ZeroDivisionError
                return number
        except ZeroDivisionError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        numbers = [number for number in pool.map(take, range(200)) if number is not None]
    assert sorted(numbers) == list(range(1, 181))
    assert NumberSeries.objects.get(series="conclusion").last == 180
