"""What comes in holds the case before the matter, and goes by the matter as it is then: not as it was read before."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongjian.cases.actions.locked import locked_row
from gongjian.exchange.actions import receiving
from gongjian.exchange.errors import MatterUnknown
from gongjian.exchange.models import Enclosure, Matter
from gongjian.exchange.tests.entrusting import a_matter_taken_on
from gongjian.kernel.tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]


@kept
def a_matter() -> Matter:
    return a_matter_taken_on()


class ReadBefore:
    """A matter's rows, of which was read what was true before somebody took it on: once, as whoever comes at that moment does."""

    def __init__(self, rows: Any) -> None:
        self._rows, self._reads = rows, 0

    def values_list(self, *names: str) -> Any:
        self._reads += 1
        return _Nobody() if self._reads == 1 else self._rows.values_list(*names)

    def select_for_update(self, **how: Any) -> Any:
        return self._rows.select_for_update(**how)


class _Nobody:
    """No case of either side."""

    def first(self) -> tuple[None, None]:
        return None, None


def locks(asked: CaptureQueriesContext) -> list[str]:
    """The tables whose rows were held, and where what was held was given back, in order."""
    found = []
    for sql in (each["sql"] for each in asked):
        if "FOR UPDATE" in sql:
            found.append(sql.partition('FROM "')[2].partition('"')[0])
        elif sql.startswith("ROLLBACK TO"):
            found.append("given back")
    return found


def test_a_matter_is_held_after_its_case():
    matter = a_matter()
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        assert receiving._held(Matter.objects.filter(pk=matter.pk)) == matter
    assert locks(asked) == ["cases_case", "exchange_matter"]


def test_what_was_taken_on_while_we_waited_is_let_go_and_held_after_its_case():
    matter = a_matter()
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        found = receiving._held(ReadBefore(Matter.objects.filter(pk=matter.pk)))
    assert (found, found.done_as_id) == (matter, matter.done_as_id)
    assert locks(asked) == ["exchange_matter", "given back", "cases_case", "exchange_matter"]


def test_a_matter_that_is_none_is_unknown():
    with pytest.raises(MatterUnknown):
        receiving._held(Matter.objects.none())


def test_a_file_that_comes_goes_by_the_matter_as_it_is_when_it_is_held(monkeypatch):
    matter = a_matter()
    paper = Enclosure.objects.filter(letter__matter=matter).order_by("pk")[0]

    def given_back_meanwhile(pk: int) -> object:
        Matter.objects.filter(pk=matter.pk).update(state="refused")
        return locked_row(pk)

    monkeypatch.setattr(receiving, "locked_row", given_back_meanwhile)
    found = receiving._enclosure(matter.peer, matter.key, paper.letter.number, paper.sha256)
    assert (found, found.letter.matter.state) == (paper, "refused")
