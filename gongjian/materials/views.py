"""Looking at papers, leaf by leaf, and putting pages in order. One page, one picture: a thick file opens as fast as a thin one."""

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.evidence.pictures import page_image, thumbnail
from gongjian.kernel.evidence.responses import evidence_response, picture_response
from gongjian.kernel.views import page_or_fragment
from gongjian.materials import actions, queries
from gongjian.materials.errors import PageNumberWrong
from gongjian.materials.readings import note_reading

WIDTHS = {"1": 800, "2": 1600}
"""Picture width in pixels by step of zoom."""


@require_GET
@signed_in
def viewer(request: SignedIn, pk: int) -> HttpResponse:
    """One material, one leaf at a time (`?n=` from 1, `?zoom=2` for twice the size)."""
    material = queries.material_for(pk, by=request.user)
    pages = queries.visible_pages(material, by=request.user)
    leaf = queries.leaf(pages, _number(request))
    zoom = request.GET.get("zoom", "1")
    note_reading(material, by=request.user)
    context = {
        "material": material,
        "leaf": leaf,
        "name": queries.name_of(leaf.page, leaf.number, by=request.user),
        "total": queries.leaf_count(pages),
        "zoom": zoom if zoom in WIDTHS else "1",
        "back": _safe(request, request.GET.get("back", "")),
    }
    return page_or_fragment(request, "materials/viewer.html", "materials/_leaf.html", context)


@require_GET
@signed_in
def image(request: SignedIn, pk: int, within: int) -> HttpResponse:
    """The picture of page `within` (from 1) of one file."""
    page = queries.page_for(pk, by=request.user)
    if not 1 <= within <= page.evidence.page_count:
        raise PageNumberWrong(pages=page.evidence.page_count)
    note_reading(page.material, by=request.user)
    width = WIDTHS.get(request.GET.get("zoom", "1"), WIDTHS["1"])
    return picture_response(page_image(page.evidence, within, width))


@require_GET
@signed_in
def small(request: SignedIn, pk: int) -> HttpResponse:
    """The small picture of one file's first page."""
    page = queries.page_for(pk, by=request.user)
    return picture_response(thumbnail(page.evidence))


@require_GET
@signed_in
def original(request: SignedIn, pk: int) -> FileResponse:
    """The file as it was handed in, to keep, never to be opened in the page."""
    page = queries.page_for(pk, by=request.user)
    note_reading(page.material, by=request.user)
    return evidence_response(page.evidence, download_name=queries.name_of(page, page.order, by=request.user))


@require_POST
@signed_in
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a page back."""
    actions.remove_page(pk, by=request.user)
    return _back(request)


@require_POST
@signed_in
def shift(request: SignedIn, pk: int) -> HttpResponse:
    """Move a page one place up (`to=up`) or down."""
    actions.shift_page(pk, by=request.user, places=-1 if request.POST.get("to") == "up" else 1)
    return _back(request)


def _number(request: SignedIn) -> int:
    told = request.GET.get("n", "1")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 1


def _safe(request: SignedIn, address: str) -> str:
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""


def _back(request: SignedIn) -> HttpResponse:
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")) or "/")
