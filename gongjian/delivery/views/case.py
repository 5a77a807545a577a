"""The worklist of deliveries, and the deliveries of one case."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.procedures import service_of
from gongjian.cases.queries import case_for, deadline_of
from gongjian.delivery.actions import note_done
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, CopySent, Delivery
from gongjian.delivery.owes import SEND_COPY
from gongjian.delivery.queries.lists import PERMISSION, deliveries_of
from gongjian.delivery.queries.lists import to_deliver as page_of
from gongjian.delivery.queries.mine import messages_by_key
from gongjian.delivery.queries.unreached import unreached
from gongjian.delivery.rules import OTHER_WAYS
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.outbox.models import Message
from gongjian.law.clock import Deadline
from gongjian.law.errors import NotAllowed


@dataclass(frozen=True)
class Shown:
    """A delivery as the page shows it: with its remedy's clock, and each attempt with what became of its message."""

    delivery: Delivery
    remedy: Deadline | None
    tries: list[tuple[Attempt, Message | None]]


@require_GET
@signed_in
def to_deliver(request: SignedIn) -> HttpResponse:
    """What is not served yet, most urgent first; `?method=` shows one way."""
    if not request.user.holds(PERMISSION):
        raise NotAllowed
    method = request.GET.get("method", "")
    page = page_of(request.user, method=method, after=request.GET.get("after", ""))
    ways = [(each.value, each.label) for each in Method]
    return render(request, "delivery/list.html", {"page": page, "ways": ways, "method": method})


@require_GET
@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """Every delivery of a case, with its attempts, its clocks and its copies."""
    told = _told(number, request.user)
    record_reading(told["case"].chain, by=request.user, what="送达记录")
    return render(request, "delivery/case.html", told)


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """The same as a part of the case page, whose reading is on record already."""
    return render(request, "delivery/_case.html", _told(number, request.user))


@require_POST
@signed_in
def done(request: SignedIn, number: str) -> HttpResponse:
    """The party was reached, or the copy was sent, in another way."""
    found = case_for(number, by=request.user)
    told = {name: request.POST.get(name, "") for name in ("about", "way")}
    if note_done(found, request.POST.get("kind", ""), by=request.user, **told):
        messages.success(request, "已记录。")
    return redirect("delivery:case", number)


def _told(number: str, user: User) -> dict[str, Any]:
    found, rows = deliveries_of(number, by=user)
    service = service_of(found.procedure)
    limits = found.limits.filter(limit__in=(service.deliver, *service.remedies)).select_related("case__office")
    clocks = {(row.limit, row.about): deadline_of(row) for row in limits.prefetch_related("changes")}
    sent = messages_by_key(rows)
    return {
        "case": found,
        "deliver": clocks.get((service.deliver, "")),
        "shown": [Shown(row, _remedy(row, clocks), _tries(row, sent)) for row in rows],
        "copies": CopySent.objects.filter(case=found).select_related("office").order_by("id"),
        "uncopied": found.obligations.filter(kind=SEND_COPY, fulfilled_at=None).order_by("due_on"),
        "unreached": unreached(found),
        "ways": OTHER_WAYS.items(),
        "may": user.holds(PERMISSION, found.office_id),
    }


def _remedy(row: Delivery, clocks: dict[tuple[str, str], Deadline]) -> Deadline | None:
    first = service_of(row.case.procedure).remedies[0]
    return clocks.get((first, row.recipient)) if row.is_of_decision else None


def _tries(row: Delivery, sent: dict[str, Message]) -> list[tuple[Attempt, Message | None]]:
    return [(attempt, sent.get(attempt.message_key)) for attempt in row.attempts.all()]
