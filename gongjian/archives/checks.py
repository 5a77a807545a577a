"""What `gongjian check` asks of the archives: no closed case without its file, and every package still proves itself."""

from collections.abc import Iterator

from gongjian.appraisal.states import State
from gongjian.archives.models import Archive
from gongjian.archives.offline.check import verify
from gongjian.cases.models import Case
from gongjian.kernel.checks import Problem
from gongjian.kernel.evidence.errors import EvidenceUnreadable
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.sealing import SealBroken


def archives() -> Iterator[Problem]:
    """Archived cases without a file, and packages that do not hold."""
    bare = Case.objects.filter(state=State.ARCHIVED, archive=None).values_list("number", flat=True)
    for number in bare.iterator():
        yield Problem("archives", number, "案件已归档，却没有归档包。")
    for row in Archive.objects.select_related("case", "package").order_by("pk").iterator():
        if sentence := _fault(row):
            yield Problem("archives", row.case.number, sentence)


def _fault(row: Archive) -> str:
    try:
        with open_evidence(row.package) as file:
            report = verify(file, manifest=row.manifest_sha256)
    except (EvidenceUnreadable, SealBroken):
        return "归档包读不出来。"
    return f"归档包有{len(report.findings)}处不成立：{report.findings[0].sentence}" if report.findings else ""
