"""Reading applications of any procedure: who stands on the side that applied, and what is still being written."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import windows_at
from gongjian.applications.asking import asking_of, foundation_of, told_of
from gongjian.applications.errors import DraftNotFound, FilingNotFound, NotTheApplicant
from gongjian.applications.kept import application_of
from gongjian.applications.models import Draft, Filing, FilingRow
from gongjian.cases.models import Case
from gongjian.cases.queries import speaks_for
from gongjian.cases.queries.access import NUL
from gongjian.kernel.fields import blind_index
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import held_kinds
from gongjian.parties.models import Person


def acts_for_applicant(user: User, case: Case) -> bool:
    """Whether `user` stands on the side that applied: who applied, and the worker for whom a relative or an agent did (令55 art. 8, 10; 条例 art. 17)."""
    told = application_of(case)
    if told is None:  # nobody applied here: who is written down as the applicant
        return case.parties.filter(user=user, is_applicant=True).exists()
    return speaks_for(user, case, told.side)


def must_act_for_applicant(case: Case, *, by: User) -> None:
    """Refuse whoever is not on the side that applied. Raises: NotTheApplicant."""
    if not acts_for_applicant(by, case):
        raise NotTheApplicant


def drafts_of(user: User) -> QuerySet[Draft]:
    """What `user` is still writing one by one, latest first; what came in a table stands with its table."""
    return Draft.objects.filter(user=user, case=None, dropped_at=None, filed_as="").order_by("-updated_at")


def window_drafts_of(user: User, *, most: int = 20) -> list[Draft]:
    """The paper applications `user` is still entering at a window where they sit today, latest first; what was begun elsewhere stays with that window."""
    rows = drafts_of(user).filter(channel="window").select_related("office")
    mine = (draft for draft in rows.iterator() if windows_at(user, asking_of(draft).enter, draft.office_id))
    return list(islice(mine, most))


def draft_for(token: str, *, by: User) -> Draft:
    """One draft, submitted or not. One of somebody else and one that does not exist answer alike. Raises: DraftNotFound."""
    drafts = Draft.objects.select_related("office", "case").filter(dropped_at=None)
    found = drafts.filter(token=token).first() if token.isprintable() else None
    if found is None or not owns(by, found):
        raise DraftNotFound
    return found


def waiting_in_tables(user: User) -> int:
    """How many people of `user`'s tables are not handed in."""
    return Draft.objects.filter(user=user, case=None, dropped_at=None).exclude(filed_as="").count()


def filings_of(user: User) -> Any:
    """The tables `user` has sent in, latest first, each with how many of its people wait and how many rows are wrong."""
    waits = Q(rows__draft__isnull=False, rows__draft__case=None, rows__draft__dropped_at=None)
    found = Filing.objects.filter(user=user).order_by("-at", "-pk")
    return found.annotate(
        waiting=Count("rows", filter=waits), wrong=Count("rows", filter=Q(rows__draft=None)), total=Count("rows")
    )


def filing_for(token: str, *, by: User) -> Filing:
    """One table. One of somebody else and one that does not exist answer alike. Raises: FilingNotFound."""
    found = Filing.objects.select_related("office").filter(token=token).first() if token.isprintable() else None
    if found is None or found.user_id != by.pk:
        raise FilingNotFound
    return found


def table_with(draft: Draft) -> Filing | None:
    """The latest table in which a draft came; None for one that was begun by itself."""
    rows = FilingRow.objects.filter(draft=draft, filing__user=draft.user_id).select_related("filing").order_by("-pk")
    row = rows.first() if draft.filed_as else None
    return row.filing if row else None


def people_filed(filing: Filing) -> Any:
    """The rows that are drafts or cases, in their order; those that were put away are left out."""
    rows = filing.rows.filter(draft__isnull=False, draft__dropped_at=None)
    given = MaterialPage.objects.filter(material__draft_id=OuterRef("draft_id"), removed_at=None)
    return rows.select_related("draft__case").annotate(has_papers=Exists(given)).order_by("line")


def wrong_rows(filing: Filing) -> QuerySet[FilingRow]:
    """The rows that became no draft, in their order."""
    return filing.rows.filter(draft=None).order_by("line")


def owns(user: User, draft: Draft) -> bool:
    """Whether the draft is `user`'s to go on with: their own, or for a clerk any of their window's, while they sit there."""
    if not user.is_active:
        return False
    return _at_the_same_window(user, draft) if draft.channel == "window" else draft.user_id == user.pk


def window_of(user: User, office: Office, enter: str) -> Office | None:
    """The county's window at which `user` receives papers for an office; None: at the office itself. enter: the permission to type them in."""
    found = windows_at(user, enter, office.pk)
    counties = [pk for pk in found if pk is not None]
    return None if None in found else Office.objects.filter(pk__in=counties).order_by("pk").first()


def held_about(draft: Draft) -> set[str]:
    """Kinds held already about the draft's person; told only to that person themselves and to the window."""
    person = person_told(told_of(draft))
    strange = foundation_of(draft) is None and draft.channel == "online"
    if person is None or (strange and person.user_id != draft.user_id):
        return set()
    return held_kinds(person.pk)


def person_told(told: Mapping[str, Mapping[str, Any]]) -> Person | None:
    """The known person whose document number and name a draft names."""
    answers = told.get("person", {})
    try:
        number = check_document(IdType(answers.get("id_type", "")), str(answers.get("id_number", "")))
    except (RuleError, ValueError):
        return None
    name = str(answers.get("name", "")).strip()
    if NUL in name:  # nobody is called so
        return None
    return Person.objects.filter(id_index=blind_index(number, "id_number"), name=name).order_by("provisional").first()


def _at_the_same_window(user: User, draft: Draft) -> bool:
    """Clerks of the office go on with any draft of its windows, those of a county's window with its own."""
    enter = asking_of(draft).enter
    mine = windows_at(user, enter, draft.office_id)
    return None in mine or not mine.isdisjoint(windows_at(draft.user, enter, draft.office_id))
