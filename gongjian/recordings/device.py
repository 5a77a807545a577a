"""What a browser may use on the pages of this room, and nowhere else: camera and microphone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongjian.kernel.fields import blind_index
from gongjian.recordings.models import Recording

P = ParamSpec("P")
POLICY = "camera=(self), microphone=(self), display-capture=(), geolocation=()"


def with_camera(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let a page ask for camera and microphone."""

    @wraps(view)
    def allowed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Permissions-Policy"] = POLICY
        return response

    return allowed


def store_key(recording: Recording) -> str:
    """The key under which a device keeps what it has not sent yet: 64 hexadecimal digits, never stored there."""
    return blind_index(recording.key, "recording_device")


def device_facts(recording: Recording | None) -> dict[str, Any]:
    """What the script of the page is told: rates and lengths, and the running recording with its key."""
    facts: dict[str, Any] = {
        "video": settings.RECORDING_VIDEO_KBPS,
        "audio": settings.RECORDING_AUDIO_KBPS,
        "minutes": settings.RECORDING_MINUTES,
        "piece": settings.RECORDING_PIECE_SECONDS,
    }
    return facts | ({"recording": recording.pk, "key": store_key(recording)} if recording else {})
