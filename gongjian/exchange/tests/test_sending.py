"""Letters are sent in order, tried again, and given up in the end: then that is somebody's task."""

from datetime import timedelta

import pytest

from gongjian.exchange import sending
from gongjian.exchange.actions import answering, peers
from gongjian.exchange.line import Answer
from gongjian.exchange.models import Posted
from gongjian.exchange.tests.builders import (
    WireLine,
    an_administrator,
    an_asked_matter,
    an_investigator_there,
    delivered,
    the_other_end,
)
from gongjian.kernel import moment
from gongjian.recognition.tests.builders import MONDAY, a_bureau

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


class Deaf:
    """A peer that answers one thing to everything."""

    def __init__(self, status: int, content: bytes = b"{}") -> None:
        self.answer, self.asked = Answer(status, content), 0

    def carry(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        self.asked += 1
        return self.answer


def tried(line, after: timedelta = timedelta(0)) -> int:
    with moment.fixed(MONDAY + after):
        return sending.send_due(line)


def owed(matter) -> list[str]:
    return list(matter.case.obligations.filter(about=matter.key, fulfilled_at=None).values_list("kind", flat=True))


def test_nothing_is_sent_twice_at_once_and_a_failed_try_rests():
    matter = an_asked_matter()
    line = WireLine(lambda number: "before")
    assert (tried(line), tried(line)) == (1, 0)
    assert tried(line, timedelta(minutes=1)) == 1
    assert tried(line, timedelta(minutes=2)) == 0, "two minutes after the second"
    assert matter.letters.get().attempts == 2
    delivered(after=timedelta(minutes=4))
    assert matter.letters.get(is_ours=True).sending == "sent"


@pytest.mark.parametrize("status", [500, 503, 429, 409, 408])
def test_a_peer_in_trouble_is_asked_again(status):
    matter = an_asked_matter()
    tried(Deaf(status))
    assert (matter.letters.get().sending, owed(matter)) == ("pending", [])


@pytest.mark.parametrize(
    ("status", "content"), [(403, b'{"code": "exchange.unknown_sender"}'), (404, b"<html>"), (302, b"")]
)
def test_a_peer_that_says_no_makes_a_task(status, content):
    matter = an_asked_matter()
    tried(Deaf(status, content))
    letter = matter.letters.get()
    assert (letter.sending, owed(matter)) == ("failed", ["asked_not_delivered"])
    assert letter.last_error == ("exchange.unknown_sender" if b"code" in content else f"exchange.http_{status}")


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", b'{"complete": "yes"}'])
def test_an_answer_that_is_no_receipt_is_none(content):
    matter = an_asked_matter()
    tried(Deaf(200, content))
    assert matter.letters.get().last_error == "exchange.not_complete"


def test_a_letter_that_has_expired_or_whose_peer_is_trusted_no_longer_is_given_up():
    matter, line = an_asked_matter(), Deaf(200)
    tried(line, timedelta(days=30, seconds=1))
    assert (matter.letters.get().last_error, line.asked, owed(matter)) == (
        "exchange.expired",
        0,
        ["asked_not_delivered"],
    )
    other = an_asked_matter()
    peers.end(other.peer, by=an_administrator(a_bureau()))
    tried(line)
    assert (other.letters.get().last_error, line.asked) == ("exchange.not_trusted", 0)


def test_the_letters_of_a_matter_go_in_order_while_other_matters_do_not_wait():
    first, second = an_asked_matter(), an_asked_matter()
    delivered()
    there = the_other_end(first)
    with moment.fixed(MONDAY + timedelta(hours=1)):
        answering.accept(there, by=an_investigator_there())
        answering.answer(there, text="已核实。", by=an_investigator_there())
        answering.accept(the_other_end(second), by=an_investigator_there())
    broken = WireLine(lambda number: "before" if number == 1 else "")
    assert tried(broken, timedelta(hours=1)) == 2
    assert list(Posted.objects.filter(matter=there, is_ours=True).order_by("number").values_list("sending", flat=True)) == [
        "sent", "pending", "pending",
    ]  # fmt: skip
    second.refresh_from_db()
    assert second.state == "accepted"
    delivered(after=timedelta(hours=2))
    first.refresh_from_db()
    assert first.state == "answered"


def test_who_dies_after_the_peer_took_the_letter_sends_it_again_and_nothing_doubles():
    matter = an_asked_matter()
    assert tried(WireLine(lambda number: "after" if number == 1 else "")) == 2, (
        "the question, and the receipt it called forth"
    )
    assert matter.letters.get(is_ours=True).sending == "pending"
    delivered(after=timedelta(minutes=2))
    assert matter.letters.get(is_ours=True).sending == "sent"
    assert the_other_end(matter).letters.filter(is_ours=False).count() == 1
