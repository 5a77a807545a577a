"""The kernel's own sweeps."""

from gongjian.kernel.evidence.actions import sweep_incoming
from gongjian.kernel.outbox import sending
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def deliver_due() -> int:
    """Send what waits in the outbox."""
    return sending.deliver_due()


@sweep("17 19 * * *")
def clear_incoming() -> int:
    """Remove uploads that were never finished."""
    return sweep_incoming()
