"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.recognition.actions import batch, evidence, supplementing


@sweep("17 * * * *")
def close_overdue() -> int:
    """Give back to the window what was not supplemented in time."""
    return supplementing.close_overdue()


@sweep("19 * * * *")
def note_silence() -> int:
    """Make an employer's silence the investigators' task."""
    return evidence.note_silence()


@sweep("* * * * *")
def go_on_with_batches() -> int:
    """Take the turns that wait in batches of the green channel."""
    return batch.go_on()
