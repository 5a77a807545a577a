"""Opening a machine for self-service at one sitting, and closing it."""

from secrets import token_urlsafe

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.reception.access import RECEIVE, hashed
from gongjian.reception.models import Kiosk
from gongjian.sittings.access import require
from gongjian.sittings.errors import NotOpen
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState

SECRET_BYTES = 32


@transaction.atomic
def open_kiosk(sitting: Sitting, *, by: User) -> tuple[Kiosk, str]:
    """Open a machine for an open sitting; gives the secret that its browser keeps, and nobody else ever sees.

    Raises: SittingNotYours, NotOpen.
    """
    require(by, RECEIVE, sitting.office_id)
    here = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if here.state != SittingState.OPEN:
        raise NotOpen(number=here.number)
    secret = token_urlsafe(SECRET_BYTES)
    name = f"{Kiosk.objects.filter(sitting=here).count() + 1}号自助机"
    kiosk = Kiosk.objects.create(sitting=here, name=name, key=hashed(secret), opened_by=by, opened_at=moment.now())
    record(here.chain, "kiosk.opened", by=by, kiosk=kiosk.pk)
    return kiosk, secret


@transaction.atomic
def close_kiosk(kiosk: Kiosk, *, by: User) -> None:
    """Take a machine out of service; its browser can receive nobody from now on. A second time changes nothing. Raises: SittingNotYours."""
    require(by, RECEIVE, kiosk.sitting.office_id)
    if Kiosk.objects.filter(pk=kiosk.pk, closed_at=None).update(closed_at=moment.now()):
        record(kiosk.sitting.chain, "kiosk.closed", by=by, kiosk=kiosk.pk)
