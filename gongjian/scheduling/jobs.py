"""The room's sweep."""

from gongjian.kernel.sweeps import sweep
from gongjian.scheduling import actions


@sweep("* * * * *")
def plan_asked() -> int:
    """Plan for the offices that have asked."""
    return actions.plan_asked()
