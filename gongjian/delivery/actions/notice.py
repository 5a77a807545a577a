"""Public notice: the last way. It runs thirty days, names no more than it must, and gives way to any other service."""

from functools import partial

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import restart, start_limit
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.procedures import service_of
from gongjian.delivery.actions.serving import begin, locked, must_deliver, serve
from gongjian.delivery.methods import TABLE, Method
from gongjian.delivery.models import Attempt, Delivery
from gongjian.delivery.rules import check_notice, is_notice_complete
from gongjian.kernel import moment
from gongjian.law.parameters import parameter
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.delivery import PublicNotice

LIMIT = "SV-PUBLIC"
REVIEW_OR_SUIT = "对该决定不服的，可以自送达之日起在决定书载明的期限内申请行政复议或者提起行政诉讼。"


@transaction.atomic
def publish_notice(delivery: Delivery, *, reason: str, whereabouts_unknown: bool, by: User) -> Attempt:
    """Issue the public notice and let its days run. reason: why, and what was tried before; it stays in the file.

    Law: 民诉法 art. 95. Raises: NotADeliverer, ServedAlready, ProofMissing, NoticeTooSoon, AttemptRunning, and what `issue` refuses.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    failed = {Method(row.method) for row in delivery.attempts.filter(outcome=Attempt.Outcome.FAILED)}
    check_notice(failed, whereabouts_unknown=whereabouts_unknown, reason=reason)
    facts = {"reason": reason.strip(), "whereabouts_unknown": "是" if whereabouts_unknown else "否"}
    attempt = begin(delivery, Method.PUBLIC_NOTICE, by=by, facts=facts)
    attempt.notice = issue("public_notice", case=delivery.case, office=delivery.office, form=_form(delivery), by=by)
    attempt.save(update_fields=["notice"])
    _run_days(delivery, by)
    return attempt


def complete_notices() -> int:
    """Serve what was published long enough: on the last of its days; how many."""
    waiting = Attempt.objects.filter(method=Method.PUBLIC_NOTICE, outcome=Attempt.Outcome.RUNNING)
    return sum(_complete(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _complete(pk: int) -> bool:
    attempt = Attempt.objects.get(pk=pk)
    delivery = locked(attempt.delivery)
    attempt.refresh_from_db()
    last_day = CaseLimit.objects.values_list("due_on", flat=True).get(
        case=delivery.case, limit=LIMIT, about=delivery.clock
    )
    if attempt.outcome != Attempt.Outcome.RUNNING or not is_notice_complete(last_day, moment.today()):
        return False
    attempt.delivery = delivery
    serve(attempt, on=last_day, by=None)
    return True


def _run_days(delivery: Delivery, by: User) -> None:
    case, today = delivery.case, moment.today()
    if CaseLimit.objects.filter(case=case, limit=LIMIT, about=delivery.clock).exists():
        told = {"reason": "重新公告", "article": TABLE[Method.PUBLIC_NOTICE].article, "about": delivery.clock}
        restart(case, LIMIT, start=today, by=by, **told)
    else:
        start_limit(case, LIMIT, start=today, about=delivery.clock)


def _form(delivery: Delivery) -> Form:
    case, paper, today = delivery.case, delivery.paper, moment.today()
    return partial(
        PublicNotice,
        recipient=delivery.name,
        document_title=paper.title,
        document_number=paper.number,
        collect_at=delivery.office.address,
        notice_days=parameter("public_notice_days", on=today, region=case.office.region).number,
        remedy=_remedy(case) if delivery.is_of_decision else None,
    )


def _remedy(case: Case) -> str | None:
    if "LA-REAPPEAL" not in service_of(case.procedure).remedies:
        return REVIEW_OR_SUIT
    if case.office.parent is None:
        return None
    days = parameter("second_appraisal_days", on=moment.today(), region=case.office.region).number
    return f"对该结论不服的，可以自送达之日起{days}日内向{case.office.parent.name}申请再次鉴定。"
