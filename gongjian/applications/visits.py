"""Visits to the window: one check of the document, for everything somebody came for on that day."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import VISITS
from gongjian.applications.actions.drafts import draft_from
from gongjian.applications.errors import VisitNotFound, WindowOnly
from gongjian.applications.models import Draft, Visit, VisitScan
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import Stream, store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import IdType, check_document
from gongjian.materials.actions import add_stored, material_of
from gongjian.materials.catalog import IDENTITY
from gongjian.parties.models import Person

HERE = "visit"
"""Where a session keeps the token of who stands at the window now."""


class Scan(NamedTuple):
    """One side of the document, as it was scanned."""

    file: Stream
    name: str


@transaction.atomic
def open_visit(*, name: str, id_type: str, id_number: str, by: User, scans: Iterable[Scan] = ()) -> Visit:
    """Note that the original of a document was looked at and whose it is; its scan is kept once for all that follows.

    Law: 令55 art. 9 (the original; what is held is not asked again), 12; 104号 part 2 no. 2, 3. Raises: WindowOnly, IdNumberWrong,
    DocumentNumberWrong, and what a file raises.
    """
    if not by.holds(VISITS):
        raise WindowOnly
    number = check_document(IdType(id_type), id_number, on=moment.today())
    visit = Visit.objects.create(
        user=by,
        name=name.strip(),
        id_type=id_type,
        id_number=number,
        id_index=blind_index(number, "id_number"),
        came_on=moment.today(),
        checked_at=moment.now(),
    )
    for scan in scans:
        VisitScan.objects.get_or_create(
            visit=visit, evidence=store(scan.file, name=scan.name, by=by), defaults={"name": scan.name[-120:]}
        )
    record(f"visits:{by.pk}", "visit.opened", by=by, visit=visit.pk, scans=visit.scans.count())
    return visit


def visit_for(token: str, *, by: User) -> Visit:
    """A visit of today that `by` has noted; any other answers like one that does not exist. Raises: VisitNotFound."""
    found = Visit.objects.filter(token=token, user=by, came_on=moment.today()).first() if token.isprintable() else None
    if found is None:
        raise VisitNotFound
    return found


def visitor_here(session: Mapping[str, Any], person: Person, *, by: User) -> Visit | None:
    """The visit of who stands at the window now, if it is this person."""
    rows = Visit.objects.filter(token=str(session.get(HERE, "")), user=by, came_on=moment.today())
    return rows.filter(id_index=person.id_index).first()


def person_of(visit: Visit) -> Person | None:
    """Who is known by the document that was shown, under the name that stands in it."""
    rows = Person.objects.filter(id_index=visit.id_index, name=visit.name)
    return rows.order_by("provisional").first()


def scans_of(visit: Visit | None) -> list[Evidence]:
    """The document as it was scanned on a visit."""
    return [scan.evidence for scan in visit.scans.select_related("evidence").order_by("pk")] if visit else []


def begin_anew(visit: Visit, *, office: Office, procedure: str, by: User) -> Draft:
    """Begin to type in an application for whoever stands there, upon nothing but the document. Raises: WindowOnly."""
    draft = draft_from({}, by=by, office=office, procedure=procedure, channel="window", visit=visit)
    return with_document(draft, by=by)


def with_document(draft: Draft, *, by: User) -> Draft:
    """Lay the scanned document of the visit into the application: the same file, scanned once."""
    if draft.visit is None:
        return draft
    for scan in draft.visit.scans.select_related("evidence").order_by("pk"):
        add_stored(material_of(IDENTITY, draft_id=draft.pk), scan.evidence, name=scan.name, by=by)
    return draft
