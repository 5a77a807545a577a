"""Looking at what was handed in: how each file was made, and where else the same picture stands. It notes; it decides nothing and tells nobody.

Whoever dies in between leaves the page to be looked at again, and twice changes nothing.
"""

import io
import logging
from collections.abc import Iterable
from time import monotonic

from django.db import transaction
from PIL import Image

from gongjian.authenticity.finding import note_elsewhere
from gongjian.authenticity.models import Examination, Likeness, PicturePrint
from gongjian.authenticity.oddities import Oddity, oddities_of
from gongjian.authenticity.prints import prints_of, turned_prints_of
from gongjian.authenticity.rules import Print, difference, is_same
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceUnreadable, PageNotShown
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.pictures import page_image
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.sealing import SealBroken
from gongjian.materials.actions import note_examined
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import pages_to_examine

log = logging.getLogger(__name__)
LONGEST_RUN = 40.0
MOST_PAGES = 40
"""Of one file: what is thicker is compared by its first pages."""
MOST_CANDIDATES = 200
"""For each part and band, newest first: what is as common as that is a form."""
WIDTH = 400
PAINTED = (Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WEBP)
"""Of these a picture is compared; slices of a scan are alike from person to person, and sound has none."""
BANDS = ("band_1", "band_2", "band_3", "band_4")


def examine_due(limit: int = 200) -> int:
    """Look at what nobody has looked at; how many pages. One that fails is on the log and waits; the others do not. May run twice at once."""
    end, done = monotonic() + LONGEST_RUN, 0
    for pk in list(pages_to_examine().values_list("pk", flat=True)[:limit]):
        if monotonic() > end:
            break
        try:
            done += examine_page(pk)
        except Exception:  # whatever a file does to its readers, the next page is looked at all the same
            log.exception("authenticity.not_examined %s", pk)
    return done


def examine_page(pk: int) -> bool:
    """Look at one page; whether it still waited. First its prints are there for good, then likenesses are looked for: of two pages at once, one sees the other.

    How it would look turned or mirrored is asked once for a file: whatever comes later asks for itself.
    """
    page = pages_to_examine().select_related("evidence").filter(pk=pk).first()
    if page is None:
        return False
    examine(page.evidence)
    known = MaterialPage.objects.filter(evidence=page.evidence_id, examined_at__isnull=False).exists()
    return _note(pk, [] if known else _turned(page.evidence))


@transaction.atomic
def _note(pk: int, turned: Iterable[PicturePrint]) -> bool:
    rows = MaterialPage.objects.select_related("evidence", "material__case").select_for_update(of=("self",))
    page = rows.get(pk=pk)
    for row in PicturePrint.objects.filter(evidence=page.evidence_id):
        _note_likenesses(row)
    for row in turned:
        _note_likenesses(row, turned=True)
    note_elsewhere(page)
    return note_examined(pk)


@transaction.atomic
def examine(evidence: Evidence) -> bool:
    """Note how a file was made and what its pages look like; whether that was new. The same content is looked at once."""
    Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    if Examination.objects.filter(pk=evidence.pk).exists():
        return False
    told = [list(each) for each in _oddities(evidence)]
    rows = [row for within, picture in _pictures(evidence) for row in _rows(evidence, within, prints_of(picture))]
    PicturePrint.objects.bulk_create(rows)
    Examination.objects.create(evidence=evidence, at=moment.now(), oddities=told)
    return True


def _turned(evidence: Evidence) -> list[PicturePrint]:
    """The prints of its pages as they would lie otherwise; not saved."""
    seen = set(PicturePrint.objects.filter(evidence=evidence).values_list("within", flat=True))
    pictures = _pictures(evidence) if seen else ()
    return [
        row
        for within, picture in pictures
        if within in seen
        for row in _rows(evidence, within, turned_prints_of(picture))
    ]


def _oddities(evidence: Evidence) -> list[Oddity]:
    try:
        with open_evidence(evidence) as file:
            return oddities_of(file, Kind(evidence.kind))
    except (EvidenceUnreadable, SealBroken):
        log.warning("authenticity.unreadable %s", evidence.sha256[:12])
        return [Oddity("unreadable")]


def _pictures(evidence: Evidence) -> Iterable[tuple[int, Image.Image]]:
    """The pages that can be shown, each with its place from 1."""
    if Kind(evidence.kind) not in PAINTED:
        return
    for within in range(1, min(evidence.page_count, MOST_PAGES) + 1):
        try:
            picture = Image.open(io.BytesIO(page_image(evidence, within, WIDTH)))
        except (EvidenceUnreadable, PageNotShown):
            log.warning("authenticity.not_shown %s", evidence.sha256[:12])
            continue
        yield within, picture


def _rows(evidence: Evidence, within: int, prints: list[Print]) -> list[PicturePrint]:
    return [
        PicturePrint(
            evidence=evidence,
            within=within,
            part=part,
            fine=each.fine,
            is_sheet=each.is_sheet,
            **dict(zip(BANDS, each.bands, strict=True)),
        )
        for part, each in enumerate(prints)
        if is_same(each, each)
    ]


def candidates(row: PicturePrint) -> list[PicturePrint]:
    """Prints of other files that share a band with this one, the newest of each band: one query, four looks into an index."""
    of_bands = [
        PicturePrint.objects.filter(**{band: getattr(row, band)}).exclude(evidence=row.evidence_id).order_by("-id")
        for band in BANDS
    ]
    first, *rest = (each[:MOST_CANDIDATES] for each in of_bands)
    return list(first.union(*rest, all=True))


def _note_likenesses(row: PicturePrint, *, turned: bool = False) -> None:
    mine = as_print(row)
    found = [other for other in candidates(row) if is_same(mine, as_print(other))]
    Likeness.objects.bulk_create([_likeness(row, other, turned) for other in found], ignore_conflicts=True)


def as_print(row: PicturePrint) -> Print:
    """A print out of its row; its rough marks have done their work."""
    return Print(0, bytes(row.fine), row.is_sheet)


def _likeness(row: PicturePrint, other: PicturePrint, turned: bool) -> Likeness:
    (one, one_within), (two, two_within) = sorted([(row.evidence_id, row.within), (other.evidence_id, other.within)])
    differs = round(difference(bytes(row.fine), bytes(other.fine)) * 1000)
    pages = {"one_id": one, "one_within": one_within, "other_id": two, "other_within": two_within}
    return Likeness(**pages, differs=differs, turned=turned)
