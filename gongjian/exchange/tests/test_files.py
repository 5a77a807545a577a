"""Files go in pieces, resume where the line was cut, and are compared with their announced hash."""

import json
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from gongjian.exchange import api, line
from gongjian.exchange.actions import receiving
from gongjian.exchange.models import Enclosure, Matter, Piece, Posted
from gongjian.exchange.rules import request_text
from gongjian.exchange.states import State
from gongjian.exchange.tests.builders import WireLine, an_asked_matter, carried, delivered, the_other_end
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.tests.files import a_large_pdf
from gongjian.papers.actions import signature_of
from gongjian.recognition.tests.builders import MONDAY, a_bureau

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
SIZE = 60_000


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch):
    """Pieces go out short; what is taken in stays as long as it was."""
    monkeypatch.setattr(api, "PIECE", line.PIECE)
    monkeypatch.setattr(line, "PIECE", 16_384)


def a_question() -> Matter:
    """One with a PDF of several pieces."""
    return an_asked_matter(paper=a_large_pdf(SIZE))


def there_of(matter: Matter) -> Enclosure:
    return Enclosure.objects.get(letter__matter=the_other_end(matter))


def starts(wire: WireLine) -> list[int]:
    return [int(span.split()[1].split("-")[0]) for span in wire.pieces]


def put(matter: Matter, body: bytes, span: str, **changes: str) -> tuple[int, dict[str, Any]]:
    """One piece as our office would send it, or changed on its way."""
    file = Enclosure.objects.get(letter__matter=matter)
    path = changes.pop("path", f"/exchange/v1/letters/{matter.key}/1/files/{file.sha256}")
    at = changes.pop("at", MONDAY.isoformat())
    text = request_text("PUT", path, span, body, at, "YXRS", "DLRS")
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Range": span,
        "Gongjian-Sender": "YXRS",
        "Gongjian-Audience": "DLRS",
        "Gongjian-At": at,
        "Gongjian-Signature": b64encode(signature_of(a_bureau()).sign_bytes(text)).decode(),
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    with moment.fixed(MONDAY):
        answer = carried("PUT", path, changes.pop("sent", body), headers)
    return answer.status, json.loads(answer.content)


def announced() -> tuple[Matter, bytes]:
    """A letter that is there while its file is not; and the file's bytes."""
    matter = a_question()
    delivered(line=WireLine(lambda number: "before" if number > 1 else ""))
    with open_evidence(Enclosure.objects.get(letter__matter=matter).evidence) as file:
        return matter, file.read()


def test_a_file_goes_in_pieces_and_is_the_same_at_the_other_end():
    matter = a_question()
    wire = delivered()
    file = there_of(matter)
    assert starts(wire) == [0, 16_384, 32_768, 49_152]
    with open_evidence(file.evidence) as content:
        assert sha256(content.read()).hexdigest() == file.sha256
    assert not Piece.objects.exists()
    assert the_other_end(matter).state == State.RECEIVED


@pytest.mark.parametrize("cut", ["before", "after"])
def test_l01_a_line_cut_in_the_middle_of_a_file_goes_on_where_it_was_cut(cut):
    matter = a_question()
    wire = delivered(line=WireLine(lambda number: cut if number == 3 else ""))
    assert the_other_end(matter).state == State.ARRIVING
    assert matter.letters.get().last_error == "exchange.no_answer"
    rest = delivered(after=timedelta(minutes=2))
    assert starts(rest)[0] == (16_384 if cut == "before" else 32_768)
    assert sorted({*starts(wire), *starts(rest)}) == [0, 16_384, 32_768, 49_152]
    assert there_of(matter).evidence is not None
    assert Posted.objects.filter(is_ours=True, kind="received").count() == 1


def test_a_matter_that_is_still_arriving_is_on_nobodys_list_and_nothing_more_is_taken_before_it():
    matter, _ = announced()
    assert the_other_end(matter).state == State.ARRIVING
    assert not Posted.objects.filter(kind="received").exists()


def test_a_piece_that_comes_twice_is_taken_once_and_a_gap_is_refused():
    matter, body = announced()
    size = len(body)
    first = f"bytes 0-999/{size}"
    sha = Enclosure.objects.filter(letter__matter=matter).get().sha256
    assert [put(matter, body[:1000], first)[1]["received"] for _ in range(2)] == [{sha: 1000}] * 2
    assert put(matter, body[2000:3000], f"bytes 2000-2999/{size}")[0] == 416
    assert Piece.objects.count() == 1


@pytest.mark.parametrize(
    "span", ["", "bytes 0-9/5", "bytes 0-998/{size}", "bytes 0-999/1", "bytes a-b/c", "bytes 5-1004/{size}"]
)
def test_a_piece_whose_place_does_not_fit_is_refused(span):
    matter, body = announced()
    status, told = put(matter, body[:1000], span.format(size=len(body)))
    assert (status, told["code"]) == (416, "exchange.range_wrong")


def test_a_file_that_was_changed_on_its_way_is_thrown_away_and_can_come_again():
    matter, body = announced()
    size = len(body)
    wrong = body[:-1] + b"!"
    assert put(matter, wrong[: size // 2], f"bytes 0-{size // 2 - 1}/{size}")[0] == 200
    status, told = put(matter, wrong[size // 2 :], f"bytes {size // 2}-{size - 1}/{size}")
    assert (status, told["code"]) == (422, "exchange.file_changed")
    assert not Piece.objects.exists()
    assert put(matter, body, f"bytes 0-{size - 1}/{size}")[1]["complete"] is True
    assert the_other_end(matter).state == State.RECEIVED


def test_a_piece_is_taken_only_with_the_senders_signature_over_it():
    matter, body = announced()
    span = f"bytes 0-999/{len(body)}"
    for changes in (
        {"sent": body[1:1001]},
        {"Content_Range": f"bytes 1-1000/{len(body)}"},
        {"Gongjian_Signature": "AAAA"},
    ):
        assert put(matter, body[:1000], span, **changes)[1]["code"] == "exchange.signature_wrong"
    assert put(matter, body[:1000], span, Gongjian_Sender="XXRS")[1]["code"] == "exchange.unknown_sender"
    assert put(matter, body[:1000], span, Gongjian_Sender="")[1]["code"] == "exchange.letter_broken"
    assert (
        put(matter, body[:1000], span, at=(MONDAY - timedelta(minutes=11)).isoformat())[1]["code"] == "exchange.expired"
    )
    assert put(matter, body[:1000], span, at="yesterday")[1]["code"] == "exchange.letter_broken"
    assert not Piece.objects.exists()


def test_a_file_that_no_letter_announces_is_refused():
    matter, body = announced()
    path = f"/exchange/v1/letters/{matter.key}/1/files/{'0' * 64}"
    status, told = put(matter, body[:1000], f"bytes 0-999/{len(body)}", path=path)
    assert (status, told["code"]) == (404, "exchange.file_not_announced")


def test_pieces_of_what_never_became_whole_go_when_the_letter_has_expired():
    matter, body = announced()
    put(matter, body[:1000], f"bytes 0-999/{len(body)}")
    with moment.fixed(MONDAY + timedelta(days=30)):
        assert receiving.forget_pieces() == 0
    with moment.fixed(MONDAY + timedelta(days=30, seconds=1)):
        assert receiving.forget_pieces() == 1
