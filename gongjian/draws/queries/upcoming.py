"""Coming sittings and what their draws still want."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.draws.models import Draw
from gongjian.draws.queries.waiting import waiting
from gongjian.draws.rules import list_due
from gongjian.draws.states import Kind, State
from gongjian.kernel import moment
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import with_places
from gongjian.sittings.states import SittingState

AHEAD = timedelta(days=45)


@dataclass(frozen=True)
class Coming:
    """A sitting with its live draws, and what `user` may do for it now. list_due: the last day to commit its list, while that is waited for."""

    sitting: Sitting
    experts: Draw | None
    door: Draw | None
    may_prepare: bool
    may_open: bool
    list_due: date | None


def upcoming(user: User) -> list[Coming]:
    """Sittings of today and the next weeks in the offices whose draws `user` sees: four queries."""
    today = moment.today()
    offices = offices_where(user, "draws.see") if user.kind == User.Kind.STAFF else set()
    sittings = Sitting.objects.filter(office_id__in=offices, day__gte=today, day__lte=today + AHEAD)
    rows = with_places(sittings.exclude(state=SittingState.CLOSED)).select_related("venue").order_by("day", "pk")
    draws = Draw.objects.filter(sitting__in=[row.pk for row in rows]).exclude(state=State.VOID)
    live = {(draw.sitting_id, draw.kind): draw for draw in draws}
    lacking = set(waiting().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        _coming(row, live.get((row.pk, Kind.EXPERTS)), live.get((row.pk, Kind.DOOR)), row.pk in lacking, user)
        for row in rows
    ]


def _coming(sitting: Sitting, experts: Draw | None, door: Draw | None, waits: bool, user: User) -> Coming:
    held = experts is not None and experts.state in (State.HELD, State.CLOSED)
    return Coming(
        sitting=sitting,
        experts=experts,
        door=door,
        may_prepare=experts is None and user.holds("draws.draw", sitting.office_id),
        list_due=list_due(sitting.day) if waits else None,
        may_open=held and sitting.day == moment.today() and user.holds("draws.door", sitting.office_id),
    )
