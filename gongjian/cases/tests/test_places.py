"""Where a row stands in a list: said in an address and read from it, and whatever else stands there begins the list anew."""

from datetime import date

import pytest

from gongjian.cases.models import ORDINARY, URGENT, Obligation
from gongjian.cases.queries.places import ORDER, beyond, in_address, place_of, read_place
from gongjian.cases.tests.builders import a_case

DAY = date(2026, 3, 9)


@pytest.mark.parametrize("place", [(0, DAY, 1), (1, DAY, 17), (1, date(2027, 12, 31), 10_000_000)])
def test_a_place_is_read_as_it_was_said(place):
    assert read_place(in_address(place)) == place


@pytest.mark.parametrize(
    "text", ["", "nonsense", "1.2026-03-09", "1.2026-13-09.7", "x.2026-03-09.7", "1.2026-03-09.x", "1.2026-03-09.7.8"]
)
def test_what_is_no_place_begins_anew(text):
    assert read_place(text) is None
    assert in_address(None) == ""


@pytest.mark.django_db
def test_beyond_a_place_lies_what_is_ordered_after_it_and_nothing_else():
    case = a_case()
    told = {
        "case": case,
        "office": case.office,
        "role": "reviewer",
        "article": "令55 第九条",
        "opened_at": case.received_at,
    }
    rows = [
        Obligation.objects.create(**told, kind=f"k{number}", priority=priority, due_on=date(2026, 4, day))
        for number, (priority, day) in enumerate([(URGENT, 9), (URGENT, 9), (URGENT, 20), (ORDINARY, 1), (ORDINARY, 9)])
    ]
    mine = Obligation.objects.filter(pk__in=[row.pk for row in rows])
    ordered = list(mine.order_by(*ORDER))
    assert ordered == rows
    for number, row in enumerate(rows):
        assert list(mine.filter(beyond(place_of(row))).order_by(*ORDER)) == rows[number + 1 :]
