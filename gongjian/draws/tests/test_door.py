"""The second draw: the list of the day, opening it, sending people to groups, and the end of the day."""

import json

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_draw_officer, a_scheduler, a_supervisor, an_exam_staff
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import CaseDuty, Passage
from gongjian.draws.actions import door
from gongjian.draws.actions.changes import ask_step_back, confirm
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.errors import (
    DoorClosedTo,
    DoorNotOpen,
    DoorTooEarly,
    DoorWordWrong,
    DrawAlready,
    NobodyBooked,
    NoDrawYet,
    NoGroupFits,
    OfficerTied,
    PeopleUnserved,
    StillWaiting,
    WordsMissing,
    WordsNotAllIn,
)
from gongjian.draws.lot.door import read_door
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, Draw, Group, ReasonRecord, Recusal
from gongjian.draws.queries import cases_of_group, group_of, members
from gongjian.draws.queries.door import EMPTY_SEAT, NOT_COVERED, late_for, unserved
from gongjian.draws.queries.exact import unkept
from gongjian.draws.queries.groups import panels_of, waiting_for_a_group
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.states import Ground, State
from gongjian.draws.tests.house import (
    BONE,
    DRAWN,
    EYE,
    KNEE,
    SIGHT,
    a_committed,
    a_held,
    a_list,
    a_prepared,
    all_words,
    an_open_door,
    cannot_come,
    comes,
    experts_draw,
    opened,
    people_of,
    sent,
    treated,
    void,
)
from gongjian.experts.models import Expert
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import NotAllowed
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import NotInQueue
from gongjian.sittings.models import Booking, QueueEntry
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import MORNING, at

pytestmark = pytest.mark.django_db


def committing(draw: Draw, by=None, witnesses=("监督员",)) -> Draw:
    with at(MORNING):
        return door.commit_list(draw.sitting, witnesses=witnesses, by=by or an_exam_staff())


def barring(draw: Draw, booking: Booking, *groups: int) -> list[Expert]:
    """The first member of each of these groups is barred from the booking's case."""
    found = [members(draw.groups.get(number=number))[0] for number in groups]
    for expert in found:
        record_recusal(booking.case, expert, Ground.INTEREST, source=Recusal.Source.OFFICE, by=a_draw_officer())
    return found


# the list of the day


def test_the_list_names_people_by_exam_code_and_groups_by_what_they_cover():
    draw = a_held()
    row = a_list(draw)
    told = row.commitment
    assert [one["id"] for one in told["visitors"]] == sorted(booking.exam_code for booking in people_of(draw))
    assert told["receipt"] == draw.receipt_hash
    assert [(one["id"], one["load"]) for one in told["groups"]] == [("G01", 0), ("G02", 0)]
    assert {"骨科", "眼科"} <= set(told["groups"][0]["specialties"])
    assert "被鉴定人" not in json.dumps(told, ensure_ascii=False)


def test_the_door_follows_the_draw_of_experts():
    draw = a_committed()
    opened(draw.sitting)
    with pytest.raises(NoDrawYet):
        committing(draw)
    void(draw, reason="重来", by=a_draw_officer())
    with pytest.raises(NoDrawYet):
        committing(draw)


def test_the_list_is_fixed_on_the_day_when_nobody_can_be_booked_any_more():
    draw = a_held()
    with pytest.raises(DoorTooEarly, match="2026年03月24日"), at(DRAWN):
        door.commit_list(draw.sitting, witnesses=("监督员",), by=an_exam_staff())


@pytest.mark.parametrize("who", [a_draw_officer, a_supervisor, a_clerk, a_scheduler])
def test_only_exam_day_staff_work_at_the_door(who):
    draw = a_held()
    with pytest.raises(NotAllowed):
        committing(draw, by=who())


def test_one_list_stands_at_a_time_and_a_void_one_is_named_by_the_next():
    first = a_list()
    with pytest.raises(DrawAlready, match="现场分组"):
        committing(first)
    with at(MORNING):
        void(first, reason="名单有误", by=an_exam_staff())
    assert committing(first).commitment["prior"] == [first.commitment_hash]


def test_somebody_must_be_expected_and_somebody_must_watch():
    draw = a_held()
    with pytest.raises(WordsMissing):
        committing(draw, witnesses=())
    for booking in people_of(draw):
        give_back(booking, BookingState.MOVED)
    with pytest.raises(NobodyBooked):
        committing(draw)


def test_who_drew_must_not_have_another_duty_in_a_case_that_came_later():
    draw = a_held()
    case = people_of(draw)[0].case
    CaseDuty.objects.filter(case=case).delete()
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=a_draw_officer())
    with pytest.raises(OfficerTied, match=people_of(draw)[0].exam_code):
        committing(draw)


def test_the_door_opens_when_every_word_is_in_and_opening_twice_is_opening_once():
    row = a_list()
    with pytest.raises(WordsNotAllIn), at(MORNING):
        door.open_list(row, by=an_exam_staff())
    all_words(row)
    with at(MORNING):
        door.open_list(row, by=an_exam_staff())
        again = door.open_list(row, by=an_exam_staff())
    assert again.state == State.HELD
    assert LedgerEntry.objects.filter(chain=row.chain, act="door.opened").count() == 1


def test_only_exam_day_staff_open_the_door():
    row = all_words(a_list())
    with pytest.raises(NotAllowed):
        door.open_list(row, by=a_draw_officer())


# somebody cannot be served


def test_somebody_whom_no_group_may_see_is_named_before_anything_is_fixed():
    draw = a_held()
    booking = people_of(draw)[0]
    barring(draw, booking, 1, 2)
    with pytest.raises(PeopleUnserved, match=booking.exam_code):
        committing(draw)
    assert not Draw.objects.filter(kind="door").exists()


def step_back(booking: Booking, expert: Expert, group: Group) -> None:
    """A member gives way: asked by who draws, confirmed by the supervisor."""
    confirm(ask_step_back(booking, expert, group, by=a_draw_officer()), by=a_supervisor())


def test_the_page_learns_who_stands_between_and_on_which_ground():
    draw = a_held()
    booking = people_of(draw)[0]
    tied = barring(draw, booking, 1, 2)
    (left,) = unserved(people_of(draw), panels_of(draw))
    assert left.booking == booking
    assert [(tie.panel.group.code, tie.expert, tie.reason) for tie in left.ties] == [
        ("G01", tied[0], "其他利害关系"),
        ("G02", tied[1], "其他利害关系"),
    ]


def test_a_member_who_stands_between_leaves_for_the_reserve_and_the_list_can_be_fixed():
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)
    booking = people_of(draw)[0]
    first, _ = barring(draw, booking, 1, 2)
    with at(MORNING):
        step_back(booking, first, draw.groups.get(number=1))
    row = committing(draw)
    (visitor,) = [one for one in row.commitment["visitors"] if one["id"] == booking.exam_code]
    assert [one["group"] for one in visitor["conflicts"]] == ["G02"]
    assert verify_text(experts_draw(draw.sitting).receipt.encode()) == []


def test_a_person_whose_specialties_no_group_covers_can_only_come_another_day():
    draw = a_held()
    booking = people_of(draw)[0]
    Booking.objects.filter(pk=booking.pk).update(needs=["thoracic"])
    (left,) = unserved(people_of(draw), panels_of(draw))
    assert (left.ties, left.needs) == ((), "胸外科")
    give_back(booking, BookingState.MOVED)
    assert committing(draw).state == State.COMMITTED


def test_a_group_with_an_empty_seat_receives_nobody():
    draw = a_held(reserves=())
    cannot_come(draw.sitting, members(draw.groups.get(number=1))[0], by=a_draw_officer())
    row = committing(draw)
    assert [one["id"] for one in row.commitment["groups"]] == ["G02"]


# arrivals


def test_art_11_who_has_checked_in_is_sent_to_a_group_that_can_judge_them():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[2])
    group = sent(booking, "平安")
    assert {BONE, SIGHT} <= {code for expert in members(group) for code in expert.specialties}
    booking.case.refresh_from_db()
    assert booking.case.state == CaseState.GROUPED
    entry = QueueEntry.objects.get(booking=booking)
    assert (entry.group_number, entry.room, entry.state) == (group.number, group.room, "waiting")
    arrival = Arrival.objects.get()
    assert (arrival.position, arrival.word, arrival.group) == (1, "平安", group)


def test_art_34_the_ledger_tells_the_arrival_by_its_hash():
    an_open_door()
    booking = comes(Booking.objects.order_by("pk")[0])
    group = sent(booking)
    arrival = Arrival.objects.get()
    on_the_case = LedgerEntry.objects.get(chain=booking.case.chain, act="case.group").facts
    assert (on_the_case["group"], on_the_case["arrival"]) == (group.code, arrival.hash)
    on_the_draw = LedgerEntry.objects.get(chain=arrival.draw.chain, act="door.sent").facts
    assert on_the_draw == {"position": 1, "arrival": arrival.hash, "records": []}


def test_nobody_knows_the_group_before():
    draw = a_held()
    row = an_open_door(draw)
    booking = people_of(draw)[0]
    assert group_of(booking.case) is None
    comes(booking)
    assert group_of(booking.case) is None
    assert row.receipt == ""
    told = str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert row.secret not in told


def test_after_it_group_and_cases_know_each_other():
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    assert group_of(booking.case) == group
    assert list(cases_of_group(group)) == [booking.case]


def test_a_second_time_answers_the_same_group():
    an_open_door()
    booking = comes(Booking.objects.order_by("pk")[0])
    assert sent(booking) == sent(booking, "再来一次")
    assert Arrival.objects.count() == QueueEntry.objects.count() == 1
    assert Passage.objects.filter(case=booking.case, act="group").count() == 1


def test_art_28_nobody_is_sent_to_a_group_with_a_conflict():
    draw = a_held(a_prepared(people=[[KNEE]] * 5))
    booking = people_of(draw)[0]
    barring(draw, booking, 1)
    an_open_door(draw)
    assert sent(comes(booking)).code == "G02"


def test_l24_a_conflict_that_becomes_known_after_the_list_counts_at_the_door():
    draw = a_held()
    row = an_open_door(draw)
    booking = people_of(draw)[0]
    barring(draw, booking, 2)
    assert sent(comes(booking)).code == "G01"
    (bar,) = Arrival.objects.get().late
    assert (bar["group"], bar["reason"]) == ("G02", "依法回避")
    assert "其他利害关系" in ReasonRecord.objects.get(hash=bar["record"]).exact
    with at(MORNING):
        for other in people_of(draw)[1:]:
            sent(comes(other))
        closed = door.close(row, by=an_exam_staff())
    assert verify_text(closed.receipt.encode()) == []


def test_when_late_conflicts_bar_every_group_the_person_waits_for_a_way_out():
    draw = a_held(a_prepared(each=10), reserves=[BONE] * 3, one_per_hospital=False)
    an_open_door(draw)
    booking = people_of(draw)[0]
    first, _ = barring(draw, booking, 1, 2)
    comes(booking)
    with pytest.raises(NoGroupFits, match=booking.exam_code):
        sent(booking)
    booking.case.refresh_from_db()
    assert booking.case.state == CaseState.PRESENT
    with at(MORNING):
        step_back(booking, first, draw.groups.get(number=1))
    assert sent(booking).code == "G01"


def test_art_11_somebody_whose_needs_have_changed_is_not_sent_to_a_group_without_the_specialty():
    apart = (GroupWish("一号诊室", (BONE, BONE, BONE)), GroupWish("二号诊室", (SIGHT, SIGHT, SIGHT)))
    draw = a_held(a_prepared(people=[[KNEE], [EYE]]), wishes=apart, reserves=())
    row = an_open_door(draw)
    booking = comes(people_of(draw)[0])
    Booking.objects.filter(pk=booking.pk).update(needs=[SIGHT])
    with pytest.raises(NoGroupFits):
        sent(booking)
    booking.refresh_from_db()
    assert [one.reason for one in late_for(booking, panels_of(draw), read_door(row.commitment), unkept)] == [
        NOT_COVERED
    ]


def test_a_group_that_has_lost_a_member_without_a_reserve_receives_nobody_more():
    draw = a_held(reserves=())
    row = an_open_door(draw)
    cannot_come(draw.sitting, members(draw.groups.get(number=1))[0], by=a_draw_officer())
    booking = comes(people_of(draw)[0])
    assert EMPTY_SEAT in [one.reason for one in late_for(booking, panels_of(draw), read_door(row.commitment), unkept)]
    assert sent(booking).code == "G02"


def test_who_has_not_checked_in_is_not_sent():
    draw = a_held()
    an_open_door(draw)
    with pytest.raises((MoveNotAllowed, NotInQueue)):
        sent(people_of(draw)[0])
    assert not Arrival.objects.exists()


def test_nobody_is_sent_before_the_door_opens():
    draw = a_held()
    opened(draw.sitting)
    booking = comes(people_of(draw)[0])
    with pytest.raises(DoorNotOpen):
        sent(booking)
    a_list(draw)
    with pytest.raises(DoorNotOpen):
        sent(booking)


def test_who_is_not_on_the_list_is_told_so():
    draw = a_held(a_prepared(people=[[KNEE], [EYE]]))
    absent = people_of(draw)[0]
    Booking.objects.filter(pk=absent.pk).update(state=BookingState.ABSENT)
    an_open_door(draw)
    Booking.objects.filter(pk=absent.pk).update(state=BookingState.BOOKED)
    with pytest.raises(DoorClosedTo, match=absent.exam_code):
        sent(comes(absent))


@pytest.mark.parametrize("who", [a_draw_officer, a_supervisor, a_clerk])
def test_only_exam_day_staff_send_people(who):
    draw = a_held()
    an_open_door(draw)
    booking = comes(people_of(draw)[0])
    with pytest.raises(NotAllowed), at(MORNING):
        door.draw_group_for(booking, by=who())


def test_a_word_that_cannot_be_kept_is_refused_and_nobody_is_sent():
    an_open_door()
    booking = comes(Booking.objects.order_by("pk")[0])
    with pytest.raises(DoorWordWrong):
        sent(booking, "字" * 65)
    assert not Arrival.objects.exists()


def test_the_database_keeps_arrivals_as_they_were():
    an_open_door()
    sent(comes(Booking.objects.order_by("pk")[0]))
    with pytest.raises(Exception, match="append_only"):
        Arrival.objects.update(group=Group.objects.order_by("-pk")[0])


# the end of the day


def test_art_6_when_everybody_is_sent_the_receipt_opens_and_verifies():
    draw = a_held()
    row = an_open_door(draw)
    for booking in people_of(draw):
        sent(comes(booking), "平安")
    with at(MORNING):
        closed = door.close(row, by=an_exam_staff())
    assert verify_text(closed.receipt.encode()) == []
    told = json.loads(closed.receipt)
    assert [one["group"] for one in told["arrivals"]] == list(
        Arrival.objects.order_by("position").values_list("group__code", flat=True)
    )
    assert (told["secret"], told["hash"]) == (row.secret, closed.receipt_hash)


def test_the_day_does_not_end_while_somebody_waits():
    draw = a_held()
    row = an_open_door(draw)
    comes(people_of(draw)[0])
    assert waiting_for_a_group(draw.sitting).count() == 1
    with pytest.raises(StillWaiting, match="1人已报到"), at(MORNING):
        door.close(row, by=an_exam_staff())


def test_after_the_end_nobody_is_sent_but_who_was_still_hears_the_group():
    draw = a_held()
    row = an_open_door(draw)
    booking = comes(people_of(draw)[0])
    group = sent(booking)
    with at(MORNING):
        door.close(row, by=an_exam_staff())
    assert sent(booking) == group
    with pytest.raises(DoorNotOpen):
        sent(comes(people_of(draw)[1]))


def test_someone_treated_by_every_hospital_there_is_has_nowhere_to_go():
    draw = a_held(a_prepared(people=[[KNEE]]), wishes=(GroupWish("一号诊室", (BONE, SIGHT, ANY)),))
    booking = people_of(draw)[0]
    treated(booking.case, members(draw.groups.get())[0].hospital, "")
    with pytest.raises(PeopleUnserved):
        committing(draw)
