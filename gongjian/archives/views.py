"""Pages of the archives: what waits, one case file, borrowing, the package."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.archives import actions, queries
from gongjian.archives.bundle import bundle as evidence_for
from gongjian.archives.errors import ArchiveNotFound
from gongjian.archives.forms import BorrowForm
from gongjian.archives.models import Archive
from gongjian.archives.rules import BORROWED_FOR, is_lent
from gongjian.cases.models import Case
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import case_for
from gongjian.kernel import moment
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.responses import evidence_response, harmless
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.searches import recalled, remember
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import NotAllowed

MAY_LOOK = (queries.READ, queries.ARCHIVE)


@require_http_methods(["GET", "POST"])
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """Closed files, newest first, and a search among them; what is asked for stands in no address."""
    if not request.user.holds(queries.READ):
        raise NotAllowed
    if request.method == "POST":
        return redirect(f"{reverse('archives:list')}?s={remember(request)}")
    asked = recalled(request)
    rows = queries.found(request.user, asked, before=request.GET.get("before", ""))
    context = {"rows": rows, "asked": asked, "older": queries.place_after(rows), "may_archive": _archives(request)}
    context["word"] = request.GET.get("s", "") if asked else ""
    return page_or_fragment(request, "archives/list.html", "archives/_list.html", context)


@require_GET
@signed_in
def waiting(request: SignedIn) -> HttpResponse:
    """Ended cases that wait to be archived."""
    if not _archives(request):
        raise NotAllowed
    page = queries.waiting(request.user, after=request.GET.get("after", ""))
    rows = [(row, procedure_of(row.case.procedure).labels[row.case.state]) for row in page.rows]
    return render(request, "archives/waiting.html", {"rows": rows, "older": page.after})


@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """One case: what is still missing and the button, or the closed file and its borrowings. Posting borrows it."""
    found = staff_case(number, request)
    archived = queries.visible_to(request.user).filter(case=found).first()
    form = BorrowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.borrow(
            number, purpose=form.cleaned_data["purpose"], reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, "调阅已登记，现在可以下载归档包。")
        return redirect("archives:case", number)
    record_reading(found.chain, by=request.user, what="归档页")
    context = {"case": found, "state": procedure_of(found.procedure).labels[found.state], "archive": archived}
    context |= _closed(archived, request) | {"form": form} if archived else _open(found, request)
    return render(request, "archives/case.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def archive(request: SignedIn, number: str) -> HttpResponse:
    """Close the file."""
    made = actions.archive(staff_case(number, request), by=request.user)
    messages.success(request, f"已归档，共{made.files}个文件，保管至{made.retention_until:%Y-%m-%d}。")
    return redirect("archives:case", number)


@require_GET
@signed_in
def package(request: SignedIn, pk: int) -> FileResponse:
    """The package of one's own borrowing: the very bytes that were archived."""
    found = actions.hand_out(pk, by=request.user)
    return evidence_response(found.package, download_name=f"归档包 {found.case.number}")


@require_POST
@signed_in
def bundle(request: SignedIn, number: str, pk: int) -> StreamingHttpResponse:
    """The evidence for one review or suit, flowing as one ZIP."""
    made = evidence_for(case_for(number, by=request.user), pk, by=request.user)
    response = StreamingHttpResponse(made.pieces(), content_type=Kind.PACKAGE.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    return harmless(response)


def staff_case(number: str, request: SignedIn) -> Case:
    """A case that this member of staff may look at here. Raises: CaseNotFound, NotAllowed."""
    found = case_for(number, by=request.user)
    if not any(request.user.holds(permission) for permission in MAY_LOOK):
        raise NotAllowed
    return found


def _archives(request: SignedIn) -> bool:
    return request.user.holds(queries.ARCHIVE)


def _open(found: Case, request: SignedIn) -> dict[str, object]:
    if found.closed_at:
        raise ArchiveNotFound(number=found.number)
    lacks = queries.lacks_of(found)
    return {"lacks": lacks, "may_archive": not lacks and request.user.holds(queries.ARCHIVE, found.office_id)}


def _closed(archived: Archive, request: SignedIn) -> dict[str, object]:
    borrowings = list(queries.borrowings_of(archived)[:50])
    now = moment.now()
    own = next((one for one in borrowings if one.by_id == request.user.pk and is_lent(one.at, now=now)), None)
    facts = [
        ("归档时间", f"{archived.archived_at.astimezone(moment.ZONE):%Y-%m-%d %H:%M}"),
        ("立卷人", archived.archived_by.name),
        ("卷内目录", archived.index.number),
        ("文件", f"{archived.files}个，{archived.package.size / 2**20:.1f}兆字节"),
        ("保管期限", f"{archived.retention_years}年，至{archived.retention_until:%Y-%m-%d}"),
        ("期限依据", archived.retention_basis),
        ("清单指纹", archived.manifest_sha256),
        ("归档包指纹", archived.package.sha256),
    ]
    return {"borrowings": borrowings, "own": own, "facts": facts, "hours": int(BORROWED_FOR.total_seconds() // 3600)}
