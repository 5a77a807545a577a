"""Writing materials: pages come, move and go; nothing that was handed in is lost."""

from collections.abc import Collection, Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import F, Max

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record
from gongjian.materials.access import Opening, may_see, opening
from gongjian.materials.catalog import kind_of
from gongjian.materials.errors import MaterialClosed, MaterialNotFound, OrderIncomplete, TooManyPages
from gongjian.materials.models import Material, MaterialPage
from gongjian.parties.models import Person

MOST_PAGES = 300
ASIDE = 100_000
"""Added to the places of pages while they are put into a new order, so that two never stand in one place."""


@transaction.atomic
def material_of(kind: str, *, draft_id: int | None = None, case: Case | None = None) -> Material:
    """The material of this kind of a draft or of a case, made if it is not there. Raises: KindNotListed."""
    key: dict[str, Any] = {"case": case} if case else {"draft_id": draft_id}
    told = {"title": kind_of(kind).title, "person_id": case.person_id if case else None}
    return Material.objects.get_or_create(kind=kind, **key, defaults=told)[0]


def add_page(material: Material, stream: BinaryIO, *, name: str, by: User) -> MaterialPage:
    """Take one file in as the last page. The answer means that it is stored and was read back; its hash is `page.evidence.sha256`.

    The file is stored before the row is written: dying between the two leaves a file nobody names, never a page without its file.
    Raises: MaterialClosed, TooManyPages, EvidenceTooLarge, KindNotAllowed, EvidenceBroken, NotStored.
    """
    _require_open(material, by)
    evidence = store(stream, name=name, by=by)
    return _append(material, evidence, name=name, by=by)


def add_stored(material: Material, evidence: Evidence, *, name: str, by: User) -> MaterialPage:
    """Take a file that the store holds already in as the last page, such as one that another office has sent. Raises: MaterialClosed, TooManyPages."""
    _require_open(material, by)
    return _append(material, evidence, name=name, by=by)


@transaction.atomic
def carry_in(material: Material, evidence: Evidence, *, name: str, by: User) -> MaterialPage:
    """The same for what comes by no page: with a case from another office, in the transaction that opens it, or from an examination away. Nobody has to open it for that. Raises: TooManyPages."""
    return _added(Material.objects.select_for_update().get(pk=material.pk), evidence, name=name, by=by)


@transaction.atomic
def _append(material: Material, evidence: Evidence, *, name: str, by: User) -> MaterialPage:
    return _added(_locked(material, by), evidence, name=name, by=by)


def _added(locked: Material, evidence: Evidence, *, name: str, by: User) -> MaterialPage:
    live = locked.pages.filter(removed_at=None)
    same = live.filter(evidence=evidence).select_related("evidence").first()
    if same:
        return same
    if live.count() >= MOST_PAGES:
        raise TooManyPages(limit=MOST_PAGES)
    last = live.aggregate(last=Max("order"))["last"] or 0
    page = MaterialPage.objects.create(
        material=locked, evidence=evidence, order=last + 1, name=name[-120:], added_by=by, added_at=moment.now()
    )
    _note(locked, "material.page_added", by, page=page.pk, sha256=evidence.sha256)
    return page


@transaction.atomic
def remove_page(pk: int, *, by: User) -> Material:
    """Take back a page of one's own that is not handed in for good. Its row and its file stay; twice is once.

    Raises: MaterialNotFound, MaterialClosed.
    """
    page = MaterialPage.objects.select_related("material").filter(pk=pk).first()
    if page is None:
        raise MaterialNotFound
    locked = _locked(page.material, by)
    since = _require_open(locked, by).since
    if page.added_by_id != by.pk or (since and page.added_at < since):
        raise MaterialClosed
    if MaterialPage.objects.filter(pk=pk, removed_at=None).update(removed_at=moment.now(), removed_by=by):
        _note(locked, "material.page_removed", by, page=pk)
    return locked


@transaction.atomic
def reorder(material: Material, order: Sequence[int], *, by: User) -> None:
    """Put the live pages into the given order of ids, all of them. Raises: MaterialClosed, OrderIncomplete."""
    locked = _locked(material, by)
    live = set(locked.pages.filter(removed_at=None).values_list("pk", flat=True))
    if live != set(order) or len(live) != len(order):
        raise OrderIncomplete
    locked.pages.filter(removed_at=None).update(order=F("order") + ASIDE)
    for place, pk in enumerate(order, 1):
        MaterialPage.objects.filter(pk=pk).update(order=place)
    _note(locked, "material.reordered", by, pages=list(order))


@transaction.atomic
def shift_page(pk: int, *, by: User, places: int) -> Material:
    """Move a page up (-1) or down (+1); at the end of the row it stays. Raises: MaterialNotFound, MaterialClosed."""
    page = MaterialPage.objects.select_related("material").filter(pk=pk, removed_at=None).first()
    if page is None:
        raise MaterialNotFound
    material = _locked(page.material, by)
    order = list(material.pages.filter(removed_at=None).order_by("order").values_list("pk", flat=True))
    there = min(max(order.index(pk) + places, 0), len(order) - 1)
    order.insert(there, order.pop(order.index(pk)))
    reorder(material, order, by=by)
    return material


@transaction.atomic
def hand_over(draft_id: int, case: Case, person: Person) -> list[MaterialPage]:
    """Let a draft's materials become the case's; every live page, in order. Done in the transaction that opens the case."""
    Material.objects.filter(draft_id=draft_id, case=None).update(case=case, person=person)
    pages = MaterialPage.objects.filter(material__case=case, removed_at=None)
    return list(pages.select_related("evidence", "material").order_by("material_id", "order"))


def carry_over(source: Case, target: Case, kinds: Collection[str]) -> list[str]:
    """Let papers of one case stand in another case of the same person too: the same files, by reference.

    Twice changes nothing. Law: 令55 art. 9 (what is held is not asked for again). Returns the kinds that were there.
    """
    found = Material.objects.filter(case=source, kind__in=kinds).order_by("pk")
    return [material.kind for material in found if _carried(material, target)]


def _carried(source: Material, target: Case) -> int:
    pages = list(MaterialPage.objects.filter(material=source, removed_at=None).order_by("order"))
    if not pages:
        return 0
    material, _ = Material.objects.get_or_create(
        case=target, kind=source.kind, defaults={"person": target.person, "title": source.title}
    )
    own = material.pages.filter(removed_at=None)
    there = set(own.values_list("evidence_id", flat=True))
    last = own.aggregate(last=Max("order"))["last"] or 0
    new = [page for page in pages if page.evidence_id not in there]
    for place, page in enumerate(new, last + 1):
        told = {"name": page.name, "added_by": page.added_by, "added_at": page.added_at}
        MaterialPage.objects.create(material=material, evidence=page.evidence, order=place, **told)
    return len(pages)


def note_examined(pk: int) -> bool:
    """A page was looked at by the machine; whether that was new."""
    return bool(MaterialPage.objects.filter(pk=pk, examined_at=None).update(examined_at=moment.now()))


def _require_open(material: Material, by: User) -> Opening:
    """Raises: MaterialNotFound for who may not even know of it, MaterialClosed for who may look but not change."""
    if found := opening(by, material):
        return found
    raise MaterialClosed if may_see(by, material) else MaterialNotFound


def _locked(material: Material, by: User) -> Material:
    locked = Material.objects.select_for_update(of=("self",)).select_related("case").get(pk=material.pk)
    _require_open(locked, by)
    return locked


def _note(material: Material, act: str, by: User, **facts: Any) -> None:
    if material.case:
        record(material.case.chain, act, by=by, material=material.pk, **facts)
