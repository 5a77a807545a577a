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
    """The very bytes that were issued. Whoever reads them is on record, except the person they are about."""
    paper = paper_for(pk, by=request.user)
    if paper.case is None or paper.case.person.user_id != request.user.pk:
        chain = paper.case.chain if paper.case else f"office:{paper.office.code}"
        record_reading(chain, by=request.user, what=f"文书：{paper.title}")
    return evidence_response(paper.evidence, download_name=f"{paper.title} {paper.number}")
