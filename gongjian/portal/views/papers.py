"""Handing papers in: the checklist, and one paper with its pages. The same page serves a draft and a supplement."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.queries import table_with
from gongjian.cases.queries import case_for
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import RuleError
from gongjian.materials.access import Opening, opening
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import Kind, kind_of
from gongjian.materials.errors import MaterialClosed
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.queries import visible_pages
from gongjian.portal import wizard
from gongjian.portal.offers import offered
from gongjian.portal.procedures import notice_of
from gongjian.portal.views.apply import open_draft


@require_GET
@signed_in
def materials(request: SignedIn, token: str) -> HttpResponse:
    """The checklist of an application."""
    draft = open_draft(token, request.user)
    context = {
        "draft": draft,
        "lines": wizard.paper_lines(draft),
        "steps": wizard.stepper_of(draft, "materials"),
        "back": wizard.address_before(draft, "materials"),
        "onward": wizard.address_of(draft, "check"),
        "note": offered(draft.procedure).papers,
        "table": table_with(draft),
    }
    return render(request, "portal/materials.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def paper(request: SignedIn, token: str, kind: str) -> HttpResponse:
    """One paper of an application: its pages, and a way to add more."""
    draft = open_draft(token, request.user)
    material = material_of(kind_of(kind).code, draft_id=draft.pk)
    back = reverse("portal:materials", args=[token])
    return _paper(request, material, back=back, what="")


@require_http_methods(["GET", "POST"])
@signed_in
def supplement_paper(request: SignedIn, number: str, kind: str) -> HttpResponse:
    """One paper of a supplement. Who may not supplement now finds it closed."""
    case = case_for(number, by=request.user)
    notice = notice_of(case)
    asked = [item["what"] for item in notice.items if item["kind"] == kind_of(kind).code] if notice else []
    if not asked:
        raise MaterialClosed
    material = material_of(kind, case=case)
    if opening(request.user, material) is None:
        raise MaterialClosed
    return _paper(request, material, back=reverse("portal:supplement", args=[number]), what="；".join(asked))


def _paper(request: SignedIn, material: Material, *, back: str, what: str) -> HttpResponse:
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        refused = _take_in(request, material)
        if not refused:
            return redirect(request.path)
    context = {
        "material": material,
        "kind": material.told,
        "what": what,
        "lines": _lines(request, material),
        "refused": refused,
        "back": back,
        "here": request.path,
        "most_mb": settings.EVIDENCE_MAX_BYTES // 2**20,
    }
    status = 422 if refused else 200
    return page_or_fragment(request, "portal/paper.html", "portal/_paper.html", context, status=status)


def _take_in(request: SignedIn, material: Material) -> list[tuple[str, str]]:
    """Store what was sent, each file by itself; (name, why not) of those that were refused. What was stored stays."""
    files = request.FILES.getlist("files")
    if not files:
        return [("没有选择文件", "请先拍照或选择文件，再按“上传”。")]
    refused: list[tuple[str, str]] = []
    for file in files:
        try:
            add_page(material, file, name=file.name or "文件", by=request.user)  # type: ignore[arg-type]
        except RuleError as error:
            refused.append((str(file.name), str(error)))
    if taken := len(files) - len(refused):
        messages.success(request, f"已收下{taken}个文件，并逐个核对保存无误。")
    return refused


def _lines(request: SignedIn, material: Material) -> list[dict[str, Any]]:
    """The pages with what may be done to each."""
    open_now = opening(request.user, material)
    pages = visible_pages(material, by=request.user)
    before, lines = 0, []
    for page in pages:
        lines.append({"page": page, "first_leaf": before + 1, "removable": _removable(request, page, open_now)})
        before += page.evidence.page_count
    return lines


def _removable(request: SignedIn, page: MaterialPage, open_now: Opening | None) -> bool:
    if open_now is None or page.added_by_id != request.user.pk:
        return False
    return open_now.since is None or page.added_at >= open_now.since


def kinds_of(items: list[dict[str, str]]) -> list[Kind]:
    """The kinds a notice names, each once."""
    return [kind_of(code) for code in dict.fromkeys(item["kind"] for item in items)]
