"""Looking at the files that an investigation keeps: a picture in the page, everything else to be downloaded."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.evidence.pictures import page_image
from gongjian.kernel.evidence.responses import evidence_response, picture_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.recognition.queries.kept import kept_for
from gongjian.recognition.views.common import recognition_case

WIDTH = 1600


@require_GET
@signed_in
def kept(request: SignedIn, number: str, kind: str, pk: int) -> HttpResponseBase:
    """One file as it was handed in: pictures are shown, other files are downloaded."""
    case = recognition_case(number, request.user)
    found = kept_for(case, kind, pk, by=request.user)
    record_reading(case.chain, by=request.user, what=found.title)
    return evidence_response(found.evidence, download_name=f"{number} {found.title}", inline=True)


@require_GET
@signed_in
def kept_page(request: SignedIn, number: str, kind: str, pk: int, within: int) -> HttpResponse:
    """Page `within` (from 1) of one file as a picture, so that a scan in PDF is read in the page too."""
    case = recognition_case(number, request.user)
    found = kept_for(case, kind, pk, by=request.user)
    picture = page_image(found.evidence, within, WIDTH)
    record_reading(case.chain, by=request.user, what=f"{found.title}，第{within}页")
    return picture_response(picture)
