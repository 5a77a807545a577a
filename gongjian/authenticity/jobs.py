"""The room's sweeps."""

from gongjian.authenticity import actions, asking
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def make_inquiries() -> int:
    """Ask what waits to be asked."""
    return asking.ask_due()


@sweep("27 * * * *")
def note_late() -> int:
    """Make silence a task."""
    return actions.note_late()
