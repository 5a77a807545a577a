"""The first page of all, and what the law wants to be public: the flow, the daily roots of the ledger, the notice on personal information."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongjian.accounts.entrance import home_of
from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.public import guide, personal, queries
from gongjian.public.rights import duties, rights


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is and for whom. Who is signed in is led to their own first page."""
    if isinstance(request.user, User):
        return redirect(home_of(request.user))
    return render(request, "public/home.html", {"windows": queries.windows()})


@require_safe
def flow(request: HttpRequest) -> HttpResponse:
    """The steps, limits, papers and rights of a first appraisal, as they are today."""
    of = {"on": moment.today(), "region": settings.REGION}
    context = {
        "stages": guide.stages(**of),
        "lengths": guide.lengths(**of),
        "papers": guide.papers(),
        "rights": rights(**of),
        "duties": duties(),
        "today": moment.today(),
        "windows": queries.windows(),
    }
    return render(request, "public/flow.html", context)


@require_safe
def anchors(request: HttpRequest) -> HttpResponse:
    """One number for each day of the ledger, newest first, and how to check it."""
    found = queries.anchors(before=moment.read_day(request.GET.get("before", "")))
    return render(request, "public/anchors.html", {"found": found})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """How personal information is handled."""
    years, source = personal.kept_for(on=moment.today(), region=settings.REGION)
    context = {"offices": queries.committees(), "items": personal.items(), "years": years, "source": source}
    return render(request, "public/privacy.html", context)
