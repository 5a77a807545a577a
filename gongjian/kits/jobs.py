"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.kits.actions import ending, waiting


@sweep("*/5 * * * *")
def expire_kits() -> int:
    """No kit stays open longer than it was lent for."""
    return ending.expire()


@sweep("* * * * *")
def merge_waiting() -> int:
    """What waited for a call, an answer or a file is tried again; a merge that was cut off goes on."""
    return waiting.merge_waiting()
