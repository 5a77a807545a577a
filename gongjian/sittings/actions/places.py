"""The one pair of doors through which places are taken and given back. Whoever books comes through here; the database checks the count."""

from collections.abc import Iterable

from django.db.models import F

from gongjian.sittings.errors import SlotFull
from gongjian.sittings.models import Booking, Slot
from gongjian.sittings.states import LIVE, BookingState


def take_place(slots: Iterable[Slot]) -> Slot:
    """One place in the first of these slots that has one, counted in the same statement that checks. Raises: SlotFull."""
    for slot in slots:
        if Slot.objects.filter(pk=slot.pk, taken__lt=F("capacity")).update(taken=F("taken") + 1):
            return slot
    raise SlotFull


def give_back(booking: Booking, state: BookingState) -> None:
    """End a live booking as `state` and free its place. A booking that holds no place any more is left as it is."""
    if Booking.objects.filter(pk=booking.pk, state__in=LIVE).update(state=state):
        Slot.objects.filter(pk=booking.slot_id).update(taken=F("taken") - 1)
        booking.state = state
