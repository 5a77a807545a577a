"""What this room owes beside the table of the procedure, and how it ends with the appointment it was about."""

from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.sittings.models import Reschedule
from gongjian.sittings.states import RequestState

DECIDE_RESCHEDULE = "decide_reschedule"
DECIDE_ABSENCE = "decide_absence"
EXPLAIN_ABSENCE = "explain_absence"
REBOOK = "rebook"
TELL_IN_PERSON = "tell_in_person"
LABELS = {
    DECIDE_RESCHEDULE: "答复改期申请",
    DECIDE_ABSENCE: "处理未到场",
    EXPLAIN_ABSENCE: "说明未到场的理由",
    REBOOK: "安排已不适合，重新安排",
    TELL_IN_PERSON: "当面或者电话告知鉴定时间",
}
"""Kinds of obligations of this room → what is owed, for worklists."""


def close_loose_ends(case: Case, *, answer: str = "") -> None:
    """Fulfil what was owed about an appointment that is over; a request for another day still open is answered with `answer`."""
    Reschedule.objects.filter(case=case, state=RequestState.ASKED).update(
        state=RequestState.REFUSED, answer=answer, decided_at=moment.now()
    )
    for kind in LABELS:
        fulfil(case, kind)
