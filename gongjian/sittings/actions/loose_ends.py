"""How what this room owes ends with the appointment it was about."""

from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.sittings.models import Reschedule
from gongjian.sittings.owes import LOOSE_ENDS
from gongjian.sittings.states import RequestState


def close_loose_ends(case: Case, *, answer: str = "") -> None:
    """Fulfil what was owed about an appointment that is over; a request for another day still open is answered with `answer`."""
    Reschedule.objects.filter(case=case, state=RequestState.ASKED).update(
        state=RequestState.REFUSED, answer=answer, decided_at=moment.now()
    )
    for kind in LOOSE_ENDS:
        fulfil(case, kind)
