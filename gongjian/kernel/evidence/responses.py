"""Handing stored files to a browser so that whatever is in them cannot act on our pages. Who may see a file is asked before, by the room."""

import re
import unicodedata
from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence

ENDINGS = {
    Kind.PDF: ".pdf",
    Kind.JPEG: ".jpg",
    Kind.PNG: ".png",
    Kind.WEBP: ".webp",
    Kind.DICOM: ".dcm",
    Kind.PACKAGE: ".zip",
    Kind.DATA: ".json",
    Kind.WAV: ".wav",
    Kind.MP4: ".mp4",
    Kind.FILM_PIECE: ".webm",
}
LONGEST_NAME = 80
Response = TypeVar("Response", bound=HttpResponseBase)


def evidence_response(evidence: Evidence, *, download_name: str | None = None, inline: bool = False) -> FileResponse:
    """The file as it was handed in. inline: show it in the page if it is a picture; everything else is always downloaded.

    download_name: what the file is to be called at the recipient's; its ending follows the content. Raises: EvidenceUnreadable.
    """
    kind = Kind(evidence.kind)
    response = FileResponse(
        open_evidence(evidence),
        as_attachment=not (inline and kind.is_image),
        filename=safe_name(download_name or evidence.sha256[:12], kind),
        content_type=kind.media_type,
    )
    response["Content-Length"] = str(evidence.size)
    return harmless(response)


def picture_response(png: bytes) -> HttpResponse:
    """A page image or a thumbnail."""
    return harmless(HttpResponse(png, content_type="image/png"))


def harmless(response: Response) -> Response:
    """The same answer with the headers that keep its content from being taken for anything else, kept, or run."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str, kind: Kind) -> str:
    """A file name without folders, control signs and signs that turn the writing direction, ending as the content demands."""
    plain = "".join(sign for sign in name.replace("\\", "/").split("/")[-1] if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r"\.(pdf|jpe?g|png|webp|dcm|zip)$", "", plain.strip(), flags=re.IGNORECASE)
    return f"{stem[:LONGEST_NAME].strip(' .') or kind.label}{ENDINGS[kind]}"
