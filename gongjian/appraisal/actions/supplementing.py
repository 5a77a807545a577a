"""The one notice and what follows it: the missing papers come, or a later day is granted, or the time runs out."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.applications.actions import supplement as alike
from gongjian.applications.actions.supplement import Item
from gongjian.appraisal import notices
from gongjian.appraisal.errors import LaterDayGranted
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, missing_papers, notice_of
from gongjian.appraisal.rules import check_handed_in, check_later_day, is_lapsed
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import restart
from gongjian.cases.actions.locked import locked, locked_if_free
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import waits_until
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.receipt import decision_start
from gongjian.papers.models import Paper

ARTICLE = "令55 第十条"
REVIEW, SUPPLEMENT, DECIDE = "LA-REVIEW", "LA-SUPPLEMENT", "LA-DECIDE"
PAPERS_CAME = "补正材料已收到，重新审查"


def ask_supplement(case: Case, items: list[Item], *, by: User) -> SupplementNotice:
    """Tell the applicant, once, everything that is missing, with a reasonable period. Law: 令55 art. 10.

    Raises: MoveNotAllowed, NotYours, SecondNoticeRefused, NothingToAsk, NoticeIncomplete, KindNotListed.
    """
    return alike.ask(case, items, by=by, way=WAY)


def supplement(case: Case, *, by: User) -> Case:
    """The side that applied hands in what was missing; the papers were uploaded before. Law: 令55 art. 10.

    Raises: MoveNotAllowed, NotYours, NotTheApplicant, SupplementLate, NothingSupplemented.
    """
    return alike.supplement(case, by=by, way=WAY)


def receive_supplement(case: Case, *, by: User, handed_in_on: date | None = None) -> Case:
    """The window takes in what was missing, handed in or posted on an earlier day perhaps, and has scanned it before.

    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, DayOutOfBounds, SupplementLate, NothingSupplemented.
    """
    return alike.receive_supplement(case, by=by, on=handed_in_on or moment.today(), way=WAY)


@transaction.atomic
def grant_later_day(case: Case, *, until: date, reason: str, by: User) -> SupplementNotice:
    """Let the supplement come until a later day, for a good reason that is written down; once, and before the case has lapsed.

    Law: 令55 art. 10 (good reason). Raises: MoveNotAllowed, NotYours, LaterDayGranted, DayOutOfBounds, ReasonMissing.
    """
    case = locked(case)
    check_later(case, by=by)
    notice = SupplementNotice.objects.get(case=case)
    check_later_day(until, due=notice.due_on, today=moment.today())
    if not reason.strip():
        raise ReasonMissing
    notice.granted_until, notice.granted_reason, notice.granted_by = until, reason.strip(), by
    notice.save(update_fields=["granted_until", "granted_reason", "granted_by"])
    fulfil(case, "supplement")
    owe(case, "supplement", due=until, article=ARTICLE, party="applicant", state=case.state)
    record(case.chain, "supplement.later_day", by=by, former=notice.due_on, until=until)
    notices.tell(case, "later_day", due=until)
    return notice


def check_later(case: Case, *, by: User) -> None:
    """Refuse where no later day can be granted now. Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, LaterDayGranted."""
    allowed_move(case, "receive_supplement", by=by)
    notice = notice_of(case)
    if notice and notice.granted_until:
        raise LaterDayGranted


def lapse_due() -> int:
    """Treat as given up every application whose supplement did not come in time; how many. Twice, or twice at once, is once.

    Law: 令55 art. 10.
    """
    today = moment.today()
    late = SupplementNotice.objects.filter(case__state=State.SUPPLEMENT, supplemented_on=None, due_on__lt=today)
    waiting = late.filter(Q(granted_until=None) | Q(granted_until__lt=today)).order_by("due_on", "id")
    return sum(_lapse(case_id) for case_id in list(waiting.values_list("case_id", flat=True)))


@transaction.atomic
def _lapse(case_id: int) -> int:
    case = locked_if_free(case_id, state=State.SUPPLEMENT)
    if case is None:
        return 0
    notice = SupplementNotice.objects.select_related("paper").get(case=case)
    if not is_lapsed(last_day_to_supplement(case, notice), notice.granted_until, today=moment.today()):
        return 0
    move(case, "lapse", by=None, due=notice.last_day)
    notices.tell_lapse(case, application_of(case), notice, by=None)
    return 1


def last_day_to_supplement(case: Case, notice: SupplementNotice) -> date:
    """The last day to hand in: the one told, and where it rests on a year whose holidays are not known yet, some days more.

    Law: 令55 art. 10; 民法典 art. 203.
    """
    limit = CaseLimit.objects.select_related("case__office").filter(case=case, limit=SUPPLEMENT).first()
    return max(notice.due_on, waits_until(limit)) if limit else notice.due_on


def _issue(case: Case, notice: SupplementNotice, by: User) -> Paper:
    return notices.tell_supplement(case, application_of(case), notice, by=by)


def _in_time(case: Case, notice: SupplementNotice, on: date) -> None:
    check_handed_in(
        on,
        sent_on=moment.day_of(notice.sent_at),
        due=last_day_to_supplement(case, notice),
        granted=notice.granted_until,
        today=moment.today(),
    )


def _let_limits_run_anew(case: Case, complete: date, by: User) -> None:
    """The check of papers begins again; the decision limit does where the region counts from complete receipt."""
    restart(case, REVIEW, start=complete, reason=PAPERS_CAME, article=ARTICLE, by=by)
    first = case.received_at.astimezone(moment.ZONE).date()
    start = decision_start(first, complete, region=case.office.region)
    if start.day != first:
        restart(case, DECIDE, start=start.day, reason=start.text, article=f"{ARTICLE}、条例 第二十五条", by=by)
    notices.tell(case, "supplemented")


WAY = alike.Way(
    table=SupplementNotice,
    review=REVIEW,
    period=SUPPLEMENT,
    missing=missing_papers,
    issue=_issue,
    in_time=_in_time,
    anew=_let_limits_run_anew,
)
