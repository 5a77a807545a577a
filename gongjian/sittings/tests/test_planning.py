"""Venues, plans, and a sitting's steps."""

from datetime import date

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_exam_staff, an_office, an_outsider
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import DayOutOfBounds
from gongjian.sittings.actions import (
    add_room,
    add_specialties,
    add_venue,
    change_capacity,
    close_sitting,
    open_sitting,
    plan_sitting,
    publish,
)
from gongjian.sittings.errors import (
    NoticeTooLate,
    PlanWrong,
    SittingNotFound,
    SittingNotYours,
    SlotFull,
    StepNotAllowed,
    VenueClosed,
)
from gongjian.sittings.models import Room, Sitting, Venue
from gongjian.sittings.queries import public_sitting, sitting_for, sittings_from, visible_sittings
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, MORNING, PLANNED, a_booking, a_plan, a_sitting, a_venue, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_a_plan_becomes_a_sitting_with_its_slots_and_number():
    sitting = plan_sitting(an_office(), a_plan(capacity=3), by=a_scheduler())
    assert sitting.number == "YXJD-S2026-001"
    assert list(sitting.slots.values_list("capacity", flat=True)) == [3, 3, 3, 3]
    assert (sitting.day, sitting.state) == (DAY, SittingState.PLANNED)
    assert LedgerEntry.objects.get(chain=sitting.chain).act == "sitting.planned"


def test_sittings_of_a_year_are_numbered_one_after_the_other():
    numbers = [plan_sitting(an_office(), a_plan(), by=a_scheduler()).number for _ in range(2)]
    assert numbers == ["YXJD-S2026-001", "YXJD-S2026-002"]


@pytest.mark.parametrize("person", [a_clerk, an_exam_staff, an_outsider])
def test_nobody_but_the_scheduler_plans(person):
    with pytest.raises(SittingNotYours, match="安排场次"):
        plan_sitting(an_office(), a_plan(), by=person())


def test_a_sitting_lies_in_the_future():
    with pytest.raises(DayOutOfBounds, match="场次日期"):
        plan_sitting(an_office(), a_plan(day=date(2026, 3, 10)), by=a_scheduler())


def test_a_closed_venue_holds_no_sitting():
    venue = a_venue()
    Venue.objects.filter(pk=venue.pk).update(closed_on=DAY)
    venue.refresh_from_db()
    with pytest.raises(VenueClosed):
        plan_sitting(an_office(), a_plan(venue=venue), by=a_scheduler())


def test_a_venue_or_room_of_another_office_is_refused():
    elsewhere = a_venue(office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(PlanWrong, match="不属于"):
        plan_sitting(an_office(), a_plan(venue=elsewhere), by=a_scheduler())
    with pytest.raises(PlanWrong, match="不属于"):
        plan_sitting(an_office(), a_plan(rooms=[Room.objects.filter(venue=elsewhere).first()]), by=a_scheduler())


def test_a_venue_is_added_once_and_has_rooms():
    venue = add_venue(an_office(), by=a_scheduler(), name="东溪县人民医院", address="东溪县健康路2号")
    assert (
        add_room(venue, name="三号诊室", by=a_scheduler()).pk == add_room(venue, name="三号诊室", by=a_scheduler()).pk
    )
    with pytest.raises(PlanWrong, match="同名"):
        add_venue(an_office(), by=a_scheduler(), name="东溪县人民医院", address="别处")
    with pytest.raises(SittingNotYours):
        add_room(venue, name="四号诊室", by=a_clerk())


def test_a_sitting_that_is_not_published_can_cover_more_and_loses_nothing_by_it():
    sitting = a_sitting(specialties=["ophthalmology"])
    for _ in range(2):
        add_specialties(sitting, ["orthopaedics"], by=a_scheduler())
    sitting.refresh_from_db()
    assert sitting.specialties == ["orthopaedics", "ophthalmology"]
    entry = LedgerEntry.objects.get(act="sitting.specialties")
    assert (entry.chain, entry.facts) == (sitting.chain, {"specialties": ["orthopaedics", "ophthalmology"]})


def test_specialties_are_added_by_the_scheduler_from_the_table_before_the_sitting_is_published():
    sitting = a_sitting(specialties=["ophthalmology"])
    with pytest.raises(SittingNotYours):
        add_specialties(sitting, ["orthopaedics"], by=a_clerk())
    with pytest.raises(PlanWrong, match="目录"):
        add_specialties(sitting, ["astrology"], by=a_scheduler())
    publish(sitting, by=a_scheduler())
    with pytest.raises(StepNotAllowed, match="增加专业"):
        add_specialties(sitting, ["orthopaedics"], by=a_scheduler())
    assert Sitting.objects.get(pk=sitting.pk).specialties == ["ophthalmology"]


def test_the_capacity_of_a_slot_changes_but_not_below_who_is_booked():
    slot = a_booking(sitting=a_sitting(capacity=2)).slot
    assert change_capacity(slot, capacity=1, by=a_scheduler()).capacity == 1
    two = a_sitting(capacity=3)
    slot = two.slots.order_by("starts_at")[0]
    type(slot).objects.filter(pk=slot.pk).update(taken=2)
    with pytest.raises(SlotFull):
        change_capacity(slot, capacity=1, by=a_scheduler())
    with pytest.raises(PlanWrong):
        change_capacity(slot, capacity=0, by=a_scheduler())
    type(slot).objects.filter(pk=slot.pk).update(taken=0)


def test_a_sitting_goes_its_way_step_by_step():
    sitting = a_sitting()
    assert publish(sitting, by=a_scheduler()).state == SittingState.PUBLISHED
    with at(MORNING):
        assert open_sitting(sitting, by=an_exam_staff()).state == SittingState.OPEN
        assert close_sitting(sitting, by=an_exam_staff()).state == SittingState.CLOSED
    acts = LedgerEntry.objects.filter(chain=sitting.chain).order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["sitting.planned", "sitting.publish", "sitting.open", "sitting.close"]


@pytest.mark.parametrize(
    ("step", "state", "allowed", "refused"),
    [
        (publish, SittingState.PLANNED, a_scheduler, an_exam_staff),
        (open_sitting, SittingState.PUBLISHED, an_exam_staff, a_scheduler),
        (close_sitting, SittingState.OPEN, an_exam_staff, a_scheduler),
    ],
)
def test_each_step_is_for_its_own_person_and_state(step, state, allowed, refused):
    sitting = a_sitting(state=state)
    with at(MORNING):
        with pytest.raises(SittingNotYours):
            step(sitting, by=refused())
        step(sitting, by=allowed())
        with pytest.raises(StepNotAllowed):
            step(sitting, by=allowed())


def test_a_sitting_opens_on_its_day_only():
    with pytest.raises(PlanWrong, match="当天"):
        open_sitting(a_sitting(state=SittingState.PUBLISHED), by=an_exam_staff())


def test_art_12_a_sitting_is_not_published_so_late_that_somebody_hears_too_late():
    sitting = a_booking(noticed=False).sitting
    with at(moment.at(date(2026, 3, 20))):
        with pytest.raises(NoticeTooLate):
            publish(sitting, by=a_scheduler())
        sitting.bookings.update(short_notice_consent="当面同意")
        sitting.refresh_from_db()
    sitting.refresh_from_db()
    assert sitting.state == SittingState.PLANNED


def test_a_refused_publication_leaves_the_sitting_as_it_was():
    sitting = a_booking(noticed=False).sitting
    with at(moment.at(date(2026, 3, 23))), pytest.raises(NoticeTooLate):
        publish(sitting, by=a_scheduler())
    assert Sitting.objects.get(pk=sitting.pk).state == SittingState.PLANNED


def test_l08_a_stranger_sees_no_sitting():
    sitting = a_sitting()
    assert not visible_sittings(an_outsider()).exists()
    with pytest.raises(SittingNotFound):
        sitting_for(sitting.number, by=an_outsider())


def test_the_hall_sees_published_sittings_only():
    sitting = a_sitting()
    with pytest.raises(SittingNotFound):
        public_sitting(sitting.number)
    publish(sitting, by=a_scheduler())
    assert public_sitting(sitting.number) == sitting


def test_the_list_of_sittings_takes_one_query(django_assert_num_queries):
    for _ in range(3):
        a_sitting()
    scheduler = a_scheduler()
    scheduler.posts_held()
    with django_assert_num_queries(1):
        rows = [(row.venue.name, vars(row)["places"], vars(row)["booked"]) for row in sittings_from(scheduler, day=DAY)]
    assert rows == [("云溪市劳动能力鉴定中心", 16, 0)] * 3
