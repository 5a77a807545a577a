"""The room's sweeps."""

from gongjian.authenticity import actions, asking, examining, finding
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def make_inquiries() -> int:
    """Ask what waits to be asked."""
    return asking.ask_due()


@sweep("27 * * * *")
def note_late() -> int:
    """Make silence a task."""
    return actions.note_late()


@sweep("* * * * *")
def examine_pages() -> int:
    """Look at how what was handed in was made, and where else it stands."""
    return examining.examine_due()


@sweep("*/10 * * * *")
def owe_comparing() -> int:
    """Make what nobody has compared a task."""
    return finding.owe_comparing()
