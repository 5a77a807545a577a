"""Taking back the power to act: by who gave it, at any time."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.errors import MandateNotFound
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import parties_of, side_of_party
from gongjian.kernel.ledger.actions import record
from gongjian.parties.actions import revoke_mandate
from gongjian.parties.models import Mandate


def revocable(case: Case, *, by: User) -> list[Mandate]:
    """The powers in force that `by` may take back: those of their own side, where they stand in their own right. An agent takes back none."""
    rows = parties_of(case)
    own = {side_of_party(row) for row in rows if row.user_id == by.pk and row.mandate is None}
    return [row.mandate for row in rows if row.mandate and side_of_party(row) in own]


@transaction.atomic
def revoke(case: Case, pk: int, *, by: User) -> Mandate:
    """End a power at once: the agent no longer sees the case nor acts in it. Law: 民法典 art. 173. Raises: MandateNotFound."""
    locked(case)
    found = next((mandate for mandate in revocable(case, by=by) if mandate.pk == pk), None)
    if found is None:
        raise MandateNotFound
    revoke_mandate(found, by=by)
    record(case.chain, "mandate.revoked", by=by, mandate=found.pk)
    return found
