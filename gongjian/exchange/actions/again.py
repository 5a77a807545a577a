"""A letter that was given up is sent again because a person says so, as it was signed, while it holds. Law: 令8 art. 14."""

from django.db import transaction
from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil
from gongjian.exchange.business import business_of
from gongjian.exchange.errors import HoldsNoMore, NothingToSend
from gongjian.exchange.models import Matter, Posted
from gongjian.exchange.owes import NOT_DELIVERED
from gongjian.exchange.queries import incoming_matter
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def send_again(matter: Matter, *, by: User) -> int:
    """Let every letter of ours that was given up wait to be sent once more, in order; how many. What does not hold any more is never sent.

    Law: 令8 art. 14. Raises: NotTheInvestigator, SittingNotYours, MoveNotAllowed, MatterUnknown, NothingToSend, HoldsNoMore.
    """
    case = locked(matter.case) if matter.case else None
    if case:
        business_of(matter).must(case, by)
    else:
        incoming_matter(matter.pk, by=by)
    rows = list(given_up(matter).select_for_update())
    if not rows:
        raise NothingToSend
    if any(row.expires_at <= moment.now() for row in rows):
        raise HoldsNoMore
    given_up(matter).update(sending=Posted.Sending.PENDING, attempts=0, next_attempt_at=moment.now(), last_error="")
    if case:
        fulfil(case, NOT_DELIVERED, about=matter.key)
    record(matter.chain, "exchange.sent_again", by=by, matter=matter.key, letters=[row.number for row in rows])
    return len(rows)


def given_up(matter: Matter) -> QuerySet[Posted]:
    """Our letters of a matter that were given up, in order."""
    return matter.letters.filter(is_ours=True, sending=Posted.Sending.FAILED).order_by("number")
