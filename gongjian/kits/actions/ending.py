"""Ending a kit's time away: given back, run out, or lost. The code that opens the device is destroyed in the same moment."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kits.access import kit_for, own_kit
from gongjian.kits.errors import KitEnded
from gongjian.kits.models import Kit
from gongjian.kits.states import Ending
from gongjian.opinions.models import SigningKey


@transaction.atomic
def end(number: str, ending: Ending, *, by: User) -> Kit:
    """Give a kit back, or report it lost. The first ending stands; a second changes nothing. Raises: KitNotFound."""
    return _end(kit_for(number, by=by), ending, by)


def expire() -> int:
    """End every kit whose time has run out; how many. The device forgets by its own clock, the office by this one."""
    due = Kit.objects.filter(ended_at=None, expires_at__lte=moment.now())
    return sum(bool(_expired(kit)) for kit in due.order_by("pk")[:500])


@transaction.atomic
def _expired(kit: Kit) -> Kit:
    return _end(kit, Ending.EXPIRED, None)


def _end(kit: Kit, ending: Ending, by: User | None) -> Kit:
    """Under the kit's lock."""
    row = Kit.objects.select_for_update(of=("self",)).get(pk=kit.pk)
    if row.ended_at is None:
        Kit.objects.filter(pk=row.pk).update(code="", ended_at=moment.now(), ending=ending)
        SigningKey.objects.filter(pk=row.key_id).update(retired_at=moment.now())
        for each in row.cases.select_related("case"):
            record(each.case.chain, "kit.ended", by=by, kit=row.number, how=ending.value)
        row.refresh_from_db()
    return row


def code_again(number: str, *, by: User) -> str:
    """The code once more, for who took the kit and has forgotten it; on record. Raises: KitNotFound, KitEnded."""
    kit = own_kit(number, by=by)
    if not kit.code or kit.expires_at <= moment.now():
        raise KitEnded(ending=Ending(kit.ending or Ending.EXPIRED).label)
    record("system", "kit.code_shown", by=by, kit=kit.number)
    return kit.code
