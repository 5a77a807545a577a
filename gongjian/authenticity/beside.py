"""What the pages of the room show of files and pictures: of another case no more than the reader may see there."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.authenticity.elsewhere import Match, is_common, matches_of
from gongjian.authenticity.errors import PairNotFound
from gongjian.authenticity.models import Comparison, Examination
from gongjian.authenticity.oddities import TOLD
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.materials.access import may_see_page
from gongjian.materials.models import Material, MaterialPage


@dataclass(frozen=True)
class Pair:
    """A match as one reader sees it. case: the other case, None where it is closed to the reader; seen: whether its page is open to them too."""

    match: Match
    case: Case | None
    seen: bool
    said: Comparison | None
    telling: bool

    @property
    def likeness(self) -> str:
        """How alike, in words. Of two files the same picture may differ in nothing that is compared."""
        if self.match.page.evidence_id == self.match.other.evidence_id:
            return "同一个文件"
        laid = "转动或者镜像后" if self.match.turned else ""
        return f"{laid}画面相同（{100 - self.match.differs // 10}%）"

    @property
    def kin(self) -> str:
        """What the two cases have in common."""
        mine = self.match.page.material.case
        assert mine is not None  # pages of cases are compared
        if self.match.other_case.person_id == mine.person_id:
            return "同一职工的案件"
        return "" if self.telling else "同一单位的案件"


@dataclass(frozen=True)
class Facts:
    """What is noticeable about a paper: (where, what, what it may mean) each, and where its pictures stand too."""

    oddities: list[tuple[int, str, str]]
    pairs: list[Pair]
    is_common: bool


def facts_of(case: Case, materials: Iterable[Material], *, by: User) -> dict[int, Facts]:
    """Material → what is noticeable: a fixed number of queries, but for the pages of other cases that are shown. materials: those that `by` may look at."""
    pages = [page for material in materials for page in material.pages.all()]
    found = matches_of(case, pages)
    odd = dict(Examination.objects.filter(pk__in=[page.evidence_id for page in pages]).values_list("pk", "oddities"))
    pairs = pairs_of(case, found, by=by)
    return {material.pk: _facts(material, odd, pairs) for material in materials}


def pairs_of(case: Case, found: Iterable[Match], *, by: User) -> list[Pair]:
    """The matches as `by` may see them."""
    found = list(found)
    cases = visible_to(by).in_bulk({match.other_case.pk for match in found})
    said = {(row.page_id, row.elsewhere_id): row for row in case.comparisons.prefetch_related("remarks__by")}
    return [
        Pair(
            match=match,
            case=cases.get(match.other_case.pk),
            seen=match.other_case.pk in cases and may_see_page(by, match.other),
            said=said.get((match.page.pk, match.other.pk)),
            telling=match.is_telling(case),
        )
        for match in found
    ]


def pair_for(case: Case, page: MaterialPage, other: int, *, by: User) -> Pair:
    """One pair of a page of the case. Raises: PairNotFound."""
    found = [match for match in matches_of(case, [page]) if match.other.pk == other]
    if not found:
        raise PairNotFound
    return pairs_of(case, found, by=by)[0]


def _facts(material: Material, odd: dict[int, list[tuple[str, str]]], pairs: list[Pair]) -> Facts:
    pages = {page.pk: page for page in material.pages.all()}
    mine = [pair for pair in pairs if pair.match.page.pk in pages]
    told = [
        (page.order, TOLD[code][0], TOLD[code][1].format(about=about))
        for page in pages.values()
        for code, about in odd.get(page.evidence_id, ())
    ]
    return Facts(told, mine, is_common(pair.match for pair in mine))
