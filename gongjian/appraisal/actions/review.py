"""The window's word on an application: complete, or given up because it stays incomplete."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.errors import NameNotCompared, PapersMissing
from gongjian.appraisal import notices
from gongjian.appraisal.errors import InjuryInHand, NoNoticeYet
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, missing_papers, notice_of, same_injury
from gongjian.cases.actions.clock import meet_limit
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty
from gongjian.kernel import moment
from gongjian.papers.models import Paper

REVIEW = "LA-REVIEW"


@transaction.atomic
def accept(case: Case, *, by: User) -> Paper:
    """Accept an application whose papers are complete; the acceptor may not review, draw or sign later.

    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, NameNotCompared, InjuryInHand, PapersMissing, DutyConflict.
    """
    case = locked(case)
    allowed_move(case, "accept", by=by)
    if case.person.provisional:
        raise NameNotCompared
    if former := same_injury(case):
        raise InjuryInHand(number=former.number)
    if missing := missing_papers(case):
        raise PapersMissing(what="、".join(kind.title for kind in missing))
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=by)
    application = application_of(case)
    if application.complete_on is None:
        application.complete_on = case.received_at.astimezone(moment.ZONE).date()
        application.save(update_fields=["complete_on"])
    meet_limit(case, REVIEW, on=moment.today())
    move(case, "accept", by=by)
    return notices.tell_acceptance(case, application, by=by)


@transaction.atomic
def give_up(case: Case, *, by: User, reason: str) -> Paper:
    """Treat an application as given up whose papers are still incomplete after the supplement.

    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, NoNoticeYet, ReasonMissing.
    """
    case = locked(case)
    notice = check_give_up(case, by=by)
    if not reason.strip():
        raise ReasonMissing
    application = application_of(case)
    application.end_reason = reason.strip()
    application.save(update_fields=["end_reason"])
    meet_limit(case, REVIEW, on=moment.today())
    move(case, "give_up", by=by)
    return notices.tell_lapse(case, application, notice, by=by)


def check_give_up(case: Case, *, by: User) -> SupplementNotice:
    """The notice whose supplement came and was not enough. Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, NoNoticeYet."""
    allowed_move(case, "give_up", by=by)
    notice = notice_of(case)
    if notice is None or notice.supplemented_on is None:
        raise NoNoticeYet
    return notice
