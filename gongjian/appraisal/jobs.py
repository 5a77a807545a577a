"""The room's sweeps."""

from gongjian.appraisal.actions import supplementing
from gongjian.kernel.sweeps import sweep


@sweep("7 * * * *")
def lapse_due() -> int:
    """Treat as given up what was not supplemented in time."""
    return supplementing.lapse_due()
