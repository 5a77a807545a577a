"""Posting: what goes out together on one day, with its numbered and signed list. Free for the recipient."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.delivery.actions.serving import PERMISSION, begin, locked
from gongjian.delivery.errors import NotADeliverer, NothingToPost
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery, PostBatch
from gongjian.delivery.queries.lists import to_post
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.delivery import MailingList, MailItem

CARRIER = "中国邮政速递（免费邮寄）"
MOST = 500
"""Envelopes of one list: what a clerk can check against the counter in one go."""


@transaction.atomic
def post(office: Office, chosen: Iterable[int], *, by: User, carrier: str = CARRIER) -> PostBatch:
    """Hand deliveries (ids) to the post: an attempt each, a line each on the list. What cannot be posted is left out.

    Law: 令55 art. 17; 民诉法 art. 91. Raises: NotADeliverer, NothingToPost, and what `issue` refuses.
    """
    if not by.holds(PERMISSION, office):
        raise NotADeliverer
    wanted = set(chosen)
    found = [locked(row) for row in to_post(by, office) if row.pk in wanted][:MOST]
    ready = [row for row in found if row.served_on is None]
    if not ready:
        raise NothingToPost
    paper = issue("mailing_list", case=None, office=office, form=_form(ready, carrier, by), by=by)
    told = {"office": office, "paper": paper, "carrier": carrier, "posted_on": moment.today(), "made_at": moment.now()}
    batch = PostBatch.objects.create(by=by, **told)
    for line, delivery in enumerate(ready, 1):
        begin(delivery, Method.POST, by=by, batch=batch, line=line)
        record(delivery.case.chain, "delivery.posted", by=by, delivery=delivery.pk, list=paper.number, line=line)
    return batch


def contents(delivery: Delivery) -> str:
    """What is in an envelope: title and number, nothing of what the paper says."""
    return f"{delivery.paper.title} {delivery.paper.number}"


def _form(ready: list[Delivery], carrier: str, by: User) -> Form:
    items = tuple(
        MailItem(recipient=row.name, address=row.address, telephone=row.telephone or None, contents=contents(row))
        for row in ready
    )
    return partial(MailingList, carrier=carrier, posted_on=moment.today(), handler=by.name, items=items)
