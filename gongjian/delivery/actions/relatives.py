"""When the appraisee has died: what is not served yet goes to the near relatives."""

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.delivery.models import WORKER, Delivery
from gongjian.delivery.queries.sides import account_of, addressed
from gongjian.delivery.rules import next_method
from gongjian.kernel.ledger.actions import record


def redirect(case: Case, by: User) -> None:
    """Address what waits for the appraisee to the relatives, in the transaction that notes the death; what is under way is waited for.

    What was served in the person's lifetime stays served. Law: 令55 art. 17; 条例 art. 23; 民法典 art. 1045.
    """
    where = addressed(case, WORKER)
    told = {"name": where["name"], "telephone": where["telephone"], "address": where["address"]}
    method = next_method((), consents=False, has_address=bool(told["address"].strip()))
    for row in Delivery.objects.filter(case=case, recipient=WORKER, served_on=None):
        Delivery.objects.filter(pk=row.pk).update(account=account_of(case, WORKER), method=method, **told)
        record(case.chain, "delivery.redirected", by=by, delivery=row.pk)
