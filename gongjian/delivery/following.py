"""What this room does when a conclusion has been made, a notice issued, or the appraisee has died."""

from gongjian.appraisal.after import follow_death
from gongjian.conclusions.after import follow
from gongjian.delivery.actions.opening import open_deliveries
from gongjian.delivery.actions.printed import print_for
from gongjian.delivery.actions.relatives import redirect
from gongjian.papers.after import follow as follow_papers


def begin() -> None:
    """Follow each new conclusion, each issued notice and each death, in its transaction."""
    follow(open_deliveries)
    follow_papers(print_for)
    follow_death(redirect)
