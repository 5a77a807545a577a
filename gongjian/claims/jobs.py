"""The room's sweeps."""

from gongjian.claims import actions
from gongjian.kernel.sweeps import sweep


@sweep("23 * * * *")
def take_up_overdue() -> int:
    """Give claims back to the agency that were not completed in time."""
    return actions.take_up_overdue()
