"""What this room does when something has been decided, a notice issued, a case put first, or the appraisee has died."""

from gongjian.appraisal.after import follow_death
from gongjian.cases.actions.obligations import follow_priority
from gongjian.delivery.actions.copies import copy_amendment
from gongjian.delivery.actions.moving import move_unserved
from gongjian.delivery.actions.opening import open_deliveries, put_deliveries_first
from gongjian.delivery.actions.printed import print_for
from gongjian.delivery.actions.relatives import redirect
from gongjian.jurisdiction.businesses import follow as follow_handover
from gongjian.papers.after import follow as follow_papers
from gongjian.papers.decided import follow


def begin() -> None:
    """Follow each new decision, each issued notice, each death, each handover and each case that is put first, in its transaction."""
    follow(open_deliveries)
    follow_papers(print_for)
    follow_papers(copy_amendment)
    follow_death(redirect)
    follow_handover(move_unserved)
    follow_priority(put_deliveries_first)
