"""Reading materials. Everything reached from outside goes through `material_for` and `page_for`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.materials.access import keeps_own, may_see, may_see_page, sees_by_case, sees_whole
from gongjian.materials.catalog import KINDS, Kind, checklist, missing
from gongjian.materials.errors import MaterialNotFound, PageNumberWrong
from gongjian.materials.models import Material, MaterialPage

LIVE = Q(removed_at=None)
LIVE_PAGES = MaterialPage.objects.filter(LIVE).select_related("evidence", "added_by").order_by("order")

OPEN_KINDS = [kind.code for kind in KINDS.values() if not kind.sensitive]


@dataclass(frozen=True)
class Leaf:
    """One leaf of a material as a reader turns it: the file, the page within it (from 1), and its place in all (from 1)."""

    page: MaterialPage
    within: int
    number: int


def materials_of(case: Case) -> QuerySet[Material]:
    """The materials of a case with their live pages, in the order of the catalogue: two queries. Those without pages are left out."""
    return materials_where(Q(case=case))


def materials_where(told: Q) -> QuerySet[Material]:
    """The materials that a condition names, with their live pages: two queries. Who may look at them is asked elsewhere."""
    return _with_pages(Material.objects.filter(told))


def materials_of_draft(draft_id: int) -> QuerySet[Material]:
    """The materials of an application that is being written, with their live pages: two queries."""
    return _with_pages(Material.objects.filter(draft_id=draft_id, case=None))


def visible_materials(case: Case, *, by: User) -> list[Material]:
    """Those of a case's materials that `by` may look at, each with the pages that `by` may look at."""
    pages = LIVE_PAGES
    if not reads_health(by, case):
        own = Q(added_by=by) if by.kind != User.Kind.STAFF else Q(pk__in=())
        pages = pages.filter(Q(material__kind__in=OPEN_KINDS) | own)
    found = in_catalogue_order(_with_pages(Material.objects.filter(case=case), pages))
    return [material for material in found if material.pages.all() and may_see(by, material)]


def in_catalogue_order(materials: Iterable[Material]) -> list[Material]:
    """Materials in the order in which they are asked for."""
    places = {code: place for place, code in enumerate(KINDS)}
    return sorted(materials, key=lambda material: places[material.kind])


def material_for(pk: int, *, by: User) -> Material:
    """One material. One that is hidden from `by` and one that does not exist answer alike. Raises: MaterialNotFound."""
    material = Material.objects.select_related("case__person").filter(pk=pk).first()
    if material is None or not may_see(by, material):
        raise MaterialNotFound
    return material


def page_for(pk: int, *, by: User) -> MaterialPage:
    """One live page that `by` may look at. Raises: MaterialNotFound."""
    page = MaterialPage.objects.select_related("evidence", "material__case__person").filter(LIVE, pk=pk).first()
    if page is None or not may_see_page(by, page):
        raise MaterialNotFound
    return page


def pages_to_examine() -> QuerySet[MaterialPage]:
    """Live pages of cases at which nobody has looked for how they were made, newest first; those of drafts wait."""
    return MaterialPage.objects.filter(LIVE, examined_at=None, material__case__isnull=False).order_by("-id")


def live_pages(material: Material) -> list[MaterialPage]:
    """The pages of a material in their order, without those taken out. What one person may see of them: `visible_pages`."""
    return list(LIVE_PAGES.filter(material=material))


def visible_pages(material: Material, *, by: User) -> list[MaterialPage]:
    """Those of the live pages of a material that `by` may look at."""
    pages = live_pages(material)
    if sees_whole(by, material):
        return pages
    return [page for page in pages if keeps_own(by) and page.added_by_id == by.pk]


def name_of(page: MaterialPage, number: int, *, by: User) -> str:
    """What page `number` of a material is called for `by`: the file's own name may hold a person's, so who works by exam code reads a title."""
    if sees_by_case(by, page.material) or page.added_by_id == by.pk:
        return page.name
    return f"{page.material.told.title} 第{number}页"


def leaf(pages: list[MaterialPage], number: int) -> Leaf:
    """Leaf `number` (from 1) of all pages counted through. Raises: PageNumberWrong."""
    before = 0
    for page in pages:
        if before < number <= before + page.evidence.page_count:
            return Leaf(page, number - before, number)
        before += page.evidence.page_count
    raise PageNumberWrong(pages=before)


def leaf_count(pages: Iterable[MaterialPage]) -> int:
    """How many leaves there are to turn."""
    return sum(page.evidence.page_count for page in pages)


def given_kinds(materials: Iterable[Material]) -> set[str]:
    """The kinds of which at least one page is there. materials: with their live pages fetched."""
    return {material.kind for material in materials if material.pages.all()}


def missing_kinds(case: Case, *, capacity: str, channel: str) -> list[Kind]:
    """The required kinds of which a case holds no page. Law: 令55 art. 9, 10."""
    wanted = checklist(capacity=capacity, channel=channel, held=held_kinds(case.person_id, without=case))
    return missing(wanted, given_kinds(materials_of(case)))


def held_kinds(person_id: int | None, *, without: Case | None = None) -> set[str]:
    """The kinds that the platform holds already about a person from earlier cases (令55 art. 9: not to be asked for again)."""
    if person_id is None:
        return set()
    reusable = [kind.code for kind in KINDS.values() if kind.reusable]
    held = Material.objects.filter(person_id=person_id, case__isnull=False, kind__in=reusable)
    if without:
        held = held.exclude(case=without)
    return set(held.filter(Q(pages__removed_at=None), pages__isnull=False).values_list("kind", flat=True))


def _with_pages(materials: QuerySet[Material], pages: QuerySet[MaterialPage] = LIVE_PAGES) -> QuerySet[Material]:
    counted = materials.annotate(live=Count("pages", filter=Q(pages__removed_at=None))).filter(live__gt=0)
    return counted.select_related("case").prefetch_related(Prefetch("pages", pages)).order_by("id")
