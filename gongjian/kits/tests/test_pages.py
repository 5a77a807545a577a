"""The pages of kits: what the expert and the staff see, that nobody else sees anything, and that the device's page says nothing of anybody."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, a_worker_user, an_exam_staff, an_outsider
from gongjian.cases.models import Case, StaffRecusal
from gongjian.kernel import moment
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.queries import conflicts_waiting
from gongjian.kits.states import Ending, Stage
from gongjian.kits.tests.builders import Device, a_morning, codes_of, for_office, members_of
from gongjian.kits.views.device import FILES
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.tests.builders import MORNING
from gongjian.workbench.tests.builders import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
PROGRAM = {"Accept": "application/json"}


@pytest.fixture
def device() -> Device:
    sitting = a_morning()
    return Device(members_of(sitting)[0], sitting)


@pytest.fixture
def quarrel(device: Device) -> Device:
    """A device that has come back with a sheet that was also changed at the office."""
    code = codes_of(device.sitting)[0]
    save_draft(code, an_opinion_of(10, reason="平台上写的"), version=1, by=device.user)
    device.writes(code, an_opinion_of(9, reason="工作包里写的"))
    device.comes_back()
    return device


def page(browser: Client, name: str, *args: Any) -> str:
    answer = browser.get(reverse(f"kits:{name}", args=args), follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def told(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_the_expert_takes_a_kit_out_over_the_line_and_the_answer_is_kept_by_no_cache():
    sitting = a_morning()
    user = members_of(sitting)[0]
    browser = signed_in(user)
    assert "可以带走3件" in page(browser, "home")
    sent = {"sitting": sitting.number, "key": "AAAA", "password": PASSWORD}
    refused = browser.post(reverse("kits:take"), sent, headers=PROGRAM)
    assert (refused.status_code, told(refused)["code"]) == (422, "kits.key_unusable")
    device = Device(user, sitting)
    taken = browser.post(reverse("kits:take"), {**sent, "key": device.public}, headers=PROGRAM)
    assert (taken.status_code, told(taken)["number"]) == (200, device.pack["number"])
    assert "no-store" in taken["Cache-Control"]
    assert device.pack["number"] in page(browser, "home")
    other = browser.post(reverse("kits:take"), {**sent, "sitting": "X"}, headers=PROGRAM)
    assert told(other)["code"] == "kits.nothing_to_take"


def test_the_line_takes_in_events_and_pictures_and_says_how_far_it_has_come(device):
    browser, number, code = signed_in(device.user), device.pack["number"], codes_of(device.sitting)[0]
    assert told(browser.get(reverse("kits:hello", args=[number])))["next"] == 1
    picture = a_picture().read()
    device.pictures(code, picture)
    sha = next(iter(device.files))
    sealed = for_office(device.pack["office"], picture, f"{number}/file/{sha}")
    address = reverse("kits:file", args=[number, sha])
    for _ in range(2):
        answer = browser.post(address, sealed, content_type="application/octet-stream", headers=PROGRAM)
        assert told(answer) == {"sha256": sha}
    for _ in range(2):
        body = json.dumps({"events": device.events})
        answer = browser.post(
            reverse("kits:bring", args=[number]), body, content_type="application/json", headers=PROGRAM
        )
        assert (told(answer)["next"], told(answer)["stages"][code]["merged"]) == (2, 1)
    assert "拍照" in page(browser, "kit", number)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"events": 1}', '{"events": [1]}', '{"events": [{}]}', "\x00"])
def test_what_is_no_delivery_is_refused_in_words(device, body):
    address = reverse("kits:bring", args=[device.pack["number"]])
    answer = signed_in(device.user).post(address, body, content_type="application/json", headers=PROGRAM)
    assert (answer.status_code, told(answer)["code"]) == (422, "kits.unreadable")


@pytest.mark.parametrize("name", ["bring", "file"])
def test_a_form_is_no_delivery(device, name):
    address = reverse(f"kits:{name}", args=[device.pack["number"], *(["0" * 64] if name == "file" else [])])
    answer = signed_in(device.user).post(address, {"events": "[]"}, headers=PROGRAM)
    assert (answer.status_code, told(answer)["code"]) == (422, "kits.unreadable")


def test_a_conflict_is_shown_in_both_texts_to_its_author_alone_and_settled_by_a_press(quarrel):
    number = quarrel.pack["number"]
    expert, staff = signed_in(quarrel.user), signed_in(an_exam_staff())
    shown = page(expert, "kit", number)
    assert [text in shown for text in ("平台上写的", "工作包里写的", "采用工作包的内容")] == [True] * 3
    seen = page(staff, "kit", number)
    assert [text in seen for text in ("平台上写的", "工作包里写的", "采用工作包的内容", "只有本人能选")] == [
        False
    ] * 3 + [True]
    assert page(staff, "home").count("有冲突") == 2, "in the words above the list, and at the kit"
    address = reverse("kits:settle", args=[number, 1])
    assert staff.post(address, {"way": "kit"}).status_code == 422
    assert expert.post(address, {"way": "both"}).status_code == 422
    assert expert.post(address, {"way": "kit"}).status_code == 302
    assert OpinionDraft.objects.get().content["reason"] == "工作包里写的"
    assert KitEvent.objects.get().stage == Stage.SETTLED


def test_the_case_leads_to_the_kit_with_the_conflict(quarrel):
    case = quarrel.kit.cases.get(exam_code=codes_of(quarrel.sitting)[0]).case
    answer = signed_in(an_exam_staff()).get(reverse("kits:of_case", args=[case.number]))
    assert answer["Location"] == reverse("kits:kit", args=[quarrel.pack["number"]])
    assert signed_in(an_outsider()).get(reverse("kits:of_case", args=[case.number])).status_code == 404


def test_art_28_who_keeps_away_from_a_case_sees_nothing_of_it_in_a_kit(quarrel):
    number, (code, other, _) = quarrel.pack["number"], codes_of(quarrel.sitting)
    quarrel.writes(other, an_opinion_of(9))
    quarrel.comes_back()
    staff, cases = an_exam_staff(), [each.case for each in quarrel.kit.cases.order_by("pk")]
    browser = signed_in(staff)
    assert (conflicts_waiting(staff), code in page(browser, "kit", number)) == (1, True)
    assert page(browser, "home").count("有冲突") == 2, "in the words above the list, and at the kit"
    keeps_away(staff, cases[0])
    shown = page(browser, "kit", number)
    assert [each in shown for each in (code, other, "有冲突")] == [False, True, False]
    listed = page(browser, "home")
    assert (number in listed, listed.count("有冲突")) == (True, 1)
    assert conflicts_waiting(staff) == 0
    assert browser.post(reverse("kits:settle", args=[number, 1]), {"way": "noted"}).status_code == 422
    assert browser.get(reverse("kits:of_case", args=[cases[0].number])).status_code == 404
    assert "有冲突" in page(signed_in(quarrel.user), "home"), "the expert goes on seeing everything"
    for case in cases[1:]:
        keeps_away(staff, case)
    assert number not in page(browser, "home")
    assert browser.get(reverse("kits:kit", args=[number])).status_code == 404
    assert browser.post(reverse("kits:end", args=[number]), {"how": "lost"}).status_code == 404


def keeps_away(staff: User, case: Case) -> None:
    told = {"ground": "kin", "source": "staff", "facts": "亲属", "told_at": MORNING, "told_by": staff}
    StaffRecusal.objects.create(case=case, user=staff, decision=StaffRecusal.Decision.GRANTED, **told)


def test_a_kit_is_ended_and_its_code_is_told_again_only_against_the_password(device):
    browser, number = signed_in(device.user), device.pack["number"]
    address = reverse("kits:code", args=[number])
    assert browser.post(address, {"password": "wrong password"}).status_code == 403
    assert device.pack["code"] in browser.post(address, {"password": PASSWORD}).content.decode()
    staff = signed_in(an_exam_staff())
    assert staff.post(address, {"password": PASSWORD}).status_code == 403
    assert staff.post(reverse("kits:end", args=[number]), {"how": "lost"}).status_code == 302
    assert Kit.objects.get().ending == Ending.LOST
    assert browser.post(address, {"password": PASSWORD}).status_code == 422
    assert "报失，销毁口令" not in page(browser, "kit", number)


def test_a_stranger_finds_no_kit_and_changes_none(device):
    number = device.pack["number"]
    for user in (members_of(device.sitting)[1], an_outsider(), a_worker_user()):
        browser = signed_in(user)
        answers = [
            browser.get(reverse("kits:kit", args=[number])),
            browser.get(reverse("kits:hello", args=[number])),
            browser.post(reverse("kits:bring", args=[number]), "{}", content_type="application/json"),
            browser.post(reverse("kits:file", args=[number, "0" * 64]), b"x", content_type="application/octet-stream"),
            browser.post(reverse("kits:end", args=[number]), {"how": "lost"}),
            browser.post(reverse("kits:settle", args=[number, 1]), {"way": "kit"}),
            browser.post(reverse("kits:code", args=[number]), {"password": PASSWORD}),
        ]
        assert {answer.status_code for answer in answers} <= {403, 404, 422}
        assert number not in page(browser, "home")
    assert Client().get(reverse("kits:kit", args=[number])).status_code == 302
    assert device.kit.ending == ""


def test_the_page_of_the_device_is_the_same_for_everybody_and_says_nothing_of_anybody(device):
    pages = [browser.get(reverse("kits:device")) for browser in (Client(), signed_in(device.user))]
    assert pages[0].content == pages[1].content
    assert [
        word for word in (device.user.name, device.pack["number"], "csrf") if word in pages[1].content.decode()
    ] == []
    assert not pages[1].cookies


def test_the_worker_keeps_the_page_and_its_files_alone_and_may_act_for_them(client):
    answer = client.get(reverse("kits:worker"))
    keeps = json.loads(answer.content.decode().partition("\n")[0].removeprefix("const KEEPS = ").removesuffix(";"))
    assert answer["Service-Worker-Allowed"] == keeps["page"] == reverse("kits:device")
    assert answer["Content-Type"].startswith("text/javascript")
    assert (len(keeps["version"]), len(keeps["files"])) == (16, len(FILES))
    page = client.get(keeps["page"]).content.decode()
    linked = [part.partition('"')[0] for part in page.split('"/static/')[1:]]
    assert {f"/static/{name}" for name in linked} <= set(keeps["files"])


def test_the_page_can_be_installed(client):
    answer = client.get(reverse("kits:manifest"))
    told_ = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told_["start_url"], told_["display"], told_["lang"]) == (reverse("kits:device"), "standalone", "zh-Hans")


def test_the_lists_ask_the_database_alike_however_many_kits_there_are(device):
    browser = signed_in(an_exam_staff())
    page(browser, "home")
    before = count_of(browser)
    for user in members_of(device.sitting)[1:]:
        with moment.fixed(MORNING + timedelta(minutes=1)):
            Device(user, device.sitting)
    assert count_of(browser) == before


def count_of(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(browser, "home")
    return len(asked)
