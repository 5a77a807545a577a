"""Taken out, written away, brought back: every event once, by the actions of the house, and nothing overwritten."""

import json
from typing import Any

import pytest

from gongjian.accounts.tests.builders import PASSWORD, an_exam_staff
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, Obligation
from gongjian.draws.states import Ground
from gongjian.kernel.evidence.errors import KindNotAllowed
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kits.actions import bringing, merging
from gongjian.kits.actions.bringing import bring
from gongjian.kits.actions.settling import settle
from gongjian.kits.errors import FileDiffers, Forked, IdTaken, KitNotFound, NotAConflict, Unreadable, WayNotOpen
from gongjian.kits.jobs import merge_waiting
from gongjian.kits.models import KitEvent
from gongjian.kits.owes import SETTLE_KIT
from gongjian.kits.states import Stage, Way
from gongjian.kits.tests import builders
from gongjian.kits.tests.builders import Device, a_morning, codes_of, members_of
from gongjian.kits.tests.schedules import Killed
from gongjian.materials.access import may_see
from gongjian.materials.actions import add_page, remove_page
from gongjian.materials.errors import MaterialClosed, MaterialNotFound
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.opinions.actions.declare import declare_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import hash_of
from gongjian.opinions.errors import StillSealed
from gongjian.opinions.models import Opinion, OpinionDraft, Vote
from gongjian.opinions.queries import group
from gongjian.opinions.sealing import opened_statements
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def stages(device: Device) -> list[str]:
    return list(KitEvent.objects.filter(kit=device.kit).order_by("n").values_list("stage", flat=True))


def refusals(device: Device) -> list[str]:
    return list(KitEvent.objects.filter(kit=device.kit).order_by("n").values_list("refusal", flat=True))


def owed() -> list[str]:
    return list(Obligation.objects.filter(kind=SETTLE_KIT, fulfilled_at=None).values_list("role", flat=True))


def case_of(code: str) -> Case:
    return Case.objects.get(bookings__exam_code=code)


@pytest.fixture
def away() -> tuple[Device, str]:
    """A device of the first expert, and the code of the first examination."""
    sitting = a_morning()
    return Device(members_of(sitting)[0], sitting), codes_of(sitting)[0]


def test_what_three_experts_sealed_away_is_counted_once_and_by_the_hashes_that_were_made_away():
    sitting = a_morning()
    code = codes_of(sitting)[0]
    devices = [Device(user, sitting) for user in members_of(sitting)]
    for device in devices:
        device.seals(code, an_opinion_of(9))
    for device in [*devices, *devices]:
        device.comes_back()
    assert [stages(device) for device in devices] == [[Stage.MERGED]] * 3
    assert Vote.objects.get().grade == 9
    assert case_of(code).state == State.OPINED
    told = [statement for _, statement in opened_statements(Opinion.objects.all()[0].round)]
    assert [each["kit"] for each in told] == [device.pack["number"] for device in devices]
    assert LedgerEntry.objects.filter(act="opinion.sealed").count() == 3
    assert all(case_of(code).number not in json.dumps(each) for each in told)


def test_the_sheet_the_pictures_and_the_signature_come_to_where_the_pages_put_them(away):
    device, code = away
    device.writes(code, an_opinion_of(8))
    device.writes(code, an_opinion_of(9, reason="复测后改为九级"))
    device.pictures(code, a_picture().read())
    device.pictures(code, a_picture(9).read(), kind="signed")
    device.comes_back()
    assert stages(device) == [Stage.MERGED] * 4
    assert OpinionDraft.objects.get().content["reason"] == "复测后改为九级"
    pages = MaterialPage.objects.filter(material__case=case_of(code), material__kind="examination")
    assert [page.name.split("-")[0] for page in pages.order_by("order")] == ["拍照", "当事人签名"]
    assert {page.added_by for page in pages} == {device.user}


def test_the_pictures_of_an_examination_come_with_the_kit_and_in_no_other_way(away):
    device, code = away
    device.pictures(code, a_picture().read())
    device.comes_back()
    material = Material.objects.get(kind="examination")
    for user in (device.user, *members_of(device.sitting)[1:], an_exam_staff()):
        with pytest.raises((MaterialClosed, MaterialNotFound)):
            add_page(material, a_picture(5), name="x.png", by=user)
    assert not may_see(members_of(device.sitting)[1], material)
    with pytest.raises((MaterialClosed, MaterialNotFound)):
        remove_page(material.pages.get().pk, by=device.user)


def test_while_a_picture_is_awaited_nobody_adds_a_page_and_what_came_stays(away):
    device, code = away
    device.pictures(code, a_picture().read(), kind="signed")
    device.comes_back()
    device.adds("pictured", code, {"sha256": "0" * 64})
    device.comes_back()
    assert stages(device) == [Stage.MERGED, Stage.WAITING]
    with pytest.raises((MaterialClosed, MaterialNotFound)):
        add_page(Material.objects.get(kind="examination"), a_picture(5), name="x.png", by=device.user)
    with pytest.raises((MaterialClosed, MaterialNotFound)):
        remove_page(MaterialPage.objects.get().pk, by=device.user)
    assert MaterialPage.objects.get().name.startswith("当事人签名")


def test_nobody_sees_what_one_has_sealed_away_before_all_have_sealed(away):
    device, code = away
    device.seals(code, an_opinion_of(9))
    device.comes_back()
    with pytest.raises(StillSealed):
        opened_statements(Opinion.objects.get().round)
    other = Device(members_of(device.sitting)[1], device.sitting)
    assert "按所选条款评定" not in json.dumps(other.pack, ensure_ascii=False)


def test_what_goes_along_names_nobody(away):
    device, code = away
    told = json.dumps(device.pack, ensure_ascii=False)
    case = case_of(code)
    hidden = (
        case.number,
        case.person.name,
        case.person.id_number,
        case.employer.name if case.employer else case.number,
    )
    assert [word for word in hidden if word and word in told] == []
    assert {"exam_code", "sex", "age", "parts", "content"} <= set(device.pack["cases"][0])


def test_l07_what_was_changed_at_the_office_meanwhile_is_not_overwritten_and_its_author_chooses(away):
    device, code = away
    save_draft(code, an_opinion_of(10, reason="平台上写的"), version=1, by=device.user)
    device.writes(code, an_opinion_of(9, reason="第一次写的"))
    device.writes(code, an_opinion_of(9, reason="工作包里写的"))
    device.comes_back()
    assert (stages(device), owed()) == ([Stage.OVERTAKEN, Stage.CONFLICT], ["exam_staff"])
    assert OpinionDraft.objects.get().content["reason"] == "平台上写的"
    number = device.pack["number"]
    with pytest.raises(WayNotOpen):
        settle(number, 2, Way.KIT, by=an_exam_staff())
    with pytest.raises(WayNotOpen):
        settle(number, 2, Way.NOTED, by=device.user)
    settle(number, 2, Way.KIT, by=device.user)
    assert OpinionDraft.objects.get().content["reason"] == "工作包里写的"
    assert (stages(device)[1], owed()) == (Stage.SETTLED, [])
    with pytest.raises(NotAConflict):
        settle(number, 2, Way.PLATFORM, by=device.user)
    kept = KitEvent.objects.get(n=2)
    assert (kept.way, kept.beside["reason"]) == (Way.KIT, "平台上写的")


def test_l07_the_office_s_text_may_be_kept_and_the_other_stays_on_record(away):
    device, code = away
    save_draft(code, an_opinion_of(10, reason="平台上写的"), version=1, by=device.user)
    device.writes(code, an_opinion_of(9, reason="工作包里写的"))
    device.comes_back()
    settle(device.pack["number"], 1, Way.PLATFORM, by=device.user)
    assert OpinionDraft.objects.get().content["reason"] == "平台上写的"
    assert "工作包里写的" in KitEvent.objects.get().told


def test_a_seal_ends_the_quarrel_of_two_drafts_and_keeps_what_stood_beside_it(away):
    device, code = away
    save_draft(code, an_opinion_of(10, reason="平台上写的"), version=1, by=device.user)
    device.writes(code, an_opinion_of(9))
    device.seals(code, an_opinion_of(9))
    device.comes_back()
    assert (stages(device), owed()) == ([Stage.OVERTAKEN, Stage.MERGED], [])
    assert KitEvent.objects.get(n=2).beside["reason"] == "平台上写的"


def test_what_was_sealed_at_the_office_first_stands_and_the_other_is_noted(away):
    device, code = away
    draft = save_draft(code, an_opinion_of(10), version=1, by=device.user)
    first = seal_opinion(code, version=draft.version, password=PASSWORD, by=device.user)
    device.seals(code, an_opinion_of(9))
    device.comes_back()
    assert (stages(device), refusals(device)) == ([Stage.CONFLICT], ["opinions.sealed_already"])
    assert list(Opinion.objects.all()) == [first]
    settle(device.pack["number"], 1, Way.NOTED, by=an_exam_staff())
    assert (stages(device), owed()) == ([Stage.SETTLED], [])


def test_who_had_to_leave_the_group_meanwhile_does_not_seal(away):
    device, code = away
    device.seals(code, an_opinion_of(9))
    declare_conflict(code, Ground.TREATED, by=device.user)
    device.comes_back()
    assert (stages(device), Opinion.objects.count()) == ([Stage.CONFLICT], 0)


def test_an_opinion_with_a_gap_is_not_sealed_and_never_mended_by_anybody_else(away):
    device, code = away
    device.seals(code, an_opinion_of(9, reason=" "))
    device.comes_back()
    assert (refusals(device), Opinion.objects.count()) == (["opinions.not_ready"], 0)


def test_while_a_recusal_waits_for_its_answer_the_seal_waits_too(away, monkeypatch):
    device, code = away
    device.seals(code, an_opinion_of(9))
    with monkeypatch.context() as patch:
        patch.setattr(group, "has_recusal_waiting", lambda case: True)
        device.comes_back()
        assert (stages(device), refusals(device)) == ([Stage.WAITING], ["opinions.recusal_waiting"])
    assert (merge_waiting(), merge_waiting()) == (1, 0)
    assert stages(device) == [Stage.MERGED]


def test_who_is_not_in_the_room_yet_is_sealed_when_they_were_called():
    sitting = a_morning(people=1, called=0)
    device, code = Device(members_of(sitting)[0], sitting), codes_of(sitting)[0]
    device.seals(code, an_opinion_of(9))
    device.comes_back()
    assert (stages(device), refusals(device)) == ([Stage.WAITING], ["opinions.not_called_yet"])
    call_next(sitting, 1, by=an_exam_staff())
    assert merge_waiting() == 1
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"seat": 2},
        {"seat": True},
        {"expert": "ZJ-0"},
        {"round": 2},
        {"exam_code": "AAAA2222"},
        {"form": "gj-opinion-2"},
        {"standard": "GB/T 0-1900"},
        {"content": {"findings": [{"part": "999999"}]}},
        {"content": {**an_opinion_of(9).plain(), "more": 1}},
        {"content": []},
        {"surplus": 1},
    ],
    ids=lambda changes: str(next(iter(changes))),
)
def test_a_statement_that_is_not_about_this_seat_is_kept_and_not_sealed(away, changes):
    device, code = away
    device.seals(code, an_opinion_of(9), **changes)
    device.comes_back()
    assert (refusals(device), Opinion.objects.count()) == (["opinions.statement_unsound"], 0)


def test_a_statement_that_another_key_has_signed_is_not_sealed(away):
    device, code = away
    other = Device(members_of(device.sitting)[1], device.sitting)
    statement = device.statement(code, an_opinion_of(9)).decode()
    device.adds(
        "sealed", code, {"statement": statement, "signature": other.signs(device.hashes[-1] if device.hashes else "0")}
    )
    device.adds("sealed", code, {"statement": statement + " ", "signature": "no hex"})
    device.comes_back()
    assert (set(refusals(device)), Opinion.objects.count()) == ({"opinions.statement_unsound"}, 0)


def test_an_examination_that_was_not_taken_along_is_not_touched(away):
    device, _ = away
    device.writes("AAAA2222", an_opinion_of(9))
    device.adds("drafted", codes_of(device.sitting)[1], {"content": {"findings": "nonsense"}})
    device.comes_back()
    assert refusals(device) == ["kits.not_in_kit", "opinions.statement_unsound"]
    assert OpinionDraft.objects.count() == 0


@pytest.mark.parametrize("half", ["\x00", "\ud83d"])
@pytest.mark.parametrize("kind", ["pictured", "signed", "sealed"])
def test_a_text_that_cannot_be_kept_is_shown_to_a_human_and_stops_nobody_else(away, kind, half):
    device, code = away
    other = Device(members_of(device.sitting)[1], device.sitting)
    body = {"sha256": half, "statement": half, "signature": ""}
    told = json.dumps(json.loads(device.told(1, kind, code, {})) | {"body": body})
    device.comes_back([device.sealed(1, told)])
    assert refusals(device) == ["kits.not_in_kit"]
    other.writes(code, an_opinion_of(9))
    other.comes_back()
    assert (merge_waiting(), stages(other)) == (0, [Stage.MERGED])


@pytest.mark.parametrize("half", ["\x00", "\ud83d"])
def test_a_half_sign_in_what_was_written_stops_nobody(away, half):
    device, code = away
    content = an_opinion_of(9).worked().plain()
    told = json.loads(device.told(1, "drafted", code, {})) | {"body": {"content": {**content, "reason": half}}}
    device.comes_back([device.sealed(1, json.dumps(told))])
    assert Stage.WAITING not in stages(device)


def test_a_signature_is_told_in_one_way_alone(away):
    device, code = away
    statement = device.statement(code, an_opinion_of(9))
    spaced = " " * 200 + device.signs(hash_of(statement))
    device.adds("sealed", code, {"statement": statement.decode(), "signature": spaced})
    device.comes_back()
    assert (refusals(device), Opinion.objects.count()) == (["opinions.statement_unsound"], 0)


def test_a_picture_waits_for_its_file_and_a_file_that_is_none_is_refused(away):
    device, code = away
    device.pictures(code, a_picture().read())
    bring(device.pack["number"], device.events, by=device.user)
    assert refusals(device) == ["kits.file_missing"]
    with pytest.raises(FileDiffers):
        device.sends_file("0" * 64, a_picture(9).read())
    with pytest.raises(KindNotAllowed):
        device.sends_file("1" * 64, a_pdf(1).read())
    device.comes_back()
    assert stages(device) == [Stage.MERGED]


@pytest.mark.parametrize("n", [0, -1, 10**9, True, "1", None])
def test_an_event_with_no_place_in_a_chain_is_refused(away, n):
    device, code = away
    told = json.loads(device.told(1, "drafted", code, {})) | {"n": n}
    sent = device.sealed(1, json.dumps(told))
    with pytest.raises(Unreadable):
        device.comes_back([sent])


def test_what_was_tampered_with_on_the_way_is_refused_whole_and_comes_again(away):
    device, code = away
    device.writes(code, an_opinion_of(9))
    good = device.writes(code, an_opinion_of(10))
    wrong: list[dict[str, Any]] = [
        {**good, "sealed": "AAAA" + good["sealed"][4:]},
        {**good, "n": 1},
        {**good, "signature": "00" * 64},
        {**good, "sealed": 7},
        {"n": 2},
    ]
    for each in wrong:
        with pytest.raises(Unreadable):
            device.comes_back([device.events[0], each])
    assert stages(device) == []
    device.comes_back()
    assert stages(device) == [Stage.MERGED] * 2


def test_a_copy_of_the_device_that_goes_its_own_way_is_found_out(away):
    device, code = away
    device.writes(code, an_opinion_of(9))
    device.comes_back()
    fork = device.sealed(1, device.told(1, "drafted", code, {"content": an_opinion_of(1).plain()}))
    with pytest.raises(Forked):
        device.comes_back([fork])
    assert len(stages(device)) == 1


def test_two_records_under_one_id_are_refused_in_words_and_nothing_of_that_delivery_is_taken_in(away, monkeypatch):
    device, code = away
    other = Device(members_of(device.sitting)[1], device.sitting)
    monkeypatch.setattr(builders, "urandom", lambda size: b"\x01" * size)
    device.writes(code, an_opinion_of(10))
    device.writes(code, an_opinion_of(9))
    other.writes(code, an_opinion_of(9))
    with pytest.raises(IdTaken, match="第2条"):
        device.comes_back()
    assert stages(device) == []
    for _ in range(2):
        device.comes_back(device.events[:1])
    with pytest.raises(IdTaken, match="第2条"):
        device.comes_back()
    with pytest.raises(IdTaken, match="第1条"):
        other.comes_back()
    assert (stages(device), stages(other)) == ([Stage.MERGED], [])


def test_nobody_else_brings_or_settles_anything_of_a_kit(away):
    device, code = away
    device.writes(code, an_opinion_of(9))
    with pytest.raises(KitNotFound):
        bring(device.pack["number"], device.events, by=members_of(device.sitting)[1])
    with pytest.raises(KitNotFound):
        bring(device.pack["number"], device.events, by=an_exam_staff())
    with pytest.raises(KitNotFound):
        settle(device.pack["number"], 1, Way.NOTED, by=members_of(device.sitting)[1])


def test_l16_an_office_that_dies_between_two_events_goes_on_where_it_stood(away, monkeypatch):
    device, code = away
    for grade in (10, 9, 8):
        device.writes(code, an_opinion_of(grade))
    with monkeypatch.context() as patch:
        patch.setattr(merging, "record", dies_at(2, then=record))
        with pytest.raises(Killed):
            device.comes_back()
    assert stages(device) == [Stage.MERGED, Stage.WAITING, Stage.WAITING]
    assert OpinionDraft.objects.get().content["grade"] == 10
    assert merge_waiting() == 2
    assert OpinionDraft.objects.get().content["grade"] == 8
    drafts = LedgerEntry.objects.filter(act="kit.merged").values_list("facts__n", flat=True)
    assert sorted(drafts) == [1, 2, 3]


def test_an_office_that_dies_while_it_takes_in_has_taken_in_nothing(away, monkeypatch):
    device, code = away
    device.writes(code, an_opinion_of(10))
    device.writes(code, an_opinion_of(9))
    with monkeypatch.context() as patch:
        patch.setattr(bringing, "_keep", dies_at(2, then=bringing._keep))
        with pytest.raises(Killed):
            device.comes_back()
    assert stages(device) == []
    device.comes_back()
    assert stages(device) == [Stage.MERGED] * 2


def dies_at(turn: int, then: Any = lambda *args, **facts: None) -> Any:
    """Does its work until this turn, and dies in it."""
    turns = iter(range(1, 99))

    def act(*args: Any, **facts: Any) -> Any:
        if next(turns) == turn:
            raise Killed
        return then(*args, **facts)

    return act
