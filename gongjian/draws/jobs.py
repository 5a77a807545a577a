"""The room's sweeps."""

from gongjian.draws.actions.preparing import settle_tasks
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def owe_lists() -> int:
    """A published sitting without its list is the draw officer's task."""
    return settle_tasks()
