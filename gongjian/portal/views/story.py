"""The page of one injury, and the page of what can be claimed."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.ledger.actions import record_reading
from gongjian.portal import money
from gongjian.portal.story import stories_of, story


@require_GET
@signed_in
def benefits(request: SignedIn) -> HttpResponse:
    """The third business: what can be claimed now, and how the claims stand."""
    cases = money.cases_of(request.user)
    told = {
        "claimable": money.claimable(cases, by=request.user),
        "claims": money.claims_told(cases, by=request.user),
        "cases": cases,
    }
    return render(request, "portal/benefits.html", told)


@require_GET
@signed_in
def injury(request: SignedIn) -> HttpResponse:
    """One injury on a page, the newest first; a look at somebody else's is on record."""
    page = Paginator(stories_of(request.user), 1).get_page(request.GET.get("page"))
    cases = next(iter(page.object_list), [])
    for case in cases:
        if case.person.user_id != request.user.pk:
            record_reading(case.chain, by=request.user, what="案件进度页")
    told = story(cases, by=request.user) if cases else None
    return render(request, "portal/story.html", {"story": told, "page": page})
