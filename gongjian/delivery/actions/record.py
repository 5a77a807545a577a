"""The sheet that the recipient signs (送达回证), printed before somebody goes out to serve."""

from functools import partial

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.delivery.actions.serving import locked, must_be_unserved, must_deliver
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery
from gongjian.papers.actions import issue
from gongjian.papers.forms.delivery import DeliveryRecord
from gongjian.papers.models import Paper

NO_ADDRESS = "（未登记，送达时填写）"


@transaction.atomic
def issue_record(delivery: Delivery, method: Method, *, by: User) -> Paper:
    """Issue the numbered sheet for one service. Law: 民诉法 art. 87. Raises: NotADeliverer, ServedAlready, and what `issue` refuses."""
    delivery = locked(delivery)
    must_deliver(delivery, by)
    must_be_unserved(delivery)
    form = partial(
        DeliveryRecord,
        case_number=delivery.case.number,
        document_title=delivery.paper.title,
        document_number=delivery.paper.number,
        recipient=delivery.name,
        address=delivery.address or NO_ADDRESS,
        method=method.label,
        servers=(by.name, "另一名送达人"),
    )
    return issue("delivery_record", case=delivery.case, office=delivery.office, form=form, by=by)
