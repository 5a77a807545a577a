"""What decides whether an expert may be drawn: training, health, suspension, dismissal. Each with its reason and its day."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.experts.actions.pool import chain_of, lock, save
from gongjian.experts.errors import PeriodWrong, ReasonMissing
from gongjian.experts.models import Expert
from gongjian.experts.rules import check_training
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def pass_training(expert: Expert, *, on: date, by: User) -> Expert:
    """Note that an expert was trained and passed. Law: 令55 art. 24. Raises: PoolNotYours, DismissedAlready, TrainingInFuture."""
    locked = lock(expert, by=by)
    check_training(on, today=moment.today())
    save(locked, trained_on=on)
    record(chain_of(locked), "expert.trained", by=by, expert=locked.number, on=on)
    return locked


@transaction.atomic
def suspend(expert: Expert, *, begins: date, ends: date | None = None, reason: str, by: User) -> Expert:
    """Keep an expert out of every draw from a day on, until and including another or until reinstated.

    Raises: PoolNotYours, DismissedAlready, ReasonMissing, PeriodWrong.
    """
    locked = lock(expert, by=by)
    if ends is not None and ends < begins:
        raise PeriodWrong
    save(locked, suspended_from=begins, suspended_until=ends, suspension_reason=_reason(reason))
    record(chain_of(locked), "expert.suspended", by=by, expert=locked.number, start=begins, until=ends)
    return locked


@transaction.atomic
def reinstate(expert: Expert, *, by: User) -> Expert:
    """End a suspension. Raises: PoolNotYours, DismissedAlready."""
    locked = lock(expert, by=by)
    save(locked, suspended_from=None, suspended_until=None, suspension_reason="")
    record(chain_of(locked), "expert.reinstated", by=by, expert=locked.number)
    return locked


@transaction.atomic
def set_health(expert: Expert, *, is_good: bool, by: User) -> Expert:
    """Note whether an expert's health lets them do the work. Law: 令55 art. 24. Raises: PoolNotYours, DismissedAlready."""
    locked = lock(expert, by=by)
    save(locked, in_good_health=is_good)
    record(chain_of(locked), "expert.health", by=by, expert=locked.number, fit=is_good)
    return locked


@transaction.atomic
def dismiss(expert: Expert, *, reason: str, by: User) -> Expert:
    """Dismiss an expert for good. Law: 令55 art. 35. Raises: PoolNotYours, DismissedAlready, ReasonMissing."""
    locked = lock(expert, by=by)
    save(locked, dismissed_on=moment.today(), dismissal_reason=_reason(reason))
    record(chain_of(locked), "expert.dismissed", by=by, expert=locked.number)
    return locked


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()[:200]
