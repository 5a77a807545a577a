"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.recognition.actions import evidence, supplementing


@sweep("17 * * * *")
def close_overdue() -> int:
    """Give back to the window what was not supplemented in time."""
    return supplementing.close_overdue()


@sweep("19 * * * *")
def note_silence() -> int:
    """Make an employer's silence the investigators' task."""
    return evidence.note_silence()
