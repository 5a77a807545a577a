"""The notice to appear: paper, message, once; and late changes after the booking (L6)."""

from datetime import date, timedelta

import pytest

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
    an_outsider,
)
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import CaseParty
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.papers.models import Paper
from gongjian.parties.models import Person
from gongjian.sittings import checks, sweeping
from gongjian.sittings.actions import (
    ask_reschedule,
    book,
    decide_reschedule,
    give_notice,
    note_told,
    publish,
    release,
    revalidate,
    set_assistance,
)
from gongjian.sittings.errors import ForTheOtherSide, NeedUnknown, ReasonMissing, SittingNotYours
from gongjian.sittings.messages import said
from gongjian.sittings.models import Booking, SpecialNeeds
from gongjian.sittings.queries import appointment_of
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, PLANNED, a_booking, a_sitting, an_accepted_case, at, with_parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_art_12_the_notice_says_time_place_what_to_bring_and_the_code():
    booking = a_booking(noticed=False)
    paper = give_notice(booking, by=a_scheduler())
    message = Message.objects.get(template="sittings.appearance", channel="inbox")
    assert paper.kind == "appearance_notice"
    told = ("2026年3月24日9时00分", "云溪市临江路8号三楼", "身份证", "病历", "回避", booking.exam_code[:4])
    assert [word for word in told if word not in message.body] == []
    assert message.evidence == paper.evidence


def test_art_28_the_notice_tells_of_the_right_to_ask_for_recusal():
    give_notice(a_booking(noticed=False), by=a_scheduler())
    assert "申请其回避" in Message.objects.get(channel="inbox").body


def test_a_text_message_names_nobody_and_no_injury():
    booking = a_booking(an_accepted_case(parts=["143:left"]), noticed=False)
    give_notice(booking, by=a_scheduler())
    texts = [message.body for message in Message.objects.filter(channel="sms")]
    assert len(texts) == 2
    assert not [text for text in texts if "林知远" in text or "膝" in text]


def test_a_notice_is_given_once():
    booking = a_booking(noticed=False)
    assert give_notice(booking, by=a_scheduler()) == give_notice(booking, by=None)
    assert (Paper.objects.count(), Message.objects.count()) == (1, 3)


def test_a_booking_in_a_published_sitting_is_told_at_once():
    booking = book(an_accepted_case(), a_sitting(state=SittingState.PUBLISHED), by=a_scheduler())
    assert booking.notice is not None


def test_publishing_lets_the_sweep_send_every_notice_once():
    sitting = a_sitting()
    for serial in (1, 2):
        a_booking(an_accepted_case(serial), sitting=sitting, noticed=False)
    assert sweeping.send_notices() == 0
    publish(sitting, by=a_scheduler())
    assert (sweeping.send_notices(), sweeping.send_notices()) == (2, 0)
    assert Paper.objects.filter(kind="appearance_notice").count() == 2


def test_a_party_sees_the_appointment_once_they_have_been_told_staff_at_once():
    booking = a_booking(noticed=False)
    assert appointment_of(booking.case, by=a_worker_user()) is None
    assert appointment_of(booking.case, by=a_clerk()) == booking
    give_notice(booking, by=a_scheduler())
    assert appointment_of(booking.case, by=a_worker_user()) == booking


def test_after_a_reschedule_the_notice_is_that_of_the_other_day_with_a_new_code():
    booking = a_booking()
    request = ask_reschedule(
        booking.case, reason="住院", available_from=date(2026, 4, 3), consent=True, by=a_worker_user()
    )
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    booking.case.refresh_from_db()
    other = book(booking.case, a_sitting(day=date(2026, 4, 7), state=SittingState.PUBLISHED), by=a_scheduler())
    assert Paper.objects.get().kind == "reschedule_notice"
    body = Message.objects.get(template="sittings.rescheduled", channel="inbox").body
    assert "2026年5月15日" in body
    assert other.exam_code != booking.exam_code


def test_a_place_given_up_by_the_office_is_followed_by_an_ordinary_notice():
    booking = a_booking()
    case = release(booking, reason="场地停电", by=a_scheduler())
    book(case, a_sitting(day=date(2026, 4, 7), state=SittingState.PUBLISHED), by=a_scheduler())
    assert Paper.objects.get().kind == "appearance_notice"


def test_l13_who_can_be_reached_by_no_message_is_told_in_person():
    case = an_accepted_case()
    CaseParty.objects.filter(case=case).delete()
    Person.objects.filter(pk=case.person_id).update(telephone="")
    case.person.refresh_from_db()
    give_notice(a_booking(case, noticed=False), by=a_scheduler())
    owed = {each.kind: each.role for each in open_obligations(case)}
    assert owed["tell_in_person"] == "delivery_clerk"
    with pytest.raises(SittingNotYours):
        note_told(case, how="上门", by=an_outsider())
    with pytest.raises(ReasonMissing):
        note_told(case, how="", by=a_delivery_clerk())
    note_told(case, how="上门", by=a_delivery_clerk())
    assert "tell_in_person" not in [each.kind for each in open_obligations(case)]


def test_l06_another_recognised_part_after_the_booking_is_seen_by_the_sweep_and_becomes_a_task():
    case = an_accepted_case(parts=["143:left"])
    booking = a_booking(case, sitting=a_sitting(specialties=["orthopaedics"]))
    assert sweeping.revalidate_coming() == 0
    with_parts(case, "143:left", "030:left")
    assert sweeping.revalidate_coming() == 1
    booking.refresh_from_db()
    assert (booking.needs, booking.flags) == (["orthopaedics", "ophthalmology"], ["specialty"])
    assert "rebook" in [owed.kind for owed in open_obligations(case)]


def test_l06_a_change_that_fits_the_sitting_is_taken_over_without_a_task():
    case = an_accepted_case(parts=["143:left"])
    booking = a_booking(case)
    with_parts(case, "030:left")
    assert revalidate(booking)
    assert (booking.needs, booking.flags) == (["ophthalmology"], [])
    assert "rebook" not in [owed.kind for owed in open_obligations(case)]


def test_l06_a_change_taken_back_takes_flag_and_task_away():
    case = an_accepted_case(parts=["143:left"])
    booking = a_booking(case, sitting=a_sitting(specialties=["orthopaedics"]))
    with_parts(case, "030:left")
    revalidate(booking)
    with_parts(case, "143:left")
    revalidate(booking)
    assert booking.flags == []
    assert "rebook" not in [owed.kind for owed in open_obligations(case)]


def test_l06_a_wheelchair_after_the_booking_flags_a_place_with_stairs():
    booking = a_booking(sitting=a_sitting(step_free=False))
    set_assistance(booking.case, ["wheelchair"], by=a_worker_user())
    booking.refresh_from_db()
    assert booking.flags == ["step_free", "assistance"]
    assert "rebook" in [owed.kind for owed in open_obligations(booking.case)]


def test_l06_a_sign_interpreter_after_the_booking_is_something_to_prepare():
    booking = a_booking()
    set_assistance(booking.case, ["sign_language"], note="请提前联系手语翻译", by=a_worker_user())
    booking.refresh_from_db()
    assert booking.flags == ["assistance"]
    assert SpecialNeeds.objects.get().note == "请提前联系手语翻译"


def test_special_needs_are_told_by_the_person_or_the_scheduler_from_the_list():
    case = an_accepted_case()
    with pytest.raises(SittingNotYours):
        set_assistance(case, ["bed"], by=an_outsider())
    with pytest.raises(NeedUnknown):
        set_assistance(case, ["helicopter"], by=a_worker_user())
    set_assistance(case, ["bed"], by=a_scheduler())
    set_assistance(case, [], by=a_worker_user())
    assert SpecialNeeds.objects.get().codes == []


def test_an_employer_neither_tells_nor_changes_what_the_person_needs():
    case = an_accepted_case()
    set_assistance(case, ["wheelchair"], by=a_worker_user())
    join_case(case, an_employer_user(), capacity="employer")
    with pytest.raises(ForTheOtherSide):
        set_assistance(case, [], by=an_employer_user())
    assert SpecialNeeds.objects.get().codes == ["wheelchair"]


def test_the_sweep_looks_at_many_bookings_with_few_queries(django_assert_num_queries):
    sitting = a_sitting()
    for serial in (1, 2, 3):
        a_booking(an_accepted_case(serial), sitting=sitting)
    with django_assert_num_queries(4):
        sweeping.revalidate_coming()


def test_a_booking_long_without_a_notice_is_found_by_the_check():
    booking = a_booking(noticed=False, sitting=a_sitting(state=SittingState.PUBLISHED))
    assert list(checks.notices()) == []
    with at(PLANNED + timedelta(hours=3)):
        assert [problem.about for problem in checks.notices()] == [booking.case.number]


def test_l03_every_slot_is_counted_rightly_says_the_check():
    booking = a_booking()
    assert list(checks.capacity()) == []
    Booking.objects.filter(pk=booking.pk).update(state="moved")
    assert [problem.check for problem in checks.capacity()] == ["capacity"]
    Booking.objects.filter(pk=booking.pk).update(state="booked")


def test_a_day_and_an_instant_are_said_as_people_say_them():
    assert said(moment.at(DAY, 9, 5)) == "2026年3月24日9时05分"
    assert (said(DAY), said("现场")) == ("2026年3月24日", "现场")
