"""Kiosks: the one a browser holds the secret of, and those of a sitting."""

from django.db.models import Count, QuerySet

from gongjian.reception.access import hashed
from gongjian.reception.errors import KioskNotOpen
from gongjian.reception.models import Kiosk
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState


def kiosk_of(secret: str) -> Kiosk:
    """The open kiosk of an open sitting whose secret this is. Raises: KioskNotOpen."""
    rows = Kiosk.objects.select_related("sitting__venue", "sitting__office")
    kiosk = rows.filter(key=hashed(secret), closed_at=None, sitting__state=SittingState.OPEN).first()
    if kiosk is None:
        raise KioskNotOpen
    return kiosk


def kiosks_of(sitting: Sitting) -> QuerySet[Kiosk]:
    """The open kiosks of a sitting, with how many people have come by each: one query."""
    open_ones = Kiosk.objects.filter(sitting=sitting, closed_at=None)
    return open_ones.annotate(received=Count("attendances")).order_by("opened_at", "pk")
