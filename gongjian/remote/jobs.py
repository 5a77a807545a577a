"""The room's sweeps."""

from gongjian.kernel.sweeps import sweep
from gongjian.remote import actions


@sweep("*/5 * * * *")
def forget_signals() -> int:
    """What browsers said to each other is not kept."""
    return actions.sweep_signals()
