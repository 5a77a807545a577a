"""What other installations call: signed letters in, files in pieces. Public HTTP: no session, no cookie, JSON in and out.

docs/operate/exchange.md describes it. A refusal says its code and a sentence; the log notes the code and the office, nothing else.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongjian.exchange.actions import receiving
from gongjian.exchange.actions.receiving import Receipt
from gongjian.exchange.errors import (
    LetterBroken,
    LetterExpired,
    OutOfOrder,
    RangeWrong,
    TooMuch,
    TooOften,
)
from gongjian.exchange.keys import check
from gongjian.exchange.line import PIECE
from gongjian.exchange.models import Peer
from gongjian.exchange.rules import NAME, SKEW, request_text
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.refusals import status_of
from gongjian.law.errors import RuleError

log = logging.getLogger(__name__)
ALLOWED = Allowance("exchange", most=1200, seconds=60)
LONGEST_LETTER = 256 * 1024
STATUS: dict[type[RuleError], int] = {TooOften: 429, TooMuch: 413, OutOfOrder: 409, RangeWrong: 416}
View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """Every refusal as JSON, and as one line of the log without anything from the letter but the office's code."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not ALLOWED.spend(request):
                raise TooOften
            return view(request, *args, **kwargs)
        except RuleError as error:
            log.warning("exchange.refused %s", error.code)
            status = STATUS.get(type(error), status_of(error))
            return JsonResponse({"code": error.code, "message": str(error)}, status=status)

    return door


@csrf_exempt
@require_http_methods(["POST"])
@answered
def letters(request: HttpRequest) -> HttpResponse:
    """Take one letter in: `{"letter": …, "signature": …}`; the answer says how far it has come."""
    told = _envelope(_body(request, LONGEST_LETTER))
    return _told(receiving.take_letter(told[0], told[1]))


@csrf_exempt
@require_http_methods(["PUT"])
@answered
def file(request: HttpRequest, matter: str, letter: int, sha256: str) -> HttpResponse:
    """Take one piece of an announced file in, by its Content-Range. What is here already is answered alike."""
    peer, body = _authenticated(request, _body(request, PIECE))
    told: dict[str, Any] = {"matter": matter, "number": letter, "sha256": sha256}
    receiving.take_piece(peer, told=request.headers.get("Content-Range", ""), body=body, **told)
    return _told(receiving.finish(peer, **told))


def _authenticated(request: HttpRequest, body: bytes) -> tuple[Peer, bytes]:
    head = {name: request.headers.get(f"Gongjian-{name}", "") for name in ("Sender", "Audience", "At", "Signature")}
    if not (NAME.fullmatch(head["Sender"]) and NAME.fullmatch(head["Audience"])):
        raise LetterBroken(fault="请求头没有写明双方机构")
    peer = receiving.peer_of(head["Sender"], head["Audience"])
    span = request.headers.get("Content-Range", "")
    text = request_text(str(request.method), request.path, span, body, head["At"], head["Sender"], head["Audience"])
    check(peer.key, text, head["Signature"])
    _must_be_fresh(head["At"])
    return peer, body


def _must_be_fresh(at: str) -> None:
    try:
        made = datetime.fromisoformat(at)
        fresh = abs(moment.now() - made) <= SKEW
    except (ValueError, TypeError) as error:
        raise LetterBroken(fault="请求的时间不合规定") from error
    if not fresh:
        raise LetterExpired


def _body(request: HttpRequest, most: int) -> bytes:
    told = request.META.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isascii() and told.isdigit() and len(told) < 12 else 0
    if not 0 < length <= most:
        raise TooMuch(limit=f"{most // 1024} KiB")
    body = request.read(length)
    if len(body) != length:
        raise LetterBroken(fault="内容没有传完")
    return body


def _envelope(body: bytes) -> tuple[bytes, str]:
    """(the letter's own bytes, its signature): the letter is taken byte for byte as it was signed."""
    try:
        told = json.loads(body)
        letter = json.dumps(told["letter"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        signature = told["signature"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LetterBroken(fault="不是规定的 JSON") from error
    if not isinstance(signature, str) or set(told) != {"letter", "signature"}:
        raise LetterBroken(fault="不是规定的 JSON")
    return letter, signature


def _told(receipt: Receipt) -> JsonResponse:
    return JsonResponse({"complete": receipt.complete, "received": receipt.received})
