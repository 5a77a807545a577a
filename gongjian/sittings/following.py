"""What this room follows in rooms below: a withdrawn application gives its place back, and a death ends the appointment."""

from gongjian.appraisal.after import follow_death, follow_withdrawal
from gongjian.sittings.actions.withdrawn import end_appointment, give_back_place


def begin() -> None:
    """Make it known to `appraisal`."""
    follow_withdrawal(give_back_place)
    follow_death(end_appointment)
