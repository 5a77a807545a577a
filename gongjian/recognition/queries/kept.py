"""The files that an investigation keeps beside the materials: photos of the scene, signed pages, recordings, the document that ends a suspension."""

from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.kernel.evidence.models import Evidence
from gongjian.recognition.errors import RecordNotFound
from gongjian.recognition.models import InterviewPage, SitePhoto, Suspension
from gongjian.recognition.queries.records import interviews_of, sites_of


@dataclass(frozen=True)
class Kept:
    """One file of a record. title: what it is in plain words, without a name of anybody."""

    evidence: Evidence
    title: str


def kept_for(case: Case, kind: str, pk: int, *, by: User) -> Kept:
    """One file that the records of a case keep, those of a joined voice and of the accident among them, for who reads about health in it. kind: photo, page, recording or document.

    Law: 令8 art. 10, 12 (who investigates keeps secrets); 个保法 art. 28, 51. Raises: RecordNotFound, alike for what is hidden and what is not there.
    """
    found = FINDERS[kind](case, pk) if kind in FINDERS and reads_health(by, case) else None
    if found is None:
        raise RecordNotFound
    return found


def _photo(case: Case, pk: int) -> Kept | None:
    row = SitePhoto.objects.select_related("evidence").filter(record__in=sites_of(case), pk=pk).first()
    return Kept(row.evidence, "现场照片") if row else None


def _page(case: Case, pk: int) -> Kept | None:
    row = InterviewPage.objects.select_related("evidence").filter(interview__in=interviews_of(case), pk=pk).first()
    return Kept(row.evidence, f"签名的笔录第{row.number}页") if row else None


def _recording(case: Case, pk: int) -> Kept | None:
    row = interviews_of(case).select_related("recording").filter(pk=pk).first()
    return Kept(row.recording, "笔录的录音录像") if row and row.recording else None


def _document(case: Case, pk: int) -> Kept | None:
    row = Suspension.objects.select_related("evidence").filter(case=case, pk=pk).first()
    return Kept(row.evidence, "恢复认定所依据的文书") if row and row.evidence else None


FINDERS = {"photo": _photo, "page": _page, "recording": _recording, "document": _document}
