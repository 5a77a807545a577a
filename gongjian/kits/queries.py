"""Reading: what may be taken along, what a kit holds, what it has brought, and what is still for a human."""

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.kernel.frame import MOST_COUNTED
from gongjian.kits.access import visible_to
from gongjian.kits.chain import Standing
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.states import Kind, Stage
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.queries.access import Stage as Asked
from gongjian.opinions.queries.duties import todays_lines
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import LIVE

NEWEST = 50
"""So many kits stand in a list."""


def sitting_of(user: User) -> dict[str, Sitting]:
    """Exam code → sitting, of everything `user` examines today."""
    codes = [line.duty.exam_code for line in todays_lines(user)]
    live = [state.value for state in LIVE]
    rows = Booking.objects.filter(exam_code__in=codes, state__in=live).select_related("sitting__venue")
    return {row.exam_code: row.sitting for row in rows}


def duties_of(user: User) -> list[tuple[Sitting, list[Duty]]]:
    """Today's sittings of an expert with everything examined there, as the day's list orders it."""
    where, found = sitting_of(user), dict[Sitting, list[Duty]]()
    for line in todays_lines(user):
        if sitting := where.get(line.duty.exam_code):
            found.setdefault(sitting, []).append(line.duty)
    return list(found.items())


def cases_to_take(sitting: Sitting, user: User) -> list[Duty]:
    """What of a sitting may go along: declared by `user`, and not sealed."""
    mine = next((duties for each, duties in duties_of(user) if each == sitting), [])
    return [duty for duty in mine if duty.stage == Asked.EXAMINE]


def kits_listed(user: User) -> list[Kit]:
    """The newest kits `user` may see, each with how much is in conflict and how much waits: one query."""
    counted = visible_to(user).annotate(
        conflicts=Count("events", filter=Q(events__stage=Stage.CONFLICT)),
        waiting=Count("events", filter=Q(events__stage=Stage.WAITING)),
    )
    return list(counted.order_by("-pk")[:NEWEST])


def conflicts_waiting(user: User) -> int:
    """How many conflicts wait for `user` to settle them."""
    mine = KitEvent.objects.filter(kit__in=visible_to(user).values("pk"), stage=Stage.CONFLICT)
    return mine[: MOST_COUNTED + 1].count()


def events_of(kit: Kit) -> QuerySet[KitEvent]:
    """Everything a kit has brought, in its order."""
    return KitEvent.objects.filter(kit=kit).select_related("about__case", "kit").order_by("n")


def hashes_of(kit: Kit) -> dict[int, str]:
    """The chain as far as it was taken in."""
    return dict(KitEvent.objects.filter(kit=kit).order_by("n").values_list("n", "hash"))


def standings_of(kit: Kit) -> list[Standing]:
    """Every event as far as its order matters."""
    rows = KitEvent.objects.filter(kit=kit).order_by("n").values_list("n", "exam_code", "kind", "stage")
    return [Standing(n, about, Kind(kind), Stage(stage)) for n, about, kind, stage in rows]


def kits_waiting() -> list[Kit]:
    """Kits with events that are not dealt with yet, the oldest first."""
    waiting = KitEvent.objects.filter(stage=Stage.WAITING).values("kit")
    return list(Kit.objects.filter(pk__in=waiting).order_by("pk"))


def kits_of_case(case: Case, user: User) -> Kit | None:
    """The newest kit `user` may see that had this case, one with a conflict first."""
    mine = (
        visible_to(user)
        .filter(cases__case=case)
        .annotate(conflicts=Count("events", filter=Q(events__stage=Stage.CONFLICT, events__about__case=case)))
    )
    return mine.order_by("-conflicts", "-pk").first()
