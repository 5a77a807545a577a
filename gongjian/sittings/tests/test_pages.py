"""The pages: who opens them, what they do, and what they never show."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import readings_of
from gongjian.sittings import codes
from gongjian.sittings.actions import ask_reschedule, enter, note_absence
from gongjian.sittings.models import Absence, Booking, Room, Sitting, SpecialNeeds, Termination, Venue
from gongjian.sittings.queries import open_request
from gongjian.sittings.states import BookingState, QueueState, SittingState
from gongjian.sittings.tests.builders import (
    AFTER,
    DAY,
    MORNING,
    PLANNED,
    a_booking,
    a_grouped,
    a_present,
    a_sitting,
    a_venue,
    an_accepted_case,
    at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def as_(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"sittings:{name}", args=args)


def text(response: Any) -> str:
    return str(response.content.decode())


STAFF_PAGES = ("list", "venues", "requests")
SITTING_PAGES = ("sitting", "absences", "check_in", "queue")
CASE_PAGES = ("book", "answer", "release", "absence", "terminate", "case_part", "portal_block", "ask", "needs")


@pytest.mark.parametrize("name", SITTING_PAGES)
def test_a_sittings_pages_open_for_its_staff(name):
    sitting = a_booking().sitting
    assert as_(an_exam_staff()).get(url(name, sitting.number)).status_code == 200


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_lists_open_for_the_scheduler(name):
    assert as_(a_scheduler()).get(url(name)).status_code == 200


@pytest.mark.parametrize("name", SITTING_PAGES)
@pytest.mark.parametrize("person", [an_outsider, a_worker_user, an_expert_user])
def test_l08_a_sittings_pages_do_not_exist_for_strangers(name, person):
    sitting = a_booking().sitting
    response = as_(person()).get(url(name, sitting.number))
    assert response.status_code == 404
    assert sitting.bookings.get().exam_code not in text(response)


@pytest.mark.parametrize("name", CASE_PAGES)
@pytest.mark.parametrize("person", [an_outsider, an_expert_user])
def test_l08_a_cases_pages_do_not_exist_for_strangers(name, person):
    case = a_booking().case
    assert as_(person()).get(url(name, case.number)).status_code == 404


@pytest.mark.parametrize("name", ["book", "answer", "release", "absence", "terminate", "case_part"])
def test_a_party_has_no_way_into_the_staffs_pages(name):
    assert as_(a_worker_user()).get(url(name, a_booking().case.number)).status_code == 404


@pytest.mark.parametrize("name", [*SITTING_PAGES, "plan"])
def test_who_has_not_signed_in_is_led_to_the_door(name):
    args = [] if name == "plan" else [a_sitting().number]
    response = Client().get(url(name, *args))
    assert (response.status_code, "sign" in response["Location"]) == (302, True)


@pytest.mark.parametrize(("name", "person"), [("check_in", a_scheduler), ("queue", a_clerk)])
def test_the_exam_days_pages_are_for_the_exam_staff(name, person):
    assert as_(person()).get(url(name, a_sitting().number)).status_code == 403


def test_the_scheduler_plans_a_sitting_on_a_page():
    venue = a_venue()
    room = Room.objects.filter(venue=venue)[0]
    told = {
        "mode": "hall",
        "weeks": 1,
        "venue": venue.pk,
        "rooms": [room.pk],
        "day": "2026-03-24",
        "starts": "09:00",
        "ends": "11:00",
        "minutes": 30,
        "capacity": 5,
        "specialties": ["orthopaedics", "ent"],
    }
    response = as_(a_scheduler()).post(url("plan"), told)
    sitting = Sitting.objects.get()
    assert response["Location"] == url("sitting", sitting.number)
    assert (sitting.slots.count(), list(sitting.rooms.all())) == (4, [room])


def test_a_plan_with_faults_is_shown_again():
    a_venue()
    response = as_(a_scheduler()).post(url("plan"), {"day": "gestern"})
    assert (response.status_code, Sitting.objects.count()) == (422, 0)


def test_before_there_is_a_venue_the_plan_says_what_to_do():
    assert "先登记场地" in text(as_(a_scheduler()).get(url("plan")))


def test_who_may_not_plan_finds_no_venue_to_plan_at():
    a_venue()
    response = as_(a_clerk()).post(url("plan"), {"day": "2026-03-24"})
    assert (response.status_code, Sitting.objects.count()) == (422, 0)


def test_a_venue_is_added_with_its_rooms():
    told = {"name": "东溪县人民医院", "address": "东溪县健康路2号", "rooms": "一号诊室、二号诊室", "step_free": "on"}
    as_(a_scheduler()).post(url("venues"), told)
    assert [room.name for room in Venue.objects.get().rooms.all()] == ["一号诊室", "二号诊室"]


def test_a_venue_lies_in_a_county_whose_window_receives_for_the_committee():
    county = Office.objects.create(code="DXC", name="东溪县窗口", kind="hrss", region="990121")
    county.serves.add(an_office())
    told = {"name": "东溪县人民医院", "address": "东溪县健康路2号", "rooms": "一号诊室"}
    browser = as_(a_scheduler())
    assert "东溪县窗口所在地（990121）" in text(browser.get(url("venues")))
    assert browser.post(url("venues"), {**told, "district": "110101"}).status_code == 422
    assert browser.post(url("venues"), {**told, "district": "990121"}).status_code == 302
    assert Venue.objects.get().district == "990121"
    assert "区县 990121" in text(browser.get(url("venues")))


def test_a_clerk_adds_no_venue():
    as_(a_clerk()).post(url("venues"), {"name": "x", "address": "y", "rooms": "z"})
    assert not Venue.objects.exists()


def test_the_scheduler_fills_and_publishes_a_sitting():
    an_accepted_case()
    sitting = a_sitting()
    browser = as_(a_scheduler())
    browser.post(url("fill", sitting.number))
    browser.post(url("step", sitting.number, "publish"))
    sitting.refresh_from_db()
    assert (sitting.state, sitting.bookings.count()) == (SittingState.PUBLISHED, 1)
    assert "林知远" in text(browser.get(url("sitting", sitting.number)))


def test_filling_when_nobody_waits_says_so():
    sitting = a_sitting()
    response = as_(a_scheduler()).post(url("fill", sitting.number), follow=True)
    assert "没有可以安排的人" in text(response)


def test_an_unknown_step_is_refused():
    assert as_(a_scheduler()).post(url("step", a_sitting().number, "explode")).status_code == 422


def test_a_slots_capacity_is_changed_on_the_page():
    sitting = a_sitting()
    slot = sitting.slots.all()[0]
    as_(a_scheduler()).post(url("capacity", sitting.number, slot.pk), {"capacity": "9"})
    slot.refresh_from_db()
    assert slot.capacity == 9
    assert as_(a_scheduler()).post(url("capacity", sitting.number, slot.pk), {"capacity": "0"}).status_code == 422
    assert as_(a_clerk()).post(url("capacity", sitting.number, slot.pk), {"capacity": "8"}).status_code == 403


def test_opening_the_list_of_people_is_noted():
    sitting = a_booking().sitting
    as_(an_exam_staff()).get(url("sitting", sitting.number))
    assert readings_of(sitting.chain).get().by == an_exam_staff()


def test_the_sittings_page_takes_the_same_queries_for_many_people(django_assert_max_num_queries):
    sitting = a_sitting()
    for serial in range(1, 6):
        a_booking(an_accepted_case(serial), sitting=sitting)
    browser = as_(a_scheduler())
    browser.get(url("sitting", sitting.number))
    with django_assert_max_num_queries(32):
        browser.get(url("sitting", sitting.number))


def test_one_case_is_booked_on_its_page():
    case, sitting = an_accepted_case(parts=["143:left"]), a_sitting()
    browser = as_(a_scheduler())
    shown = text(browser.get(url("book", case.number)))
    assert ("骨科" in shown, sitting.number in shown) == (True, True)
    slot = sitting.slots.order_by("starts_at")[1]
    browser.post(url("book", case.number), {"slot": slot.pk})
    assert case.bookings.get().slot == slot


def test_only_sittings_that_fit_are_offered():
    case = an_accepted_case(parts=["143:left"])
    eyes = a_sitting(specialties=["ophthalmology"])
    shown = text(as_(a_scheduler()).get(url("book", case.number)))
    assert eyes.number not in shown
    assert "没有合适的场次" in shown


def test_a_late_notice_needs_the_consent_on_the_page():
    case, sitting = an_accepted_case(), a_sitting(day=date(2026, 3, 12))
    browser, slot = as_(a_scheduler()), sitting.slots.all()[0]
    assert browser.post(url("book", case.number), {"slot": slot.pk}).status_code == 422
    browser.post(url("book", case.number), {"slot": slot.pk, "consent": "3月10日电话同意"})
    assert case.bookings.get().slot == slot


def the_station() -> tuple[Booking, Client]:
    booking = a_booking(sitting=a_sitting(state=SittingState.OPEN))
    return booking, as_(an_exam_staff())


def test_a_scan_shows_who_it_should_be_and_a_press_lets_them_in():
    booking, browser = the_station()
    with at(MORNING):
        found = text(browser.post(url("find", booking.sitting.number), {"code": codes.qr_text(booking.exam_code)}))
        assert booking.case.person.name in found
        done = text(
            browser.post(url("receive", booking.sitting.number), {"code": booking.exam_code, "method": "reader"})
        )
    booking.refresh_from_db()
    assert (booking.state, booking.presence.method) == (BookingState.PRESENT, "reader")
    assert str(booking.ticket) in done


def test_looking_somebody_up_is_noted_and_changes_nothing():
    booking, browser = the_station()
    with at(MORNING):
        browser.post(url("find", booking.sitting.number), {"code": booking.case.person.id_number})
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED
    assert readings_of(booking.case.chain).get().facts == {"what": "现场身份核验"}


@pytest.mark.parametrize("name", ["find", "receive"])
def test_a_wrong_code_is_answered_at_the_station(name):
    booking, browser = the_station()
    with at(MORNING):
        response = browser.post(url(name, booking.sitting.number), {"code": "AAAAAAAA", "method": "reader"})
    assert response.status_code == 422
    assert "没有查到" in text(response)


def test_the_station_answers_the_scanner_with_a_fragment():
    booking, browser = the_station()
    with at(MORNING):
        response = browser.post(
            url("find", booking.sitting.number), {"code": booking.exam_code}, headers={"HX-Request": "true"}
        )
    assert text(response).startswith('<div id="station"')


def test_an_identity_number_never_stands_in_an_address():
    booking, browser = the_station()
    assert browser.get(url("find", booking.sitting.number)).status_code == 405


def test_art_12_and_31_a_document_that_shows_somebody_else_is_noted_and_nobody_is_in():
    booking, browser = the_station()
    with at(MORNING):
        response = browser.post(url("mismatch", booking.sitting.number), {"code": booking.exam_code})
    booking.refresh_from_db()
    assert ("人证不符已经记录" in text(response), booking.state) == (True, BookingState.BOOKED)
    assert LedgerEntry.objects.filter(chain=booking.case.chain, act="identity.refused").count() == 1


def three_in_the_queue() -> tuple[list[Booking], Client]:
    people = [a_grouped(an_accepted_case(1))]
    people += [a_grouped(an_accepted_case(serial), sitting=people[0].sitting) for serial in (2, 3)]
    with at(MORNING):
        for minute, booking in enumerate(people):
            with at(MORNING + timedelta(minutes=minute)):
                enter(booking, 1, "一号诊室")
    return people, as_(an_exam_staff())


def test_the_queue_is_worked_on_its_page():
    (first, second, _), browser = three_in_the_queue()
    number = first.sitting.number
    with at(MORNING + timedelta(minutes=5)):
        browser.post(url("call", number, 1))
        browser.post(url("again", number, first.pk))
        browser.post(url("skip", number, first.pk), {"reason": "未应答"})
        browser.post(url("call", number, 1))
        browser.post(url("finish", number, second.pk))
    states = dict(first.sitting.queue.values_list("booking_id", "state"))
    assert (states[first.pk], states[second.pk]) == (QueueState.WAITING, QueueState.FINISHED)


def test_putting_somebody_back_without_a_reason_is_refused():
    (first, *_), browser = three_in_the_queue()
    with at(MORNING):
        browser.post(url("call", first.sitting.number, 1))
        assert browser.post(url("skip", first.sitting.number, first.pk), {"reason": ""}).status_code == 422


def test_somebody_of_another_sitting_is_not_called_from_here():
    (first, *_), browser = three_in_the_queue()
    other = a_sitting()
    assert browser.post(url("again", other.number, first.pk)).status_code == 422


def test_the_party_sees_the_appointment_with_its_code():
    booking = a_booking()
    shown = text(as_(a_worker_user()).get(url("portal_block", booking.case.number)))
    assert ("云溪市临江路8号三楼" in shown, codes.shown(booking.exam_code) in shown) == (True, True)


def test_after_the_examination_the_party_is_told_where_it_was_and_no_more_what_to_bring():
    booking = a_booking()
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.DONE)
    shown = text(as_(a_worker_user()).get(url("portal_block", booking.case.number)))
    assert ("您参加的鉴定" in shown, "云溪市临江路8号三楼" in shown, "请带" in shown) == (True, True, False)


def test_the_party_sees_nothing_of_an_appointment_that_is_not_announced():
    booking = a_booking(noticed=False)
    shown = text(as_(a_worker_user()).get(url("portal_block", booking.case.number)))
    assert "安排好后会通知您" in shown
    assert codes.shown(booking.exam_code) not in shown


def test_the_party_asks_for_another_day_and_the_scheduler_answers():
    case = a_booking().case
    told = {"reason": "住院", "available_from": "2026-04-03", "consent": "on"}
    as_(a_worker_user()).post(url("ask", case.number), told)
    scheduler = as_(a_scheduler())
    assert "林知远" in text(scheduler.get(url("requests")))
    assert "住院" in text(scheduler.get(url("answer", case.number)))
    scheduler.post(url("answer", case.number), {"approve": "yes"})
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.ACCEPTED, date(2026, 5, 11))


def test_an_unfinished_request_is_shown_again():
    case = a_booking().case
    response = as_(a_worker_user()).post(url("ask", case.number), {"reason": "住院"})
    assert (response.status_code, open_request(case)) == (422, None)


def test_who_has_not_been_told_has_nothing_to_reschedule():
    case = a_booking(noticed=False).case
    assert as_(a_worker_user()).get(url("ask", case.number)).status_code == 404


def test_the_reason_of_a_request_is_kept_from_who_does_not_answer_it():
    case = a_booking().case
    ask_reschedule(case, reason="秘密的理由", available_from=date(2026, 4, 3), consent=True, by=a_worker_user())
    assert "秘密的理由" not in text(as_(a_worker_user()).get(url("portal_block", case.number)))
    assert "秘密的理由" not in text(as_(a_reviewer()).get(url("case_part", case.number)))


def test_the_party_says_what_they_need():
    case = a_booking().case
    browser = as_(a_worker_user())
    browser.post(url("needs", case.number), {"codes": ["wheelchair"], "note": "电动轮椅"})
    assert SpecialNeeds.objects.get().codes == ["wheelchair"]
    assert "电动轮椅" in text(browser.get(url("needs", case.number)))


def test_an_absence_is_handled_on_one_page_to_its_end():
    case = a_booking().case
    staff = as_(an_exam_staff())
    with at(AFTER):
        assert "登记未到场" in text(staff.get(url("absence", case.number)))
        staff.post(url("note_absence", case.number))
        staff.post(url("take_down", case.number), {"explanation": "来电：睡过头了"})
        staff.post(url("absence", case.number), {"justified": "no", "reason": "不是正当理由"})
        assert "终止当次鉴定" in text(staff.get(url("absence", case.number)))
        told = {"head": "1", "facts": "2026年3月24日未按通知到场", "proof": "签到记录"}
        staff.post(url("terminate", case.number), told)
    case.refresh_from_db()
    assert (case.state, Termination.objects.get().head) == (State.TERMINATED, 1)


def test_during_the_sitting_nobody_can_be_noted_as_absent():
    case = a_booking().case
    with at(MORNING):
        assert "本场结束之后" in text(as_(an_exam_staff()).get(url("absence", case.number)))
        assert as_(an_exam_staff()).post(url("note_absence", case.number)).status_code == 422


def test_the_party_explains_an_absence():
    booking = a_booking()
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
        browser = as_(a_worker_user())
        assert "说明理由" in text(browser.get(url("portal_block", booking.case.number)))
        browser.post(url("explain", booking.case.number), {"reason": "当天车祸"})
    assert Absence.objects.get().explanation == "当天车祸"


def test_ending_an_appraisal_takes_a_head():
    booking = a_present()
    with at(MORNING):
        response = as_(an_exam_staff()).post(url("terminate", booking.case.number), {"facts": "x", "proof": "y"})
    assert (response.status_code, Termination.objects.count()) == (422, 0)


def test_the_office_gives_up_a_booking_on_its_page():
    case = a_booking().case
    response = as_(a_scheduler()).post(url("release", case.number), {"reason": "场地停电"})
    case.refresh_from_db()
    assert (case.state, response["Location"]) == (State.ACCEPTED, url("book", case.number))


def test_the_case_page_shows_how_the_identity_was_seen():
    booking = a_present()
    assert "核对身份证原件" in text(as_(a_clerk()).get(url("case_part", booking.case.number)))


def test_the_case_page_offers_the_booking_of_an_accepted_case():
    case = an_accepted_case()
    assert url("book", case.number) in text(as_(a_scheduler()).get(url("case_part", case.number)))


def test_telling_in_person_is_noted_from_the_case_page():
    case = a_booking().case
    response = as_(a_delivery_clerk()).post(url("told", case.number), {"how": "上门"})
    assert response.status_code == 302


def test_without_a_request_the_way_to_another_day_is_that_of_the_office():
    case = a_booking().case
    assert as_(a_scheduler()).get(url("answer", case.number))["Location"] == url("release", case.number)


def test_a_task_to_tell_in_person_leads_to_the_case_page():
    case = a_booking().case
    assert as_(a_delivery_clerk()).get(url("told", case.number))["Location"] == reverse("desk:case", args=[case.number])


def test_the_absence_list_names_who_did_not_come():
    sitting = a_sitting()
    a_present(an_accepted_case(1), sitting=sitting)
    away = a_booking(an_accepted_case(2, name="甲乙丙"), sitting=sitting)
    with at(moment.at(DAY, 12)):
        shown = text(as_(an_exam_staff()).get(url("absences", sitting.number)))
    assert away.case.number in shown
    assert Booking.objects.exclude(pk=away.pk).get().case.number not in shown


def test_another_offices_sitting_is_not_ours_to_see():
    elsewhere = a_sitting(office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    assert as_(a_scheduler()).get(url("sitting", elsewhere.number)).status_code == 404
