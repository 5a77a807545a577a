"""The reviewer's and the signer's pages, and the part of the case page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.kernel.evidence.responses import harmless
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.papers.actions import drafted
from gongjian.recognition.actions import deciding
from gongjian.recognition.forms import ReviewForm, SeenForm
from gongjian.recognition.paper import decision_form
from gongjian.recognition.queries import application_of, decision_of, lines_of, proposal_of, seen_by
from gongjian.recognition.queries.accident import accident_of
from gongjian.recognition.queries.joining import about_joining
from gongjian.recognition.queries.records import last_proposal, reviews_of, suspension_now
from gongjian.recognition.queries.remedies import decisions_of
from gongjian.recognition.rules import OUTCOMES, basis_told
from gongjian.recognition.views.common import done, recognition_case


@signed_in
def review(request: SignedIn, number: str) -> HttpResponse:
    """The draft with what each sentence rests on; pass it on, or give it back."""
    case = recognition_case(number, request.user)
    allowed_move(case, "review", by=request.user)
    return _look(
        request, case, ReviewForm, "复核拟定意见", "同意，转签发", "recognition:review_act", "recognition:give_back"
    )


@require_POST
@signed_in
def review_act(request: SignedIn, number: str) -> HttpResponse:
    """Pass a draft on."""
    case = recognition_case(number, request.user)
    deciding.review(case, seen=request.POST.get("seen", ""), note=request.POST.get("note", ""), by=request.user)
    return done(request, case, "已复核，转签发。")


@require_POST
@signed_in
def give_back(request: SignedIn, number: str) -> HttpResponse:
    """Give a draft back to the investigators."""
    case = recognition_case(number, request.user)
    deciding.give_back(case, reason=request.POST.get("note", ""), by=request.user)
    return done(request, case, "已退回调查。")


@signed_in
def sign(request: SignedIn, number: str) -> HttpResponse:
    """The reviewed draft; sign the decision, or send it back."""
    case = recognition_case(number, request.user)
    allowed_move(case, "decide", by=request.user)
    return _look(
        request, case, SeenForm, "签发工伤认定决定", "签发决定书", "recognition:sign_act", "recognition:send_back"
    )


@require_POST
@signed_in
def sign_act(request: SignedIn, number: str) -> HttpResponse:
    """Sign."""
    case = recognition_case(number, request.user)
    row = deciding.decide(case, seen=request.POST.get("seen", ""), by=request.user)
    return done(request, case, f"决定书已签发，文号{row.paper.number}，转送达。")


@require_POST
@signed_in
def send_back(request: SignedIn, number: str) -> HttpResponse:
    """Send a reviewed draft back to the reviewer."""
    case = recognition_case(number, request.user)
    deciding.send_back(case, reason=request.POST.get("note", ""), by=request.user)
    return done(request, case, "已退回复核。")


@require_GET
@signed_in
def draft_paper(request: SignedIn, number: str) -> HttpResponse:
    """The draft of the decision as a PDF, watermarked."""
    case = recognition_case(number, request.user)
    row = proposal_of(case)
    record_reading(case.chain, by=request.user, what="决定书草稿")
    pdf = drafted(OUTCOMES[row.outcome].paper, office=case.office, form=decision_form(case, row))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="draft-{case.number}.pdf"'
    return harmless(response)


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """What the case page of the staff shows of this room; nothing for a case of another procedure."""
    case = recognition_case(number, request.user)
    row = last_proposal(case)
    context = {
        "case": case,
        "told": application_of(case),
        "decision": decision_of(case),
        "fallen": decisions_of(case).exclude(revoked_on=None),
        "proposal": row,
        "reviews": reviews_of(case),
        "suspension": suspension_now(case),
        "reads_health": reads_health(request.user, case),
        **about_joining(case, request.user),
        "accident": accident_of(case),
    }
    return render(request, "recognition/_case.html", context)


def _look(
    request: SignedIn, case: Case, form: type[SeenForm], title: str, submit: str, act: str, back: str
) -> HttpResponse:
    row = seen_by(case, by=request.user)
    context = {
        "case": case,
        "title": title,
        "submit": submit,
        "act": act,
        "back": back,
        "proposal": row,
        "lines": lines_of(row),
        "grounds": basis_told(row.outcome, row.heads),
        "reviews": reviews_of(case),
    }
    return form_page(request, "recognition/proposal.html", form(initial={"seen": row.digest}), context)
