"""The first page: one's cases, what waits for one, and finding a case that somebody else opened."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.asking import asking_of
from gongjian.applications.people import claim_cases
from gongjian.applications.queries import drafts_of, waiting_in_tables
from gongjian.appraisal.actions.employers import claim_employer_cases
from gongjian.appraisal.forms import ClaimForm
from gongjian.cases.models import Obligation
from gongjian.cases.queries import visible_to
from gongjian.kernel.outbox.queries import unopened_count
from gongjian.law.errors import RuleError
from gongjian.parties.queries import employers_of
from gongjian.portal import following, wizard
from gongjian.portal.offers import OFFERS
from gongjian.portal.procedures import face_of

A_PAGE = 20
NOT_FOUND = (
    "没有找到与您的姓名、证件号码和登录手机号都相符的案件。请核对；单位填写的手机号不是您现在这个的，请联系受理窗口。"
)


@require_GET
@signed_in
def home(request: SignedIn) -> HttpResponse:
    """One's cases, newest first, and what is still being written: a fixed number of queries."""
    page = Paginator(visible_to(request.user).order_by("-received_at", "-id"), A_PAGE).get_page(request.GET.get("page"))
    cases = list(page.object_list)
    mine = Obligation.objects.filter(case__in=cases, party="applicant", fulfilled_at=None).select_related("case")
    due = {owed.case_id: owed for owed in mine}
    context = {
        "page": page,
        "rows": [
            (case, face_of(case).title, following.state_label(case), following.state_kind(case), due.get(case.pk))
            for case in cases
        ],
        "drafts": [
            (draft, asking_of(draft).title, wizard.address_of(draft, draft.step))
            for draft in drafts_of(request.user)[:10]
        ],
        "in_tables": waiting_in_tables(request.user),
        "offers": OFFERS,
        "unopened": unopened_count(request.user),
    }
    return render(request, "portal/home.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def claim(request: SignedIn) -> HttpResponse:
    """Find the cases that an employer or a relative opened for oneself."""
    form = ClaimForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        try:
            found = claim_cases(**form.cleaned_data, by=request.user)
        except RuleError as error:
            form.add_error("id_number", str(error))
        else:
            if found:
                messages.success(request, f"找到{len(found)}件为您申请的案件，已加入“我的案件”。")
                return redirect("portal:home")
            form.add_error(None, NOT_FOUND)
    told = {"form": form, "employers": employers_of(request.user)}
    return render(request, "portal/claim.html", told, status=422 if form.errors else 200)


@require_POST
@signed_in
def claim_employer(request: SignedIn) -> HttpResponse:
    """Join the cases of one's employer that its workers opened."""
    found = claim_employer_cases(by=request.user)
    sentence = (
        f"找到{len(found)}件，已加入“我的案件”。" if found else "没有新的案件：本单位正在办理的案件都已在“我的案件”里。"
    )
    messages.success(request, sentence)
    return redirect("portal:home")
