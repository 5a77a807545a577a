"""The window's word on an application: complete, or everything that is missing, once; and what follows when it stays incomplete."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal import notices
from gongjian.appraisal.errors import (
    InjuryInHand,
    NameNotCompared,
    NoNoticeYet,
    NothingToAsk,
    NoticeIncomplete,
    PapersMissing,
    SecondNoticeRefused,
)
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, missing_papers, notice_of, same_injury
from gongjian.cases.actions.clock import meet_limit
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty
from gongjian.kernel import moment
from gongjian.law.clock import deadline
from gongjian.materials.catalog import kind_of
from gongjian.papers.models import Paper

REVIEW, SUPPLEMENT = "LA-REVIEW", "LA-SUPPLEMENT"


@dataclass(frozen=True)
class Item:
    """One thing that is missing. kind: of the catalogue; what: in plain words, what to hand in or to correct."""

    kind: str
    what: str

    def said(self) -> dict[str, Any]:
        """As the notice keeps it. Raises: KindNotListed."""
        told = kind_of(self.kind)
        return {**asdict(self), "what": self.what.strip(), "title": told.title, "article": told.basis}


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
def ask_supplement(case: Case, items: list[Item], *, by: User) -> SupplementNotice:
    """Tell the applicant, once, everything that is missing, with a reasonable period. A second notice is refused.

    So what the checklist lacks must be among it: who was never asked for a paper cannot lose the application for it.
    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, SecondNoticeRefused, NothingToAsk, NoticeIncomplete, KindNotListed.
    """
    case = locked(case)
    allowed_move(case, "ask_supplement", by=by)
    if former := notice_of(case):
        raise SecondNoticeRefused(sent=former.sent_at.astimezone(moment.ZONE))
    wanted = [item.said() for item in items if item.what.strip()]
    if not wanted:
        raise NothingToAsk
    listed = {item["kind"] for item in wanted}
    if forgotten := [kind for kind in missing_papers(case) if kind.code not in listed]:
        raise NoticeIncomplete(what="、".join(kind.title for kind in forgotten))
    today = moment.today()
    due = deadline(SUPPLEMENT, today, region=case.office.region).due
    notice = SupplementNotice.objects.create(case=case, items=wanted, sent_at=moment.now(), sent_by=by, due_on=due)
    meet_limit(case, REVIEW, on=today)
    move(case, "ask_supplement", by=by, items=[item["kind"] for item in wanted], due=due)
    notice.paper = notices.tell_supplement(case, application_of(case), notice, by=by)
    notice.save(update_fields=["paper"])
    return notice


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
