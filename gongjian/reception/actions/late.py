"""Telling people that it will be later: whoever waits here, and whoever is to come within two hours; once for each twenty minutes."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from gongjian.applications.reaching import tell_side
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.reception.models import LateWord
from gongjian.reception.queries.day import Day, Place, day_of
from gongjian.reception.rules import TOLD_AHEAD, late_step
from gongjian.reception.states import HERE_AND_WAITING, Stage
from gongjian.sittings.messages import said
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState

TEMPLATE = "reception.late"
log = logging.getLogger(__name__)


def tell_late() -> int:
    """Tell whoever is late by another twenty minutes at the open sittings of today; how many were told."""
    today = Sitting.objects.filter(state=SittingState.OPEN, day=moment.today()).select_related("office", "venue")
    return sum(_tell(day_of(sitting)) for sitting in today)


def _tell(day: Day) -> int:
    due = {place.id: late_step(day.late(place)) for place in _concerned(day)}
    told = set(LateWord.objects.filter(booking__in=due).values_list("booking_id", "step"))
    wanted = [pk for pk, step in due.items() if step and not any(known >= step for row, known in told if row == pk)]
    rows = (
        Booking.objects.filter(pk__in=wanted)
        .select_related("case__office", "case__person", "case__employer")
        .order_by("pk")
    )
    return sum(_told(booking, due[booking.pk], day) for booking in rows)


def _concerned(day: Day) -> Iterator[Place]:
    soon = day.now + TOLD_AHEAD
    for place in day.places:
        if place.stage in HERE_AND_WAITING or (place.stage is Stage.EXPECTED and day.now < place.due_at <= soon):
            yield place


def _told(booking: Booking, step: int, day: Day) -> bool:
    """Whether the word was told now. What breaks for one person is logged, tried again by the next sweep, and keeps nobody else in the dark."""
    try:
        return _tell_one(booking, step, day.expected[booking.pk])
    except Exception:
        log.exception("late.not_told", extra={"booking": booking.pk})
        return False


@transaction.atomic
def _tell_one(booking: Booking, step: int, at: datetime) -> bool:
    """The word with its message; whoever else is at it has told them."""
    when = {"expected_at": at, "at": moment.now()}
    _, is_new = LateWord.objects.get_or_create(booking=booking, step=step, defaults=when)
    if is_new:
        told = {"number": booking.case.number, "office": booking.case.office.name, "at": said(at)}
        key = f"late/{booking.pk}/{step}"
        tell_side(booking.case, Side.WORKER, key=key, template=TEMPLATE, context=told)
        record(booking.case.chain, "late.told", by=None, step=step)
    return is_new
