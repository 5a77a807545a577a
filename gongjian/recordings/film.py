"""A recording as one film: its pieces one after another, from any byte to any byte, each opened only when its turn comes."""

import re
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.responses import harmless
from gongjian.recordings.models import Chunk
from gongjian.recordings.rules import span_of

RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def film_response(chunks: list[Chunk], *, asked: str, name: str = "") -> HttpResponseBase:
    """The film, or the part of it that the browser asks for. name: what a copy is called; "" to play it in the page."""
    size = sum(chunk.size for chunk in chunks)
    wanted = range_of(asked, size)
    if wanted is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return harmless(response)
    first, last = wanted
    response = StreamingHttpResponse(
        film_bytes(chunks, first, last), content_type=Kind.FILM_PIECE.media_type, status=206 if asked else 200
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}.webm"'
    return harmless(response)


def film_bytes(chunks: list[Chunk], first: int, last: int) -> Iterator[bytes]:
    """The bytes from `first` to `last`, both included. Raises: EvidenceUnreadable, SealBroken at the first piece that does not hold."""
    for place, begin, end in span_of([chunk.size for chunk in chunks], first, last):
        with open_evidence(chunks[place].evidence) as file:
            file.seek(begin)
            yield file.read(end - begin)


def range_of(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for, all of it where there is none; None for what cannot be given."""
    if not size:
        return None
    found = RANGE.fullmatch(asked.strip()) if asked else None
    if not asked:
        return 0, size - 1
    if found is None or found.groups() == ("", ""):
        return None
    begin, end = found.groups()
    if not begin:
        return max(0, size - int(end)), size - 1
    first, last = int(begin), min(int(end) if end else size - 1, size - 1)
    return (first, last) if first <= last else None
