"""What a device sends, opened and read with suspicion; and what goes along, read as an outsider would."""

import json
from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

import pytest

from gongjian.grading.clauses import all_clauses
from gongjian.kits.actions.taking import take_out
from gongjian.kits.chain import START, hash_of
from gongjian.kits.errors import Unreadable
from gongjian.kits.events import read
from gongjian.kits.models import KitEvent
from gongjian.kits.packing import packed
from gongjian.kits.sealing import new_secret, opened, public_half
from gongjian.kits.states import Kind
from gongjian.kits.tests.builders import Device, a_morning, codes_of, for_office, members_of
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.content import Content
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.tests.builders import a_finding, a_sheet, an_opinion_of

ID = "6b2c1a52-7f4e-4a3a-9a34-0a8f6f1d2c33"
TOLD: dict[str, Any] = {
    "form": "gj-kit-event-1",
    "kit": "K7M2P9QR",
    "n": 1,
    "before": START,
    "id": ID,
    "kind": "drafted",
    "exam_code": "ABCD2345",
    "at": "2026-03-24T09:00:00+08:00",
    "body": {"content": {}},
}


def told(**changes: Any) -> str:
    return json.dumps({name: value for name, value in {**TOLD, **changes}.items() if value is not ...})


def test_an_event_is_read_as_it_was_written_and_hashed_as_it_stands():
    event = read(told(), kit="K7M2P9QR")
    assert (event.link.n, event.link.before, event.link.hash) == (1, START, hash_of(told()))
    assert (event.event_id, event.kind, event.exam_code) == (UUID(ID), Kind.DRAFTED, "ABCD2345")
    assert (event.happened_at.isoformat(), event.body) == ("2026-03-24T01:00:00+00:00", {"content": {}})


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "gj-kit-event-2"},
        {"kit": "ANOTHER"},
        {"n": 0},
        {"n": "1"},
        {"n": 1.5},
        {"n": True},
        {"before": None},
        {"before": "x" * 65},
        {"id": "no id"},
        {"id": 7},
        {"kind": "conquered"},
        {"kind": None},
        {"exam_code": "x" * 41},
        {"exam_code": "\x00"},
        {"exam_code": 7},
        {"at": "yesterday"},
        {"at": "2026-03-24T09:00:00"},
        {"at": 7},
        {"body": []},
        {"body": None},
        *({name: ...} for name in TOLD),
    ],
    ids=lambda changes: "-".join(f"{name}={value!r:.12}" for name, value in changes.items()),
)
def test_what_is_no_event_of_this_kit_is_refused(changes):
    with pytest.raises(Unreadable):
        read(told(**changes), kit="K7M2P9QR")


@pytest.mark.parametrize("text", ["", "[]", "null", "7", "{", '"gj-kit-event-1"', "[" * 5000])
def test_what_is_no_object_is_refused(text):
    with pytest.raises(Unreadable):
        read(text, kit="K7M2P9QR")


def test_what_is_sealed_for_the_office_opens_with_its_secret_at_its_place_alone():
    secret, other = new_secret(), new_secret()
    sealed = for_office(public_half(secret), "检查".encode(), "K/event/1")
    assert opened(sealed, secret=secret, place="K/event/1").decode() == "检查"
    for data, key, place in (
        (sealed, other, "K/event/1"),
        (sealed, secret, "K/event/2"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), secret, "K/event/1"),
        (bytes([sealed[0] ^ 1]) + sealed[1:], secret, "K/event/1"),
        (sealed[:40], secret, "K/event/1"),
        (bytes(32) + sealed[32:], secret, "K/event/1"),
        (b"", secret, "K/event/1"),
    ):
        with pytest.raises(Unreadable):
            opened(data, secret=key, place=place)
    assert len(b64decode(public_half(secret))) == 32
    assert b64encode(sealed) != b64encode(for_office(public_half(secret), "检查".encode(), "K/event/1"))


@pytest.mark.django_db
@pytest.mark.usefixtures("morning")
def test_the_standard_goes_along_whole_and_what_was_measured_before_as_it_will_be_signed():
    sitting = a_morning()
    user, code = members_of(sitting)[0], codes_of(sitting)[0]
    measured = Content(findings=(a_finding(sheets=(a_sheet(),)),), reason="已经写的理由")
    save_draft(code, measured, version=1, by=user)
    device = Device(user, sitting)
    one = device.case(code)
    assert (one["content"]["reason"], one["parts"], one["round"]) == ("已经写的理由", ["左膝"], 1)
    assert one["content"]["findings"][0]["sheets"][0]["workings"]
    numbers = [number for number, *_ in device.pack["standard"]["clauses"]]
    assert {each.number for each in all_clauses()} < set(numbers)
    assert set(one["outside"]) < set(numbers)
    assert "5.9.2(23)" not in one["outside"]
    assert packed(take_out(sitting, device.public, password="", by=user))["number"] == device.pack["number"]


@pytest.mark.django_db
@pytest.mark.usefixtures("morning")
def test_a_sheet_measured_at_the_office_and_sealed_away_is_signed_with_its_working():
    sitting = a_morning()
    user, code = members_of(sitting)[0], codes_of(sitting)[0]
    told_ = an_opinion_of(9)
    measured = Content(**{**vars_of(told_), "findings": (a_finding(sheets=(a_sheet(),)),), "explanation": "已核对测量"})
    device = Device(user, sitting)
    device.writes(code, measured)
    device.comes_back()
    assert OpinionDraft.objects.get().content["findings"][0]["sheets"][0]["workings"] == []
    device.seals(code, measured)
    device.comes_back()
    assert set(KitEvent.objects.values_list("stage", flat=True)) == {"merged"}


def vars_of(content: Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in Content.__dataclass_fields__}
