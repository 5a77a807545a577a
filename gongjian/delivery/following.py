"""What this room does when a conclusion has been made."""

from gongjian.conclusions.after import follow
from gongjian.delivery.actions.opening import open_deliveries


def begin() -> None:
    """Follow each new conclusion, in its transaction."""
    follow(open_deliveries)
