"""What several pages of the draw answer with."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from gongjian.draws.errors import DrawNotFound
from gongjian.draws.models import Draw
from gongjian.draws.states import Kind, State
from gongjian.law.errors import RuleError


def receipt_file(draw: Draw) -> HttpResponse:
    """The receipt as the file that the verifiers read. Raises: DrawNotFound while there is none to give."""
    if not has_receipt(draw):
        raise DrawNotFound
    response = HttpResponse(draw.receipt.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{draw.number}.json"'
    return response


def has_receipt(draw: Draw) -> bool:
    """Whether the secret may be known: at once for experts, at the end of the day for the door."""
    return draw.state == State.CLOSED or (draw.state == State.HELD and draw.kind == Kind.EXPERTS)


def said(request: HttpRequest, act: Callable[[], Any], done: str) -> Any:
    """Do an act of a button and say that it is done, or why not; the page that follows shows it. None when it was refused."""
    try:
        answer = act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, done)
    return answer
