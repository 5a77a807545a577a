"""The room's sweeps."""

from gongjian.applications.actions import filing
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def hand_in_declared() -> int:
    """Make cases of what was declared together."""
    return filing.hand_in_declared()
