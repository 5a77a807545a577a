"""Making the inquiries that wait: one request each, repeated with the same key until there is an answer or the day has passed.

docs/operate/inquiries.md describes the interface. 202 means "later": the same request is sent again, and makes no second inquiry.
"""

import json
import logging
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from django.conf import settings
from django.db import transaction

from gongjian.authenticity.actions import note_finding
from gongjian.authenticity.errors import AnswerWrong
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.rules import finding_of
from gongjian.kernel import moment
from gongjian.kernel.outbox.gateways import opener
from gongjian.kernel.outbox.pacing import pause_after
from gongjian.recognition.states import GATHERING

log = logging.getLogger(__name__)
TIMEOUT = 10
LONGEST_ANSWER = 64 * 1024
LONGEST_RUN = 40.0


def ask_due(limit: int = 50) -> int:
    """Make what is due; how many requests. May run twice at once."""
    end, tried = monotonic() + LONGEST_RUN, 0
    while tried < limit and monotonic() < end and (inquiry := claim()):
        attempt(inquiry)
        tried += 1
    return tried


@transaction.atomic
def claim() -> Inquiry | None:
    """The next inquiry that is due, put off so that nobody else makes it at the same time. Nobody is named where no facts are gathered any more."""
    waiting = Inquiry.objects.filter(
        finding="", late_on=None, next_attempt_at__lte=moment.now(), case__state__in=GATHERING
    )
    row = waiting.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    row.attempts += 1
    row.next_attempt_at = moment.now() + pause_after(min(row.attempts, 20))
    row.save(update_fields=["attempts", "next_attempt_at"])
    return Inquiry.objects.select_related("case__office").get(pk=row.pk)


def attempt(inquiry: Inquiry) -> None:
    """Ask once and keep what came. What cannot be understood is no answer; its reason is kept, and it is asked again."""
    try:
        told = answer_to(inquiry)
        if told is not None:
            note_finding(inquiry, finding_of(told, key=inquiry.key))
            return
        reason = ""
    except AnswerWrong as error:
        reason = error.code
    except HTTPError as error:
        error.close()
        reason = f"authenticity.http_{error.code}"
    except (OSError, HTTPException):
        reason = "authenticity.no_answer"
    log.info("authenticity.waits %s %s", inquiry.pk, reason)
    Inquiry.objects.filter(pk=inquiry.pk, finding="").update(last_error=reason)


def answer_to(inquiry: Inquiry) -> Any:
    """What the body answers, or None where it will answer later. Raises: OSError, HTTPException, AnswerWrong."""
    source = settings.INQUIRY_SOURCES.get(inquiry.source, {})
    url = str(source.get("url", ""))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise OSError("no address is set")
    content = {"key": inquiry.key, "office": inquiry.case.office.code, "subject": inquiry.subject, **inquiry.asked}
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": inquiry.key}
    if token := source.get("token"):
        headers["Authorization"] = f"Bearer {token}"
    request = Request(url, json.dumps(content, ensure_ascii=False).encode(), headers, method="POST")  # noqa: S310 scheme checked
    with opener().open(request, timeout=TIMEOUT) as answer:
        return None if answer.status == 202 else _read(answer.read(LONGEST_ANSWER))


def _read(content: bytes) -> Any:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AnswerWrong(fault="不是 JSON") from error
    if told is None:  # only 202 means "later"
        raise AnswerWrong(fault="内容为空")
    return told
