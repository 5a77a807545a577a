"""Where an office can be reached, as its papers and notices say: seen and changed by its administrator."""

from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet

from gongjian.accounts.administering import administered
from gongjian.accounts.errors import ContactChanged, ContactMissing, OfficeNotFound
from gongjian.accounts.models import Office, User
from gongjian.kernel.ledger.actions import record


def offices_of(administrator: User) -> QuerySet[Office]:
    """The offices that a user administers, and the windows of counties below them. Raises: NotAnAdministrator."""
    own = administered(administrator)
    return Office.objects.filter(Q(pk__in=own) | Q(parent__in=own, kind=Office.Kind.COUNTY)).order_by("pk")


def office_of(pk: int, *, by: User) -> Office:
    """One of them. Raises: NotAnAdministrator, OfficeNotFound, also for any other office."""
    found = offices_of(by).filter(pk=pk).first()
    if found is None:
        raise OfficeNotFound
    return found


def contact_mark(office: Office) -> str:
    """A short mark of an office's address and telephone as they stand."""
    return sha256(f"{office.address}\n{office.telephone}".encode()).hexdigest()[:16]


@transaction.atomic
def change_contact(office: Office, *, address: str, telephone: str, seen: str, by: User) -> Office:
    """Change what papers and notices say from now on; those made before stay as they are. The same again changes nothing.

    seen: `contact_mark` of what the administrator saw; what somebody else changed meanwhile is not overwritten.
    Raises: NotAnAdministrator, OfficeNotFound, ContactMissing, ContactChanged.
    """
    here = Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office_of(office.pk, by=by).pk)
    told = {"address": address.strip(), "telephone": telephone.strip()}
    if not all(told.values()):
        raise ContactMissing
    if told == {"address": here.address, "telephone": here.telephone}:
        return here
    if contact_mark(here) != seen:
        raise ContactChanged
    former = {"former_address": here.address, "former_telephone": here.telephone}
    here.address, here.telephone = told["address"], told["telephone"]
    here.save(update_fields=list(told))
    record(f"office:{here.code}", "office.contact_changed", by=by, **told, **former)
    return here
