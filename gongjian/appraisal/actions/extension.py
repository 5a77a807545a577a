"""Extending the decision limit, once, and telling both sides."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal import notices
from gongjian.appraisal.errors import NothingToExtend
from gongjian.appraisal.queries import application_of
from gongjian.appraisal.states import DECIDING, LABELS, State
from gongjian.cases.actions.clock import DECIDE, extend
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import require_version
from gongjian.cases.errors import ExtendedAlready, NotYours
from gongjian.cases.models import Case, CaseLimit, LimitChange
from gongjian.cases.queries.recusals import require_no_bar
from gongjian.papers.models import Paper

EXTEND = "cases.extend"


def check_extendable(case: Case, *, by: User) -> CaseLimit:
    """The running limit of the decision, if `by` may extend it now. Law: 令55 art. 10.

    Raises: NotYours, KeepsAway, RecusalWaits, NothingToExtend, ExtendedAlready.
    """
    if not by.holds(EXTEND, case.office_id):
        raise NotYours(act="延长鉴定期限")
    require_no_bar(case, by=by)
    running = CaseLimit.objects.get(case=case, limit=DECIDE, about="")
    if running.met_on or case.state not in DECIDING:
        raise NothingToExtend(state=LABELS[State(case.state)])
    if running.changes.filter(kind=LimitChange.Kind.EXTENDED).exists():
        raise ExtendedAlready
    return running


@transaction.atomic
def extend_decision(case: Case, *, reason: str, version: int, by: User) -> Paper:
    """Give the decision 30 more days, once, before it is due, and tell the applicant.

    version: of the case as `by` saw it. Law: 令55 art. 10 (complex conditions, many specialties).
    Raises: NotYours, ChangedMeanwhile, NothingToExtend, ReasonMissing, ExtendedAlready, ExtensionTooLate.
    """
    check_extendable(case, by=by)
    case = locked(case)
    require_version(case, version)
    former = check_extendable(case, by=by).due_on
    limit = extend(case, reason=reason, by=by)
    return notices.tell_extension(case, application_of(case), limit, former=former, reason=reason, by=by)
