"""What this room does when a conclusion has been made, or a notice issued."""

from gongjian.conclusions.after import follow
from gongjian.delivery.actions.opening import open_deliveries
from gongjian.delivery.actions.printed import print_for
from gongjian.papers.after import follow as follow_papers


def begin() -> None:
    """Follow each new conclusion and each issued notice, in its transaction."""
    follow(open_deliveries)
    follow_papers(print_for)
