"""Where else the pictures of a case stand: pages of other cases with the same file, or with one that looks the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from gongjian.authenticity.models import Likeness
from gongjian.authenticity.rules import MOST_ELSEWHERE
from gongjian.cases.models import Case
from gongjian.materials.models import MaterialPage

MOST_SHOWN = 200


@dataclass(frozen=True)
class Match:
    """A page of a case and the page of another one that is the same picture, with the leaf of each. differs: thousandths; 0 the same, turned: otherwise laid."""

    page: MaterialPage
    within: int
    other: MaterialPage
    other_within: int
    differs: int
    turned: bool = False

    @property
    def other_case(self) -> Case:
        """Where the other page stands."""
        assert self.other.material.case is not None  # as the query has asked
        return self.other.material.case

    def is_telling(self, case: Case) -> bool:
        """Whether it is another person of another employer: one's own papers and a firm's licence stand in many cases rightly."""
        other = self.other_case
        employers = {case.employer_id, other.employer_id} - {None}
        return other.person_id != case.person_id and (len(employers) > 1 or other.employer_id is None or not employers)


def matches_of(case: Case, pages: Iterable[MaterialPage]) -> list[Match]:
    """What stands elsewhere too, the closest first: three queries, however many pages. pages: of the case, those to ask about."""
    mine: dict[int, list[MaterialPage]] = {}
    for page in pages:
        mine.setdefault(page.evidence_id, []).append(page)
    alike = _alike(set(mine))
    rows = MaterialPage.objects.filter(evidence__in=alike, removed_at=None, material__case__isnull=False)
    others = rows.exclude(material__case=case).select_related("evidence", "material__case__office").order_by("-id")
    found = [
        Match(page, within, other, other_within, differs, turned)
        for other in others[:MOST_SHOWN]
        for evidence, within, other_within, differs, turned in alike[other.evidence_id]
        for page in mine[evidence]
    ]
    return sorted(_once(found), key=lambda match: (match.differs, match.other.pk))


def _alike(mine: set[int]) -> dict[int, list[tuple[int, int, int, int, bool]]]:
    """File elsewhere → (file of ours, its page, the page elsewhere, how much they differ, whether one is turned); a file resembles itself."""
    found = {evidence: [(evidence, 1, 1, 0, False)] for evidence in mine}
    for row in Likeness.objects.filter(Q(one__in=mine) | Q(other__in=mine)).order_by("differs")[: MOST_SHOWN * 2]:
        how = (row.differs, row.turned)
        if row.one_id in mine:
            found.setdefault(row.other_id, []).append((row.one_id, row.one_within, row.other_within, *how))
        if row.other_id in mine:
            found.setdefault(row.one_id, []).append((row.other_id, row.other_within, row.one_within, *how))
    return found


def _once(found: list[Match]) -> list[Match]:
    """Of two files with many pages alike, the closest two."""
    best: dict[tuple[int, int], Match] = {}
    for match in found:
        key = (match.page.pk, match.other.pk)
        if key not in best or match.differs < best[key].differs:
            best[key] = match
    return list(best.values())


def is_common(matches: Iterable[Match]) -> bool:
    """Whether the page stands in so many other cases that it is a form or a licence that many hand in."""
    return len({match.other_case.pk for match in matches}) > MOST_ELSEWHERE
