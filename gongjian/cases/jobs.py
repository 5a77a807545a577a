"""The room's sweeps."""

from gongjian.cases.actions import clock, reminders
from gongjian.kernel.sweeps import sweep


@sweep("*/20 0-12 * * *")
def remind_due() -> int:
    """Remind of what is due soon or overdue; from eight in the morning to nine in the evening here, so that no telephone rings at night."""
    return reminders.remind_due()


@sweep("30 16 * * *")
def recount_limits() -> int:
    """Let stored days follow new holiday data; half an hour after midnight here, and whenever the work starts."""
    return clock.recount_open()
