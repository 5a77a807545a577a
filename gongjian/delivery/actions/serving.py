"""The one place where a paper becomes served, and what follows from it: reading, the recipient's remedy, the case."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import meet_limit, run_again
from gongjian.cases.actions.locked import locked_row
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.cases.procedures import decision_papers, service_of
from gongjian.delivery.errors import AttemptRunning, NotADeliverer, ServedAlready
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, Delivery
from gongjian.delivery.owes import AGAIN, SEND_NOTICE
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import release
from gongjian.recognition.actions.evidence import note_notice_served
from gongjian.sittings.actions.notices import note_served

PERMISSION = "delivery.deliver"
WHY = "新的决定已经送达"


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it is now; its case is kept still for this transaction."""
    locked_row(delivery.case_id)
    rows = Delivery.objects.select_related("case__office__parent", "paper__evidence", "office", "account")
    return rows.prefetch_related("corrections").get(pk=delivery.pk)


def must_deliver(delivery: Delivery, by: User) -> None:
    """Refuse who has no delivery to make at this office. Raises: NotADeliverer."""
    if not by.holds(PERMISSION, delivery.office_id):
        raise NotADeliverer


@transaction.atomic
def begin(delivery: Delivery, method: Method, *, by: User | None, **told: object) -> Attempt:
    """Begin to serve in one way. A public notice gives way to any other. Raises: ServedAlready, AttemptRunning."""
    must_be_unserved(delivery)
    running = delivery.attempts.filter(outcome=Attempt.Outcome.RUNNING).first()
    if running and running.method == Method.PUBLIC_NOTICE and method is not Method.PUBLIC_NOTICE:
        end(running, Attempt.Outcome.FAILED, on=moment.today(), by=by, facts={"reason": "已改用其他方式"})
    elif running:
        raise AttemptRunning(method=Method(running.method).label)
    fulfil(delivery.case, AGAIN, about=delivery.subject)
    Delivery.objects.filter(pk=delivery.pk).update(method=method)
    return Attempt.objects.create(delivery=delivery, method=method, begun_at=moment.now(), begun_by=by, **told)


def end(
    attempt: Attempt, outcome: Attempt.Outcome, *, on: date, by: User | None, facts: dict[str, str] | None = None
) -> None:
    """Write the outcome of an attempt, once."""
    attempt.outcome, attempt.outcome_on = outcome, on
    attempt.facts = {**attempt.facts, **(facts or {})}
    attempt.ended_at, attempt.ended_by = moment.now(), by
    attempt.save(update_fields=["outcome", "outcome_on", "facts", "ended_at", "ended_by"])


def must_be_unserved(delivery: Delivery) -> None:
    """Refuse a second service. Raises: ServedAlready."""
    if delivery.served_on:
        raise ServedAlready(on=delivery.served_day or delivery.served_on)


@transaction.atomic
def serve(attempt: Attempt, *, on: date, by: User | None, facts: dict[str, str] | None = None) -> Delivery:
    """The paper is served on the day `on`: it may be read, the recipient's remedies run, and after the last one the case moves.

    Law: 令55 art. 17, 19; 令8 art. 22, 23 (per recipient). Raises: ServedAlready.
    """
    delivery = attempt.delivery
    end(attempt, Attempt.Outcome.SERVED, on=on, by=by, facts=facts)
    if not Delivery.objects.filter(pk=delivery.pk, served_on=None).update(served_on=on, method=attempt.method):
        raise ServedAlready(on=on)
    delivery.served_on, delivery.method = on, attempt.method
    case, paper = delivery.case, delivery.paper
    note_served(paper, on=on)
    note_notice_served(paper, on=on)
    for kind in (AGAIN, SEND_NOTICE):
        fulfil(case, kind, about=delivery.subject)
    told = {"paper": paper.number, "recipient": delivery.recipient, "method": attempt.method, "on": on}
    record(case.chain, "delivery.served", by=by, delivery=delivery.pk, late=delivery.was_late, **told)
    if delivery.is_of_decision:
        release(paper, delivery.recipient)
        service = service_of(case.procedure)
        for remedy in service.remedies:
            run_again(case, remedy, start=on, reason=WHY, article=service.article, by=by, about=delivery.recipient)
        _go_on(delivery)
    return delivery


def last_served_day(case: Case) -> date | None:
    """The day on which the last side was served; None while one is not."""
    days = [row.served_day for row in decision_deliveries(case)]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def decision_deliveries(case: Case) -> list[Delivery]:
    """The deliveries of what was decided in a case, one for each side."""
    rows = Delivery.objects.filter(case=case, paper__kind__in=decision_papers(), paper__superseded_by=None)
    return list(rows.prefetch_related("corrections").order_by("id"))


def _go_on(delivery: Delivery) -> None:
    last = last_served_day(delivery.case)
    if last is None:
        return
    service = service_of(delivery.case.procedure)
    meet_limit(delivery.case, service.deliver, on=last)
    for remedy in service.remedies:
        run_again(delivery.case, remedy, start=last, reason=WHY, article=service.article, by=None)
    move(delivery.case, "served", by=None, last=last)
