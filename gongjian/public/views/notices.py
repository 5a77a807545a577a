"""The public notices of service that are running, de-identified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjian.delivery.queries.public import running_notices


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Who is looked for sees the number of their paper and where to collect it; nobody else learns who it is."""
    return render(request, "public/notices.html", {"notices": running_notices()})
