"""What is refused at the door: tampered, unknown, meant for somebody else, expired, out of order; and what is taken once."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gongjian.exchange import api
from gongjian.exchange.actions import peers
from gongjian.exchange.models import Matter, Posted
from gongjian.exchange.rules import Letter, canonical
from gongjian.exchange.rules import read as read_letter
from gongjian.exchange.states import Direction, Kind
from gongjian.exchange.tests.builders import (
    WireLine,
    an_administrator,
    an_asked_matter,
    an_entered_peer,
    carried,
    delivered,
    the_other_end,
    two_cities,
)
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import MONDAY, a_bureau, another_bureau

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def the_letter(matter: Matter) -> Letter:
    return read_letter(matter.letters.get(number=1, is_ours=True).content.encode())


def signed(letter: Letter, office=None) -> bytes:
    """An envelope as the office would send it."""
    content = canonical(letter)
    signature = b64encode(signature_of(office or a_bureau()).sign_bytes(content)).decode()
    return b'{"letter":' + content + b',"signature":"' + signature.encode() + b'"}'


def posted(body: bytes, after: timedelta = timedelta(0)) -> tuple[int, dict[str, Any]]:
    with moment.fixed(MONDAY + after):
        answer = carried("POST", "/exchange/v1/letters", body, {"Content-Type": "application/json"})
    return answer.status, json.loads(answer.content)


def refused(body: bytes, after: timedelta = timedelta(0)) -> tuple[int, str]:
    status, told = posted(body, after)
    return status, told["code"]


def test_a_letter_is_taken_once_however_often_it_comes():
    matter = an_asked_matter()
    body = signed(the_letter(matter))
    assert [posted(body) for _ in range(3)] == [(200, {"complete": True, "received": {}})] * 3
    there = Matter.objects.get(direction=Direction.IN)
    assert there.letters.filter(is_ours=False).count() == 1
    assert there.letters.filter(is_ours=True).count() == 1, "one receipt"


def test_a_letter_whose_words_were_changed_is_refused():
    matter = an_asked_matter()
    body = signed(the_letter(matter)).replace("站前路口".encode(), "站后路口".encode())
    assert refused(body) == (403, "exchange.signature_wrong")
    assert not Matter.objects.filter(direction=Direction.IN).exists()


def test_a_letter_signed_by_another_key_is_refused():
    assert refused(signed(the_letter(an_asked_matter()), office=another_bureau())) == (403, "exchange.signature_wrong")


def test_the_same_number_with_other_words_is_refused_even_when_signed():
    matter = an_asked_matter()
    letter = the_letter(matter)
    posted(signed(letter))
    assert refused(signed(replace(letter, text="另一件事"))) == (422, "exchange.number_taken")
    assert the_other_end(matter).scope == matter.scope


def test_a_letter_for_somebody_else_is_refused():
    letter = replace(the_letter(an_asked_matter()), audience="NOBODY")
    assert refused(signed(letter)) == (422, "exchange.wrong_audience")


def test_a_sender_who_is_unknown_not_yet_trusted_or_trusted_no_longer_is_refused():
    letter = the_letter(an_asked_matter())
    body = signed(letter)
    _, ours_there = two_cities()
    assert refused(signed(replace(letter, sender="XXRS"))) == (403, "exchange.unknown_sender")
    peers.end(ours_there, by=an_administrator(another_bureau()))
    assert refused(body) == (403, "exchange.unknown_sender")
    an_entered_peer(another_bureau(), a_bureau())
    assert refused(body) == (403, "exchange.unknown_sender")


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (timedelta(minutes=-9), 200),
        (timedelta(minutes=-11), 422),
        (timedelta(days=30), 200),
        (timedelta(days=30, minutes=1), 422),
    ],
)
def test_a_letter_holds_from_its_making_until_it_expires(after, status):
    assert posted(signed(the_letter(an_asked_matter())), after)[0] == status


def test_a_letter_that_gives_itself_longer_than_thirty_days_is_refused():
    letter = the_letter(an_asked_matter())
    assert refused(signed(replace(letter, expires_at=letter.expires_at + timedelta(days=1)))) == (
        422,
        "exchange.expired",
    )


def test_letters_are_taken_in_order_and_only_where_the_matter_stands_so():
    matter = an_asked_matter()
    delivered()
    here = Matter.objects.get(pk=matter.pk)
    back = Letter("DLRS", "YXRS", here.key, 3, Kind.ANSWERED, MONDAY, MONDAY + timedelta(days=1), text="已核实")
    assert refused(signed(back, another_bureau())) == (409, "exchange.out_of_order")
    assert refused(signed(replace(back, number=2), another_bureau())) == (422, "exchange.not_now")
    unknown = replace(back, matter="00000000-0000-4000-8000-000000000000", number=1)
    assert refused(signed(unknown, another_bureau())) == (404, "exchange.matter_unknown")


def test_an_answer_to_a_question_that_another_city_was_asked_is_refused():
    matter = an_asked_matter()
    delivered()
    forged = Letter("YXRS", "DLRS", matter.key, 2, Kind.ACCEPTED, MONDAY, MONDAY + timedelta(days=1))
    assert refused(signed(forged)) == (404, "exchange.matter_unknown")


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"nonsense",
        b'{"letter":{},"signature":"x"}',
        b'{"letter":' + b"[" * 5000 + b"]" * 5000 + b',"signature":""}',
        b"\xff\xfe",
    ],
    ids=["empty", "list", "text", "bare", "deep", "bytes"],
)
def test_what_is_no_letter_is_refused_in_words(body):
    assert refused(body) == (422, "exchange.letter_broken")


def test_more_than_a_letter_can_hold_is_refused_before_it_is_read():
    assert refused(b"x" * (api.LONGEST_LETTER + 1)) == (413, "exchange.too_much")
    assert refused(b"") == (413, "exchange.too_much")


def test_who_asks_too_often_waits(monkeypatch):
    monkeypatch.setattr(api, "ALLOWED", Allowance("exchange", most=2, seconds=60))
    assert [refused(b"{}")[0] for _ in range(3)] == [422, 422, 429]


def test_nothing_but_the_one_way_is_answered():
    with moment.fixed(MONDAY):
        assert carried("GET", "/exchange/v1/letters", b"", {"Content-Type": "application/json"}).status == 405


def test_what_was_refused_is_logged_by_its_code_and_without_anybodys_name(caplog):
    body = signed(the_letter(an_asked_matter())).replace("站前".encode(), "站后".encode())
    refused(body)
    record = next(each for each in caplog.records if each.name == api.log.name)
    assert record.getMessage() == "exchange.refused exchange.signature_wrong"
    assert not [word for word in ("林知远", "路口") if word in str(record.__dict__)]


def test_the_receiver_keeps_the_letter_byte_for_byte_with_its_signature():
    matter = an_asked_matter()
    delivered(line=WireLine())
    ours, theirs = (
        Posted.objects.get(matter=matter, is_ours=True),
        Posted.objects.get(matter=the_other_end(matter), is_ours=False),
    )
    assert (ours.content, ours.signature, ours.digest) == (theirs.content, theirs.signature, theirs.digest)
