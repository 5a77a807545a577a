"""Another day: asked for, granted, refused, settled; and given up by the office itself."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from gongjian.accounts.models import Post, User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_scheduler,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_exam_staff,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import extend
from gongjian.cases.actions.move import join_case, move
from gongjian.cases.checks import due_days
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case, LimitChange, Obligation
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.sittings.actions import (
    ask_reschedule,
    book,
    book_oldest_first,
    decide_reschedule,
    release,
    set_assistance,
)
from gongjian.sittings.errors import (
    AskedAlready,
    AskedByYourself,
    BookingNotFound,
    ConsentMissing,
    ForTheOtherSide,
    HowItCameMissing,
    NotAvailableYet,
    ReasonMissing,
    RequestNotFound,
    SittingNotYours,
    TooLateToAsk,
)
from gongjian.sittings.models import Booking, Reschedule
from gongjian.sittings.queries import open_request, requests_waiting, unsettled_request
from gongjian.sittings.states import BookingState, RequestState, SittingState
from gongjian.sittings.tests.builders import DAY, a_booking, a_present, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db
ASKED_ON = moment.at(date(2026, 3, 18), 20)
FREE_FROM = date(2026, 4, 3)


@pytest.fixture(autouse=True)
def _some_days_before():
    with at(ASKED_ON):
        yield


def a_request(booking=None) -> Reschedule:
    booking = booking or a_booking()
    return ask_reschedule(
        booking.case, reason="3月23日要住院取内固定", available_from=FREE_FROM, consent=True, by=a_worker_user()
    )


def test_art_12_the_person_asks_and_the_scheduler_owes_an_answer():
    request = a_request()
    owed = {each.kind: each for each in open_obligations(request.case)}
    assert (owed["decide_reschedule"].role, owed["decide_reschedule"].due_on) == ("scheduler", date(2026, 3, 19))
    assert open_request(request.case) == request


def taken_down(by: User, came_by: str = "telephone", booking: Booking | None = None) -> Reschedule:
    """A wish that somebody told the office by telephone, in a letter or at the desk."""
    case = (booking or a_booking()).case
    return ask_reschedule(case, reason="住院", available_from=FREE_FROM, consent=True, by=by, came_by=came_by)


@pytest.mark.parametrize("came_by", ["telephone", "letter", "in_person"])
def test_staff_ask_for_somebody_and_say_how_the_wish_came(came_by):
    request = taken_down(a_scheduler(), came_by)
    assert (request.asked_by, request.came_by) == (a_scheduler(), came_by)
    assert LedgerEntry.objects.get(act="reschedule.asked").facts["came_by"] == came_by


@pytest.mark.parametrize("came_by", ["online", "excuse", "", "梦见"])
def test_a_wish_that_came_in_no_known_way_is_not_taken_down(came_by):
    with pytest.raises(HowItCameMissing):
        taken_down(a_scheduler(), came_by)
    assert not Reschedule.objects.exists()


def test_what_the_person_asks_in_the_portal_came_online_whatever_is_said():
    case = a_booking().case
    told = {"reason": "住院", "available_from": FREE_FROM, "consent": True, "came_by": "letter"}
    assert ask_reschedule(case, **told, by=a_worker_user()).came_by == "online"


def test_art_30_who_took_the_wish_down_is_not_who_grants_it():
    request = taken_down(a_scheduler())
    with pytest.raises(AskedByYourself):
        decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    assert Reschedule.objects.get().state == RequestState.ASKED
    decide_reschedule(request, approve=True, reason="", by=another_scheduler())
    assert Reschedule.objects.get().decided_by == another_scheduler()


def test_who_took_the_wish_down_may_say_no_to_it():
    decide_reschedule(taken_down(a_scheduler()), approve=False, reason="原定日期可以参加", by=a_scheduler())
    assert Reschedule.objects.get().state == RequestState.REFUSED


def another_scheduler() -> User:
    """A second member of staff who answers requests."""
    other = User.objects.filter(username="scheduler-2").first() or User.objects.create_user(
        "scheduler-2", name="另一人", kind=User.Kind.STAFF
    )
    Post.objects.get_or_create(user=other, office=an_office(), role="scheduler")
    return other


# The employer's side has no word in what is the person's to say.


def an_employer_in(case: Case) -> User:
    join_case(case, an_employer_user(), capacity="employer")
    return an_employer_user()


def test_art_12_an_employer_cannot_ask_for_another_day_for_the_worker():
    case = a_booking().case
    with pytest.raises(ForTheOtherSide):
        ask_reschedule(case, reason="生产忙", available_from=FREE_FROM, consent=True, by=an_employer_in(case))
    assert not Reschedule.objects.exists()


@pytest.mark.parametrize("name", ["ask", "explain", "needs"])
def test_an_employer_is_shown_none_of_the_pages_that_are_the_persons(client, name):
    case = a_booking().case
    set_assistance(case, ["wheelchair"], by=a_worker_user())
    client.force_login(an_employer_in(case))
    answer = client.get(reverse(f"sittings:{name}", args=[case.number]))
    assert answer.status_code == 403
    assert "轮椅" not in answer.content.decode()
    assert client.post(reverse(f"sittings:{name}", args=[case.number]), {"codes": "bed"}).status_code == 403


def test_an_employer_sees_day_and_place_but_no_code_no_needs_and_no_cause(client):
    booking = a_booking()
    set_assistance(booking.case, ["wheelchair"], by=a_worker_user())
    a_request(booking)
    client.force_login(an_employer_in(booking.case))
    page = client.get(reverse("sittings:portal_block", args=[booking.case.number])).content.decode()
    assert "2026年3月24日" in page
    assert "云溪市临江路8号三楼" in page
    for word in (booking.exam_code[:4], "轮椅", "改期", "签到码", "需要的便利"):
        assert word not in page


def test_a_near_relative_and_an_agent_of_the_worker_ask_for_them():
    case = a_booking().case
    join_case(case, an_applicant("19900000009", "林素秋"), capacity="relative")
    told = {"reason": "住院", "available_from": FREE_FROM, "consent": True}
    assert ask_reschedule(case, **told, by=an_applicant("19900000009", "林素秋")).came_by == "online"


# How far off another day may be.


@pytest.mark.parametrize("days", [1, 90])
def test_art_12_another_day_may_be_ninety_days_off(days):
    case = a_booking().case
    told = {"reason": "住院", "available_from": DAY + timedelta(days=days), "consent": True}
    assert ask_reschedule(case, **told, by=a_worker_user()).pk


@pytest.mark.parametrize("day", [DAY + timedelta(days=91), date(2029, 1, 1)])
def test_art_12_for_a_day_further_off_one_asks_again_later(day):
    case = a_booking().case
    with pytest.raises(DayOutOfBounds, match=r"2026-06-22.*再次申请改期"):
        ask_reschedule(case, reason="住院", available_from=day, consent=True, by=a_worker_user())


# Only what the person asked for is not counted.


@pytest.mark.parametrize(
    ("other", "due"),
    [
        (date(2026, 4, 7), date(2026, 5, 15)),
        (date(2026, 4, 9), date(2026, 5, 17)),
        (date(2026, 4, 10), date(2026, 5, 17)),
        (date(2026, 6, 30), date(2026, 5, 17)),
    ],
)
def test_art_12_the_limit_is_postponed_by_what_was_asked_and_the_notice_not_by_the_offices_own_time(other, due):
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    request.case.refresh_from_db()
    booking = book(request.case, a_sitting(day=other, state=SittingState.PUBLISHED), by=a_scheduler())
    assert booking.case.due_on == due
    message = Message.objects.get(template="sittings.rescheduled", channel="inbox")
    assert f"最迟在{due.year}年{due.month}月{due.day}日作出" in message.body


def test_the_page_for_staff_asks_how_the_wish_came_and_the_answer_says_so(client):
    case = a_booking().case
    client.force_login(a_scheduler())
    place = reverse("sittings:ask", args=[case.number])
    told = {"reason": "住院", "available_from": "2026-04-03", "consent": "on"}
    assert client.post(place, told).status_code == 422
    assert client.post(place, {**told, "came_by": "letter"}).status_code == 302
    assert "来信" in client.get(reverse("sittings:answer", args=[case.number])).content.decode()


@pytest.mark.parametrize("person", [an_outsider, a_clerk, an_exam_staff])
def test_nobody_else_asks(person):
    with pytest.raises(SittingNotYours):
        ask_reschedule(a_booking().case, reason="x", available_from=FREE_FROM, consent=True, by=person())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": ""}, ReasonMissing),
        ({"available_from": DAY}, DayOutOfBounds),
        ({"consent": False}, ConsentMissing),
    ],
)
def test_a_request_is_complete_or_refused(changes, refusal):
    case = a_booking().case
    with pytest.raises(refusal):
        ask_reschedule(
            case, **{"reason": "住院", "available_from": FREE_FROM, "consent": True, **changes}, by=a_worker_user()
        )
    assert not Reschedule.objects.exists()


def test_one_asks_once():
    request = a_request()
    with pytest.raises(AskedAlready):
        ask_reschedule(request.case, reason="x", available_from=FREE_FROM, consent=True, by=a_worker_user())


def test_at_the_appointed_time_it_is_too_late_to_ask():
    case = a_booking().case
    with at(moment.at(DAY, 9)), pytest.raises(TooLateToAsk):
        ask_reschedule(case, reason="x", available_from=FREE_FROM, consent=True, by=a_worker_user())


def test_who_is_not_booked_has_nothing_to_reschedule():
    with pytest.raises(BookingNotFound):
        ask_reschedule(an_accepted_case(), reason="x", available_from=FREE_FROM, consent=True, by=a_worker_user())


def test_art_12_a_granted_request_frees_the_place_and_postpones_the_decision():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    booking, case = request.booking, request.case
    for row in (booking, booking.slot, case):
        row.refresh_from_db()
    assert (booking.state, booking.slot.taken, case.state) == (BookingState.MOVED, 0, State.ACCEPTED)
    change = LimitChange.objects.get()
    assert (change.from_on, change.until_on, change.article) == (DAY, FREE_FROM, "令55 第十二条")
    assert case.due_on == date(2026, 5, 11)
    assert [owed.kind for owed in open_obligations(case)] == ["book"]


def test_the_reason_is_for_the_office_alone():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    assert "住院" not in LimitChange.objects.get().reason
    assert not any("住院" in str(entry.facts) for entry in LedgerEntry.objects.all())
    assert not any("住院" in message.body for message in Message.objects.all())


def test_art_12_the_other_day_postpones_the_decision_up_to_it():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    request.case.refresh_from_db()
    booking = book(request.case, a_sitting(day=date(2026, 4, 7)), by=a_scheduler())
    assert booking.case.due_on == date(2026, 5, 15)
    request.refresh_from_db()
    assert request.settled_by == booking
    assert unsettled_request(booking.case) is None


def test_nobody_is_booked_before_the_day_from_which_they_can_come():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    request.case.refresh_from_db()
    with pytest.raises(NotAvailableYet, match="2026-04-03"):
        book(request.case, a_sitting(day=date(2026, 4, 2)), by=a_scheduler())


def test_filling_a_sitting_passes_over_who_cannot_come_yet():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    assert book_oldest_first(a_sitting(day=date(2026, 4, 2)), by=a_scheduler()) == []
    assert len(book_oldest_first(a_sitting(day=date(2026, 4, 7)), by=a_scheduler())) == 1


def test_a_refused_request_says_why_and_the_booking_stands():
    request = a_request()
    decide_reschedule(request, approve=False, reason="理由不充分，请补充证明", by=a_scheduler())
    request.case.refresh_from_db()
    assert (request.case.state, LimitChange.objects.count()) == (State.SCHEDULED, 0)
    assert "理由不充分" in Message.objects.get(template="sittings.reschedule_refused", channel="inbox").body
    assert [owed.kind for owed in open_obligations(request.case)] == ["receive_at_door"]


def test_a_no_without_a_reason_is_refused():
    with pytest.raises(ReasonMissing):
        decide_reschedule(a_request(), approve=False, reason=" ", by=a_scheduler())


@pytest.mark.parametrize("person", [an_exam_staff, a_clerk, an_outsider, a_worker_user])
def test_nobody_but_the_scheduler_answers(person):
    request = a_request()
    with pytest.raises(SittingNotYours):
        decide_reschedule(request, approve=True, reason="", by=person())
    assert Reschedule.objects.get().state == RequestState.ASKED


def test_a_request_is_answered_once():
    request = a_request()
    decide_reschedule(request, approve=False, reason="不充分", by=a_scheduler())
    with pytest.raises(RequestNotFound):
        decide_reschedule(request, approve=True, reason="", by=a_scheduler())


def test_the_move_itself_is_for_the_scheduler_and_for_a_scheduled_case():
    booking = a_booking()
    with pytest.raises(NotYours):
        move(booking.case, "reschedule", by=an_exam_staff())


def test_after_a_no_one_may_ask_again():
    request = a_request()
    decide_reschedule(request, approve=False, reason="不充分", by=a_scheduler())
    assert a_request(request.booking).state == RequestState.ASKED


def test_the_office_gives_up_a_booking_without_postponing_anything():
    booking = a_booking()
    release(booking, reason="场地停电", by=a_scheduler())
    booking.refresh_from_db()
    booking.case.refresh_from_db()
    booking.slot.refresh_from_db()
    assert (booking.state, booking.slot.taken) == (BookingState.MOVED, 0)
    assert (booking.case.state, booking.case.due_on) == (State.ACCEPTED, date(2026, 5, 1))
    assert Message.objects.filter(template="sittings.released").exists()


def test_who_was_never_told_of_a_booking_is_not_told_of_its_end():
    release(a_booking(noticed=False), reason="调整", by=a_scheduler())
    assert not Message.objects.exists()


def test_the_office_too_says_why():
    with pytest.raises(ReasonMissing):
        release(a_booking(), reason="", by=a_scheduler())


def test_requests_wait_in_the_order_of_their_sittings_in_one_query(django_assert_num_queries):
    later = a_request(a_booking(an_accepted_case(2), sitting=a_sitting(day=date(2026, 3, 27))))
    sooner = a_request()
    scheduler = a_scheduler()
    scheduler.posts_held()
    with django_assert_num_queries(1):
        assert [row.case.person.name and row.pk for row in requests_waiting(scheduler)] == [sooner.pk, later.pk]
    assert not requests_waiting(an_outsider()).exists()


def test_whoever_is_expected_is_the_exam_staffs_task_of_the_day_of_the_sitting():
    owed = open_obligations(a_booking().case).get()
    assert (owed.kind, owed.due_on, owed.limit.due_on) == ("receive_at_door", DAY, date(2026, 5, 1))


def test_another_day_moves_that_task_to_the_new_sitting_and_no_move_of_the_limit_undoes_it():
    request = a_request()
    decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    request.case.refresh_from_db()
    booked = book(request.case, a_sitting(day=date(2026, 4, 7)), by=a_scheduler())
    extend(booked.case, reason="需要补充检查", by=a_clerk())
    owed = open_obligations(booked.case).get()
    assert (owed.due_on, owed.limit.due_on) == (date(2026, 4, 7), Case.objects.get().due_on)
    assert owed.limit.due_on > owed.due_on
    assert list(due_days()) == []


def test_a_sitting_after_the_limit_leaves_the_task_due_within_the_limit():
    late = a_sitting(day=date(2026, 5, 12))
    owed = open_obligations(a_booking(sitting=late).case).get()
    assert owed.due_on == date(2026, 5, 1)


def test_whoever_has_come_is_a_task_of_that_day_until_the_group_has_called_them():
    booking = a_present()
    assert open_obligations(booking.case).get().due_on == DAY


def test_on_upgrade_what_is_open_about_a_sitting_gets_its_day_and_can_give_it_back():
    case = a_booking().case
    Obligation.objects.filter(case=case).update(appointed_on=None, due_on=date(2026, 5, 1))
    upgrade = import_module("gongjian.sittings.migrations.0002_the_day_of_the_sitting")
    upgrade.give_days(apps, None)
    assert open_obligations(case).get().due_on == DAY
    upgrade.take_days(apps, None)
    assert open_obligations(case).get().due_on == date(2026, 5, 1)
