"""One case: the reviewer's page, the signer's page with the draft of the conclusion, and the part of the case page."""

import io

import pypdfium2
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, deadline_of
from gongjian.conclusions import actions, queries
from gongjian.conclusions.errors import PageNotThere
from gongjian.conclusions.forms import DefectForm, ReturnForm, ReviewForm, SignForm
from gongjian.conclusions.paper import conclusion_form
from gongjian.kernel.evidence.responses import harmless, picture_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.clock import Deadline
from gongjian.law.errors import NotAllowed
from gongjian.opinions.states import Defect
from gongjian.papers.actions import drafted
from gongjian.papers.queries import reads_conclusions

DEFECT_IDS = "defect_%s"
"""Beside the form of the review: two fields of a page never bear one id."""
SCALE = 1.6
"""Pixels to the point of a page of the draft."""


@signed_in
def review(request: SignedIn, number: str) -> HttpResponse:
    """The group's opinion with every member's, what to look at, and the reviewer's note."""
    case = case_for(number, by=request.user)
    allowed_move(case, "review", by=request.user)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.review(case, by=request.user, note=form.cleaned_data["note"], seen=form.cleaned_data["seen"])
        messages.success(request, f"{case.number}已复核，转签发。")
        return redirect("conclusions:to_review")
    seen = queries.seen_by(case, by=request.user)
    form = form if form.is_bound else ReviewForm(initial={"seen": seen.opinion.hash})
    return _review_page(request, seen, form=form)


@require_POST
@signed_in
def send_to_group(request: SignedIn, number: str) -> HttpResponse:
    """Send an opinion with a formal defect back to its group."""
    case = case_for(number, by=request.user)
    allowed_move(case, "reopen", by=request.user)
    form = DefectForm(request.POST, auto_id=DEFECT_IDS)
    if not form.is_valid():
        return _review_page(request, queries.seen_by(case, by=request.user), defect=form)
    defect, told = Defect(form.cleaned_data["defect"]), {name: form.cleaned_data[name] for name in ("reason", "seen")}
    elsewhere = queries.opinion_of(case).committee
    actions.send_to_group(case, defect, by=request.user, **told)
    done = "不再采用受托专家组的意见，案件回到待安排" if elsewhere else "已退回原专家组，请他们重新出具意见"
    messages.success(request, f"{case.number}{done}。鉴定期限照常计算。")
    return redirect("conclusions:to_review")


def _review_page(
    request: SignedIn, seen: queries.Seen, *, form: ReviewForm | None = None, defect: DefectForm | None = None
) -> HttpResponse:
    told = {
        "seen": seen,
        "case": seen.case,
        "form": form or ReviewForm(initial={"seen": seen.opinion.hash}),
        "defect": defect or DefectForm(initial={"seen": seen.opinion.hash}, auto_id=DEFECT_IDS),
        "times": queries.times_reopened(seen.case),
        "decide": _due(seen.case),
    }
    return render(request, "conclusions/review.html", told, status=422 if defect or (form and form.errors) else 200)


@signed_in
def sign(request: SignedIn, number: str) -> HttpResponse:
    """The draft of the conclusion beside the opinion it follows, and the signature."""
    case = case_for(number, by=request.user)
    allowed_move(case, "conclude", by=request.user)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        paper = actions.conclude(case, by=request.user, seen=form.cleaned_data["seen"]).paper
        messages.success(request, f"{case.number}的结论已签发，文书编号{paper.number}。")
        return redirect("conclusions:to_sign")
    seen = queries.seen_by(case, by=request.user)
    pages = range(1, _pages(_draft(case)) + 1)
    told = {"seen": seen, "case": case, "decide": _due(case), "pages": pages, "back": ReturnForm()}
    return render(request, "conclusions/sign.html", {**told, "form": SignForm(initial={"seen": seen.opinion.hash})})


@require_POST
@signed_in
def send_back(request: SignedIn, number: str) -> HttpResponse:
    """Give a case back to the reviewer."""
    case = case_for(number, by=request.user)
    actions.send_back(case, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, f"{case.number}已退回复核。")
    return redirect("conclusions:to_sign")


@require_GET
@signed_in
def draft(request: SignedIn, number: str) -> HttpResponse:
    """The draft as a PDF, watermarked."""
    case = case_for(number, by=request.user)
    allowed_move(case, "conclude", by=request.user)
    record_reading(case.chain, by=request.user, what="结论书草稿")
    response = HttpResponse(_draft(case), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="draft-{case.number}.pdf"'
    return harmless(response)


@require_GET
@signed_in
def draft_page(request: SignedIn, number: str, page: int) -> HttpResponse:
    """One page of the draft as a picture; that its page was opened is on record already. Raises: PageNotThere."""
    case = case_for(number, by=request.user)
    allowed_move(case, "conclude", by=request.user)
    document = pypdfium2.PdfDocument(_draft(case))
    if not 1 <= page <= len(document):
        raise PageNotThere
    picture = io.BytesIO()
    document[page - 1].render(scale=SCALE).to_pil().save(picture, "PNG")
    return picture_response(picture.getvalue())


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """What the case page of the staff shows of this room."""
    case = case_for(number, by=request.user)
    if request.user.kind != User.Kind.STAFF:
        raise NotAllowed
    reads = reads_conclusions(request.user, case)
    reviews = list(queries.reviews_of(case)) if reads else []
    told = {"case": case, "reads": reads, "conclusion": queries.conclusion_of(case), "reviews": reviews}
    told |= {"times": queries.times_reopened(case)}
    return render(request, "conclusions/_case.html", told)


def _draft(case: Case) -> bytes:
    return drafted("conclusion", office=case.office, form=conclusion_form(case, queries.opinion_of(case)))


def _pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def _due(case: Case) -> Deadline | None:
    row = case.limits.select_related("case__office").filter(limit="LA-DECIDE", about="").first()
    return deadline_of(row) if row else None
