"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.recordings import actions


@sweep("*/15 * * * *")
def close_left() -> int:
    """End recordings whose device is gone."""
    return actions.close_left()


@sweep("10 19 * * *")
def erase_due() -> int:
    """At three in the morning, erase what may no longer be kept."""
    return actions.erase_due()
