"""Taking a kit out and the end of its time: who may, what opens it, when the code is destroyed, and that nothing written is lost by it."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongjian.accounts.tests.builders import PASSWORD, an_exam_staff, an_outsider
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kits.access import visible_to
from gongjian.kits.actions.ending import code_again, end
from gongjian.kits.actions.taking import take_out
from gongjian.kits.errors import KeyUnusable, KitEnded, KitNotFound, NothingToTake
from gongjian.kits.jobs import expire_kits
from gongjian.kits.models import Kit, KitCase, KitEvent
from gongjian.kits.sealing import public_half
from gongjian.kits.states import Ending, Stage
from gongjian.kits.tests.builders import Device, a_morning, codes_of, members_of
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import hash_of
from gongjian.opinions.errors import SignatureWrong
from gongjian.opinions.models import Assignment, Opinion, SigningKey
from gongjian.opinions.signing import verify
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.tests.builders import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def device() -> Device:
    sitting = a_morning()
    return Device(members_of(sitting)[0], sitting)


def test_what_goes_along_is_what_was_declared_and_is_not_sealed():
    sitting = a_morning()
    user, codes = members_of(sitting)[0], codes_of(sitting)
    draft = save_draft(codes[0], an_opinion_of(9), version=1, by=user)
    seal_opinion(codes[0], version=draft.version, password=PASSWORD, by=user)
    Assignment.objects.filter(user=user, exam_code=codes[1]).update(declared_at=None)
    device = Device(user, sitting)
    assert [each["exam_code"] for each in device.pack["cases"]] == codes[2:]
    assert list(device.kit.cases.values_list("exam_code", "draft_version")) == [(codes[2], 1)]
    taken = LedgerEntry.objects.filter(act="kit.taken")
    assert [entry.facts["kit"] for entry in taken] == [device.pack["number"]]


def test_art_28_without_a_declaration_nothing_goes_along():
    sitting = a_morning()
    user = members_of(sitting)[0]
    Assignment.objects.filter(user=user).update(declared_at=None)
    with pytest.raises(NothingToTake):
        Device(user, sitting)
    assert Kit.objects.count() == 0


def test_the_expert_signs_the_key_of_the_device_and_the_office_alone_could_not(device):
    kit = device.kit
    own = SigningKey.objects.get(user=device.user, retired_at=None)
    assert verify(own, hash_of(f"gj-kit-1/{kit.number}/{kit.key.public_key}".encode()), kit.authority)
    assert (kit.key.wrapped_secret, kit.key.retired_at) == ("", kit.expires_at)
    with pytest.raises(SignatureWrong):
        take_out(device.sitting, another_public(), password="not the password", by=device.user)
    assert Kit.objects.count() == 1


def another_public() -> str:
    return b64encode(bytes(range(32))).decode()


def test_a_lost_answer_asked_for_again_is_the_same_kit_with_the_same_code(device):
    again = take_out(device.sitting, device.public, password=PASSWORD, by=device.user)
    assert (again.kit.number, again.kit.code, len(again.duties)) == (device.pack["number"], device.pack["code"], 3)
    assert Kit.objects.count() == 1


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!", b64encode(bytes(31)).decode()])
def test_what_is_no_key_takes_nothing_along(key):
    sitting = a_morning()
    with pytest.raises(KeyUnusable):
        take_out(sitting, key, password=PASSWORD, by=members_of(sitting)[0])


def test_a_key_that_somebody_has_used_is_nobody_elses(device):
    with pytest.raises(KeyUnusable):
        take_out(device.sitting, device.public, password=PASSWORD, by=members_of(device.sitting)[1])


def test_codes_and_secrets_are_of_chance_and_lie_encrypted(device):
    other = Device(members_of(device.sitting)[1], device.sitting)
    assert (len(device.pack["code"]), device.pack["code"] == other.pack["code"]) == (12, False)
    assert public_half(device.kit.secret) == device.pack["office"] != other.pack["office"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT code || secret FROM kits_kit")
        stored = str(cursor.fetchall())
    assert [told for told in (device.pack["code"], device.kit.secret) if told in stored] == []


def test_an_expert_sees_their_own_kits_the_staff_those_of_their_office_and_others_none(device):
    assert list(visible_to(device.user)) == list(visible_to(an_exam_staff())) == [device.kit]
    assert not visible_to(members_of(device.sitting)[1]).exists()
    assert not visible_to(an_outsider()).exists()


@pytest.mark.parametrize(("minutes", "ended"), [(-1, 0), (0, 1), (1, 1)])
def test_expiry_destroys_the_code_to_the_minute_and_once(device, minutes, ended):
    with moment.fixed(MORNING + timedelta(hours=12, minutes=minutes)):
        assert (expire_kits(), expire_kits()) == (ended, 0)
    kit = device.kit
    assert (kit.ending, kit.code == "") == ((Ending.EXPIRED, True) if ended else ("", False))
    assert LedgerEntry.objects.filter(act="kit.ended").count() == 3 * ended


def test_what_was_written_before_the_end_is_still_taken_in_after_it(device):
    code = codes_of(device.sitting)[0]
    device.seals(code, an_opinion_of(9))
    with moment.fixed(MORNING + timedelta(hours=13)):
        expire_kits()
        device.comes_back()
    assert KitEvent.objects.get().stage == Stage.MERGED
    assert Opinion.objects.count() == 1


def test_a_forgotten_code_is_told_again_to_who_took_the_kit_and_to_nobody_after_the_end(device):
    number = device.pack["number"]
    assert code_again(number, by=device.user) == device.pack["code"]
    assert LedgerEntry.objects.filter(act="kit.code_shown", by=device.user).count() == 1
    with pytest.raises(KitNotFound):
        code_again(number, by=an_exam_staff())
    with moment.fixed(MORNING + timedelta(hours=12)), pytest.raises(KitEnded):
        code_again(number, by=device.user)
    end(number, Ending.LOST, by=an_exam_staff())
    with pytest.raises(KitEnded):
        code_again(number, by=device.user)


def test_the_first_ending_stands(device):
    number = device.pack["number"]
    assert end(number, Ending.LOST, by=device.user).ending == Ending.LOST
    assert end(number, Ending.RETURNED, by=device.user).ending == Ending.LOST
    with pytest.raises(KitNotFound):
        end(number, Ending.LOST, by=members_of(device.sitting)[1])


@pytest.mark.parametrize(
    ("table", "change"),
    [(Kit, {"number": "X"}), (KitCase, {"draft_version": 9}), (KitEvent, {"told": "x"}), (KitEvent, {"n": 9})],
)
def test_what_came_back_and_what_went_along_is_never_edited_or_deleted(device, table: Any, change):
    device.writes(codes_of(device.sitting)[0], an_opinion_of(9))
    device.comes_back()
    for act in (lambda: table.objects.update(**change), lambda: table.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert table.objects.exists()
