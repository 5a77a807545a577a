"""The notice and the messages of each mode say what is true in it: we come to you; do not travel; nobody's address to anybody else."""

import io

import pypdf
import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_employer_user
from gongjian.cases.actions.move import join_case
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import State as MessageState
from gongjian.law.modes import Mode
from gongjian.sittings.actions import ask_mode, decide_reschedule, give_notice, offer_mode, plan_sitting, refuse_mode
from gongjian.sittings.actions.booking import book
from gongjian.sittings.actions.rescheduling import ask_reschedule
from gongjian.sittings.states import SittingState
from gongjian.sittings.sweeping import find_unreached, send_notices
from gongjian.sittings.tests.builders import DAY, PLANNED, a_plan, an_accepted_case, at, put_in_sitting_state
from gongjian.sittings.tests.collectives import HOW, a_granted_collective, agree
from gongjian.sittings.tests.wishes import (
    ADDRESS,
    CONTACT,
    a_booked_wish,
    a_sitting_of,
    a_wish_for,
    an_asked_wish,
    the_worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def said(paper):
    """The text of a paper without blanks."""
    with open_evidence(paper.evidence) as file:
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def told(template, channel="sms"):
    """The words of the one message."""
    return Message.objects.get(template=f"sittings.{template}", channel=channel).body


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode.HOME, ("上门鉴定", "您不用外出", "先出示证件", ADDRESS, "备好材料")),
        (Mode.VIDEO, ("远程视频鉴定", "检查员在您身边", "云溪市临江路8号三楼", "可以改为现场鉴定")),
        (Mode.CLINIC, ("门诊鉴定", "在门诊一次办完", "不用另外挂号", "云溪市临江路8号三楼")),
    ],
)
def test_the_notice_of_a_mode_says_what_is_true_in_it(mode, words):
    text = said(give_notice(a_booked_wish(mode=mode), by=a_scheduler()))
    assert [word for word in words if word not in text] == []
    assert "请按通知的时间、地点参加现场鉴定" not in text
    assert "回避" in text


def test_the_text_message_of_a_visit_tells_not_to_travel_and_holds_no_address():
    give_notice(a_booked_wish(), by=a_scheduler())
    message = told("appearance_mode")
    assert "您不用外出" in message
    assert "被鉴定人登记的地址" in message
    assert ADDRESS not in message
    assert not Message.objects.filter(template="sittings.appearance").exists()


def test_the_employer_learns_day_and_mode_and_neither_address_nor_code():
    booking = a_booked_wish()
    join_case(booking.case, an_employer_user(), capacity="employer")
    give_notice(booking, by=a_scheduler())
    message = Message.objects.get(user=an_employer_user()).body
    assert "2026年3月24日9时" in message
    assert [private for private in (ADDRESS, CONTACT, booking.exam_code) if private in message] == []


def test_on_an_employers_premises_the_notice_says_who_keeps_away_and_the_employer_learns_day_and_place_alone():
    row = a_granted_collective()
    case = agree(row)[0]
    plan = a_plan(venue=row.venue, mode=Mode.ENTERPRISE, hours=1)
    booking = book(case, plan_sitting(row.office, plan, by=a_scheduler()), by=a_scheduler())
    text = said(give_notice(booking, by=a_scheduler()))
    words = ("企业集中鉴定", "单位的人不在场", "您可以拒绝", "云溪市工业大道8号办公楼二楼", "回避")
    assert [word for word in words if word not in text] == []
    message = Message.objects.get(user=an_employer_user(), template="sittings.employer_appearance").body
    assert "云溪市工业大道8号办公楼二楼" in message
    assert [private for private in (booking.exam_code, HOW, "左膝") if private in message] == []


def test_another_day_of_a_visit_is_told_in_the_words_of_the_visit():
    booking = a_booked_wish()
    asked = {"reason": "当天转院", "available_from": DAY.replace(day=31), "consent": True}
    request = ask_reschedule(booking.case, by=the_worker_of(booking.case), **asked)
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    booking.case.refresh_from_db()
    again = book(booking.case, a_sitting_of(Mode.HOME, day=DAY.replace(day=31)), by=a_scheduler())
    paper = give_notice(again, by=a_scheduler())
    assert (paper.kind, again.place) == ("reschedule_notice", ADDRESS)
    assert "您不用外出" in said(paper)
    assert "您不用外出" in told("appearance_mode")


def test_a_no_and_an_offer_are_told_with_their_reason():
    refuse_mode(an_asked_wish(), reason="证明显示可以坐轮椅外出", by=a_scheduler())
    case = an_accepted_case(2, parts=["143:left"], name="江雨晴")
    worker = the_worker_of(case)
    ask_mode(case, a_wish_for(Mode.VIDEO), by=worker)
    offer_mode(case.mode_wishes.get(), mode="clinic", reason="检查点设备停用", by=a_scheduler())
    offered = Message.objects.get(template="sittings.mode_offered", user=worker)
    assert "可以改用门诊鉴定" in offered.body
    assert "检查点设备停用" in offered.body
    assert Message.objects.filter(template="sittings.mode_refused").exists()


def test_l13_a_notice_of_a_visit_that_reached_nobody_becomes_a_clerks_task():
    booking = a_booked_wish()
    put_in_sitting_state(booking.sitting, SittingState.PUBLISHED)
    assert send_notices() == 1
    Message.objects.filter(template="sittings.appearance_mode").update(state=MessageState.FAILED, failed_at=PLANNED)
    assert find_unreached() == 1
    owed = booking.case.obligations.filter(kind="tell_in_person", fulfilled_at=None)
    assert owed.get().role == "delivery_clerk"
