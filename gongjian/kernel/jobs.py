"""The kernel's own sweeps."""

from pathlib import Path

from django.conf import settings

from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import sweep_spent
from gongjian.kernel.evidence.actions import sweep_incoming
from gongjian.kernel.ledger.actions import anchor_days
from gongjian.kernel.outbox import sending
from gongjian.kernel.spilled import clear_spilled
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def deliver_due() -> int:
    """Send what waits in the outbox."""
    return sending.deliver_due()


@sweep("17 19 * * *")
def clear_incoming() -> int:
    """Remove uploads that were never finished."""
    return sweep_incoming()


@sweep("*/15 * * * *")
def clear_uploads() -> int:
    """Remove what a killed process was receiving when it died."""
    return clear_spilled(Path(settings.GONGJIAN_HOME))


@sweep("23 * * * *")
def forget_spent() -> int:
    """Forget how often an address has asked, once that is over."""
    return sweep_spent()


@sweep("5 * * * *")
def anchor_ledger() -> int:
    """Anchor every day of the ledger that is over; once an hour, so that a day whose first run was lost is not left open."""
    return anchor_days(until=moment.today())
