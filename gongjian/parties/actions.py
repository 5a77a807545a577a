"""Writing persons and employers."""

from datetime import date
from typing import Any

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.fields import blind_index
from gongjian.law.identity import IdType, check_document, check_id_number
from gongjian.parties.models import Employer, Mandate, Person


def initials(name: str) -> str:
    """Pinyin initials of a name, for search: 林知远 → lzy."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30].lower()


@transaction.atomic
def keep_person(
    *,
    name: str,
    id_number: str,
    telephone: str = "",
    address: str = "",
    id_type: str = "resident_id",
    on: date,
    provisional: bool = False,
) -> Person:
    """The person with this document number, made or brought up to date; a provisional one apart, by number and name.

    Raises: IdNumberWrong, DocumentNumberWrong.
    """
    kind = IdType(id_type)
    number = check_document(kind, id_number, on=on)
    known: dict[str, object] = {
        "name": name.strip(),
        "pinyin_initials": initials(name.strip()),
        "id_type": kind.value,
        "id_number": number,
    }
    if kind in (IdType.RESIDENT_ID, IdType.RESIDENCE_PERMIT):
        told = check_id_number(number)
        known |= {"born_on": told.born, "sex": told.sex.value}
    if telephone:
        known |= {"telephone": telephone, "telephone_index": blind_index(telephone, "telephone")}
    if address:
        known["address"] = address
    key: dict[str, Any] = {"id_index": blind_index(number, "id_number"), "provisional": provisional}
    if provisional:
        key["name"] = known.pop("name")
    person, _ = Person.objects.update_or_create(**key, defaults=known)
    return person


@transaction.atomic
def keep_employer(
    *, name: str, credit_code: str = "", address: str = "", contact_name: str = "", telephone: str = ""
) -> Employer:
    """The employer with this credit code (or, without one, this name), made or brought up to date."""
    code = credit_code.strip().upper() or None
    key = {"credit_code": code} if code else {"credit_code": None, "name": name.strip()}
    told = {"name": name.strip(), "address": address, "contact_name": contact_name, "telephone": telephone}
    employer, _ = Employer.objects.update_or_create(**key, defaults={k: v for k, v in told.items() if v})
    return employer


@transaction.atomic
def link_user(person: Person, user: User) -> None:
    """Join a person to the account they sign in with; an existing link to another account is left as it is."""
    Person.objects.filter(pk=person.pk, user=None).update(user=user)


@transaction.atomic
def give_mandate(
    giver: Person | Employer,
    *,
    agent: User | None,
    name: str,
    until: date | None,
    may_receive: bool,
    evidence: Evidence | None,
) -> Mandate:
    """Keep that somebody may act for a person or an employer from today on. Law: 民法典 art. 165."""
    of: dict[str, Any] = {"person": giver} if isinstance(giver, Person) else {"employer": giver}
    return Mandate.objects.create(
        **of,
        agent=agent,
        agent_name=name.strip(),
        capacity="agent",
        valid_from=moment.today(),
        valid_until=until,
        may_receive=may_receive,
        evidence=evidence,
    )


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: User, why: Mandate.End = Mandate.End.GIVER) -> bool:
    """End a mandate at once; whether this call ended it: a second time changes nothing. Law: 民法典 art. 173."""
    open_ones = Mandate.objects.filter(pk=mandate.pk, revoked_at=None)
    return open_ones.update(revoked_at=moment.now(), revoked_by=by, revoked_why=why) == 1
