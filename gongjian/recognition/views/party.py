"""The employer's own page: its word and its papers to the notice to prove."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import Side, case_for, speaks_for
from gongjian.kernel.views import form_page
from gongjian.recognition.actions.evidence import give_evidence
from gongjian.recognition.errors import NoEvidenceNotice, NotTheEmployer
from gongjian.recognition.forms import EvidenceForm
from gongjian.recognition.queries.records import evidence_notice_of
from gongjian.recognition.views.common import keep_proofs


@signed_in
def evidence(request: SignedIn, number: str) -> HttpResponse:
    """The employer says whether it denies, and hands in its evidence."""
    case = case_for(number, by=request.user)
    if not speaks_for(request.user, case, Side.EMPLOYER):
        raise NotTheEmployer
    notice = evidence_notice_of(case)
    if notice is None or notice.answered_on:
        raise NoEvidenceNotice
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        keep_proofs(case, told["proofs"], by=request.user)
        give_evidence(case, denies=told["denies"] == "yes", statement=told["statement"], by=request.user)
        messages.success(request, "书面意见和证据材料已提交。")
        return redirect("portal:case", number)
    return form_page(request, "recognition/evidence.html", form, {"case": case, "notice": notice})
