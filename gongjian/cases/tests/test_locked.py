"""A case kept still for the transaction that changes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongjian.appraisal.states import State
from gongjian.cases.actions.locked import locked, locked_if_free, locked_row
from gongjian.cases.tests.builders import a_case


@pytest.mark.django_db
def test_a_case_that_is_kept_still_is_read_as_it_is_now():
    case = a_case()
    type(case).objects.filter(pk=case.pk).update(state=State.SUPPLEMENT)
    assert locked(case).state == locked_row(case.pk).state == State.SUPPLEMENT


@pytest.mark.django_db
def test_a_sweep_finds_a_case_only_in_the_state_it_looks_for():
    case = a_case()
    assert locked_if_free(case.pk, state=State.SUBMITTED) == case
    assert locked_if_free(case.pk, state=State.SUPPLEMENT) is None


@pytest.mark.django_db(transaction=True)
def test_a_sweep_passes_by_a_case_that_somebody_has_and_finds_it_later():
    case = a_case()
    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        locked(case)
        assert other.submit(_swept, case.pk).result() is None
    assert _swept(case.pk) == case.pk


def _swept(pk: int) -> int | None:
    try:
        with transaction.atomic():
            found = locked_if_free(pk, state=State.SUBMITTED)
            return found.pk if found else None
    finally:
        connection.close()
