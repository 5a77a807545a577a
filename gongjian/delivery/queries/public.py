"""What anyone may know: the public notices that are running, with no more of the recipient than the first sign of the name."""

from dataclasses import dataclass
from datetime import date

from gongjian.cases.models import CaseLimit
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt
from gongjian.delivery.rules import masked
from gongjian.kernel import moment


@dataclass(frozen=True)
class Notice:
    """One running notice. last_day: with its end the paper counts as served."""

    number: str
    recipient: str
    document: str
    office: str
    collect_at: str
    telephone: str
    issued_on: date
    last_day: date
    check_code: str


def running_notices() -> list[Notice]:
    """The notices that are running, newest first: two queries."""
    rows = Attempt.objects.filter(method=Method.PUBLIC_NOTICE, outcome=Attempt.Outcome.RUNNING, notice__isnull=False)
    found = list(rows.select_related("notice__office", "delivery__paper").order_by("-begun_at", "-id")[:200])
    cases = [row.delivery.case_id for row in found]
    ends = CaseLimit.objects.filter(limit="SV-PUBLIC", case_id__in=cases).values_list("case_id", "about", "due_on")
    last = {(case, about): due for case, about, due in ends}
    return [_told(row, last[row.delivery.case_id, row.delivery.clock]) for row in found]


def _told(row: Attempt, last_day: date) -> Notice:
    assert row.notice is not None
    office, paper = row.notice.office, row.delivery.paper
    return Notice(
        number=row.notice.number,
        recipient=masked(row.delivery.name),
        document=f"《{paper.title}》（{paper.number}）",
        office=office.name,
        collect_at=office.address,
        telephone=office.telephone,
        issued_on=row.notice.issued_at.astimezone(moment.ZONE).date(),
        last_day=last_day,
        check_code=row.notice.check_code,
    )
