"""The room's sweeps."""

from gongjian.deaths import actions
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def link_begun() -> int:
    """Link the reports upon which an application was begun that has been handed in meanwhile."""
    return actions.link_begun()
