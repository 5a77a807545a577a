"""The claim file as one package: facts, statement with its formulas, the decisions it rests on and the papers, under a manifest.

The form is that of the archive package: the same container, the same way of writing, the manifest with its hash beside it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from gongjian.appraisal.queries import recognised_case_of
from gongjian.archives.offline.container import Member
from gongjian.archives.offline.manifest import MANIFEST, SEAL, hash_of, seal_of, text_of
from gongjian.archives.packing.files import paper_item
from gongjian.archives.packing.items import kept, text
from gongjian.benefits.rules import Stage
from gongjian.benefits.sheet import Sheet
from gongjian.cases.models import Case
from gongjian.claims.models import Claim
from gongjian.claims.rules import IDENTITY, TITLES, WANTED
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.queries import LIVE_PAGES
from gongjian.papers.models import Paper
from gongjian.recognition.queries.joining import file_of

FORM = "gongjian-claim-1"
DECISIONS = ("decision_recognised", "decision_deemed", "conclusion")
"""The kinds of papers a benefit rests on; they are issued here and go along, so nobody hands them in."""


class Packed(NamedTuple):
    """A claim file ready to flow."""

    members: tuple[Member, ...]
    manifest_sha256: str


def packed(
    case: Case, stage: str, facts: dict[str, object], attached: Sequence[Member] = (), *, at: datetime
) -> Packed:
    """The claim file. The same rows and the same instant give the same bytes. Raises: FileDamaged, ToldWrong, DayWrong."""
    answer = as_answer(statement(Sheet(facts).read()))
    members = [
        text("facts.json", text_of(facts)),
        text("statement.json", text_of(answer)),
        *_decisions(case),
        *_materials(case, stage),
        *attached,
    ]
    manifest = text_of(
        {
            "form": FORM,
            "case": case.number,
            "office": case.office.code,
            "stage": stage,
            "packed_at": at.isoformat(),
            "files": [{"path": one.name, "size": one.size, "sha256": one.sha256} for one in members],
        }
    )
    closing = (text(MANIFEST, manifest), text(SEAL, seal_of(manifest)))
    return Packed((*members, *closing), hash_of(manifest))


def attached_to(claim: Claim) -> list[Member]:
    """What was handed in with a claim, in the order it came."""
    rows = claim.papers.select_related("evidence").order_by("pk")
    return [kept(f"attached/{number:02d}", row.evidence, title=row.title) for number, row in enumerate(rows, 1)]


def held_kinds(case: Case, stage: str) -> set[str]:
    """Which of the papers that a claim needs the cases hold already: they go along and are not asked for."""
    return {material.kind for material, _ in _held(case, stage)}


def _decisions(case: Case) -> Iterator[Member]:
    """The decisions of this case and of the recognition that it rests on, where they were made here and stand, and their corrections."""
    rows = Paper.objects.filter(case__in=_founding(case), kind__in=DECISIONS, superseded_by=None)
    amended = Paper.objects.filter(amends__in=rows, superseded_by=None)
    found = (rows | amended).select_related("evidence", "office").order_by("issued_at", "id")
    for place, paper in enumerate(found, 1):
        yield paper_item(f"papers/{place:02d}-{paper.kind}", paper).member


def _materials(case: Case, stage: str) -> Iterator[Member]:
    for material, pages in _held(case, stage):
        for number, page in enumerate(pages, 1):
            yield kept(f"materials/{material.kind}/{number:03d}", page.evidence, title=TITLES[material.kind])


def _held(case: Case, stage: str) -> Iterator[tuple[Material, list[MaterialPage]]]:
    """Of each paper that is needed the newest one with pages: the identity document of any case of the person, the rest of these cases."""
    for kind in WANTED[Stage(stage)]:
        rows = Material.objects.filter(kind=kind, person=case.person_id, case__isnull=False)
        found = rows if kind == IDENTITY else rows.filter(case__in=_founding(case))
        for material in found.order_by("-pk"):
            if pages := list(LIVE_PAGES.filter(material=material)):
                yield material, pages
                break


def _founding(case: Case) -> list[int]:
    """The case and the recognition that it rests on, each with the applications that were joined to it."""
    return [pk for each in (recognised_case_of(case), case) if each for pk in file_of(each)]
