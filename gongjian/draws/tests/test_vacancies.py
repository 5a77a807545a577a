"""When a group lacks a member for whom no reserve is left: who is owed another, who stands at the door again, and that nobody is placed by hand."""

import json
from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_draw_officer, a_scheduler, an_exam_staff
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.models import Case, Obligation
from gongjian.cases.tests.builders import put_in_state
from gongjian.draws import checks
from gongjian.draws.actions import door
from gongjian.draws.actions.changes import confirm
from gongjian.draws.actions.recusal import decide_recusal
from gongjian.draws.actions.regrouping import leave_group
from gongjian.draws.errors import DoorNotOpen, GroupComplete, NoGroupFits, StillWaiting
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, ChangeRequest, Departure, Draw, Group, Recusal
from gongjian.draws.queries.door import groups_left_for, unserved
from gongjian.draws.queries.groups import (
    arrival_of,
    cases_of_group,
    empty_seats,
    group_of,
    left_stuck,
    members,
    panels_of,
    waiting_for_a_group,
)
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.queries.shown import door_shown, version_of
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import (
    BONE,
    KNEE,
    SIGHT,
    a_held,
    a_prepared,
    a_vacancy,
    an_open_door,
    comes,
    experts_draw,
    people_of,
    sent,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.actions.rescheduling import release
from gongjian.sittings.actions.terminating import terminate
from gongjian.sittings.models import Booking, QueueEntry
from gongjian.sittings.owes import FILL_SEAT
from gongjian.sittings.states import BookingState, QueueState
from gongjian.sittings.tests.builders import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with moment.fixed(MORNING):
        yield


def a_door(**changes: object) -> Draw:
    """Two groups without any reserve, an open door."""
    return an_open_door(a_held(reserves=(), **changes))  # type: ignore[arg-type]


def owed() -> list[tuple[int, str, str]]:
    rows = Obligation.objects.filter(kind=FILL_SEAT, fulfilled_at=None).order_by("case_id")
    return list(rows.values_list("case_id", "role", "about"))


def a_stuck_one(row: Draw | None = None) -> tuple[Booking, Group]:
    """Somebody whose group has just lost a member for good."""
    booking = comes(people_of(row or a_door())[0])
    group = sent(booking)
    a_vacancy(group)
    return booking, group


def leaves(booking: Booking) -> Departure:
    return leave_group(Case.objects.get(pk=booking.case_id), by=an_exam_staff())


# Who is owed another group.


def test_art_11_everybody_whom_the_group_has_still_to_judge_is_owed_another_today():
    row = a_door(sitting=a_prepared(people=[[KNEE]] * 4))
    people = [comes(booking) for booking in people_of(row)]
    groups = {booking.case_id: sent(booking) for booking in people}
    (number, count), *_ = Counter(group.number for group in groups.values()).most_common()
    assert count >= 2, "of four people two at least were sent to one of the two groups"
    done = next(booking for booking in people if groups[booking.case_id].number == number)
    put_in_state(done.case, CaseState.OPINED)
    a_vacancy(Group.objects.get(draw=experts_draw(row.sitting), number=number))
    stuck = [pk for pk, group in groups.items() if group.number == number and pk != done.case_id]
    assert owed() == [(pk, Role.DRAW_OFFICER.value, "") for pk in sorted(stuck)]
    assert {one.due_on for one in Obligation.objects.filter(kind=FILL_SEAT)} == {MORNING.date()}
    assert [one.booking.case_id for one in left_stuck(row.sitting)] == stuck


def test_a_reserve_who_takes_the_seat_leaves_nothing_owed():
    row = an_open_door(a_held(a_prepared(each=10), reserves=[BONE] * 4, one_per_hospital=False))
    a_stuck_one(row)
    assert (owed(), left_stuck(row.sitting)) == ([], [])


def test_two_seats_that_fall_empty_are_one_thing_owed():
    booking, group = a_stuck_one()
    a_vacancy(group)
    assert len(empty_seats(group)) == 2
    assert owed() == [(booking.case_id, "draw_officer", "")]


def test_art_28_a_recusal_granted_after_the_door_owes_another_group_too():
    booking = comes(people_of(a_door())[0])
    group = sent(booking)
    row = Recusal.objects.create(
        case=booking.case, ground=Ground.KINSHIP, source="party", facts="表亲", told_at=MORNING,
        told_by=an_exam_staff(), decision="asked",
    )  # fmt: skip
    decide_recusal(row, expert=members(group)[0], answer="属实", by=a_draw_officer())
    assert owed() == []
    confirm(ChangeRequest.objects.get(), by=an_exam_staff())
    assert owed() == [(booking.case_id, "draw_officer", "")]


def test_what_is_owed_ends_with_the_appraisal():
    booking, _ = a_stuck_one()
    terminate(Case.objects.get(pk=booking.case_id), 2, "拒不配合检查", an_exam_staff(), proof="现场记录")
    assert owed() == []


def test_what_is_owed_outlives_the_call():
    booking, group = a_stuck_one()
    call_next(booking.sitting, group.number, by=an_exam_staff())
    assert owed() == [(booking.case_id, "draw_officer", "")]


# Leaving, and the door again.


def test_who_leaves_is_present_without_a_group_and_out_of_its_queue():
    booking, group = a_stuck_one()
    departure = leaves(booking)
    case = Case.objects.get(pk=booking.case_id)
    assert (case.state, group_of(case), arrival_of(case)) == (CaseState.PRESENT, None, None)
    assert (departure.empty, owed(), list(cases_of_group(group))) == ([1], [], [])
    assert QueueEntry.objects.get().state == QueueState.LEFT
    assert list(waiting_for_a_group(booking.sitting)) == [booking]
    assert left_stuck(booking.sitting) == []


def test_art_34_it_is_in_the_ledger_who_did_it_why_and_with_which_seats():
    booking, group = a_stuck_one()
    sent_before = Arrival.objects.get()
    leaves(booking)
    on_the_case = LedgerEntry.objects.get(chain=booking.case.chain, act="case.regroup")
    assert on_the_case.by == an_exam_staff()
    assert on_the_case.facts["empty"] == [1]
    assert (on_the_case.facts["group"], on_the_case.facts["reason"]) == (group.code, "no_reserve_left")
    on_the_draw = LedgerEntry.objects.get(chain=sent_before.draw.chain, act="door.left")
    assert on_the_draw.facts == {"position": 1, "arrival": sent_before.hash, "empty": [1]}
    assert LedgerEntry.objects.filter(chain=booking.sitting.chain, act="queue.left").count() == 1
    assert verify()[1] == []


def test_the_door_draws_another_group_and_never_the_same():
    booking, group = a_stuck_one()
    ticket = booking.ticket
    leaves(booking)
    assert groups_left_for(Arrival.objects.get()) == 1
    other = sent(booking, "再来")
    assert other != group
    first, second = Arrival.objects.order_by("position")
    assert (first.turn, second.turn, second.word) == (1, 2, "再来")
    assert {one["group"] for one in second.late} == {group.code}
    entry = QueueEntry.objects.get()
    assert (entry.group_number, entry.state, entry.calls, entry.called_at) == (
        other.number,
        QueueState.WAITING,
        0,
        None,
    )
    booking.refresh_from_db()
    assert (booking.ticket, booking.state) == (ticket, BookingState.PRESENT)
    assert sent(booking) == other
    assert Arrival.objects.count() == 2


def test_the_new_group_calls_the_person_into_examination():
    booking, _ = a_stuck_one()
    leaves(booking)
    other = sent(booking)
    assert call_next(booking.sitting, other.number, by=an_exam_staff()) == booking
    assert Case.objects.get(pk=booking.case_id).state == CaseState.EXAMINING


def test_art_6_receipts_of_both_draws_verify_and_the_check_finds_nothing():
    row = a_door()
    booking, _ = a_stuck_one(row)
    leaves(booking)
    sent(booking)
    for other in people_of(row)[1:]:
        sent(comes(other))
    closed = door.close(row, by=an_exam_staff())
    assert verify_text(closed.receipt.encode()) == []
    assert verify_text(experts_draw(row.sitting).receipt.encode()) == []
    codes = [one["person"] for one in json.loads(closed.receipt)["arrivals"]]
    assert codes.count(booking.exam_code) == 2
    assert [*checks.receipts(), *checks.seats(), *checks.departures()] == []


def test_the_day_does_not_end_while_somebody_waits_for_another_group():
    row = a_door()
    booking, _ = a_stuck_one(row)
    leaves(booking)
    with pytest.raises(StillWaiting, match="1人"):
        door.close(row, by=an_exam_staff())


def test_the_hall_sees_the_people_where_they_are_now():
    row = a_door()
    booking, group = a_stuck_one(row)
    before = version_of(row)
    leaves(booking)
    assert version_of(row) != before
    assert (door_shown(row).came, sum(count for _, _, count in door_shown(row).groups)) == (0, 0)
    other = sent(booking)
    counts = {code: count for code, _, count in door_shown(row).groups}
    assert (counts[group.code], counts[other.code], door_shown(row).came) == (0, 1, 1)


# Where there is no other group.


def an_only_group() -> Draw:
    return a_door(sitting=a_prepared(people=[[KNEE]]), wishes=(GroupWish("一号诊室", (BONE, SIGHT, ANY)),))


def test_with_no_other_group_only_another_day_is_left_and_the_limit_stays():
    row = an_only_group()
    booking, _ = a_stuck_one(row)
    due = booking.case.due_on
    assert groups_left_for(Arrival.objects.get()) == 0
    leaves(booking)
    with pytest.raises(NoGroupFits):
        sent(booking)
    (left,) = unserved([booking], panels_of(experts_draw(row.sitting)))
    assert (left.booking, left.ties) == (booking, ())
    case = release(Booking.objects.get(pk=booking.pk), reason="没有可分配的专家组", by=a_scheduler())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (CaseState.ACCEPTED, due)
    assert not case.limits.filter(changes__isnull=False).exists()
    assert waiting_for_a_group(row.sitting).count() == 0


def test_after_the_end_of_the_day_nobody_is_drawn_and_another_day_is_left():
    row = a_door(sitting=a_prepared(people=[[KNEE]]))
    booking = comes(people_of(row)[0])
    group = sent(booking)
    door.close(row, by=an_exam_staff())
    a_vacancy(group)
    assert groups_left_for(Arrival.objects.get()) == 0
    leaves(booking)
    with pytest.raises(DoorNotOpen):
        sent(booking)
    release(Booking.objects.get(pk=booking.pk), reason="现场分组已经结束", by=a_scheduler())
    assert Case.objects.get(pk=booking.case_id).state == CaseState.ACCEPTED


def test_both_groups_may_fail_one_after_the_other():
    booking, first = a_stuck_one()
    leaves(booking)
    second = sent(booking)
    a_vacancy(second)
    assert owed() == [(booking.case_id, "draw_officer", "")]
    leaves(booking)
    with pytest.raises(NoGroupFits):
        sent(booking)
    assert Departure.objects.count() == 2
    assert {first.number, second.number} == {1, 2}


# What is refused.


def test_art_34_nobody_leaves_a_complete_group():
    booking = comes(people_of(a_door())[0])
    sent(booking)
    with pytest.raises(GroupComplete):
        leaves(booking)
    assert (Departure.objects.count(), QueueEntry.objects.get().state) == (0, QueueState.WAITING)


def test_the_database_lets_nobody_leave_a_complete_group():
    booking = comes(people_of(a_door())[0])
    sent(booking)
    with pytest.raises(IntegrityError, match="complete group"), transaction.atomic():
        Departure.objects.create(arrival=Arrival.objects.get(), empty=[1], at=MORNING, by=a_draw_officer())


def test_the_database_gives_nobody_two_groups():
    booking, group = a_stuck_one()
    first = Arrival.objects.get()
    told = {"draw": first.draw, "booking": booking, "group": group, "hash": "0" * 64, "at": MORNING}
    with pytest.raises(IntegrityError, match="has a group"), transaction.atomic():
        Arrival.objects.create(position=2, turn=2, **told)
    leaves(booking)
    with pytest.raises(IntegrityError, match="one_arrival_per_turn"), transaction.atomic():
        Arrival.objects.create(position=2, turn=1, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.create(arrival=first, empty=[1], at=MORNING, by=a_draw_officer())


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_departure_is_for_good(change):
    leaves(a_stuck_one()[0])
    rows = Departure.objects.all()
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        rows.update(empty=[]) if change == "update" else rows.delete()


def test_the_check_finds_a_departure_from_a_group_that_was_filled_by_hand():
    booking, group = a_stuck_one()
    leaves(booking)
    assert list(checks.departures()) == []
    other = group.draw.groups.exclude(pk=group.pk)[0]
    group.seats.filter(expert=None).update(expert=members(other)[0])
    assert [problem.about for problem in checks.departures()] == [Arrival.objects.get().draw.number]
