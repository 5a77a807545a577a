"""Many at once: two machines, one person; a machine and a desk; nobody lost, nobody doubled, no ticket twice."""

import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff
from gongjian.config.bench import day
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.reception.actions import advance, attend, begin_run, call_to_desk, give_feedback, tell_late
from gongjian.reception.actions.delays import announce_delay
from gongjian.reception.errors import NobodyAtTheDesk
from gongjian.reception.models import Attendance, Feedback, LateWord
from gongjian.reception.queries.runs import progress_of
from gongjian.reception.tests.builders import (
    a_grouped_day,
    a_kiosk,
    an_open_day,
    comes,
    examined,
    people_of,
    tail_of,
)
from gongjian.sittings.actions import check_in
from gongjian.sittings.errors import InAlready
from gongjian.sittings.models import Booking, Presence
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, PLANNED, at, put_in_sitting_state
from gongjian.sittings.tests.test_at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ID = Presence.Method.ORIGINAL_ID


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def test_one_person_at_two_machines_at_once_comes_once():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    machines = [a_kiosk(sitting) for _ in range(2)]
    told = {"who": booking.exam_code, "second": tail_of(booking)}
    came = all_at_once(lambda number: attend(machines[number % 2], **told), range(6))
    assert len({one.pk for one in came if isinstance(one, Attendance)}) == 1
    assert (len(came), Attendance.objects.count()) == (6, 1)
    assert LedgerEntry.objects.filter(act="attendance.noted").count() == 1


def test_everybody_at_four_machines_at_once_is_on_the_list_with_a_ticket_of_their_own():
    sitting = an_open_day(12)
    people, machines = people_of(sitting), [a_kiosk(sitting) for _ in range(4)]
    twice = [*range(12), *range(12)]
    all_at_once(lambda n: attend(machines[n % 4], who=people[n].exam_code, second=tail_of(people[n])), twice)
    assert sorted(Attendance.objects.values_list("booking_id", flat=True)) == [booking.pk for booking in people]
    assert len(set(Booking.objects.values_list("ticket", flat=True))) == 12
    assert verify()[1] == []


def test_at_a_machine_and_at_the_desk_at_once_a_person_has_one_ticket():
    sitting = an_open_day(1)
    (booking,), kiosk, staff = people_of(sitting), a_kiosk(sitting), an_exam_staff()

    def either(number: int) -> object:
        if number % 2:
            return attend(kiosk, who=booking.exam_code, second=tail_of(booking))
        return check_in(booking.exam_code, sitting, ID, by=staff)

    answers = all_at_once(either, range(4))
    assert sum(isinstance(answer, InAlready) for answer in answers) == 1
    booking.refresh_from_db()
    assert (booking.state, Attendance.objects.count(), Presence.objects.count()) == ("present", 1, 1)
    entry = LedgerEntry.objects.get(act="attendance.noted")
    assert entry.facts["ticket"] == booking.ticket


def test_two_desks_that_call_at_once_call_two_persons():
    sitting = an_open_day(4)
    kiosk, staff = a_kiosk(sitting), an_exam_staff()
    for booking in people_of(sitting):
        comes(booking, kiosk)
    called = all_at_once(lambda number: call_to_desk(sitting, desk=f"{number}号台", by=staff), range(6))
    found = [one.booking_id for one in called if isinstance(one, Attendance)]
    assert len(set(found)) == len(found)
    with pytest.raises(NobodyAtTheDesk):
        for _ in range(5):
            found.append(call_to_desk(sitting, desk="0号台", by=staff).booking_id)
    assert sorted(found) == [booking.pk for booking in people_of(sitting)]


def test_a_run_that_several_go_on_with_at_once_takes_each_turn_once(home):
    sitting = put_in_sitting_state(an_open_day(4), SittingState.PUBLISHED)
    with at(PLANNED):
        run = begin_run(sitting, "notices", by=a_scheduler())
        turns = all_at_once(lambda _: advance(run), range(4))
    assert (sum(turns), progress_of(run).done) == (4, 4)
    assert LedgerEntry.objects.filter(act="run.finished").count() == 1


def test_two_sweeps_at_once_tell_each_person_once():
    sitting = a_grouped_day((1, 1, 2))
    announce_delay(sitting, minutes=70, cause="expert", by=an_exam_staff())
    assert sum(all_at_once(lambda _: tell_late(), range(4))) == 3
    assert LateWord.objects.count() == 3


def test_two_presses_at_once_give_one_feedback():
    sitting = a_grouped_day((1,))
    (booking,) = people_of(sitting)
    came = comes_late(booking)
    examined(sitting, 1, begun=0, ended=5)
    all_at_once(lambda number: give_feedback(came, mark=str(1 + number)), range(4))
    assert Feedback.objects.count() == LedgerEntry.objects.filter(act="feedback.given").count() == 1


def comes_late(booking: Booking) -> Attendance:
    return comes(booking, a_kiosk(booking.sitting))


def test_the_benchmark_of_the_morning_loses_and_doubles_nobody():
    sitting = an_open_day(6)
    staff = an_exam_staff()
    people = day.people_of(sitting)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day, "staff", lambda _: staff)
        patch.setattr(day, "MINUTES", 2)
        times = day.through(sitting, people)
    assert (len(times), times == sorted(times)) == (6, True)
    assert Attendance.objects.count() == len(set(Booking.objects.values_list("ticket", flat=True))) == 6
