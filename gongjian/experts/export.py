"""The pool of an office as a spreadsheet."""

from gongjian.accounts.models import Office, User
from gongjian.experts.access import MANAGE, SEE, require
from gongjian.experts.models import Expert
from gongjian.experts.spreadsheet import LEVEL_LABELS, specialties_text, write_rows
from gongjian.kernel.ledger.actions import record_reading


def pool_sheet(office: Office, *, by: User) -> bytes:
    """The pool as .xlsx bytes. Telephones only for who manages the pool, and then noted. Law: 令55 art. 25. Raises: PoolNotYours."""
    require(by, SEE, office)
    may_call = by.holds(MANAGE, office)
    if may_call:
        record_reading(f"office:{office.code}", by=by, what="专家库导出（含联系电话）")
    experts = Expert.objects.filter(office=office, dismissed_on=None).order_by("number")
    return write_rows([_cells(expert, may_call) for expert in experts])


def template_sheet() -> bytes:
    """The empty sheet with its columns."""
    return write_rows([])


def _cells(expert: Expert, may_call: bool) -> list[object]:
    return [
        expert.number,
        expert.name,
        expert.title,
        LEVEL_LABELS[expert.title_level],
        expert.hospital,
        expert.department,
        specialties_text(expert.specialties),
        expert.telephone if may_call else "",
        expert.recommended_by,
        expert.trained_on,
        expert.term_from,
        expert.term_until,
    ]
