"""What is to be served in the green channel stands before the rest: in the list, in the post, page by page, whenever the case was put first."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from gongjian.accounts.tests.builders import a_delivery_clerk, an_office
from gongjian.cases.actions.obligations import put_first
from gongjian.cases.models import ORDINARY, URGENT, Case
from gongjian.conclusions.tests.builders import another_person
from gongjian.delivery.models import Delivery
from gongjian.delivery.queries.lists import to_deliver, to_post
from gongjian.delivery.tests.builders import served, two_deliveries
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.tests.accidents import a_decided_accident

pytestmark = pytest.mark.django_db


def ids(**told) -> list[int]:
    return [row.pk for row in to_deliver(a_delivery_clerk(), **told).rows]


def three_cases() -> list[tuple[Delivery, Delivery]]:
    """Six deliveries of three cases; the last is due a month after the others."""
    rows = [two_deliveries(person=another_person(serial)) for serial in (1, 2, 3)]
    Delivery.objects.filter(case=rows[2][0].case).update(due_on=date(2026, 5, 20))
    return rows


def test_a_case_that_is_put_first_is_served_first_though_it_is_due_last():
    first, second, last = three_cases()
    assert ids() == [row.pk for row in (*first, *second, *last)]
    put_first(last[0].case)
    assert ids() == [row.pk for row in (*last, *first, *second)]


def test_in_the_post_too():
    first, _, last = three_cases()
    put_first(last[0].case)
    posted = to_post(a_delivery_clerk(), an_office())
    assert posted[0].case == last[0].case and posted[-1].case != last[0].case
    assert [row.priority for row in posted] == sorted(row.priority for row in posted)
    assert first[0].case in {row.case for row in posted}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_pages_hold_every_row_once_across_the_border_between_first_and_rest(size):
    _, second, last = three_cases()
    for case in (last[0].case, second[0].case):
        put_first(case)
    whole, seen, after = ids(), [], ""
    for _ in range(7):
        page = to_deliver(a_delivery_clerk(), after=after, size=size)
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == whole and len(set(seen)) == 6


def test_what_was_served_before_is_left_as_it_was():
    worker, employer = two_deliveries()
    served(worker, date(2026, 4, 15))
    put_first(worker.case)
    assert list(Delivery.objects.order_by("pk").values_list("pk", "priority")) == [
        (worker.pk, ORDINARY),
        (employer.pk, URGENT),
    ]


def test_the_page_costs_no_more_and_marks_the_green_channel(django_assert_num_queries):
    _, _, last = three_cases()
    put_first(last[0].case)
    clerk = a_delivery_clerk()
    clerk.posts_held()
    with django_assert_num_queries(3):
        assert [row.case.is_urgent for row in to_deliver(clerk).rows] == [True] * 2 + [False] * 4
    shown = text_of(signed_in_as(clerk).get(reverse("delivery:list")))
    assert shown.count("绿色通道</span>") == 2 and "绿色通道的在最前" in shown


def test_the_index_gives_the_order_and_nothing_is_sorted():
    two_deliveries()
    rows = Delivery.objects.filter(office=an_office(), served_on=None).order_by("priority", "due_on", "id")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = rows[:50].explain()
    assert "deliveries_urgent_first" in plan and "Sort" not in plan


@pytest.mark.usefixtures("home")
def test_the_decisions_and_notices_of_an_accident_are_to_be_served_first():
    """Law: 人社厅发〔2018〕104号 二（四）."""
    row = a_decided_accident(1)
    case = row.victims.get().case
    made = Delivery.objects.filter(case=case, served_on=None)
    assert [each.priority for each in made] == [URGENT] * len(made)
    assert {each.recipient for each in made} == {"worker", "employer"}


@pytest.mark.django_db(transaction=True)
def test_the_upgrade_lets_what_waits_follow_its_case_and_can_be_taken_back():
    worker, _ = two_deliveries()
    Case.objects.filter(pk=worker.case_id).update(priority=URGENT)
    leaves = list(MigrationExecutor(connection).loader.graph.leaf_nodes())
    try:
        MigrationExecutor(connection).migrate([("delivery", "0001_initial"), ("claims", "0001_initial")])
    finally:
        MigrationExecutor(connection).migrate(leaves)
    assert set(Delivery.objects.filter(served_on=None).values_list("priority", flat=True)) == {URGENT}
