"""A peer that is broken or means ill: its answers stop nothing and say nothing here, its letters and pieces open no door."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongjian.exchange import api
from gongjian.exchange.actions import peers
from gongjian.exchange.errors import AddressWrong, KeyUnreadable, PeerNotFound
from gongjian.exchange.keys import check, fingerprint
from gongjian.exchange.line import LETTERS, LONGEST_ANSWER, PIECE
from gongjian.exchange.models import Enclosure, Matter, Peer, Piece, Posted
from gongjian.exchange.rules import File
from gongjian.exchange.states import Direction, State
from gongjian.exchange.tests.builders import (
    WireLine,
    an_administrator,
    an_asked_matter,
    an_entered_peer,
    carried,
    delivered,
    the_other_end,
)
from gongjian.exchange.tests.test_files import announced, put
from gongjian.exchange.tests.test_letters import posted, refused, signed, the_letter
from gongjian.exchange.tests.test_sending import Deaf, tried
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import MONDAY, a_bureau, another_bureau

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DEEP = b"[" * 100_000
SM2 = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEkHV1vEQ7FCXn2ELrVFbNbRqFUaMKrBXcl2J3QWYPdKJhRfc0v9Y6eWm9Vg7PpVdS
-----END PUBLIC KEY-----"""


class Shy(Deaf):
    """A peer whose answer says of the first enclosure, whichever that is, that so much of it is there."""

    def carry(self, method: str, url: str, body: bytes, headers: dict[str, str]):
        if method == "PUT":
            return super().carry(method, url, body, headers)
        sha = json.loads(body)["letter"]["files"][0]["sha256"]
        said = json.dumps({"complete": False, "received": {sha: "HERE"}}).encode()
        return self.answer._replace(content=said.replace(b'"HERE"', self.answer.content))


@pytest.mark.parametrize(
    "content",
    [DEEP, b"x" * (LONGEST_ANSWER * 2), b'{"received": [], "complete": 1}', b'{"received": null}', b"\xff\xfe\x00", b"9" * 9000],
    ids=["deep", "huge", "a list", "null", "bytes", "digits"],
)  # fmt: skip
def test_an_answer_of_any_form_is_no_receipt_and_the_next_matter_is_sent_all_the_same(content):
    first, second = an_asked_matter(files=1), an_asked_matter()
    line = Deaf(200, content)
    assert tried(line) == 2, "one answer ends no run"
    letters = Posted.objects.filter(matter__in=(first, second))
    assert set(letters.values_list("sending", "last_error")) == {("pending", "exchange.not_complete")}


@pytest.mark.parametrize("here", [b'"many"', b"-5", b"null", b"{}", b"1.5", b"NaN", b"true"])
def test_what_is_no_number_of_bytes_sends_the_file_from_its_beginning(here):
    matter = an_asked_matter(files=1)
    line = Shy(200, here)
    assert tried(line) == 1
    assert line.asked >= 1, "its pieces went"
    assert matter.letters.get().sending == "pending"


def test_a_peer_that_claims_more_bytes_than_there_are_has_nothing_until_it_says_so():
    matter, line = an_asked_matter(files=1), Shy(200, b"99999999999")
    tried(line)
    assert (line.asked, matter.letters.get().last_error) == (0, "exchange.not_complete")


@pytest.mark.parametrize(
    "code", ["林知远 右手示指离断", "x" * 300, "a\x00b", "line\nbreak.x", "", 7, ["exchange.expired"], "Name.Zhiyuan"]
)
@pytest.mark.parametrize(("status", "sending"), [(403, "failed"), (503, "pending")])
def test_words_that_a_peer_puts_in_place_of_a_code_stand_neither_in_the_log_nor_in_the_ledger(
    caplog, code, status, sending
):
    matter = an_asked_matter()
    with caplog.at_level("INFO", logger="gongjian.exchange.sending"):
        tried(Deaf(status, json.dumps({"code": code, "message": "林知远"}).encode()))
    letter = matter.letters.get()
    assert (letter.sending, letter.last_error) == (sending, f"exchange.http_{status}")
    facts = str(list(LedgerEntry.objects.filter(chain=matter.chain).values_list("facts", flat=True)))
    assert not [word for word in ("林知远", "Zhiyuan", "xxxx") if word in facts + caplog.text]


@pytest.mark.parametrize(
    "changes",
    [
        {"made_at": datetime(1, 1, 1, tzinfo=UTC), "expires_at": datetime(9999, 12, 31, tzinfo=UTC)},
        {"made_at": datetime(1, 1, 1, tzinfo=UTC), "expires_at": datetime(1, 1, 2, tzinfo=UTC)},
        {"made_at": datetime(9999, 12, 31, tzinfo=UTC), "expires_at": datetime(9999, 12, 31, tzinfo=UTC)},
        {"expires_at": MONDAY - timedelta(days=1)},
    ],
    ids=["all time", "long ago", "far off", "backwards"],
)
def test_a_letter_of_another_age_is_expired_and_opens_nothing(changes):
    letter = replace(the_letter(an_asked_matter()), **changes)
    assert refused(signed(letter)) == (422, "exchange.expired")
    assert not Matter.objects.filter(direction=Direction.IN).exists()


@pytest.mark.parametrize("name", ["../../etc/passwd\x00", "甲\r\n.pdf", "\u202egnp.exe", "长" * 121])
def test_a_file_whose_name_is_a_trick_is_not_announced(name):
    letter = replace(the_letter(an_asked_matter()), files=(File(name, "a" * 64, 10),))
    assert refused(signed(letter)) == (422, "exchange.letter_broken")


@pytest.mark.parametrize(
    "body",
    [
        b'{"letter":{},"signature":"x","more":1}', b'{"letter":{"text":"\\ud800"},"signature":""}', b'{"letter":1,"signature":[]}',
        b'{"letter":{"number":' + b"9" * 9000 + b'},"signature":"x"}', b'"letter"', b'{"letter":null,"signature":"x"}',
    ],
    ids=["more", "half a sign", "no text", "digits", "text", "null"],
)  # fmt: skip
def test_an_envelope_of_another_form_is_refused_in_words(body):
    assert refused(body) == (422, "exchange.letter_broken")


@pytest.mark.parametrize("signature", ["", "é", "====", "AAAA", "A" * 100_000])
def test_no_signature_of_any_form_opens_the_door(signature):
    letter = the_letter(an_asked_matter())
    envelope = json.loads(signed(letter)) | {"signature": signature}
    assert refused(json.dumps(envelope).encode()) == (403, "exchange.signature_wrong")


def test_a_letter_to_us_cannot_be_turned_back_at_its_sender():
    matter = an_asked_matter()
    turned = replace(the_letter(matter), sender="DLRS", audience="YXRS")
    assert refused(signed(turned, a_bureau())) == (403, "exchange.signature_wrong")
    assert posted(signed(turned, another_bureau()))[0] == 200, "the other city may ask under the same number"
    both = Matter.objects.filter(key=matter.key).values_list("direction", "office__code")
    assert sorted(both) == [("in", "YXRS"), ("out", "YXRS")]


@pytest.mark.parametrize(
    "path", ["{key}/1/files/{short}", "{other}/1/files/{sha}", "{key}/9999999999999999999/files/{sha}"]
)
def test_an_address_that_no_letter_has_is_not_found(path):
    matter, body = announced()
    sha, other = Enclosure.objects.get(letter__matter=matter).sha256, matter.key[:-1] + "\u4eba"
    address = f"{LETTERS}/{path.format(key=matter.key, sha=sha, short=sha[1:], other=other)}"
    with moment.fixed(MONDAY):
        unsigned = carried("PUT", address, body[:10], {"Content-Type": "application/octet-stream"})
    assert unsigned.status == 422, "nothing is looked up for who has not signed"
    status, told = put(matter, body[:1000], f"bytes 0-999/{len(body)}", path=address)
    assert (status, told["code"]) == (404, "exchange.file_not_announced")
    assert not Piece.objects.exists()


def test_pieces_that_overlap_are_taken_once_and_the_file_becomes_whole():
    matter, body = announced()
    size = len(body)
    sha = Enclosure.objects.filter(letter__matter=matter).get().sha256

    def sent(first: int, last: int) -> tuple[int, Any]:
        status, told = put(matter, body[first : last + 1], f"bytes {first}-{last}/{size}")
        return status, told.get("received", {}).get(sha)

    assert [sent(0, 999), sent(500, 1499), sent(999, 999), sent(1000, 1999)] == [
        (200, 1000), (200, 1000), (200, 1000), (200, 2000),
    ]  # fmt: skip
    assert sent(2001, 2999) == (416, None)
    assert sent(2000, size - 1) == (200, size)
    assert sent(0, 999) == (200, size), "what is here whole is answered, not taken again"
    assert the_other_end(matter).state == State.RECEIVED
    assert not Piece.objects.exists()


def test_a_piece_may_not_be_larger_than_is_said_nor_empty():
    matter, body = announced()
    assert put(matter, b"x" * (PIECE + 1), f"bytes 0-{PIECE}/{len(body)}")[1]["code"] == "exchange.too_much"
    assert put(matter, b"", f"bytes 0-0/{len(body)}")[1]["code"] == "exchange.too_much"


def test_a_piece_is_signed_for_its_own_time_and_may_come_twice_within_it_without_harm():
    matter, body = announced()
    for at, code in (
        ((MONDAY + timedelta(minutes=11)).isoformat(), "exchange.expired"),
        ("0001-01-01T00:00:00+23:59", "exchange.expired"),
        ("9999-12-31T23:59:59-23:59", "exchange.expired"),
        (MONDAY.replace(tzinfo=None).isoformat(), "exchange.letter_broken"),
        ("", "exchange.letter_broken"),
    ):
        assert put(matter, body[:1000], f"bytes 0-999/{len(body)}", at=at)[1]["code"] == code
    assert not Piece.objects.exists()


def test_pieces_count_towards_what_one_address_may_ask(monkeypatch):
    matter, body = announced()
    monkeypatch.setattr(api, "ALLOWED", Allowance("pieces", most=1, seconds=60))
    span = f"bytes 0-9/{len(body)}"
    assert [put(matter, body[:10], span)[0] for _ in range(2)] == [200, 429]


def test_what_refused_the_peer_once_it_was_believed_no_longer_takes_no_further_piece():
    matter, body = announced()
    put(matter, body[:1000], f"bytes 0-999/{len(body)}")
    peers.end(Peer.objects.get(office=another_bureau()), by=an_administrator(another_bureau()))
    assert put(matter, body[1000:2000], f"bytes 1000-1999/{len(body)}")[1]["code"] == "exchange.unknown_sender"
    assert Piece.objects.get().length == 1000


@pytest.mark.parametrize("pem", [SM2, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "钥匙", "\x00"])
def test_a_key_that_cannot_be_used_is_refused_in_words(pem):
    with pytest.raises(KeyUnreadable):
        fingerprint(pem)
    with pytest.raises(KeyUnreadable):
        check(pem, b"", "")


@pytest.mark.parametrize(
    "address", ["https://[::1", "https://x:99999", "https://x:abc", "https://x y", "https://例子.cn", "//x", "", "https://", "https://x:0"]
)  # fmt: skip
def test_an_address_to_which_nothing_could_be_sent_is_not_entered(address):
    with pytest.raises(AddressWrong):
        an_entered_peer(a_bureau(), another_bureau(), address=address)


def test_who_was_ended_before_anybody_compared_the_fingerprint_is_not_called_trusted():
    row = an_entered_peer(a_bureau(), another_bureau())
    peers.end(row, by=an_administrator())
    with pytest.raises(PeerNotFound):
        peers.trust(row, seen=row.fingerprint, by=an_administrator())
    assert not LedgerEntry.objects.filter(act="peer.trusted").exists()


def test_the_addresses_of_requests_and_their_heads_name_nobody():
    matter = an_asked_matter(files=2)
    line = delivered(line=WireLine())
    assert len(line.requests) >= 3
    for _, path, _, headers in line.requests:
        plain = path + str(headers)
        assert not [word for word in ("林知远", "%E6%9E%97", "工伤", matter.case.number) if word in plain]
    assert signature_of(a_bureau()).certificate not in str(line.requests), "keys are never sent along"
