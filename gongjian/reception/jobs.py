"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.reception import actions


@sweep("*/5 * * * *")
def tell_late() -> int:
    """Tell people that it will be later than they were told."""
    return actions.tell_late()


@sweep("* * * * *")
def go_on_with_runs() -> int:
    """Take the turns that wait in what is done for a whole sitting."""
    return actions.go_on()
