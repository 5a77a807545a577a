"""What anyone may see of draws: the receipts that were published, and how to check them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.draws.queries import published_receipt
from gongjian.draws.queries.access import published as closed_draws
from gongjian.draws.views.answers import receipt_file

PAGE = 30


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """Published draws, newest first, a page at a time (`?before=`)."""
    draws = closed_draws()
    before = request.GET.get("before", "")
    if before.isdecimal():
        draws = draws.filter(pk__lt=int(before))
    rows = list(draws.order_by("-pk")[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(request, "draws/published.html", {"draws": rows[:PAGE], "older": older, "before": before})


@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """One published receipt. Raises: DrawNotFound."""
    return receipt_file(published_receipt(number))
