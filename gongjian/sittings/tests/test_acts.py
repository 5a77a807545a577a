"""Every act of a sitting before every role and in every state of what it is done to; each threshold of time on both sides."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role, roles_with
from gongjian.accounts.tests.builders import (
    a_member,
    a_province,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import DayOutOfBounds, NotAllowed, RuleError
from gongjian.sittings import actions, errors, queries
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.models import Booking, Presence, QueueEntry, Reschedule
from gongjian.sittings.states import LIVE, BookingState, QueueState, SittingState
from gongjian.sittings.tests.builders import (
    AFTER,
    DAY,
    MORNING,
    PLANNED,
    a_booking,
    a_grouped,
    a_plan,
    a_present,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)

pytestmark = pytest.mark.django_db
ID = Presence.Method.ORIGINAL_ID
EVE = MORNING - timedelta(days=4)
Act = Callable[[Booking, User], object]

ACTS: dict[str, tuple[str, Act]] = {
    "plan": (
        "sittings.plan",
        lambda booking, by: actions.plan_sitting(an_office(), a_plan(day=date(2026, 5, 12)), by=by),
    ),
    "add_venue": (
        "sittings.plan",
        lambda booking, by: actions.add_venue(an_office(), by=by, name="新址", address="路1号"),
    ),
    "add_room": ("sittings.plan", lambda booking, by: actions.add_room(booking.sitting.venue, name="三号诊室", by=by)),
    "capacity": ("sittings.plan", lambda booking, by: actions.change_capacity(booking.slot, capacity=9, by=by)),
    "publish": ("sittings.plan", lambda booking, by: actions.publish(booking.sitting, by=by)),
    "open": ("sittings.check_in", lambda booking, by: actions.open_sitting(booking.sitting, by=by)),
    "close": ("sittings.check_in", lambda booking, by: actions.close_sitting(booking.sitting, by=by)),
    "fill": ("sittings.book", lambda booking, by: actions.book_oldest_first(booking.sitting, by=by)),
    "needs": ("sittings.book", lambda booking, by: actions.set_assistance(booking.case, ["bed"], by=by)),
    "ask": ("sittings.reschedule", lambda booking, by: _ask(booking, by)),
    "release": ("sittings.reschedule", lambda booking, by: actions.release(booking, reason="停电", by=by)),
    "check_in": (
        "sittings.check_in",
        lambda booking, by: actions.check_in(booking.exam_code, booking.sitting, ID, by=by),
    ),
    "refuse": (
        "sittings.check_in",
        lambda booking, by: actions.refuse_identity(booking.exam_code, booking.sitting, by=by),
    ),
    "note_absence": ("sittings.check_in", lambda booking, by: actions.note_absence(booking, by=by)),
    "explain": (
        "sittings.check_in",
        lambda booking, by: actions.explain_absence(booking.case, explanation="病", by=by),
    ),
    "decide_absence": (
        "sittings.terminate",
        lambda booking, by: actions.decide_absence(booking.case, justified=True, reason="病", by=by),
    ),
    "terminate": ("sittings.terminate", lambda booking, by: actions.terminate(booking.case, 2, "", by, proof="")),
    "call": ("sittings.call", lambda booking, by: actions.call_next(booking.sitting, 1, by)),
    "recall": ("sittings.call", lambda booking, by: actions.recall(booking, by)),
    "skip": ("sittings.call", lambda booking, by: actions.skip(booking, "未到", by)),
    "finish": ("sittings.call", lambda booking, by: actions.finish(booking, by)),
}


def _ask(booking: Booking, by: User) -> Reschedule:
    return actions.ask_reschedule(
        booking.case, reason="住院", available_from=DAY + timedelta(days=7), consent=True, by=by
    )


def is_let_through(act: Act, booking: Booking, by: User) -> bool:
    """Whether the act gets past the question who may do it; whatever it wrote is taken back."""
    try:
        with transaction.atomic():
            act(Booking.objects.get(pk=booking.pk), by)
            transaction.set_rollback(True)
    except NotAllowed:
        return False
    except RuleError:
        return True
    return True


def ledger_length() -> int:
    return LedgerEntry.objects.count()


OF_THE_PARTY = {"ask", "needs", "explain"}


def test_an_act_is_for_the_roles_that_hold_its_permission_and_for_no_other():
    booking, members = a_booking(), {role: a_member(role) for role in Role}
    with at(EVE):
        found = {
            name: {role for role, member in members.items() if is_let_through(act, booking, member)}
            for name, (_, act) in ACTS.items()
        }
    assert found == {name: roles_with(permission) for name, (permission, _) in ACTS.items()}


def test_the_same_post_in_another_office_gives_no_right_here():
    booking = a_booking()
    members = {role: a_member(role, office=a_province()) for role in Role}
    with at(EVE):
        found = [
            (name, role)
            for name, (permission, act) in ACTS.items()
            for role in roles_with(permission)
            if is_let_through(act, booking, members[role])
        ]
    assert found == []


def test_the_person_themselves_may_ask_say_what_they_need_and_explain_and_nothing_else():
    booking, worker = a_booking(), a_worker_user()
    with at(EVE):
        assert {name for name, (_, act) in ACTS.items() if is_let_through(act, booking, worker)} == OF_THE_PARTY


@pytest.mark.parametrize("person", [an_expert_user, an_outsider])
def test_an_expert_or_a_stranger_does_nothing_and_leaves_no_trace(person):
    booking, user = a_booking(), person()
    before = ledger_length()
    with at(EVE):
        assert not [name for name, (_, act) in ACTS.items() if is_let_through(act, booking, user)]
    assert ledger_length() == before


@pytest.mark.parametrize("approve", [True, False])
def test_a_request_is_answered_by_the_roles_that_hold_the_permission_only(approve):
    with at(EVE):
        request = _ask(a_booking(), a_worker_user())

        def answer(_: Booking, by: User) -> object:
            return actions.decide_reschedule(request, approve=approve, reason="", by=by)

        found = {role for role in Role if is_let_through(answer, request.booking, a_member(role))}
    assert found == roles_with("sittings.reschedule")


def test_telling_in_person_is_noted_by_who_delivers_or_books():
    booking = a_booking()

    def note(booking: Booking, by: User) -> None:
        actions.note_told(booking.case, how="当面", by=by)

    found = {role for role in Role if is_let_through(note, booking, a_member(role))}
    assert found == roles_with("delivery.deliver") | roles_with("sittings.book")


BOOKING_STATES: dict[BookingState, State] = {
    BookingState.BOOKED: State.SCHEDULED,
    BookingState.PRESENT: State.PRESENT,
    BookingState.ABSENT: State.SCHEDULED,
    BookingState.DONE: State.EXAMINING,
    BookingState.MOVED: State.ACCEPTED,
    BookingState.ENDED: State.TERMINATED,
}


def a_booking_that_is(state: BookingState) -> Booking:
    """A booking that has come to a state in the ordinary way, as far as its place and its case go."""
    if state in (BookingState.PRESENT, BookingState.DONE):
        booking = a_present()
        Booking.objects.filter(pk=booking.pk).update(state=state)
    else:
        booking = a_booking(sitting=a_sitting(state=SittingState.OPEN))
        if state == BookingState.ABSENT:
            with at(AFTER):
                actions.note_absence(booking, by=an_exam_staff())
        elif state not in LIVE:
            with transaction.atomic():
                give_back(booking, state)
    if booking.case.state != BOOKING_STATES[state]:
        with transaction.atomic():
            put_in_state(booking.case, BOOKING_STATES[state])
    booking.refresh_from_db()
    return booking


STATE_TABLE: list[tuple[str, datetime, Act, dict[str, type[RuleError]]]] = [
    (
        "check_in",
        MORNING,
        ACTS["check_in"][1],
        {
            "present": errors.InAlready,
            "done": errors.InAlready,
            "absent": errors.NotExpected,
            "moved": errors.NotExpected,
            "ended": errors.NotExpected,
        },
    ),
    (
        "refuse",
        MORNING,
        ACTS["refuse"][1],
        {
            "present": errors.InAlready,
            "done": errors.InAlready,
            "absent": errors.NotExpected,
            "moved": errors.NotExpected,
            "ended": errors.NotExpected,
        },
    ),
    (
        "note_absence",
        AFTER,
        ACTS["note_absence"][1],
        dict.fromkeys(["present", "done", "absent", "moved", "ended"], errors.NotExpected),
    ),
    (
        "ask",
        EVE,
        lambda booking, by: _ask(booking, a_worker_user()),
        {
            "present": errors.TooLateToAsk,
            "absent": errors.TooLateToAsk,
            "done": errors.TooLateToAsk,
            "moved": errors.BookingNotFound,
            "ended": errors.BookingNotFound,
        },
    ),
    (
        "explain",
        AFTER,
        ACTS["explain"][1],
        dict.fromkeys(["booked", "present", "done", "moved", "ended"], errors.BookingNotFound),
    ),
    (
        "decide_absence",
        AFTER,
        ACTS["decide_absence"][1],
        dict.fromkeys(["booked", "present", "done", "moved", "ended"], errors.BookingNotFound),
    ),
    (
        "enter",
        MORNING,
        lambda booking, by: actions.enter(booking, 1),
        dict.fromkeys(["booked", "absent", "done", "moved", "ended"], errors.NotInQueue),
    ),
    (
        "release",
        EVE,
        lambda booking, by: actions.release(booking, reason="停电", by=a_scheduler()),
        dict.fromkeys(["done", "moved", "ended"], MoveNotAllowed),
    ),
]
REFUSED = [
    (name, instant, act, state, refusal)
    for name, instant, act, table in STATE_TABLE
    for state, refusal in table.items()
]
ALLOWED = [
    (name, instant, act, state.value)
    for name, instant, act, table in STATE_TABLE
    for state in BookingState
    if state.value not in table
]


@pytest.mark.parametrize(
    ("instant", "act", "state", "refusal"),
    [each[1:] for each in REFUSED],
    ids=[f"{name}-{state}" for name, _, _, state, _ in REFUSED],
)
def test_an_act_that_a_bookings_state_does_not_allow_is_refused_and_writes_nothing(instant, act, state, refusal):
    booking = a_booking_that_is(BookingState(state))
    staff, before = an_exam_staff(), ledger_length()
    with at(instant), pytest.raises(refusal):
        act(booking, staff)
    booking.refresh_from_db()
    assert (booking.state, ledger_length()) == (state, before)


@pytest.mark.parametrize(
    ("instant", "act", "state"),
    [each[1:] for each in ALLOWED],
    ids=[f"{name}-{state}" for name, _, _, state in ALLOWED],
)
def test_an_act_that_a_bookings_state_allows_is_done_and_written_down(instant, act, state):
    booking = a_booking_that_is(BookingState(state))
    staff, before = an_exam_staff(), ledger_length()
    with at(instant):
        act(booking, staff)
    assert ledger_length() > before


STEPS: dict[str, tuple[Callable[..., Any], Role, SittingState]] = {
    "publish": (actions.publish, Role.SCHEDULER, SittingState.PLANNED),
    "open": (actions.open_sitting, Role.EXAM_STAFF, SittingState.PUBLISHED),
    "close": (actions.close_sitting, Role.EXAM_STAFF, SittingState.OPEN),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", SittingState)
def test_a_step_of_a_sitting_is_taken_from_its_own_state_only(name, state):
    step, role, start = STEPS[name]
    sitting = a_sitting(state=state)
    with at(EVE if name == "publish" else MORNING):
        assert is_taken(step, sitting, a_member(role)) is (state == start)


def is_taken(step: Callable[..., Any], sitting: Any, by: User) -> bool:
    try:
        step(sitting, by=by)
    except errors.StepNotAllowed as refusal:
        assert SittingState(sitting.state).label in str(refusal)
        return False
    return True


@pytest.mark.parametrize(
    ("state", "received", "booked", "on_screen"),
    [
        (SittingState.PLANNED, False, True, False),
        (SittingState.PUBLISHED, False, True, True),
        (SittingState.OPEN, True, False, True),
        (SittingState.CLOSED, False, False, True),
    ],
)
def test_what_a_sittings_state_opens_and_closes(state, received, booked, on_screen):
    booking, waiting = a_booking(), an_accepted_case(2)
    sitting = put_in_sitting_state(booking.sitting, state)
    with at(MORNING):
        assert (
            does(errors.NotOpen, lambda: actions.check_in(booking.exam_code, sitting, ID, by=an_exam_staff()))
            is received
        )
    assert queries.open_for(waiting, after=PLANNED.date()).filter(pk=sitting.pk).exists() is booked
    assert does(errors.SittingNotFound, lambda: queries.public_sitting(sitting.number)) is on_screen


def does(refusal: type[RuleError], act: Callable[[], object]) -> bool:
    """Whether the act is done instead of refused in this way."""
    try:
        act()
    except refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("today", "is_booked"), [(DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False)]
)
def test_a_sitting_takes_people_until_the_eve_of_its_day(today, is_booked):
    case, sitting = an_accepted_case(), a_sitting()
    with at(moment.at(today, 8)):
        found = does(errors.NotBookable, lambda: actions.book(case, sitting, by=a_scheduler(), consent="电话同意"))
    assert found is is_booked


@pytest.mark.parametrize(("seconds", "may_ask"), [(-60, True), (-1, True), (0, False), (1, False)])
def test_art_12_another_day_is_asked_for_until_the_appointed_time(seconds, may_ask):
    booking = a_booking()
    with at(booking.slot.starts_at + timedelta(seconds=seconds)):
        assert does(errors.TooLateToAsk, lambda: _ask(booking, a_worker_user())) is may_ask


@pytest.mark.parametrize(("seconds", "is_noted"), [(-60, False), (-1, False), (0, True), (1, True)])
def test_nobody_is_absent_until_the_sitting_has_ended(seconds, is_noted):
    booking = a_booking()
    with at(booking.sitting.ends_at + timedelta(seconds=seconds)):
        found = does(errors.StillExpected, lambda: actions.note_absence(booking, by=an_exam_staff()))
    assert found is is_noted


@pytest.mark.parametrize(("days", "opens"), [(-1, False), (0, True), (1, False)])
@pytest.mark.parametrize("hour", [0, 23])
def test_a_sitting_is_opened_on_its_day_at_any_hour_and_on_no_other(days, opens, hour):
    sitting = a_sitting(state=SittingState.PUBLISHED)
    with at(moment.at(DAY + timedelta(days=days), hour)):
        assert does(errors.PlanWrong, lambda: actions.open_sitting(sitting, by=an_exam_staff())) is opens


@pytest.mark.parametrize(("on", "is_decided"), [(26, False), (27, False), (28, True), (30, True)])
def test_art_14_nothing_is_held_against_a_person_until_the_day_after_the_last_day_to_explain(on, is_decided):
    booking = a_booking()
    with at(AFTER):
        actions.note_absence(booking, by=an_exam_staff())
    with at(moment.at(date(2026, 3, on), 9)):
        assert does(errors.AbsenceOpen, lambda: decide(booking, justified=False)) is is_decided


def decide(booking: Booking, *, justified: bool) -> object:
    return actions.decide_absence(booking.case, justified=justified, reason="未说明", by=an_exam_staff())


@pytest.mark.parametrize("justified", [True, False])
def test_art_14_after_an_explanation_the_absence_may_be_decided_at_once(justified):
    booking = a_booking()
    with at(AFTER):
        actions.note_absence(booking, by=an_exam_staff())
        actions.explain_absence(booking.case, explanation="车祸", by=a_worker_user())
        assert does(errors.AbsenceOpen, lambda: decide(booking, justified=justified))


def test_art_14_staff_may_give_more_time_to_explain():
    booking = a_booking()
    with at(AFTER):
        absence = actions.note_absence(booking, by=an_exam_staff(), explain_by=date(2026, 4, 10))
    with at(moment.at(date(2026, 4, 10), 9)), pytest.raises(errors.AbsenceOpen, match="2026-04-10"):
        decide(absence.booking, justified=False)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 10)])
def test_a_sitting_is_planned_for_a_day_to_come(day):
    with at(PLANNED), pytest.raises(DayOutOfBounds, match="场次日期"):
        actions.plan_sitting(an_office(), a_plan(day=day), by=a_scheduler())


def test_a_sitting_may_be_planned_for_tomorrow():
    with at(PLANNED):
        assert actions.plan_sitting(an_office(), a_plan(day=date(2026, 3, 11)), by=a_scheduler()).pk


@pytest.mark.parametrize(("closed_on", "is_open"), [(23, False), (24, False), (25, True)])
def test_a_venue_holds_sittings_until_the_eve_of_its_closing(closed_on, is_open):
    plan = a_plan()
    plan.venue.closed_on = date(2026, 3, closed_on)
    plan.venue.save()
    with at(PLANNED):
        found = does(errors.VenueClosed, lambda: actions.plan_sitting(an_office(), plan, by=a_scheduler()))
    assert found is is_open


@pytest.mark.parametrize(("capacity", "is_taken_over"), [(1, False), (2, True)])
def test_a_slot_is_never_made_smaller_than_the_number_of_its_people(capacity, is_taken_over):
    sitting = a_sitting()
    bookings = [a_booking(an_accepted_case(serial), sitting=sitting) for serial in (1, 2)]
    slot = bookings[0].slot
    found = does(errors.SlotFull, lambda: actions.change_capacity(slot, capacity=capacity, by=a_scheduler()))
    assert found is is_taken_over


@pytest.mark.parametrize("capacity", [-1, 0, 101])
def test_a_slot_has_the_bounds_of_the_plan_ever_after(capacity):
    sitting = a_sitting()
    with pytest.raises(errors.PlanWrong):
        actions.change_capacity(sitting.slots.get(starts_at=sitting.starts_at), capacity=capacity, by=a_scheduler())


QUEUE_ACTS: dict[str, Callable[[Booking, User], object]] = {
    "recall": lambda booking, by: actions.recall(booking, by),
    "skip": lambda booking, by: actions.skip(booking, "未到", by),
    "finish": lambda booking, by: actions.finish(booking, by),
}


@pytest.mark.parametrize("act", QUEUE_ACTS)
@pytest.mark.parametrize("state", QueueState)
def test_only_who_was_called_is_recalled_put_back_or_finished(act, state):
    booking, staff = a_grouped(), an_exam_staff()
    with at(MORNING):
        actions.enter(booking, 1)
        QueueEntry.objects.filter(booking=booking).update(state=state)
        assert does(errors.NotInQueue, lambda: QUEUE_ACTS[act](booking, staff)) is (state == QueueState.CALLED)


@pytest.mark.parametrize("state", sorted(set(QueueState) - {QueueState.WAITING}))
def test_only_who_waits_is_called(state):
    booking, staff = a_grouped(), an_exam_staff()
    with at(MORNING):
        actions.enter(booking, 1)
        QueueEntry.objects.filter(booking=booking).update(state=state)
        with pytest.raises(errors.QueueEmpty):
            actions.call_next(booking.sitting, 1, staff)
