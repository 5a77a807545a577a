"""Applying for many at once: the template, the table, the rows that were given back, the people, handing in each or all."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office, User
from gongjian.applications.actions.filing import declare_all, file_rows, forget_wrong
from gongjian.applications.errors import ApplicantsOnly
from gongjian.applications.models import Filing
from gongjian.applications.queries import filing_for, filings_of, people_filed, wrong_rows
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.sheets import SheetBroken
from gongjian.kernel.views import form_page
from gongjian.parties.queries import employers_of
from gongjian.portal.errors import TooManyTables
from gongjian.portal.filed import people_shown, rows_shown
from gongjian.portal.offers import offer_of
from gongjian.recognition.forms.filing import FilingForm
from gongjian.recognition.sheet import table_rows
from gongjian.recognition.sheet_file import given_back, template
from gongjian.recognition.states import RECOGNITION

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = Allowance("tables", most=40, seconds=3600)
A_PAGE = 50


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: SignedIn) -> HttpResponse:
    """The template, what is told once, and the table; what was sent in before."""
    if request.user.kind != User.Kind.APPLICANT:
        raise ApplicantsOnly
    offices = list(offer_of("recognition").offices())
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FilingForm(*posted, initial=_known(request.user))
    if request.method == "POST" and offices and form.is_valid():
        filing = _filed(request, form, offices)
        if filing:
            return redirect("portal:filing", filing.token)
    context = {"offices": offices, "filings": filings_of(request.user)[:20]}
    return form_page(request, "portal/filing_start.html", form, context)


@require_GET
@signed_in
def blank(request: SignedIn) -> HttpResponse:
    """The empty template."""
    return _file(template(), "工伤认定批量申请模板.xlsx")


@require_GET
@signed_in
def filing(request: SignedIn, token: str) -> HttpResponse:
    """What became of a table: the rows to mend, the people whose application waits, those handed in."""
    found = filing_for(token, by=request.user)
    wrong, people = wrong_rows(found), people_filed(found)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    waits = people.filter(draft__case=None)
    context = {
        "filing": found,
        "wrong": rows_shown(wrong[:A_PAGE]),
        "wrong_count": wrong.count(),
        "page": page,
        "people": people_shown(page.object_list),
        "total": people.count(),
        "made": people.filter(is_new=True).count(),
        "sent": people.exclude(draft__case=None).count(),
        "declared": waits.exclude(draft__declared_at=None).count(),
        "ready": waits.filter(draft__declared_at=None, has_papers=True).count(),
        "without": waits.filter(draft__declared_at=None, has_papers=False).count(),
        "untrue": offer_of("recognition").untrue,
    }
    return render(request, "portal/filing.html", context)


@require_GET
@signed_in
def wrong(request: SignedIn, token: str) -> HttpResponse:
    """The rows to mend, as a table with what to mend beside each."""
    rows = wrong_rows(filing_for(token, by=request.user))
    return _file(given_back((row.cells, row.faults) for row in rows), "要改正的行.xlsx")


@require_POST
@signed_in
def forget(request: SignedIn, token: str) -> HttpResponse:
    """Remove the rows to mend."""
    found = filing_for(token, by=request.user)
    messages.success(request, f"已删除{forget_wrong(found, by=request.user)}行。")
    return redirect("portal:filing", token)


@require_POST
@signed_in
def hand_in(request: SignedIn, token: str) -> HttpResponse:
    """Declare true, and hand in, everybody to whom a paper is attached."""
    found = filing_for(token, by=request.user)
    if request.POST.get("truthful") != "on":
        messages.error(request, "提交前请先勾选承诺。")
        return redirect("portal:filing", token)
    ready, left = declare_all(found, by=request.user)
    more = f"还有{left}人没有材料或者内容不全，没有提交。" if left else ""
    messages.success(request, f"已收到{ready}人的申请，收到的时间就是现在；正在逐件出具回执。{more}")
    return redirect("portal:filing", token)


def _filed(request: SignedIn, form: FilingForm, offices: list[Office]) -> Filing | None:
    """What was sent in; None with the reason at the form."""
    if not TABLES.spend(request):
        raise TooManyTables
    office = next((each for each in offices if each.code == request.POST.get("office")), offices[0])
    sheet = form.cleaned_data["sheet"]
    try:
        rows = table_rows(sheet, form.once())
    except SheetBroken as broken:
        form.add_error("sheet", f"{broken}。")
        return None
    return file_rows(rows, by=request.user, office=office, procedure=RECOGNITION, name=str(sheet.name))


def _known(user: User) -> dict[str, str]:
    """What is known of the employer whose verified account this is."""
    employer = next(iter(employers_of(user)), None)
    own = {"applicant_name": user.name, "delivery_name": user.name, "delivery_telephone": user.telephone}
    if employer is None:
        return own
    told = {
        "employer_name": employer.name,
        "credit_code": employer.credit_code or "",
        "contact_name": employer.contact_name,
    }
    reached = {
        "employer_telephone": employer.telephone,
        "employer_address": employer.address,
        "delivery_address": employer.address,
    }
    return {**own, **told, **reached}


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"}
    response = HttpResponse(content, content_type=XLSX, headers=headers)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
