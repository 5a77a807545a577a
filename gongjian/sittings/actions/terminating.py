"""Ending this appraisal under one of the four heads of 令55 art. 14."""

from functools import partial

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.papers.actions import issue
from gongjian.papers.forms.sitting import TerminationHead, TerminationNotice
from gongjian.sittings.actions.changing import end_wishes
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.notices import letter
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.actions.withdrawn import leave_queue
from gongjian.sittings.errors import BookingNotFound
from gongjian.sittings.messages import tell, was_told
from gongjian.sittings.models import Booking, Termination
from gongjian.sittings.queries import absence_of, live_booking, unjustified_absences
from gongjian.sittings.rules import HEADS, NoShow, check_termination
from gongjian.sittings.states import AbsenceState, BookingState

PAPER_HEADS = dict(zip(HEADS, TerminationHead, strict=True))


@transaction.atomic
def terminate(
    case: Case, head: int, facts: str, by: User, *, proof: str, evidence: Evidence | None = None
) -> Termination:
    """End this appraisal: which head (1 to 4), on which facts, proved by what. The place is given back, the person is told by paper.

    facts, proof: behaviour, dates, who saw it; they are printed on the notice and kept encrypted.
    Law: 令55 art. 14. Raises: NotYours, MoveNotAllowed, BookingNotFound, HeadUnknown, FactsMissing, AbsenceNotEstablished,
    NoticeNotGiven, NoShowsTooFew.
    """
    allowed_move(case, "terminate", by=by)
    booking = live_booking(case)
    if booking is None:
        raise BookingNotFound
    region = case.office.region
    check_termination(head, facts=facts, proof=proof, no_show=_no_show(booking), on=moment.today(), region=region)
    move(case, "terminate", by=by, head=head, sitting=booking.sitting.number)
    give_back(booking, BookingState.ENDED)
    leave_queue(booking)
    close_loose_ends(case, answer="当次鉴定已终止。")
    end_wishes(case, answer="当次鉴定已终止。")
    form = partial(
        TerminationNotice,
        **letter(case),
        head=PAPER_HEADS[head],
        facts=f"{facts.strip()}（证据：{proof.strip()}）",
        ended_on=moment.today(),
    )
    paper = issue("termination_notice", case=case, office=case.office, form=form, by=by)
    tell(case, "terminated", key=f"terminated/{booking.pk}", paper=paper)
    return Termination.objects.create(
        case=case,
        booking=booking,
        head=head,
        facts=facts.strip(),
        proof=proof.strip(),
        evidence=evidence,
        paper=paper,
        decided_by=by,
        decided_at=moment.now(),
    )


def _no_show(booking: Booking) -> NoShow:
    absence = absence_of(booking.case)
    return NoShow(
        is_unjustified=absence is not None and absence.state == AbsenceState.UNJUSTIFIED,
        was_noticed=was_told(booking),
        count=unjustified_absences(booking.case),
    )
