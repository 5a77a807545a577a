"""Whom an application is about and who takes part in its case. What a stranger types never overwrites what is known."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.kept import application_of
from gongjian.applications.models import ApplicationBase
from gongjian.applications.rules import Capacity, day_of
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.law.identity import IdType, check_document, check_mobile, normalise_credit_code
from gongjian.materials.catalog import MANDATE
from gongjian.materials.models import MaterialPage
from gongjian.parties.actions import give_mandate, keep_employer, keep_person, link_user
from gongjian.parties.models import Employer, Person


@transaction.atomic
def keep_worker(told: dict[str, Any], *, by: User, capacity: str, by_letter: bool = False) -> Person:
    """The person an application names. Known ones are brought up to date only by themselves or by the window, which has seen them: by_letter, nobody has.

    Another name than the one known for the number is kept apart, without a word to who typed it, until the window has seen the document:
    a stranger's error keeps nobody from applying, and nobody learns whether a number is known.
    Law: 令55 art. 7, 9. Raises: IdNumberWrong, DocumentNumberWrong, MobileWrong.
    """
    number = check_document(IdType(told["id_type"]), told["id_number"], on=moment.today())
    same = Person.objects.filter(id_index=blind_index(number, "id_number"))
    settled = same.filter(provisional=False).first()
    apart = settled is not None and settled.name != told["name"].strip()
    known = same.filter(provisional=True, name=told["name"].strip()).first() if apart else settled
    if known and (by_letter or (by.kind != User.Kind.STAFF and known.user_id != by.pk)):
        return known
    person = keep_person(
        name=told["name"],
        id_number=number,
        telephone=check_mobile(told["telephone"]),
        address=told["address"],
        id_type=told["id_type"],
        on=moment.today(),
        provisional=apart,
    )
    if capacity == Capacity.WORKER and by.kind == User.Kind.APPLICANT:
        link_user(person, by)
    return person


@transaction.atomic
def employer_told(told: dict[str, Any], *, by: User) -> Employer:
    """The employer an application names; one that is known keeps its address and telephone unless the window says otherwise."""
    name, code = told["employer_name"].strip(), normalise_credit_code(told.get("credit_code", ""))
    key: dict[str, Any] = {"credit_code": code} if code else {"credit_code": None, "name": name}
    known = Employer.objects.filter(**key).first()
    if known and by.kind != User.Kind.STAFF and not known.users.filter(pk=by.pk).exists():
        return known
    return keep_employer(
        name=name,
        credit_code=code,
        address=told.get("employer_address", ""),
        contact_name=told.get("contact_name", ""),
        telephone=told.get("employer_telephone", ""),
    )


@transaction.atomic
def keep_mandate(application: ApplicationBase, told: dict[str, Any], pages: Sequence[MaterialPage]) -> None:
    """Keep whom an agent acts for, until when, and whether papers may be served on them; the power itself is among the papers.

    Law: 民法典 art. 162, 165.
    """
    if application.applicant_kind != Capacity.AGENT:
        return
    case, scans = application.case, [page.evidence for page in pages if page.material.kind == MANDATE]
    giver = case.employer if told["acts_for"] == "employer" and case.employer else case.person
    application.mandate = give_mandate(
        giver,
        agent=application.applicant,
        name=application.applicant_name,
        until=day_of(told.get("mandate_until")),
        may_receive=bool(told.get("mandate_receives")),
        evidence=scans[0] if scans else None,
    )
    application.save(update_fields=["mandate"])


@transaction.atomic
def join_parties(case: Case, application: ApplicationBase, *, stated_telephone: str) -> None:
    """Let the applicant, the worker and the employer's own accounts take part in the case.

    The worker's account joins by itself only if it is the person's and signs in by the telephone that the application names.
    """
    if application.applicant:
        User.objects.filter(pk=application.applicant.pk, name="").update(name=application.applicant_name)
        kind, mandate = application.applicant_kind, application.mandate
        join_case(case, application.applicant, capacity=kind, is_applicant=True, mandate=mandate)
    worker = case.person.user
    if worker and worker.telephone_index == blind_index(check_mobile(stated_telephone), "telephone"):
        join_case(case, worker, capacity=Capacity.WORKER, is_applicant=worker.pk == application.applicant_id)
    for user in case.employer.users.all() if case.employer else ():
        join_case(case, user, capacity=Capacity.EMPLOYER, is_applicant=user.pk == application.applicant_id)


@transaction.atomic
def claim_cases(*, name: str, id_type: str, id_number: str, by: User) -> list[Case]:
    """Let a worker find the cases that others opened for them: name, document number and the telephone signed in with must all agree.

    The person becomes theirs only by the telephone that is known of the person: one that a stranger's application names opens that case alone.
    Nothing found answers with an empty list, whatever did not agree. Raises: IdNumberWrong, DocumentNumberWrong.
    """
    number = check_document(IdType(id_type), id_number, on=moment.today())
    person = (
        Person.objects.filter(id_index=blind_index(number, "id_number"), name=name.strip())
        .order_by("provisional")
        .first()
    )
    if person is None or not by.telephone_index or person.user_id not in (None, by.pk):
        return []
    told = [(case, application_of(case)) for case in person.cases.all()]
    stated = [(case, application) for case, application in told if application and _names_telephone(application, by)]
    for case, application in stated:
        own = application.applicant_id is None and application.applicant_kind == Capacity.WORKER
        join_case(case, by, capacity=Capacity.WORKER, is_applicant=own)
    if stated and person.telephone_index == by.telephone_index:
        link_user(person, by)
    return [case for case, _ in stated]


def _names_telephone(application: ApplicationBase, user: User) -> bool:
    return blind_index(application.telephone, "telephone") == user.telephone_index
