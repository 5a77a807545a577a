"""The pages: the kiosk in two steps that keep nothing, the board with tickets and no names, one person, the own page; who may open what."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
)
from gongjian.cases.queries import open_obligations
from gongjian.draws.tests.pages import HTMX, as_, text_of
from gongjian.kernel.ledger.queries import readings_of
from gongjian.portal.following import BLOCKS
from gongjian.reception.actions import announce_delay, note_come
from gongjian.reception.models import Attendance, Delay, Kiosk
from gongjian.reception.tests.builders import (
    a_grouped_day,
    a_kiosk,
    an_open_day,
    comes,
    examined,
    people_of,
    tail_of,
)
from gongjian.reception.views.kiosk import COOKIE
from gongjian.sittings.actions import check_in, decide_reschedule
from gongjian.sittings.errors import AskedByYourself
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.queries import open_request
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import MORNING, a_booking, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db
PAGES = ("board", "whole", "labels", "door_list", "feedback_list")


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"reception:{name}", args=args)


def a_machine(sitting: Sitting) -> Client:
    """A browser that staff have turned into a kiosk."""
    browser = as_(an_exam_staff())
    assert browser.post(url("open_kiosk", sitting.number)).status_code == 302
    return browser


def main_of(response: Any) -> str:
    """What stands on the page itself, without its frame."""
    return text_of(response).split("<main", 1)[1]


# The kiosk.


def test_a_browser_becomes_a_kiosk_and_its_staff_are_signed_out():
    sitting = an_open_day(1)
    browser = a_machine(sitting)
    cookie = browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/reception/kiosk/")
    assert "请报到" in text_of(browser.get(url("kiosk")))
    assert browser.get(url("board", sitting.number)).status_code == 302
    assert cookie.value not in str(list(Kiosk.objects.values_list()))


def test_a_person_receives_themselves_in_two_steps_and_is_told_their_number_and_what_comes_next():
    sitting = an_open_day(1)
    (booking,), browser = people_of(sitting), a_machine(sitting)
    step = browser.post(url("second"), {"who": booking.exam_code})
    assert ("身份证号码，最后4位" in text_of(step), Attendance.objects.count()) == (True, 0)
    done = browser.post(url("attend"), {"who": booking.exam_code, "second": tail_of(booking)})
    booking.refresh_from_db()
    page = main_of(done)
    assert (str(booking.ticket) in page, "林某某" in page, "身份证件原件" in page) == (True, True, True)
    person = booking.case.person
    secrets = (person.name, person.id_number, person.telephone, booking.case.number, booking.exam_code)
    assert [secret for secret in secrets if secret in page] == []


def test_after_an_identity_number_the_end_of_the_telephone_is_asked_for_whether_anybody_has_it_or_not():
    sitting = an_open_day(1)
    (booking,), browser = people_of(sitting), a_machine(sitting)
    asked = [text_of(browser.post(url("second"), {"who": who})) for who in (booking.case.person.id_number, "9" * 18)]
    assert ["手机号码，最后4位" in page for page in asked] == [True, True]
    same = [re.sub(r'(?s)value="[^"]*"|"X-CSRFToken[^}]*', "", page) for page in asked]
    assert same[0] == same[1]


def test_whoever_is_not_recognised_is_told_the_same_and_nothing_they_typed_comes_back():
    sitting = an_open_day(1)
    (booking,), browser = people_of(sitting), a_machine(sitting)
    answers = [browser.post(url("attend"), {"who": who, "second": "0000"}) for who in (booking.exam_code, "K7M4Q2XP")]
    assert {answer.status_code for answer in answers} == {422}
    known, unknown = (re.sub(r'"X-CSRFToken[^}]*', "", main_of(answer)) for answer in answers)
    assert known == unknown
    assert booking.exam_code not in known


@pytest.mark.parametrize("name", ["kiosk", "second", "attend"])
def test_a_kiosks_page_is_kept_by_no_cache(name):
    sitting = an_open_day(1)
    (booking,), browser = people_of(sitting), a_machine(sitting)
    told = {"who": booking.exam_code, "second": tail_of(booking)}
    answer = browser.get(url(name)) if name == "kiosk" else browser.post(url(name), told)
    assert "no-store" in answer["Cache-Control"]


def test_a_browser_that_is_no_kiosk_receives_nobody():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    told = {"who": booking.exam_code, "second": tail_of(booking)}
    for browser in (Client(), as_(an_exam_staff()), as_(a_worker_user())):
        assert "没有启用" in text_of(browser.get(url("kiosk")))
        assert browser.post(url("attend"), told).status_code == 422
    assert Attendance.objects.count() == 0


def test_staff_close_a_machine_and_nobody_else_does():
    sitting = an_open_day(1)
    browser, kiosk = a_machine(sitting), Kiosk.objects.get()
    assert as_(a_scheduler()).post(url("close_kiosk", sitting.number, kiosk.pk)).status_code == 403
    assert as_(an_exam_staff()).post(url("close_kiosk", sitting.number, kiosk.pk)).status_code == 302
    assert browser.get(url("kiosk")).status_code == 403


def test_an_empty_first_step_begins_anew():
    browser = a_machine(an_open_day(1))
    assert browser.post(url("second"), {"who": "  "}).headers["Location"] == url("kiosk")


# The board and what is done from it.


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", [a_worker_user, an_expert_user, an_outsider])
def test_who_is_no_staff_of_the_office_opens_no_page_of_its_day(page, person):
    sitting = an_open_day(1)
    assert as_(person()).get(url(page, sitting.number)).status_code == 404
    assert Client().get(url(page, sitting.number)).status_code == 302


def test_the_board_shows_tickets_and_stages_and_no_name():
    sitting = a_grouped_day()
    page = main_of(as_(an_exam_staff()).get(url("board", sitting.number)))
    people = people_of(sitting)
    assert all(str(booking.ticket) in page for booking in people)
    assert [booking.case.person.name for booking in people if booking.case.person.name in page] == []
    assert ("一号诊室" in page, "大厅屏" in page, 'hx-trigger="every 3s"' in page) == (True, True, True)
    fragment = text_of(as_(an_exam_staff()).get(url("board", sitting.number), **HTMX))
    assert fragment.startswith('<div id="board">')


def test_the_board_takes_the_same_queries_for_few_and_many(django_assert_max_num_queries):
    staff = as_(an_exam_staff())
    for people in (1, 8):
        sitting = an_open_day(people)
        with django_assert_max_num_queries(16):
            staff.get(url("board", sitting.number))


def test_who_only_sees_sittings_sees_the_board_without_its_buttons():
    sitting = an_open_day(1)
    page = main_of(as_(a_delivery_clerk()).get(url("board", sitting.number)))
    assert [word for word in ("请下一位来核验身份", "说明晚点</button>", "用作自助机") if word in page] == []
    answers = [
        as_(a_delivery_clerk()).post(url(name, sitting.number), {"desk": "1号台", "minutes": 30, "cause": "expert"})
        for name in ("call_desk", "delay", "delay_over", "open_kiosk")
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


def test_a_desk_keeps_its_name_from_one_call_to_the_next():
    sitting = an_open_day(2)
    kiosk = a_kiosk(sitting)
    for booking in people_of(sitting):
        comes(booking, kiosk)
    staff = as_(an_exam_staff())
    answer = staff.post(url("call_desk", sitting.number), {"desk": "3号台"}, follow=True)
    assert ("到3号台" in text_of(answer), 'value="3号台"' in text_of(answer)) == (True, True)
    first = Attendance.objects.exclude(called_at=None).get()
    staff.post(url("recall_desk", sitting.number, first.booking_id), {"desk": "3号台"})
    first.refresh_from_db()
    assert first.calls == 2


def test_a_delay_is_said_and_taken_back_on_the_board():
    sitting = a_grouped_day((1,))
    staff = as_(an_exam_staff())
    assert staff.post(url("delay", sitting.number), {"minutes": "soon", "cause": "expert"}).status_code == 422
    page = text_of(staff.post(url("delay", sitting.number), {"minutes": 45, "cause": "expert"}, follow=True))
    assert ("晚45分钟，专家未能按时到场" in page, "最多晚约15分钟" in page) == (True, True)
    staff.post(url("delay_over", sitting.number))
    assert Delay.objects.filter(ended_at=None).count() == 0


def test_todays_list_leads_to_the_board():
    sitting = an_open_day(2)
    page = main_of(as_(an_exam_staff()).get(url("today")))
    assert (url("board", sitting.number) in page, "应到2人" in page) == (True, True)
    with at(MORNING + timedelta(days=1)):
        assert "今天没有场次" in text_of(as_(an_exam_staff()).get(url("today")))


# One person.


def test_a_persons_page_says_what_follows_from_what_may_happen_and_reading_it_is_on_record():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    page = main_of(as_(an_exam_staff()).get(url("person", sitting.number, booking.pk)))
    assert all(f"令55 第十四条第{head}项" in page for head in "一二三四")
    assert ("不计入作出结论的期限" in page, "鉴定期限不顺延" in page, "林知远" in page) == (True, True, True)
    assert [reading.facts["what"] for reading in readings_of(booking.case.chain)] == ["现场人员页"]
    assert as_(a_scheduler()).get(url("person", sitting.number, booking.pk)).status_code == 403
    other = a_booking(an_accepted_case(9), sitting=a_sitting(day=date(2026, 3, 25)))
    assert as_(an_exam_staff()).get(url("person", sitting.number, other.pk)).status_code == 404


def test_a_ticket_is_printed_for_who_came_to_the_desk_and_leads_to_their_own_page():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    page = main_of(as_(an_exam_staff()).post(url("ticket", sitting.number, booking.pk)))
    booking.refresh_from_db()
    assert (str(booking.ticket) in page, "<svg" in page, booking.case.person.name in page) == (True, True, False)
    again = main_of(as_(an_exam_staff()).post(url("ticket", sitting.number, booking.pk)))
    assert str(booking.ticket) in again


ILL = {"reason": "现场突发高热", "available_from": "2026-04-02", "consent": "on"}


def postponed(booking: Booking, **changes: str) -> Any:
    told = {key: value for key, value in {**ILL, **changes}.items() if value}
    return as_(an_exam_staff()).post(url("postpone", booking.sitting.number, booking.pk), told)


@pytest.mark.parametrize("identified", [False, True])
def test_art_12_l04_who_cannot_be_examined_today_is_back_on_the_list_at_once_when_a_colleague_agrees(identified):
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    comes(booking, a_kiosk(sitting))
    if identified:
        check_in(booking.exam_code, sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())
    due = booking.case.due_on
    assert postponed(booking).status_code == 302
    request = open_request(booking.case)
    assert request is not None
    assert (request.came_by, request.consent_at, "decide_reschedule" in owed(booking)) == ("in_person", MORNING, True)
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    booking.refresh_from_db()
    booking.case.refresh_from_db()
    assert (booking.state, booking.case.state, "book" in owed(booking)) == (BookingState.MOVED, "accepted", True)
    assert due and booking.case.due_on and booking.case.due_on > due


def owed(booking: Booking) -> list[str]:
    return [each.kind for each in open_obligations(booking.case)]


def test_art_12_who_takes_the_wish_down_does_not_grant_it():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    postponed(booking)
    request = open_request(booking.case)
    assert request is not None
    both = an_exam_staff()
    Post.objects.create(user=both, office=booking.case.office, role=Role.SCHEDULER)
    with pytest.raises(AskedByYourself):
        decide_reschedule(request, approve=True, reason="", by=User.objects.get(pk=both.pk))
    assert open_request(booking.case) == request


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"consent": ""}, "consent"), ({"reason": ""}, "reason"), ({"available_from": "2026-03-24"}, "")],
)
def test_another_day_without_reason_consent_or_a_later_day_is_not_taken_down(changes, word):
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    answer = postponed(booking, **changes)
    assert (answer.status_code, open_request(booking.case), word in text_of(answer)) == (422, None, True)


def test_who_has_a_group_keeps_it_and_a_second_wish_is_not_taken_down():
    sitting = a_grouped_day((1,))
    (booking,) = people_of(sitting)
    assert "不能换组重来" in text_of(postponed(booking))
    waiting = an_open_day(1)
    (other,) = people_of(waiting)
    postponed(other)
    assert postponed(other).status_code == 422
    with at(MORNING + timedelta(days=1)):
        assert postponed(other).status_code == 422


# The own page.


def test_the_own_page_shows_number_and_time_and_names_nobody():
    sitting = a_grouped_day((1, 1))
    first, second = people_of(sitting)
    came = note_come(second, by=an_exam_staff())
    announce_delay(sitting, minutes=60, cause="device", by=an_exam_staff())
    answer = Client().get(url("mine", came.key))
    page = main_of(answer)
    assert (str(second.ticket) in page, "前面还有<strong>1</strong>人" in page, "设备或者场地原因" in page) == (
        True,
    ) * 3
    person = second.case.person
    assert [s for s in (person.name, second.case.number, second.exam_code, str(first.ticket)) if s in page] == []
    assert (answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("same-origin", True)
    assert text_of(Client().get(url("mine", came.key), **HTMX)).startswith('<div id="mine"')
    assert Client().get(url("mine", "0" * 32)).status_code == 404


def test_after_the_end_the_own_page_asks_how_it_was_once():
    sitting = a_grouped_day((1,))
    (booking,) = people_of(sitting)
    came = note_come(booking, by=an_exam_staff())
    assert Client().post(url("feedback", came.key), {"mark": "5"}).status_code == 422
    examined(sitting, 1, begun=0, ended=8)
    assert "今天办得怎么样" in main_of(Client().get(url("mine", came.key)))
    page = text_of(Client().post(url("feedback", came.key), {"mark": "5", "words": "很耐心"}, follow=True))
    assert "谢谢您的评价" in page
    listed = main_of(as_(an_exam_staff()).get(url("feedback_list", sitting.number)))
    assert ("很耐心" in listed, booking.case.person.name in listed) == (True, False)
    assert as_(a_delivery_clerk()).get(url("feedback_list", sitting.number)).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM reception_feedback")
        assert "很耐心" not in cursor.fetchone()[0]


def test_on_the_day_the_case_page_leads_the_persons_side_and_nobody_else_to_the_own_page():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    address, worker = url("portal_block", booking.case.number), as_(a_worker_user())
    assert "今天在现场" not in text_of(worker.get(address, **HTMX))
    came = comes(booking, a_kiosk(sitting))
    page = text_of(worker.get(address, **HTMX))
    booking.refresh_from_db()
    assert (url("mine", came.key) in page, f"<strong>{booking.ticket}</strong>" in page) == (True, True)
    assert "今天在现场" in text_of(worker.get(address))
    assert url("mine", came.key) not in text_of(as_(an_exam_staff()).get(address))
    assert as_(an_outsider()).get(address).status_code == 404
    with at(MORNING + timedelta(days=1)):
        assert url("mine", came.key) not in text_of(worker.get(address))
    assert "reception:portal_block" in BLOCKS
