"""The end of the power to act: taken back by who gave it, at any time, and with the death of who gave it."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.errors import MandateNotFound
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.queries.sides import parties_of, side_of_party
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.parties.actions import revoke_mandate
from gongjian.parties.models import Mandate, Person
from gongjian.recognition.models import Application as Recognition


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


@transaction.atomic
def end_with_death(person: Person, *, by: User) -> int:
    """With the person ends every power the person gave, in whichever case, and each agent is told who may go on; how many ended.

    What a near relative of the dead has given goes on. Law: 民法典 art. 173(4), 174; docs/decisions/016-death-of-the-appraisee.md.
    """
    of_relatives = Recognition.objects.exclude(giver_name="").filter(mandate__person=person).values("mandate")
    powers = Mandate.objects.filter(person=person, revoked_at=None).exclude(pk__in=of_relatives)
    return sum(_end_with_death(mandate, by) for mandate in powers.order_by("pk"))


def _end_with_death(mandate: Mandate, by: User) -> bool:
    ended = revoke_mandate(mandate, by=by, why=Mandate.End.DEATH)
    for row in CaseParty.objects.filter(mandate=mandate).select_related("case__office", "user").order_by("pk"):
        record(row.case.chain, "mandate.ended_by_death", by=by, mandate=mandate.pk)
        send(
            key=f"{row.case.chain}/mandate_ended/{mandate.pk}",
            channel=Channel.INBOX,
            template="appraisal.mandate_ended",
            context={"number": row.case.number, "office": row.case.office.name},
            chain=row.case.chain,
            by_office=row.case.office.code,
            user=row.user,
        )
    return ended
