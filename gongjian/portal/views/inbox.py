"""Messages and the papers that came with them. Opening one is noted: for who agreed to electronic delivery it shows that it was seen."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.outbox.actions import mark_opened
from gongjian.kernel.outbox.errors import MessageNotFound
from gongjian.kernel.outbox.queries import inbox_of, message_for
from gongjian.papers.queries import may_read_evidence

A_PAGE = 30


@require_GET
@signed_in
def inbox(request: SignedIn) -> HttpResponse:
    """The box, newest first."""
    page = Paginator(inbox_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/inbox.html", {"page": page})


@require_GET
@signed_in
def message(request: SignedIn, pk: int) -> HttpResponse:
    """One message; the first opening is kept."""
    opened = mark_opened(pk, by=request.user)
    number = opened.chain.removeprefix("case:") if opened.chain.startswith("case:") else ""
    return render(request, "portal/message.html", {"message": opened, "number": number})


@require_GET
@signed_in
def file(request: SignedIn, pk: int) -> FileResponse:
    """The paper that came with a message, while one may read it: an agent's power may have ended since."""
    found = message_for(pk, by=request.user)
    if found.evidence is None or not may_read_evidence(found.evidence, by=request.user):
        raise MessageNotFound
    mark_opened(pk, by=request.user)
    return evidence_response(found.evidence, download_name=found.title)
