"""What follows the one notice: the missing papers come, or a later day is granted, or the time runs out."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.appraisal import notices
from gongjian.appraisal.errors import LaterDayGranted, NothingSupplemented
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.queries import application_of, must_act_for_applicant, notice_of
from gongjian.appraisal.rules import check_handed_in, check_later_day, is_lapsed
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import meet_limit, restart
from gongjian.cases.actions.locked import locked, locked_if_free
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import waits_until
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.receipt import decision_start
from gongjian.materials.models import MaterialPage

ARTICLE = "令55 第十条"
REVIEW, SUPPLEMENT, DECIDE = "LA-REVIEW", "LA-SUPPLEMENT", "LA-DECIDE"
PAPERS_CAME = "补正材料已收到，重新审查"


@transaction.atomic
def supplement(case: Case, *, by: User) -> Case:
    """A party hands in what was missing; the papers were uploaded before.

    Only the side that applied may: to it the notice was given, and a page from the other side would use up its one period.
    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, NotTheApplicant, SupplementLate, NothingSupplemented.
    """
    allowed_move(case, "supplement", by=by)
    must_act_for_applicant(case, by=by)
    return _handed_in(case, "supplement", by=by, on=moment.today())


@transaction.atomic
def receive_supplement(case: Case, *, by: User, handed_in_on: date | None = None) -> Case:
    """The window takes in what was missing, handed in or posted on an earlier day perhaps, and has scanned it before.

    Law: 令55 art. 10. Raises: MoveNotAllowed, NotYours, DayOutOfBounds, SupplementLate, NothingSupplemented.
    """
    return _handed_in(case, "receive_supplement", by=by, on=handed_in_on or moment.today())


@transaction.atomic
def grant_later_day(case: Case, *, until: date, reason: str, by: User) -> SupplementNotice:
    """Let the supplement come until a later day, for a good reason that is written down; once, and before the case has lapsed.

    Law: 令55 art. 10 (good reason). Raises: MoveNotAllowed, NotYours, LaterDayGranted, DayOutOfBounds, ReasonMissing.
    """
    case, notice = _locked(case, "receive_supplement", by)
    check_later(case, by=by)
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


def _handed_in(case: Case, act: str, *, by: User, on: date) -> Case:
    case, notice = _locked(case, act, by)
    sent_on = notice.sent_at.astimezone(moment.ZONE).date()
    check_handed_in(
        on,
        sent_on=sent_on,
        due=last_day_to_supplement(case, notice),
        granted=notice.granted_until,
        today=moment.today(),
    )
    new = MaterialPage.objects.filter(material__case=case, removed_at=None, added_at__gte=notice.sent_at)
    if not new.exists():
        raise NothingSupplemented
    notice.supplemented_on = on
    notice.save(update_fields=["supplemented_on"])
    meet_limit(case, SUPPLEMENT, on=on)
    _let_limits_run_anew(case, on, by)
    move(case, act, by=by, pages=sorted(new.values_list("pk", flat=True)), handed_in=on)
    notices.tell(case, "supplemented")
    return case


def _let_limits_run_anew(case: Case, complete: date, by: User) -> None:
    """The check of papers begins again; the decision limit does where the region counts from complete receipt."""
    application = application_of(case)
    application.complete_on = complete
    application.save(update_fields=["complete_on"])
    restart(case, REVIEW, start=complete, reason=PAPERS_CAME, article=ARTICLE, by=by)
    first = case.received_at.astimezone(moment.ZONE).date()
    start = decision_start(first, complete, region=case.office.region)
    if start.day != first:
        restart(case, DECIDE, start=start.day, reason=start.text, article=f"{ARTICLE}、条例 第二十五条", by=by)


def _locked(case: Case, act: str, by: User) -> tuple[Case, SupplementNotice]:
    case = locked(case)
    allowed_move(case, act, by=by)
    return case, SupplementNotice.objects.get(case=case)
