"""The room's sweep."""

from gongjian.jurisdiction.actions.carrying_out import carry_out_due
from gongjian.kernel.sweeps import sweep


@sweep("*/5 * * * *")
def hand_over() -> int:
    """Carry out the changes that have begun."""
    return carry_out_due()
