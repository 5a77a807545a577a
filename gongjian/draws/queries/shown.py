"""A draw as its pages show it. What a commitment says is worked out once and remembered: it never changes."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from django.db.models import Count

from gongjian.draws.errors import NotSeated
from gongjian.draws.lot.canonical import canonical, read
from gongjian.draws.lot.commitment import Commitment, read_commitment
from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.infeasible import REHEARSALS, rehearsed
from gongjian.draws.lot.leximin import leximin
from gongjian.draws.lot.outlook import Rehearsal, explain, gains, rehearse
from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.models import Draw, Group, Seat
from gongjian.draws.queries.groups import live_draw, panels_of
from gongjian.draws.states import Kind, State, public_label
from gongjian.experts.models import Expert

MANY_GAINS = 3
PRACTICE = 100


@dataclass(frozen=True)
class Candidate:
    """An expert on the list, by number: never by name. practice: how often they sat in practice draws, where redraws are needed at all."""

    number: str
    hospital: str
    specialties: str
    practice: str = ""


@dataclass(frozen=True)
class Practice:
    """Practice draws with public seeds: how many were held, and how many needed a redraw for the sake of hospitals."""

    tried: int
    redrawn: int


@dataclass(frozen=True)
class Level:
    """Experts with one exact chance ("3/5"), about how much that is ("60%"), and why it is no more."""

    chance: str
    about: str
    why: str
    experts: tuple[Candidate, ...]
    by_lot: bool


@dataclass(frozen=True)
class ListShown:
    """Everything that is fixed before any word: who could sit with which chance and why, who could not and why, which seats there are."""

    levels: tuple[Level, ...]
    excluded: tuple[tuple[str, str, str], ...]
    recusals: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, str], ...]
    reserves: str
    one_per_hospital: bool
    seats: int
    experts: int
    practice: Practice | None


@dataclass(frozen=True)
class SeatShown:
    """A seat, what it asks for, and who sits there now; None: nobody is left."""

    position: int
    wants: str
    expert: Expert | None


def list_shown(draw: Draw) -> ListShown:
    """What the commitment of a draw of experts says."""
    return _shown(canonical(draw.commitment))


@lru_cache(maxsize=64)
def _shown(commitment: bytes) -> ListShown:
    found: Commitment = read_commitment(read(commitment))
    return plan_shown(found.plan)


def plan_shown(plan: Plan) -> ListShown:
    """A plan that can be drawn, in canonical order, as it will be shown."""
    held = _practice(plan)
    sat = {number: _percent(share) for number, share in held.frequency.items()} if held else {}
    of = {
        expert.id: Candidate(expert.id, expert.hospital, "、".join(expert.specialties), sat.get(expert.id, ""))
        for expert in plan.experts
    }
    levels = leximin(group_demand(plan)).levels
    return ListShown(
        levels=tuple(
            Level(
                chance=str(level.chance),
                about=_percent(level.chance),
                why=explain(level, plan),
                experts=tuple(of[number] for number in level.experts),
                by_lot=level.chance not in (0, 1),
            )
            for level in levels
        ),
        excluded=tuple((one.id, "、".join(one.specialties), one.reason) for one in plan.excluded),
        recusals=tuple((expert.id, one.group, one.reason) for expert in plan.experts for one in expert.recusals),
        groups=tuple((group.id, "、".join(map(want_label, group.wants))) for group in plan.groups),
        reserves="、".join(map(want_label, plan.reserves)),
        one_per_hospital=plan.one_per_hospital,
        seats=len(plan.slots),
        experts=len(plan.experts),
        practice=Practice(held.tried, held.redrawn) if held else None,
    )


def _practice(plan: Plan) -> Rehearsal | None:
    """Practice draws where hospitals can force a redraw, and real chances may therefore differ from the published ones; else None."""
    if not plan.one_per_hospital or rehearsed(plan, group_demand(plan)) == REHEARSALS:
        return None
    try:
        return rehearse(plan, PRACTICE)
    except NotSeated:
        return None


def advice(plan: Plan) -> list[tuple[str, str]]:
    """The specialties of which one more expert would narrow the gap between chances most, and by how much."""
    return [(specialty, _percent(gain)) for specialty, gain in gains(plan)[:MANY_GAINS]]


def want_label(want: str) -> str:
    """What a seat asks for, in a word."""
    return "任意" if want == ANY else want


def _percent(chance: Fraction) -> str:
    return f"{float(chance):.1%}".replace(".0%", "%")


@dataclass(frozen=True)
class Call:
    """A late conflict: who left which group, why, and the reserves who took the seats ("" where none was left)."""

    expert: str
    group: str
    reason: str
    seats: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Result:
    """What a held draw of experts gave, words and seed included; who sits there stands in the panels."""

    words: tuple[tuple[str, str], ...]
    seed: str
    redraws: int
    reserves: tuple[tuple[str, str], ...]
    calls: tuple[Call, ...]


def result_of(draw: Draw) -> Result | None:
    """What a draw of experts gave; None before it is held."""
    if draw.kind != Kind.EXPERTS or draw.state not in (State.HELD, State.CLOSED):
        return None
    told = read(draw.receipt.encode())
    return Result(
        words=tuple((word["who"], word["word"]) for word in told["words"]),
        seed=told["seed"],
        redraws=told["redraws"],
        reserves=tuple((want_label(one["wants"]), one["expert"]) for one in told["reserves"]),
        calls=tuple(
            Call(
                one["expert"],
                "" if one["group"] == ANY else one["group"],
                public_label(one["reason"]),
                tuple((group, seat, expert) for group, seat, expert in one["seats"]),
            )
            for one in told["late"]
        ),
    )


@dataclass(frozen=True)
class GroupShown:
    """A group with its seats."""

    group: Group
    seats: tuple[SeatShown, ...]


def groups_shown(draw: Draw) -> list[GroupShown]:
    """The groups of a held draw of experts and who sits where now: one query."""
    rows = Seat.objects.filter(group__draw=draw).select_related("group", "expert").order_by("group__number", "position")
    return [
        GroupShown(group, tuple(SeatShown(row.position, want_label(row.wants), row.expert) for row in seats))
        for group, seats in groupby(rows, key=lambda row: row.group)
    ]


@dataclass(frozen=True)
class DoorShown:
    """The door: how many are expected, how many came, and how many each group has received. Never who."""

    expected: int
    came: int
    groups: tuple[tuple[str, str, int], ...]
    last: str


def door_shown(draw: Draw) -> DoorShown:
    """People per group (code, room, count), counted; no code, name or need of anybody."""
    experts = live_draw(draw.sitting, Kind.EXPERTS)
    panels = panels_of(experts) if experts else []
    sent = list(draw.arrivals.order_by("position").values_list("group_id", "hash", "departure"))
    there = [group for group, _, left in sent if left is None]
    counts = [(panel.group.code, panel.group.room, there.count(panel.group.pk)) for panel in panels]
    last = sent[-1][1] if sent else draw.commitment_hash
    return DoorShown(len(draw.commitment["visitors"]), len(there), tuple(counts), last)


@dataclass(frozen=True)
class WordShown:
    """Who gives a word, whether and when its seal and the word itself were given; the word is shown only when the draw has opened it."""

    who: str
    given_at: datetime | None
    opened_at: datetime | None
    seal: str
    opened: str


def words_shown(draw: Draw) -> list[WordShown]:
    """Those who give a word, in order: never a code, and no word before all are opened."""
    result = result_of(draw)
    opened = [word for _, word in result.words] if result else []
    rows = draw.witnesses.order_by("position").values_list("who", "given_at", "opened_at", "seal")
    return [WordShown(*row, opened[place] if opened else "") for place, row in enumerate(rows)]


def version_of(draw: Draw) -> str:
    """A mark that changes whenever a live page has something new to show."""
    given = draw.witnesses.aggregate(given=Count("given_at"), opened=Count("opened_at"))
    asked = draw.changes.aggregate(asked=Count("pk"), decided=Count("decided_at"))
    moved = draw.arrivals.aggregate(sent=Count("pk"), left=Count("departure"))
    sent = moved["sent"] + moved["left"] if draw.kind == Kind.DOOR else len(draw.receipt)
    other = Draw.objects.filter(sitting=draw.sitting_id, kind=Kind.DOOR).exclude(state=State.VOID).count()
    return f"{draw.state}-{sum(given.values())}-{sent}-{other}-{sum(asked.values())}"
