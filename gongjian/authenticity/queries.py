"""Reading inquiries: only who investigates the case and reads about health there."""

from django.conf import settings
from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.authenticity.errors import InquiryNotFound, PaperNotOpen
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.rules import SOURCES
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health, visible_to
from gongjian.materials.models import Material
from gongjian.materials.queries import visible_materials


def sources() -> list[tuple[str, str]]:
    """The bodies whose interface the operator has set up."""
    return [(code, label) for code, label in SOURCES.items() if settings.INQUIRY_SOURCES.get(code, {}).get("url")]


def inquiries_of(case: Case, *, by: User) -> QuerySet[Inquiry]:
    """The inquiries of a case, newest first; none for who reads nothing about health there."""
    rows = Inquiry.objects.filter(case=case) if reads_health(by, case) else Inquiry.objects.none()
    return rows.select_related("material", "by").order_by("-id")


def inquiry_for(pk: int, *, by: User) -> Inquiry:
    """One inquiry. Hidden and missing answer alike. Raises: InquiryNotFound."""
    row = Inquiry.objects.select_related("case__office").filter(case__in=visible_to(by), pk=pk).first()
    if row is None or not reads_health(by, row.case):
        raise InquiryNotFound
    return row


def paper_for(case: Case, pk: int, *, by: User) -> Material:
    """A paper of the case that `by` may look at now. Raises: PaperNotOpen."""
    found = next((material for material in visible_materials(case, by=by) if material.pk == pk), None)
    if found is None or not reads_health(by, case):
        raise PaperNotOpen
    return found
