"""Who receives for a side and where, and whether that side has consented to electronic delivery."""

from gongjian.accounts.models import User
from gongjian.applications.kept import application_of
from gongjian.appraisal.models import Death
from gongjian.appraisal.queries import death_of
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.queries import Side, parties_of
from gongjian.delivery.models import EMPLOYER, OTHER, WORKER, Consent

FIRST = [CaseParty.Capacity.WORKER, CaseParty.Capacity.EMPLOYER, CaseParty.Capacity.RELATIVE, CaseParty.Capacity.AGENT]


def account_of(case: Case, recipient: str) -> User | None:
    """The account in whose box a side receives: its own before a relative's, and an agent's only with the written power to receive.

    Of an appraisee who has died only the relatives remain; the power of an agent has ended (民法典 art. 173).
    """
    rows = parties_of(case, Side(recipient)) if recipient in set(Side) else []
    rows = [row for row in rows if row.capacity in FIRST and (row.mandate is None or row.mandate.may_receive)]
    if recipient == WORKER and death_of(case):
        rows = [row for row in rows if row.capacity == CaseParty.Capacity.RELATIVE]
    rows.sort(key=lambda row: (FIRST.index(CaseParty.Capacity(row.capacity)), row.pk))
    return rows[0].user if rows else None


def consents(case: Case, recipient: str) -> bool:
    """Whether a side wants electronic delivery: its last word on the platform, else what it said when it applied.

    What an appraisee said who has died binds the relatives no more: they say it anew. Law: 民诉法 art. 90 (only with consent).
    """
    if recipient == OTHER:
        return True
    words, death = Consent.objects.filter(case=case, recipient=recipient), death_of(case)
    if recipient == WORKER and death:
        return bool(words.filter(at__gt=death.noted_at).order_by("-id").values_list("given", flat=True).first())
    word = words.order_by("-id").values_list("given", flat=True).first()
    if word is not None:
        return word
    told = application_of(case)
    return told is not None and told.electronic_consent and told.may_receive and told.side == recipient


def addressed(case: Case, recipient: str) -> dict[str, str]:
    """Name, telephone and address of a side. The address of delivery is that of the side that applied; one told by an agent counts only with the power to receive."""
    return _employer(case) if recipient == EMPLOYER else _worker(case)


def _worker(case: Case) -> dict[str, str]:
    told, death = application_of(case), death_of(case)
    if death:
        return _relative(case, death)
    assert told is not None
    theirs = told.side == WORKER and told.may_receive
    return {
        "recipient": WORKER,
        "name": case.person.name,
        "telephone": (told.delivery_telephone if theirs else "") or case.person.telephone,
        "address": (told.delivery_address if theirs else "") or case.person.address,
    }


def _relative(case: Case, death: Death) -> dict[str, str]:
    name = f"{death.relative_name}（{death.relation}）" if death.relative_name else f"{case.person.name}的近亲属"
    address = death.address or case.person.address
    return {"recipient": WORKER, "name": name, "telephone": death.telephone, "address": address}


def _employer(case: Case) -> dict[str, str]:
    told, employer = application_of(case), case.employer
    assert told is not None
    assert employer is not None
    applied = told.side == EMPLOYER and told.may_receive
    return {
        "recipient": EMPLOYER,
        "name": employer.name,
        "telephone": told.delivery_telephone if applied else told.employer_telephone or employer.telephone,
        "address": told.delivery_address if applied else told.employer_address or employer.address,
    }
