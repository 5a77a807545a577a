"""What this room follows in rooms below: a withdrawn application gives its place back."""

from gongjian.appraisal.after import follow_withdrawal
from gongjian.sittings.actions.withdrawn import give_back_place


def begin() -> None:
    """Make it known to `appraisal`."""
    follow_withdrawal(give_back_place)
