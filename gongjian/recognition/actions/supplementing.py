"""The one notice and what follows it: the papers come, or the time passes and the window decides on what it has."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.actions import supplement as alike
from gongjian.applications.actions.supplement import Item
from gongjian.applications.reaching import applicant_side
from gongjian.cases.actions.clock import end_limit, start_limit
from gongjian.cases.actions.locked import locked_if_free
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import waits_until
from gongjian.kernel import moment
from gongjian.papers.models import Paper
from gongjian.recognition import notices
from gongjian.recognition.models import SupplementNotice
from gongjian.recognition.queries import application_of, missing_papers
from gongjian.recognition.states import State

REVIEW, SECOND, SUPPLEMENT = "WI-REVIEW", "WI-REVIEW-2", "WI-SUPPLEMENT"
CHECK, ARTICLE = "check_papers", "令8 第八条"


def ask_supplement(case: Case, items: list[Item], *, by: User) -> SupplementNotice:
    """Tell the applicant, once and in writing, everything that is missing. A second notice is refused.

    Law: 令8 art. 8. Raises: MoveNotAllowed, NotYours, SecondNoticeRefused, NothingToAsk, NoticeIncomplete, KindNotListed.
    """
    return alike.ask(case, items, by=by, way=WAY)


def supplement(case: Case, *, by: User) -> Case:
    """The side that applied hands in what was missing; the papers were uploaded before.

    Law: 令8 art. 8. Raises: MoveNotAllowed, NotYours, NotTheApplicant, NothingSupplemented.
    """
    return alike.supplement(case, by=by, way=WAY)


def receive_supplement(case: Case, *, by: User) -> Case:
    """The window takes in what was missing and has scanned it before. Law: 令8 art. 8. Raises: MoveNotAllowed, NotYours, NothingSupplemented."""
    return alike.receive_supplement(case, by=by, on=moment.today(), way=WAY)


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


def _check_again(case: Case, day: date) -> None:
    """Fifteen days from the last paper to accept or not. Law: 令8 art. 8."""
    limit = start_limit(case, SECOND, start=day)
    fulfil(case, CHECK)
    owe(case, CHECK, due=limit.due_on, article=ARTICLE, role=Role.WINDOW_CLERK, limit=limit, state=case.state)


def _issue(case: Case, notice: SupplementNotice, by: User) -> Paper:
    return notices.tell_supplement(case, application_of(case), notice, by=by)


def _in_time(case: Case, notice: SupplementNotice, on: date) -> None:
    """What comes before the window has the case back is in time: no text lets an application lapse by itself. Law: 令8 art. 8."""


def _papers_came(case: Case, on: date, by: User) -> None:
    _check_again(case, on)
    notices.tell(case, "收到了补正材料", (applicant_side(case),))


WAY = alike.Way(
    table=SupplementNotice,
    review=REVIEW,
    period=SUPPLEMENT,
    missing=missing_papers,
    issue=_issue,
    in_time=_in_time,
    anew=_papers_came,
)
