"""The green channel stands first in the search, from the first row on, and the index that serves it is the one that is walked."""

from datetime import timedelta

import pytest
from django.db import connection

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, an_office
from gongjian.cases.actions import obligations
from gongjian.cases.actions.obligations import follow_priority, put_first
from gongjian.cases.models import ORDINARY, URGENT, Case
from gongjian.cases.queries import search, visible_to
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.cases.tests.test_windows import a_county, a_county_clerk, received_at

pytestmark = pytest.mark.django_db


def some_cases(count: int) -> list[Case]:
    """Received one hour after another."""
    return [a_case(received_at=RECEIVED + timedelta(hours=hour)) for hour in range(count)]


def test_the_search_shows_the_green_channel_before_newer_cases():
    first, second, third, fourth = some_cases(4)
    put_first(second)
    assert search(a_clerk(), "林") == [second, fourth, third, first]
    put_first(first)
    assert search(a_clerk(), "林") == [second, first, fourth, third]
    assert (second.is_urgent, third.is_urgent) == (True, False)


def test_a_full_page_of_newer_cases_hides_no_case_of_the_green_channel():
    first, *rest = some_cases(5)
    put_first(first)
    assert search(a_clerk(), "林", limit=2) == [first, rest[-1]]


def test_every_way_of_searching_keeps_the_order():
    old, new = some_cases(2)
    put_first(old)
    for asked in ("林", "lzy", old.person.id_number, old.number[:9]):
        assert search(a_clerk(), asked) == [old, new], asked


def test_a_countys_window_finds_its_own_green_channel_first():
    first, second = received_at(a_county()), received_at(a_county())
    Case.objects.filter(pk=second.pk).update(received_at=RECEIVED + timedelta(hours=1))
    put_first(first)
    assert search(a_county_clerk(), "林") == [first, Case.objects.get(pk=second.pk)]


def test_the_order_costs_no_further_query(django_assert_num_queries):
    put_first(some_cases(3)[0])
    clerk = User.objects.get(pk=a_clerk().pk)
    clerk.posts_held()
    with django_assert_num_queries(1):
        assert [case.is_urgent for case in search(clerk, "林")] == [True, False, False]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"office": "an_office"}, "case_urgent_then_newest"),
        ({"window": "a_county"}, "window_case_urgent_then_newest"),
    ],
)
def test_the_index_gives_the_order_and_nothing_is_sorted(asked, index):
    a_case()
    field, place = next(iter(asked.items()))
    pk = {"an_office": an_office, "a_county": a_county}[place]().pk
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = Case.objects.filter(**{field: pk}).order_by("priority", "-received_at", "-id")[:20].explain()
    assert index in plan and "Sort" not in plan


def test_rooms_that_keep_the_priority_follow_once_and_in_the_same_transaction(monkeypatch):
    told: list[tuple[int, int]] = []

    def follower(case: Case) -> None:
        told.append((case.pk, case.priority))

    monkeypatch.setattr(obligations, "FOLLOWERS", [])
    follow_priority(follower)
    follow_priority(follower)
    case = a_case()
    put_first(case)
    assert told == [(case.pk, URGENT)] and ORDINARY != URGENT
    case.refresh_from_db()
    assert case.priority == URGENT and visible_to(a_clerk()).get().is_urgent


def test_what_a_follower_refuses_puts_nothing_first(monkeypatch):
    def refuses(case: Case) -> None:
        raise RuntimeError

    monkeypatch.setattr(obligations, "FOLLOWERS", [refuses])
    case = a_case()
    with pytest.raises(RuntimeError):
        put_first(case)
    case.refresh_from_db()
    assert case.priority == ORDINARY
