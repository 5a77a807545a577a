"""The room's sweeps."""

from gongjian.accounts import actions
from gongjian.kernel.sweeps import sweep


@sweep("23 3 * * *")
def forget_codes() -> int:
    """Forget telephone codes of days gone by."""
    return actions.sweep_codes()
