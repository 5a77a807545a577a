"""The room's sweeps."""

from gongjian.delivery.actions import effect, failures, notice, opening
from gongjian.kernel.sweeps import sweep


@sweep("* * * * *")
def tasks_for_failed_messages() -> int:
    """Make every message that was given up somebody's task."""
    return failures.tasks_for_failed_messages()


@sweep("*/10 * * * *")
def open_missing() -> int:
    """Open the deliveries of conclusions that have none."""
    return opening.open_missing()


@sweep("11 * * * *")
def complete_notices() -> int:
    """Serve what was published for thirty days."""
    return notice.complete_notices()


@sweep("21 * * * *")
def take_effect_due() -> int:
    """Put in effect the conclusions whose remedies have all lapsed."""
    return effect.take_effect_due()
