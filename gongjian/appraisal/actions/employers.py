"""Letting an employer's account follow a case that its worker opened: by credit code and what the window has seen, never by a name."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.actions.identity import account_by
from gongjian.applications.answers import check_mandate_until
from gongjian.applications.rules import Capacity
from gongjian.appraisal import notices
from gongjian.appraisal.errors import AccountOnOtherSide, AgentNameMissing, CreditCodeMissing, EmployerDiffers
from gongjian.appraisal.models import EmployerLink
from gongjian.appraisal.queries import ENTER, application_of
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, sides_of
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import normalise_credit_code
from gongjian.parties.actions import give_mandate, keep_employer
from gongjian.parties.models import Employer, Mandate
from gongjian.parties.queries import employers_of

CODE_LENGTH = 18


@dataclass(frozen=True)
class Seen:
    """What the window has seen. agent_name: "" for the employer itself, by licence and introduction; else the agent of a written power."""

    credit_code: str
    agent_name: str = ""
    is_agent: bool = False
    until: date | None = None
    may_receive: bool = False


def link_employer(case: Case, seen: Seen, *, telephone: str, proof: BinaryIO, name: str, by: User) -> EmployerLink:
    """Join the account of this telephone to the employer's side of the case, on a licence or a power that the window has seen; the worker is told.

    The employer's own account joins its other open cases with it; an agent joins the one case. The proof is stored before anything changes.
    Law: 令55 art. 7, 17, 19, 28 (the employer's part); 民法典 art. 162, 165.
    Raises: NotYours, CreditCodeMissing, EmployerDiffers, AccountNotFound, MobileWrong, AccountOnOtherSide, AgentNameMissing, DayOutOfBounds,
    EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    if not by.holds(ENTER, case.office_id):
        raise NotYours(act="关联用人单位账户")
    account = account_by(telephone)
    _may_join(case, account)
    evidence = store(proof, name=name, by=by)
    with transaction.atomic():
        return _linked(case, seen, account, evidence, by)


@transaction.atomic
def claim_employer_cases(*, by: User) -> list[Case]:
    """Join the open cases of the employers whose account `by` is, verified before and known by their credit code; which were new.

    Another employer of the same name, or one without a code, is never found. Law: 令55 art. 7, 17.
    """
    return [case for employer in employers_of(by) for case in _join_open(employer, by)]


def _linked(case: Case, seen: Seen, account: User, evidence: Evidence, by: User) -> EmployerLink:
    case = locked(case)
    _may_join(case, account)
    employer = _settled(case, seen)
    mandate = _mandate(employer, seen, account, evidence) if seen.is_agent else None
    if mandate:
        _join(case, account, Capacity.AGENT, mandate)
    else:
        employer.users.add(account)
        _join(case, account, Capacity.EMPLOYER)
        _join_open(employer, account)
    link = EmployerLink.objects.create(
        case=case, employer=employer, account=account, mandate=mandate, evidence=evidence, by=by, at=moment.now()
    )
    record(case.chain, "employer.linked", by=by, account=account.pk, agent=seen.is_agent, sha256=evidence.sha256)
    return link


def _settled(case: Case, seen: Seen) -> Employer:
    """The employer of the case, known by the code on the licence; a case that named it without one comes to it. Raises: as `link_employer`."""
    code, told = normalise_credit_code(seen.credit_code), case.employer
    if len(code) != CODE_LENGTH:
        raise CreditCodeMissing
    if told is None:
        raise EmployerDiffers
    if told.credit_code == code:
        return told
    known = Employer.objects.filter(credit_code=code).first()
    if told.credit_code or (known and known.name != told.name):
        raise EmployerDiffers
    at = {"address": told.address, "contact_name": told.contact_name, "telephone": told.telephone}
    case.employer = known or keep_employer(name=told.name, credit_code=code, **at)
    case.save(update_fields=["employer"])
    return case.employer


def _mandate(employer: Employer, seen: Seen, account: User, evidence: Evidence) -> Mandate:
    if not seen.agent_name.strip():
        raise AgentNameMissing
    check_mandate_until(seen.until, on=moment.today())
    told: dict[str, Any] = {"until": seen.until, "may_receive": seen.may_receive, "evidence": evidence}
    return give_mandate(employer, agent=account, name=seen.agent_name, **told)


def _join_open(employer: Employer, account: User) -> list[Case]:
    waiting = employer.cases.filter(closed_at=None).exclude(parties__user=account).select_related("office", "person")
    joined = [
        case for case in waiting if Side.WORKER not in sides_of(account, case) and case.person.user_id != account.pk
    ]
    for case in joined:
        _join(case, account, Capacity.EMPLOYER)
        record(case.chain, "employer.joined", by=account, account=account.pk)
    return joined


def _join(case: Case, account: User, capacity: Capacity, mandate: Mandate | None = None) -> None:
    told = application_of(case)
    applied = told.side is Side.EMPLOYER and told.applicant_id is None
    join_case(case, account, capacity=capacity, is_applicant=applied, mandate=mandate)
    notices.tell_worker_of_employer(case, account)


def _may_join(case: Case, account: User) -> None:
    if Side.WORKER in sides_of(account, case) or case.person.user_id == account.pk:
        raise AccountOnOtherSide
