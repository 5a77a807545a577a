"""An application that went to another office of this installation goes on there: with everything that was told and handed in, asked for nothing twice."""

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.actions.clock import restart
from gongjian.cases.actions.move import join_case, open_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.queries import materials_of
from gongjian.recognition.actions.joining import note_likeness, put_together
from gongjian.recognition.errors import TransferredBack
from gongjian.recognition.models import Application, Joining, Transfer
from gongjian.recognition.queries import application_of
from gongjian.recognition.states import RECOGNITION

OWN_OF_AN_OFFICE = ("id", "case_id", "receipt_id", "accepted_on", "accepted_though_late", "complete_on")
"""What one office has written on an application; the next begins with it empty."""
REVIEW, WHY, ARTICLE = "WI-REVIEW", "移送到本机关", "条例 第十七条、令8 第八条"


@transaction.atomic
def carried_over(case: Case, to_office: Office, *, by: User) -> Case:
    """The same application as a case of the competent office; in the transaction that transfers it, so that it is never nowhere.

    The day on which it first came goes along: no party loses a day of its limit. Our fifteen days run from today.
    Law: 条例 art. 17; 令8 art. 4, 8. Raises: TransferredBack.
    """
    if _came_from(case, to_office):
        raise TransferredBack(office=to_office.name)
    new = open_case(
        procedure=RECOGNITION,
        office=to_office,
        person=case.person,
        employer=case.employer,
        received_at=case.received_at,
        by=by,
        transferred_from=case.number,
    )
    restart(new, REVIEW, start=moment.today(), reason=WHY, article=ARTICLE, by=by)
    _told_again(case, new)
    note_likeness(new)
    for party in case.parties.select_related("user", "mandate").order_by("pk"):
        join_case(new, party.user, capacity=party.capacity, is_applicant=party.is_applicant, mandate=party.mandate)
    pages = _handed_over(case, new)
    record(new.chain, "recognition.carried_over", by=by, from_case=case.number, pages=pages)
    _voices_carried(case, new, by)
    return new


def _voices_carried(case: Case, new: Case, by: User) -> None:
    """The applications that were joined to it go along, each as a case of its own, joined there for the reason that was given here."""
    for row in Joining.objects.filter(case=case, verdict=Joining.Verdict.JOINED).select_related("other").order_by("id"):
        voice = carried_over(row.other, new.office, by=by)
        put_together(new, voice, reason=row.reason, by=by)


def _came_from(case: Case, office: Office) -> bool:
    """Whether the case was at this office before: offices that disagree do not send a person back and forth."""
    former = Transfer.objects.filter(to_case=case).select_related("case").first()
    return former is not None and (former.case.office_id == office.pk or _came_from(former.case, office))


def _told_again(case: Case, new: Case) -> None:
    told = application_of(case)
    fields = (field for field in Application._meta.concrete_fields if field.attname not in OWN_OF_AN_OFFICE)
    Application.objects.create(case=new, **{field.attname: getattr(told, field.attname) for field in fields})


def _handed_over(case: Case, new: Case) -> list[str]:
    """Every live page, by whom and when it was handed in; the files are the same, the first office's rows stay."""
    found = []
    for material in materials_of(case).order_by("pk"):
        told = {"kind": material.kind, "title": material.title, "person_id": material.person_id}
        copy = Material.objects.create(case=new, **told)
        rows = material.pages.filter(removed_at=None).select_related("evidence").order_by("order")
        names = ("evidence_id", "order", "name", "added_by_id", "added_at")
        MaterialPage.objects.bulk_create(
            [MaterialPage(material=copy, **{name: getattr(row, name) for name in names}) for row in rows]
        )
        found += [row.evidence.sha256 for row in rows]
    return found
