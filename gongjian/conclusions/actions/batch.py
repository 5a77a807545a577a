"""Signing many: each case is a signature and a transaction of its own; one that is refused does not hold up the others.

What has been done is in rows: a batch that was broken off is gone on with, and nothing is signed twice.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.conclusions.actions.signing import conclude
from gongjian.conclusions.errors import NothingChosen
from gongjian.conclusions.models import Conclusion, SigningBatch, SigningItem
from gongjian.conclusions.queries.lists import to_sign
from gongjian.kernel import moment, turns
from gongjian.law.errors import RuleError

State = SigningItem.State


@transaction.atomic
def start_batch(chosen: Iterable[int], *, by: User) -> SigningBatch:
    """Put down the cases (ids) to be signed, as far as they wait for this signer. Nothing is signed yet. Raises: NothingChosen."""
    wanted = set(chosen)
    waiting = [each for each in to_sign(by) if each.case.pk in wanted]
    if not waiting:
        raise NothingChosen
    batch = SigningBatch.objects.create(by=by, made_at=moment.now())
    items = [SigningItem(batch=batch, case=each.case, seen=each.review.opinion_hash) for each in waiting]
    SigningItem.objects.bulk_create(items)
    return batch


def advance(batch: SigningBatch, *, by: User, most: int = 10) -> int:
    """Sign up to `most` cases that still wait; how many were dealt with. Two at once share the work.

    by: whose batch it is; anybody else signs nothing.
    """
    if batch.by_id != by.pk:
        return 0
    return turns.take(batch.items.filter(state=State.WAITING), partial(_sign, by), most=most)


def _sign(by: User, item: SigningItem) -> None:
    item.state, item.sentence = _signed(item, by)
    item.done_at = moment.now()
    item.save(update_fields=["state", "sentence", "done_at"])


def _signed(item: SigningItem, by: User) -> tuple[SigningItem.State, str]:
    try:
        with transaction.atomic():
            return State.SIGNED, conclude(item.case, by=by, seen=item.seen).paper.number
    except RuleError as refusal:
        done = Conclusion.objects.select_related("paper").filter(case=item.case_id, signed_by=by).first()
        return (State.SIGNED, done.paper.number) if done else (State.REFUSED, str(refusal)[:300])
