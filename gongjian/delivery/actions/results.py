"""What comes back from the post: tracking numbers, return slips, returned envelopes; row by row, each refusal told."""

from collections.abc import Iterable

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.delivery.actions.attempts import record_failed, record_served
from gongjian.delivery.actions.serving import PERMISSION
from gongjian.delivery.errors import NoAttemptRunning, NotADeliverer, SignerNotTold
from gongjian.delivery.methods import RELATIONS, SHORT, Method, signers
from gongjian.delivery.models import Attempt, Delivery, PostBatch
from gongjian.delivery.postal import Result, RowError
from gongjian.law.errors import RuleError


def take_results(batch: PostBatch, results: Iterable[Result], *, by: User) -> tuple[int, list[RowError]]:
    """Take in what is known of a batch's envelopes: (rows taken, rows refused). The same rows twice change nothing.

    Raises: NotADeliverer.
    """
    if not by.holds(PERMISSION, batch.office_id):
        raise NotADeliverer
    taken, refused = 0, []
    for result in results:
        try:
            _take(batch, result, by)
            taken += 1
        except RuleError as refusal:
            refused.append(RowError(result.row, str(refusal)))
    return taken, refused


@transaction.atomic
def _take(batch: PostBatch, result: Result, by: User) -> None:
    attempt = batch.attempts.select_related("delivery").filter(line=result.line).first()
    if attempt is None:
        raise NoAttemptRunning(method=f"第{result.line}号邮件")
    if attempt.ended_at is not None:
        if _says_the_same(attempt, result):
            return
        raise NoAttemptRunning(method=f"第{result.line}号邮件")
    if result.tracking:
        Attempt.objects.filter(pk=attempt.pk).update(tracking=result.tracking)
    if result.served_on:
        facts = {"received_by": result.received_by, "relation": _relation(attempt.delivery, result)}
        record_served(attempt.delivery, Method.POST, on=result.served_on, facts=facts, by=by)
    elif result.returned_on:
        record_failed(attempt.delivery, Method.POST, on=result.returned_on, reason=result.reason, by=by)


def _relation(delivery: Delivery, result: Result) -> str:
    """Who signed, as the row says; the recipient's own name says it too. Raises: SignerNotTold."""
    told, name = result.relation.strip(), result.received_by.strip()
    found = next((code for code, label in RELATIONS.items() if told and told in (label, SHORT.get(code))), "")
    if not found and name and not told and name == delivery.name and not delivery.is_to_body:
        return "self"
    if not found and name:
        ways = "、".join(SHORT[code] for code in signers(is_body=delivery.is_to_body))
        raise SignerNotTold(line=result.line, name=name, ways=ways)
    return found


def _says_the_same(attempt: Attempt, result: Result) -> bool:
    told = result.served_on or result.returned_on
    return told in (None, attempt.outcome_on)
