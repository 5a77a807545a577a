"""The room's sweeps."""

from gongjian.exchange import sending
from gongjian.exchange.actions import asking, entrusting, receiving, settled
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def send_letters() -> int:
    """Send the letters that wait."""
    return sending.send_due()


@sweep("* * * * *")
def end_idle() -> int:
    """Take back what is entrusted of cases that are entrusted no more."""
    return entrusting.end_idle()


@sweep("3 * * * *")
def end_late() -> int:
    """Take back what another committee has not answered in time."""
    return entrusting.end_late()


@sweep("23 * * * *")
def note_late() -> int:
    """Make the silence of an asked city the investigators' task."""
    return asking.note_late()


@sweep("*/10 * * * *")
def owe_again() -> int:
    """Give what came during a review to the investigators once the case is theirs again."""
    return settled.owe_again()


@sweep("41 19 * * *")
def forget_pieces() -> int:
    """Remove pieces of files that never became whole."""
    return receiving.forget_pieces()
