"""The pages about modes: the person asks, staff take down, answer and plan, the team reads its route; nobody else does."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_scheduler,
    an_employer_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
)
from gongjian.cases.actions.move import join_case
from gongjian.kernel.ledger.queries import readings_of
from gongjian.law.modes import Mode
from gongjian.sittings.actions import book, offer_mode, set_assistance
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import mode_in_force, open_wish
from gongjian.sittings.tests.builders import PLANNED, a_booking, a_sitting, a_venue, an_accepted_case, at
from gongjian.sittings.tests.test_pages import as_, text, url
from gongjian.sittings.tests.wishes import (
    ADDRESS,
    CONTACT,
    a_booked_wish,
    a_granted_wish,
    a_sitting_of,
    an_asked_wish,
    the_worker_of,
)
from gongjian.sittings.wishes import ModeWish

pytestmark = pytest.mark.django_db
ASKED = {"ground": "immobile", "reason": "截瘫卧床", "address": ADDRESS, "contact": CONTACT, "consent": "on"}


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_photo():
    """A small picture of a certificate."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return SimpleUploadedFile("诊断证明.jpg", file.getvalue(), "image/jpeg")


def the_wish(case):
    return ModeWish.objects.get(case=case)


def test_the_person_reads_what_each_mode_is_for_and_what_it_cannot_judge():
    case = an_accepted_case(parts=["050"])
    page = text(as_(the_worker_of(case)).get(url("modes", case.number)))
    assert "您的伤情不能用这种方式鉴定" in page
    assert "听力须在隔音室测听" in page
    assert "10个工作日" in page
    assert "申请门诊鉴定" in page
    assert "申请上门鉴定" not in page
    assert "停工留薪期、工伤康复期的确认，目前还不能" in page


def test_the_person_asks_for_a_visit_with_the_proof_and_sees_it_wait():
    case = an_accepted_case(parts=["143:left"])
    client = as_(the_worker_of(case))
    assert client.post(url("ask_mode", case.number, "home"), ASKED).status_code == 422
    assert client.post(url("ask_mode", case.number, "home"), {**ASKED, "file": a_photo()}).status_code == 302
    wish = the_wish(case)
    assert (wish.state, wish.address, wish.proof is not None) == ("asked", ADDRESS, True)
    assert "本人在网上勾选同意" in wish.consent
    assert "您申请了上门鉴定" in text(client.get(url("portal_block", case.number)))
    assert "不需要重复申请" in text(client.get(url("modes", case.number)))


@pytest.mark.parametrize("mode", ["hall", "balloon"])
def test_what_nobody_may_ask_for_is_refused_in_a_sentence(mode):
    case = an_accepted_case(parts=["143:left"])
    response = as_(the_worker_of(case)).post(url("ask_mode", case.number, mode), ASKED)
    assert response.status_code in (404, 422)
    assert not ModeWish.objects.exists()


def test_staff_take_a_call_down_without_a_photo():
    case = an_accepted_case(parts=["143:left"])
    told = {**ASKED, "came_by": "telephone", "consent": "3月10日来电口头同意", "proof_seen": "上门时核对病危通知"}
    page = text(as_(a_scheduler()).get(url("ask_mode", case.number, "home")))
    assert "读给本人听" in page
    as_(a_scheduler()).post(url("ask_mode", case.number, "home"), told)
    assert (the_wish(case).came_by, the_wish(case).asked_by) == ("telephone", a_scheduler())
    assert "3月10日来电口头同意" in the_wish(case).consent


def test_the_scheduler_answers_from_the_list():
    wish = an_asked_wish()
    client = as_(a_scheduler())
    assert wish.case.number in text(client.get(url("wishes")))
    page = text(client.get(url("answer_mode", wish.case.number)))
    assert ADDRESS in page
    assert "不能按此办理，可以改为远程视频鉴定" in page
    client.post(url("answer_mode", wish.case.number), {"answer": "grant", "reason": ""})
    assert mode_in_force(wish.case).meant == Mode.HOME
    assert wish.case.number not in text(client.get(url("wishes")))


def test_a_no_without_a_reason_is_refused_and_an_offer_waits_for_the_person():
    wish = an_asked_wish()
    client = as_(a_scheduler())
    assert client.post(url("answer_mode", wish.case.number), {"answer": "refuse"}).status_code == 422
    client.post(url("answer_mode", wish.case.number), {"answer": "video", "reason": "可以就近视频"})
    assert open_wish(wish.case).meant == Mode.VIDEO
    assert client.get(url("answer_mode", wish.case.number))["Location"] == url("offer", wish.case.number)


def test_the_person_chooses_on_the_page():
    case = an_accepted_case(parts=["143:left"])
    client = as_(the_worker_of(case))
    offer_mode(an_asked_wish(case), mode="video", reason="可以就近视频", by=a_scheduler())
    assert "可以改用远程视频鉴定" in text(client.get(url("portal_block", case.number)))
    assert client.post(url("offer", case.number), {}).status_code == 422
    client.post(url("offer", case.number), {"consent": "on"})
    assert mode_in_force(case).meant == Mode.VIDEO
    client.post(url("leave_mode", case.number), {"reason": ""})
    assert mode_in_force(case) is None


def test_the_person_does_not_take_it():
    case = an_accepted_case(parts=["143:left"])
    offer_mode(an_asked_wish(case), mode="clinic", reason="可以到门诊", by=a_scheduler())
    as_(the_worker_of(case)).post(url("offer", case.number), {"decline": "1"})
    assert the_wish(case).state == "declined"
    assert as_(the_worker_of(case)).get(url("offer", case.number)).status_code == 404


def test_the_proof_is_open_to_who_answers_until_it_is_answered_and_each_reading_is_on_record():
    case = an_accepted_case(parts=["143:left"])
    as_(the_worker_of(case)).post(url("ask_mode", case.number, "home"), {**ASKED, "file": a_photo()})
    assert as_(a_clerk()).get(url("proof", case.number)).status_code == 403
    assert as_(an_outsider()).get(url("proof", case.number)).status_code == 404
    assert as_(a_scheduler()).get(url("proof", case.number)).status_code == 200
    assert readings_of(case.chain).filter(facts__what="鉴定方式申请的证明").count() == 1
    as_(a_scheduler()).post(url("answer_mode", case.number), {"answer": "grant"})
    assert as_(a_scheduler()).get(url("proof", case.number)).status_code == 404


@pytest.mark.parametrize("name", ["modes", "leave_mode", "offer", "answer_mode", "proof"])
@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
def test_a_stranger_finds_nothing(name, person):
    wish = an_asked_wish()
    assert as_(person()).get(url(name, wish.case.number)).status_code == 404


def test_the_employer_neither_asks_nor_sees_the_address():
    booking = a_booked_wish()
    join_case(booking.case, an_employer_user(), capacity="employer")
    booking.noticed_at = PLANNED
    booking.save(update_fields=["noticed_at"])
    client = as_(an_employer_user())
    assert client.get(url("modes", booking.case.number)).status_code == 403
    page = text(client.get(url("portal_block", booking.case.number)))
    assert "被鉴定人登记的地址" in page
    assert ADDRESS not in page
    mine = text(as_(the_worker_of(booking.case)).get(url("portal_block", booking.case.number)))
    assert ADDRESS in mine
    assert "您不用外出" in mine


def test_the_team_reads_its_stops_in_order_and_that_is_on_record():
    sitting = a_sitting_of(Mode.HOME)
    first = a_booked_wish(an_accepted_case(1, parts=["143:left"]), sitting)
    a_booked_wish(an_accepted_case(2, parts=["143:left"], name="江雨晴"), sitting)
    set_assistance(first.case, ["bed"], by=a_scheduler())
    page = text(as_(an_exam_staff()).get(url("route", sitting.number)))
    assert page.index("09:00") < page.index("10:00")
    assert page.count(ADDRESS) == 2
    assert "需要卧床检查" in page
    assert readings_of(sitting.chain).filter(facts__what="上门路线").exists()
    assert as_(a_clerk()).get(url("route", sitting.number)).status_code == 403
    assert as_(an_outsider()).get(url("route", sitting.number)).status_code == 404
    assert as_(a_scheduler()).get(url("route", a_sitting().number)).status_code == 302


def test_standing_weekly_slots_of_a_clinic_are_planned_at_once_without_rest_days():
    told = {
        "mode": "clinic",
        "venue": a_venue().pk,
        "day": "2026-04-21",
        "starts": "09:00",
        "ends": "11:00",
        "minutes": "30",
        "capacity": "1",
        "weeks": "4",
        "specialties": ["orthopaedics"],
    }
    page = text(as_(a_scheduler()).post(url("plan"), told, follow=True))
    assert "已建立3个场次" in page
    days = Sitting.objects.filter(mode="clinic").order_by("day").values_list("day", flat=True)
    assert [day.isoformat() for day in days] == ["2026-04-21", "2026-04-28", "2026-05-12"]  # 5 May is a rest day
    refused = as_(a_scheduler()).post(url("plan"), {**told, "capacity": "5"})
    assert "每个时段只能安排1人" in text(refused)


def test_booking_shows_the_mode_and_only_sittings_of_it():
    a_sitting()
    home = a_sitting_of(Mode.HOME)
    case = a_granted_wish().case
    page = text(as_(a_scheduler()).get(url("book", case.number)))
    assert home.number in page
    assert ADDRESS in page
    assert page.count('name="slot"') == 3


def test_the_promised_day_of_the_clinic_is_shown_to_the_person_and_at_the_desk():
    case = a_granted_wish(mode=Mode.CLINIC).case
    assert "2026年3月24日前作出结论" in text(as_(the_worker_of(case)).get(url("portal_block", case.number)))
    assert "承诺2026-03-24前办结" in text(as_(a_scheduler()).get(url("case_part", case.number)))
    book(case, a_sitting_of(Mode.CLINIC), by=a_scheduler())
    assert "门诊鉴定" in text(as_(a_scheduler()).get(url("case_part", case.number)))


def test_in_the_hall_the_pages_are_as_they_were():
    booking = a_booking()
    page = text(as_(the_worker_of(booking.case)).get(url("portal_block", booking.case.number)))
    assert "云溪市临江路8号三楼" in page
    assert "申请上门、视频或者门诊鉴定" in page
