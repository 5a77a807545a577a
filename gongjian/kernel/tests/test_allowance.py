"""An allowance is one for the whole house: counted in the database, at once, and anew when its time is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest
from django.test import RequestFactory

from gongjian.kernel import jobs, moment
from gongjian.kernel.allowance.actions import Allowance, sweep_spent
from gongjian.kernel.allowance.models import Spent
from gongjian.kernel.sweeps import SWEEPS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 12, 0, tzinfo=moment.ZONE)
THREE = Allowance("three", most=3, seconds=60)


def asked_from(address: str = "10.0.0.1") -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def spent(allowance: Allowance, times: int, address: str = "10.0.0.1") -> list[bool]:
    return [allowance.spend(asked_from(address)) for _ in range(times)]


@pytest.fixture(autouse=True)
def noon():
    with moment.fixed(NOON):
        yield


def test_so_many_and_no_more():
    assert spent(THREE, 5) == [True, True, True, False, False]


@pytest.mark.parametrize(("times", "over"), [(0, False), (2, False), (3, True), (4, True)])
def test_whether_it_is_used_up_is_asked_without_counting(times, over):
    spent(THREE, times)
    assert [THREE.is_spent(asked_from()) for _ in range(3)] == [over] * 3
    assert Spent.objects.filter(count=times).exists() is (times > 0)


def test_one_address_uses_up_nothing_of_another():
    spent(THREE, 3)
    assert spent(THREE, 1, "10.0.0.2") == [True]
    assert not THREE.is_spent(asked_from("10.0.0.2"))


def test_one_allowance_uses_up_nothing_of_another():
    spent(THREE, 3)
    assert spent(Allowance("other", most=1, seconds=60), 1) == [True]


@pytest.mark.parametrize(("seconds", "may"), [(0, False), (59, False), (60, True), (3600, True)])
def test_it_begins_anew_when_its_time_is_over(seconds, may):
    spent(THREE, 3)
    with moment.fixed(NOON + timedelta(seconds=seconds)):
        assert THREE.is_spent(asked_from()) is not may
        assert THREE.spend(asked_from()) is may


def test_asking_on_does_not_prolong_it():
    spent(THREE, 3)
    with moment.fixed(NOON + timedelta(seconds=59)):
        spent(THREE, 5)
    with moment.fixed(NOON + timedelta(seconds=60)):
        assert spent(THREE, 4) == [True, True, True, False]


def test_what_one_process_counted_another_knows():
    spent(THREE, 3)
    cache.clear()
    assert THREE.is_spent(asked_from())


def test_no_address_is_kept():
    spent(THREE, 1, "203.0.113.77")
    assert "203.0.113.77" not in Spent.objects.get().key


def test_without_an_address_it_counts_all_the_same():
    request = asked_from("")
    assert [THREE.spend(request) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(("seconds", "left"), [(59, 1), (60, 0)])
def test_what_is_over_is_forgotten(seconds, left):
    spent(THREE, 2)
    with moment.fixed(NOON + timedelta(seconds=seconds)):
        assert sweep_spent() == 1 - left
        assert jobs.forget_spent() == 0
    assert Spent.objects.count() == left
    assert SWEEPS["kernel.forget_spent"] is jobs.forget_spent


def test_counting_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        THREE.spend(asked_from())
    with django_assert_num_queries(1):
        THREE.is_spent(asked_from())


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_get_exactly_what_there_is():
    ten = Allowance("ten", most=10, seconds=60)

    def one(_: int) -> bool:
        try:
            with moment.fixed(NOON):
                return ten.spend(asked_from())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(40))) == 10
    assert Spent.objects.get().count == 40
