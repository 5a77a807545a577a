"""Reading: what may be taken along, what a kit holds, what it has brought, and what is still for a human."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.frame import MOST_COUNTED
from gongjian.kits.access import events_open_to, visible_to
from gongjian.kits.chain import Standing
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.states import Kind, Stage
from gongjian.kits.visiting import visits_of
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.queries.access import Stage as Asked
from gongjian.opinions.queries.duties import todays_lines
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import LIVE

NEWEST = 50
"""So many kits stand in a list."""
TRIED = 200
"""So many kits are tried again at once."""


def _sittings_of(codes: list[str]) -> dict[str, Sitting]:
    """Exam code → sitting."""
    live = [state.value for state in LIVE]
    rows = Booking.objects.filter(exam_code__in=codes, state__in=live).select_related("sitting__venue")
    return {row.exam_code: row.sitting for row in rows}


class Today(NamedTuple):
    """A sitting of today as one expert stands in it. ready: what may go along; undeclared: how much waits for the declaration."""

    sitting: Sitting
    ready: list[Duty]
    undeclared: int


def taking_today(user: User) -> list[Today]:
    """From which sittings something could go along: what was declared and is not sealed; at a visit also whom the team has still to meet."""
    duties, found = [line.duty for line in todays_lines(user)], dict[Sitting, list[Duty]]()
    where = _sittings_of([duty.exam_code for duty in duties])
    for duty in duties:
        if sitting := where.get(duty.exam_code):
            found.setdefault(sitting, []).append(duty)
    visited = dict(visits_of(user))
    return [_today(sitting, found.get(sitting, []), visited.get(sitting, [])) for sitting in {**found, **visited}]


def _today(sitting: Sitting, duties: list[Duty], visited: list[Duty]) -> Today:
    ready = [duty for duty in duties if duty.stage == Asked.EXAMINE]
    return Today(sitting, [*ready, *visited], sum(duty.stage == Asked.DECLARE for duty in duties))


def cases_to_take(sitting: Sitting, user: User) -> list[Duty]:
    """What of a sitting may go along now."""
    return next((each.ready for each in taking_today(user) if each.sitting == sitting), [])


def kits_listed(user: User) -> list[Kit]:
    """The newest kits `user` may see, each with whether something is in conflict and something waits: one query."""
    theirs = events_open_to(user).filter(kit=OuterRef("pk"))
    kits = visible_to(user).annotate(
        conflicts=Exists(theirs.filter(stage=Stage.CONFLICT)), waiting=Exists(theirs.filter(stage=Stage.WAITING))
    )
    return list(kits.order_by("-pk")[:NEWEST])


def conflicts_waiting(user: User) -> int:
    """How many conflicts wait for `user` to settle them."""
    mine = events_open_to(user).filter(kit__in=visible_to(user).values("pk"), stage=Stage.CONFLICT)
    return mine[: MOST_COUNTED + 1].count()


def events_of(kit: Kit, user: User) -> QuerySet[KitEvent]:
    """What a kit has brought, as far as `user` may know of it, in its order."""
    return events_open_to(user).filter(kit=kit).select_related("about__case", "kit").order_by("n")


def hashes_of(kit: Kit) -> dict[int, str]:
    """The chain as far as it was taken in."""
    return dict(KitEvent.objects.filter(kit=kit).order_by("n").values_list("n", "hash"))


def standings_of(kit: Kit) -> list[Standing]:
    """Every event as far as its order matters."""
    rows = KitEvent.objects.filter(kit=kit).order_by("n").values_list("n", "exam_code", "kind", "stage")
    return [Standing(n, about, Kind(kind), Stage(stage)) for n, about, kind, stage in rows]


def kits_waiting(most: int = TRIED) -> list[Kit]:
    """Kits with events that are not dealt with yet, so many at once: the next ones each minute, so that none stands before the others for ever."""
    waiting = KitEvent.objects.filter(stage=Stage.WAITING)
    keys = list(waiting.order_by("kit").values_list("kit", flat=True).distinct())
    start = int(moment.now().timestamp()) // 60 * most % max(len(keys), 1)
    return list(Kit.objects.filter(pk__in=[*keys[start:], *keys[:start]][:most]).order_by("pk"))


def kits_of_case(case: Case, user: User) -> Kit | None:
    """The newest kit `user` may see that had this case, one with a conflict first."""
    here = KitEvent.objects.filter(kit=OuterRef("pk"), about__case=case, stage=Stage.CONFLICT)
    mine = visible_to(user).filter(cases__case=case).annotate(conflicts=Exists(here))
    return mine.order_by("-conflicts", "-pk").first()
