"""The room's sweeps."""

from gongjian.cases.actions import reminders
from gongjian.kernel.sweeps import sweep


@sweep("*/20 0-12 * * *")
def remind_due() -> int:
    """Remind of what is due soon or overdue; from eight in the morning to nine in the evening here, so that no telephone rings at night."""
    return reminders.remind_due()
