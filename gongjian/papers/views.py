"""Handing out issued papers."""

from django.http import FileResponse
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.papers.queries import paper_for


@require_GET
@signed_in
def file(request: SignedIn, pk: int) -> FileResponse:
    """The very bytes that were issued."""
    paper = paper_for(pk, by=request.user)
    if paper.case and paper.case.person.user_id != request.user.pk:
        record_reading(paper.case.chain, by=request.user, what=f"文书：{paper.title}")
    return evidence_response(paper.evidence, download_name=f"{paper.title} {paper.number}")
