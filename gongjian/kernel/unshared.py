"""Pages that were made for one person are kept by no cache: not by a proxy, and not for the back button of a shared machine."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class UnsharedMiddleware:
    """Marks every answer to somebody who is signed in, unless it says itself how it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at what comes back. An answer that never asked who is there is the same for everybody."""
        response = self.get_response(request)
        asked = getattr(getattr(request, "session", None), "accessed", False)
        if asked and not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
