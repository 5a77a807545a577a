"""Another day: asked for, granted, refused, settled; and given up by the office itself."""

from datetime import date

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, a_worker_user, an_exam_staff, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import move
from gongjian.cases.errors import NotYours
from gongjian.cases.models import LimitChange
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.sittings.actions import ask_reschedule, book, book_oldest_first, decide_reschedule, release
from gongjian.sittings.errors import (
    AskedAlready,
    AvailableTooEarly,
    BookingNotFound,
    ConsentMissing,
    NotAvailableYet,
    ReasonMissing,
    RequestNotFound,
    SittingNotYours,
    TooLateToAsk,
)
from gongjian.sittings.models import Reschedule
from gongjian.sittings.queries import open_request, requests_waiting, unsettled_request
from gongjian.sittings.states import BookingState, RequestState
from gongjian.sittings.tests.builders import DAY, a_booking, a_sitting, an_accepted_case, at

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


def test_staff_ask_for_somebody_who_has_called():
    case = a_booking().case
    request = ask_reschedule(case, reason="来电：住院", available_from=FREE_FROM, consent=True, by=a_scheduler())
    assert request.asked_by == a_scheduler()


@pytest.mark.parametrize("person", [an_outsider, a_clerk, an_exam_staff])
def test_nobody_else_asks(person):
    with pytest.raises(SittingNotYours):
        ask_reschedule(a_booking().case, reason="x", available_from=FREE_FROM, consent=True, by=person())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": ""}, ReasonMissing),
        ({"available_from": DAY}, AvailableTooEarly),
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
