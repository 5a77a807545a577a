"""The call screens of the hall and of each room: tickets and masked names, for whoever was given the address."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.reception.access import require_key
from gongjian.reception.errors import DayNotFound
from gongjian.reception.queries.day import day_of
from gongjian.reception.queries.screens import calls_of, desk_calls
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import public_sitting


@require_GET
def hall(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Everybody called, by room and by identity desk, and how late it is."""
    sitting = _sitting(number, key)
    day = day_of(sitting)
    calls = calls_of(sitting, groups=day.groups)
    told = {"calls": calls, "desks": desk_calls(sitting), "late": day.minutes_late, "cause": day.cause}
    return _screen(request, "hall", sitting, told)


@require_GET
def room(request: HttpRequest, number: str, group: int, key: str) -> HttpResponse:
    """Who is called into one room, for the screen beside its door."""
    sitting = _sitting(number, key)
    found = next(iter(calls_of(sitting, group=group)), None)
    if found is None:
        raise DayNotFound
    return _screen(request, "room", sitting, {"call": found, "group": group})


def _sitting(number: str, key: str) -> Sitting:
    sitting = public_sitting(number)
    require_key(sitting, key)
    if sitting.day < moment.today():  # an address that was noted down shows no names afterwards
        raise DayNotFound
    return sitting


def _screen(request: HttpRequest, name: str, sitting: Sitting, told: dict[str, object]) -> HttpResponse:
    context = {"sitting": sitting, "now": moment.now(), "address": request.path, **told}
    response = page_or_fragment(request, f"reception/{name}.html", f"reception/_{name}.html", context)
    patch_cache_control(response, no_store=True)
    return response
