"""The line to a peer: requests over HTTP, with plain answers. What cannot be reached is worth another try; what says no is not."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from http.client import HTTPException
from typing import Any, BinaryIO, NamedTuple, Protocol
from urllib.error import HTTPError
from urllib.request import Request

from gongjian.exchange.models import Enclosure, Matter, Posted
from gongjian.exchange.rules import request_text
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.outbox.errors import GatewayDown, GatewayRefused
from gongjian.kernel.outbox.gateways import opener
from gongjian.papers.actions import signature_of

PIECE = 512 * 1024
TIMEOUT = 20
LONGEST_ANSWER = 64 * 1024
LETTERS = "/exchange/v1/letters"
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})
CODE = re.compile(r"[a-z]{1,20}\.[a-z0-9_]{1,39}")


class Answer(NamedTuple):
    """What a peer answered."""

    status: int
    content: bytes


class Line(Protocol):
    """Whatever carries one request to a peer."""

    def carry(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Raises: OSError, HTTPException where nobody answers."""
        ...


class HttpLine:
    """The network. It follows nobody elsewhere: what is sent goes to the address that an administrator has entered."""

    def carry(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        request = Request(url, body, headers, method=method)  # noqa: S310 the scheme was checked when the peer was entered
        try:
            with opener().open(request, timeout=TIMEOUT) as answer:
                return Answer(answer.status, answer.read(LONGEST_ANSWER))
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read(LONGEST_ANSWER))


def push(letter: Posted, line: Line) -> None:
    """Bring one letter with all its files over; what is there already is not sent again. Returns when the peer has it for good.

    Raises: GatewayDown, GatewayRefused.
    """
    content = letter.content.encode()
    body = b'{"letter":' + content + b',"signature":"' + letter.signature.encode() + b'"}'
    told = _ask(line, "POST", letter.matter, LETTERS, body, {"Content-Type": "application/json"})
    for row in letter.enclosures.select_related("evidence").order_by("order"):
        told = _push_file(letter, row, _received(told, row), line) or told
    if told.get("complete") is not True:
        raise GatewayDown("exchange.not_complete")


def _push_file(letter: Posted, row: Enclosure, received: int, line: Line) -> dict[str, Any]:
    """Send a file from the byte on that the peer has not. The answer to the last piece, or nothing when none was due."""
    told: dict[str, Any] = {}
    if row.evidence is None or received >= row.size:
        return told
    path = f"{LETTERS}/{letter.matter.key}/{letter.number}/files/{row.sha256}"
    with open_evidence(row.evidence) as file:
        for start, piece in _pieces(file, received):
            span = f"bytes {start}-{start + len(piece) - 1}/{row.size}"
            told = _ask(line, "PUT", letter.matter, path, piece, _signed("PUT", letter.matter, path, span, piece))
    return told


def _received(told: dict[str, Any], row: Enclosure) -> int:
    """How much of a file the peer says it has; what is no number of bytes is nothing."""
    files = told.get("received")
    found = files.get(row.sha256) if isinstance(files, dict) else None
    return found if type(found) is int and found > 0 else 0


def _pieces(file: BinaryIO, start: int) -> Iterable[tuple[int, bytes]]:
    file.seek(start)
    while piece := file.read(PIECE):
        yield start, piece
        start += len(piece)


def _signed(method: str, matter: Matter, path: str, span: str, body: bytes) -> dict[str, str]:
    at, office, peer = moment.now().isoformat(), matter.office, matter.peer
    text = request_text(method, path, span, body, at, office.code, peer.code)
    return {
        "Content-Type": "application/octet-stream",
        "Content-Range": span,
        "Gongjian-Sender": office.code,
        "Gongjian-Audience": peer.code,
        "Gongjian-At": at,
        "Gongjian-Signature": b64encode(signature_of(office).sign_bytes(text)).decode(),
    }


def _ask(line: Line, method: str, matter: Matter, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    try:
        answer = line.carry(method, matter.peer.address + path, body, {"Accept": "application/json", **headers})
    except (OSError, HTTPException) as error:
        raise GatewayDown("exchange.no_answer") from error
    told = _read(answer.content)
    if answer.status == 200:
        return told
    code = str(told.get("code", ""))
    code = code if CODE.fullmatch(code) else f"exchange.http_{answer.status}"  # it stands in the ledger and in the log
    down = answer.status >= 500 or answer.status in WORTH_ANOTHER_TRY
    raise (GatewayDown if down else GatewayRefused)(code)


def _read(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
