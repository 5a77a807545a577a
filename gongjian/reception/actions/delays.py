"""Saying that a sitting begins, or goes on, later than planned."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.reception.access import CALL
from gongjian.reception.errors import DelayWrong
from gongjian.reception.models import Delay
from gongjian.reception.states import Cause
from gongjian.sittings.access import require
from gongjian.sittings.models import Sitting

LEAST, MOST = 5, 480


@transaction.atomic
def announce_delay(sitting: Sitting, *, minutes: int, cause: str, by: User) -> Delay:
    """Say how many minutes from now it will begin or go on, and why; it takes the place of what was said before.

    Law: 令55 art. 12. Raises: SittingNotYours, DelayWrong.
    """
    require(by, CALL, sitting.office_id)
    if not LEAST <= minutes <= MOST or cause not in set(Cause):
        raise DelayWrong
    Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    _end(sitting)
    told = Delay.objects.create(sitting=sitting, minutes=minutes, cause=cause, by=by, at=moment.now())
    record(sitting.chain, "delay.announced", by=by, minutes=minutes, cause=cause)
    return told


@transaction.atomic
def end_delay(sitting: Sitting, *, by: User) -> None:
    """It goes on now. A second time changes nothing. Raises: SittingNotYours."""
    require(by, CALL, sitting.office_id)
    if _end(sitting):
        record(sitting.chain, "delay.ended", by=by)


def _end(sitting: Sitting) -> int:
    return Delay.objects.filter(sitting=sitting, ended_at=None).update(ended_at=moment.now())
