"""Venues and sittings: planning them, and taking them through their day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from gongjian.accounts.models import Office, User
from gongjian.cases.numbers import next_number
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import is_working_day
from gongjian.law.modes import HELD_HERE, Mode, mode_rule
from gongjian.sittings.access import require
from gongjian.sittings.errors import PlanWrong, SlotFull, StepNotAllowed, VenueClosed
from gongjian.sittings.models import Booking, Room, Sitting, Slot, Venue
from gongjian.sittings.modes import check_people, check_slots
from gongjian.sittings.rules import check_notice, check_planned_day, check_specialties, slot_times
from gongjian.sittings.states import STEPS, BookingState, SittingState

MOST_WEEKS = 26
"""How many weeks of a standing sitting are planned at once."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is decided about a sitting: from when to when (aware), how many minutes to a slot, how many people to a slot."""

    venue: Venue
    starts_at: datetime
    ends_at: datetime
    minutes: int
    capacity: int
    specialties: Sequence[str]
    rooms: Sequence[Room] = ()
    mode: Mode = Mode.HALL


@transaction.atomic
def add_venue(office: Office, *, by: User, **told: Any) -> Venue:
    """A new venue of an office: name, address, directions, step_free. Raises: SittingNotYours, PlanWrong for a name in use."""
    require(by, "sittings.plan", office)
    venue, made = Venue.objects.get_or_create(office=office, name=told.pop("name").strip(), defaults=told)
    if not made:
        raise PlanWrong(what="本单位已有同名场地")
    record(f"office:{office.code}", "venue.added", by=by, venue=venue.pk)
    return venue


@transaction.atomic
def add_room(venue: Venue, *, name: str, by: User) -> Room:
    """A room of a venue; a name in use gives the room that bears it. Raises: SittingNotYours."""
    require(by, "sittings.plan", venue.office_id)
    return Room.objects.get_or_create(venue=venue, name=name.strip())[0]


@transaction.atomic
def plan_sitting(office: Office, plan: Plan, *, by: User) -> Sitting:
    """Plan a sitting of a mode with its slots, under the office's next number of the year.

    Raises: SittingNotYours, PlanWrong, DayOutOfBounds, VenueClosed.
    """
    require(by, "sittings.plan", office)
    times = slot_times(plan.starts_at, plan.ends_at, minutes=plan.minutes, capacity=plan.capacity)
    specialties = check_specialties(plan.specialties)
    day = plan.starts_at.astimezone(moment.ZONE).date()
    _check_place(office, plan, day)
    rule = mode_rule(plan.mode, on=day, region=office.region)
    check_slots(rule, minutes=plan.minutes, capacity=plan.capacity, count=len(times))
    check_people(rule, places=plan.capacity * len(times))
    sitting = Sitting.objects.create(
        number=f"{office.code}-S{day.year}-{next_number(office, 'sitting', day.year):03d}",
        office=office,
        venue=plan.venue,
        mode=plan.mode,
        minutes=plan.minutes,
        day=day,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        specialties=specialties,
        planned_by=by,
        planned_at=moment.now(),
    )
    sitting.rooms.set(plan.rooms)
    Slot.objects.bulk_create(Slot(sitting=sitting, starts_at=at, capacity=plan.capacity) for at in times)
    record(
        sitting.chain, "sitting.planned", by=by, day=day, slots=len(times), capacity=plan.capacity, mode=plan.mode.value
    )
    return sitting


@transaction.atomic
def plan_weekly(office: Office, plan: Plan, *, weeks: int, by: User) -> list[Sitting]:
    """The same sitting on the same day of each of so many weeks, or none of them: the standing slots of a clinic.

    Rest days are left out. Raises: as `plan_sitting`, PlanWrong for no week or more than half a year.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise PlanWrong(what=f"每周固定的场次一次最多建立{MOST_WEEKS}周")
    plans = [_later(plan, week) for week in range(weeks)]
    working = [each for each in plans if is_working_day(moment.day_of(each.starts_at))]
    if not working:
        raise PlanWrong(what="所选的日期都是休息日")
    return [plan_sitting(office, each, by=by) for each in working]


def _later(plan: Plan, weeks: int) -> Plan:
    ahead = timedelta(weeks=weeks)
    return replace(plan, starts_at=plan.starts_at + ahead, ends_at=plan.ends_at + ahead)


def _check_place(office: Office, plan: Plan, day: Any) -> None:
    check_planned_day(day, today=moment.today())
    if plan.venue.office_id != office.pk or any(room.venue_id != plan.venue.pk for room in plan.rooms):
        raise PlanWrong(what="场地或者诊室不属于本单位的这处场地")
    if plan.mode not in HELD_HERE:
        raise PlanWrong(what=f"{plan.mode.label}由受托的鉴定委员会安排场次")
    if (plan.mode == Mode.ENTERPRISE) != (plan.venue.employer_id is not None):
        raise PlanWrong(what="单位提供的地点只用于企业集中鉴定，企业集中鉴定也只在单位提供的地点")
    if plan.venue.closed_on is not None and plan.venue.closed_on <= day:
        raise VenueClosed


@transaction.atomic
def change_capacity(slot: Slot, *, capacity: int, by: User) -> Slot:
    """Let a slot take more or fewer people, never fewer than are booked. Raises: SittingNotYours, PlanWrong, SlotFull."""
    require(by, "sittings.plan", slot.sitting.office_id)
    if not 1 <= capacity <= 100:
        raise PlanWrong(what="每个时段的名额应为1至100人")
    rule = mode_rule(slot.sitting.mode, on=slot.sitting.day, region=slot.sitting.office.region)
    check_slots(rule, minutes=slot.sitting.minutes, capacity=capacity, count=1)
    others = slot.sitting.slots.exclude(pk=slot.pk).aggregate(places=Sum("capacity"))["places"] or 0
    check_people(rule, places=others + capacity)
    if not Slot.objects.filter(pk=slot.pk, taken__lte=capacity).update(capacity=capacity):
        raise SlotFull
    record(slot.sitting.chain, "slot.capacity", by=by, at=slot.starts_at, capacity=capacity)
    slot.refresh_from_db()
    return slot


@transaction.atomic
def add_specialties(sitting: Sitting, codes: Collection[str], *, by: User) -> Sitting:
    """Let a sitting that is not published yet cover further specialties; what it covers already stays, and twice does no harm.

    Law: 令55 art. 11. Raises: SittingNotYours, StepNotAllowed once it is published, PlanWrong for a specialty that is not in the table.
    """
    require(by, "sittings.plan", sitting.office_id)
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.state != SittingState.PLANNED:
        raise StepNotAllowed(state=SittingState(locked.state).label, act="增加专业")
    whole = check_specialties({*locked.specialties, *codes})
    if whole != locked.specialties:
        Sitting.objects.filter(pk=locked.pk).update(specialties=whole)
        record(locked.chain, "sitting.specialties", by=by, specialties=whole)
    sitting.specialties = whole
    return sitting


@transaction.atomic
def publish(sitting: Sitting, *, by: User) -> Sitting:
    """Publish a sitting: from now on everyone booked is sent the notice to appear, those booked already by the next sweep.

    Raises: SittingNotYours, StepNotAllowed, NoticeTooLate when somebody booked would hear too late and has not agreed.
    """
    _step(sitting, "publish", by)
    waiting = Booking.objects.filter(sitting=sitting, state=BookingState.BOOKED)
    for consent in waiting.values_list("short_notice_consent", flat=True):
        check_notice(sent_on=moment.today(), day=sitting.day, region=sitting.office.region, consent=consent)
    return sitting


@transaction.atomic
def open_sitting(sitting: Sitting, *, by: User) -> Sitting:
    """Begin to receive people, on the day itself. Raises: SittingNotYours, StepNotAllowed, PlanWrong on another day."""
    require(by, "sittings.check_in", sitting.office_id)
    if sitting.day != moment.today():
        raise PlanWrong(what="只能在场次当天开始现场报到")
    return _step(sitting, "open", by)


@transaction.atomic
def close_sitting(sitting: Sitting, *, by: User) -> Sitting:
    """End the day; who has not come is found by the sweep. Raises: SittingNotYours, StepNotAllowed."""
    return _step(sitting, "close", by)


def _step(sitting: Sitting, act: str, by: User) -> Sitting:
    """Take one step of the table, only from the state that was seen."""
    step = next(each for each in STEPS if each.act == act)
    require(by, step.permission, sitting.office_id)
    if not Sitting.objects.filter(pk=sitting.pk, state=step.start).update(state=step.end):
        sitting.refresh_from_db(fields=["state"])
        raise StepNotAllowed(state=SittingState(sitting.state).label, act=step.label)
    sitting.state = step.end
    record(sitting.chain, f"sitting.{act}", by=by)
    return sitting
