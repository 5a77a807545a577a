"""What follows the one notice: the papers come, or the time passes and the window decides on what it has."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.reaching import applicant_side
from gongjian.cases.actions.clock import end_limit, meet_limit, start_limit
from gongjian.cases.actions.locked import locked, locked_if_free
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import waits_until
from gongjian.kernel import moment
from gongjian.materials.models import MaterialPage
from gongjian.recognition import notices
from gongjian.recognition.actions.review import SECOND, SUPPLEMENT
from gongjian.recognition.errors import NothingSupplemented
from gongjian.recognition.models import SupplementNotice
from gongjian.recognition.queries import application_of, must_act_for_applicant
from gongjian.recognition.states import State

CHECK, ARTICLE = "check_papers", "令8 第八条"


@transaction.atomic
def supplement(case: Case, *, by: User) -> Case:
    """The side that applied hands in what was missing; the papers were uploaded before.

    Law: 令8 art. 8. Raises: MoveNotAllowed, NotYours, NotTheApplicant, NothingSupplemented.
    """
    case = locked(case)
    allowed_move(case, "supplement", by=by)
    must_act_for_applicant(case, by=by)
    return _handed_in(case, "supplement", by=by)


@transaction.atomic
def receive_supplement(case: Case, *, by: User) -> Case:
    """The window takes in what was missing and has scanned it before. Law: 令8 art. 8. Raises: MoveNotAllowed, NotYours, NothingSupplemented."""
    case = locked(case)
    allowed_move(case, "receive_supplement", by=by)
    return _handed_in(case, "receive_supplement", by=by)


def close_overdue() -> int:
    """Give back to the window what was not supplemented in time: no text lets an application lapse by itself, it is decided on. How many."""
    waiting = SupplementNotice.objects.filter(
        case__state=State.SUPPLEMENT, supplemented_on=None, over_on=None, due_on__lt=moment.today()
    )
    return sum(_over(pk) for pk in list(waiting.order_by("due_on", "id").values_list("case_id", flat=True)))


@transaction.atomic
def _over(case_id: int) -> int:
    case = locked_if_free(case_id, state=State.SUPPLEMENT)
    if case is None or moment.today() <= _last_day(case):
        return 0
    SupplementNotice.objects.filter(case=case).update(over_on=moment.today())
    move(case, "supplement_over", by=None)
    end_limit(case, SUPPLEMENT, on=moment.today())
    _check_again(case, moment.today())
    return 1


def _last_day(case: Case) -> date:
    limit = CaseLimit.objects.select_related("case__office").get(case=case, limit=SUPPLEMENT)
    return waits_until(limit)


def _handed_in(case: Case, act: str, *, by: User) -> Case:
    notice = SupplementNotice.objects.get(case=case)
    new = MaterialPage.objects.filter(material__case=case, removed_at=None, added_at__gte=notice.sent_at)
    if not new.exists():
        raise NothingSupplemented
    today, told = moment.today(), application_of(case)
    notice.supplemented_on = told.complete_on = today
    notice.save(update_fields=["supplemented_on"])
    told.save(update_fields=["complete_on"])
    meet_limit(case, SUPPLEMENT, on=today)
    move(case, act, by=by, pages=sorted(new.values_list("pk", flat=True)))
    _check_again(case, today)
    notices.tell(case, "收到了补正材料", (applicant_side(case),))
    return case


def _check_again(case: Case, day: date) -> None:
    """Fifteen days from the last paper to accept or not. Law: 令8 art. 8."""
    limit = start_limit(case, SECOND, start=day)
    fulfil(case, CHECK)
    owe(case, CHECK, due=limit.due_on, article=ARTICLE, role=Role.WINDOW_CLERK, limit=limit, state=case.state)
