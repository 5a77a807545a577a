"""What the page of a kit prints: each event in words, and a conflict's two texts side by side for the one who wrote them."""

from dataclasses import dataclass
from datetime import datetime

from gongjian.accounts.models import User
from gongjian.kits.actions.merging import body_of, content_in
from gongjian.kits.actions.settling import ways_for
from gongjian.kits.models import Kit, KitEvent
from gongjian.kits.queries import events_of
from gongjian.kits.states import Kind, Stage, Way
from gongjian.kits.words import sentence
from gongjian.opinions.content import Content
from gongjian.workbench.shown import Difference, differences

SHOWN = 500
"""Events of one page; more than a day writes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event. ways: how the one who looks may settle it; differences: only to whoever wrote both texts."""

    n: int
    exam_code: str
    kind: Kind
    stage: Stage
    happened_at: datetime
    hash: str
    why: str
    way: str
    ways: tuple[Way, ...]
    differences: tuple[Difference, ...]


def lines_of(kit: Kit, user: User) -> list[Line]:
    """The kit's events for `user`: what waits for a human first, then what waits by itself, then the rest, the newest first."""
    events = list(events_of(kit, user).order_by("-n")[:SHOWN])
    order = {Stage.CONFLICT: 0, Stage.WAITING: 1}
    return [_line(each, user) for each in sorted(events, key=lambda event: order.get(Stage(event.stage), 2))]


def _line(event: KitEvent, user: User) -> Line:
    stage = Stage(event.stage)
    return Line(
        n=event.n,
        exam_code=event.exam_code,
        kind=Kind(event.kind),
        stage=stage,
        happened_at=event.happened_at,
        hash=event.hash,
        why=sentence(event.refusal) if stage in {Stage.CONFLICT, Stage.WAITING} and event.refusal else "",
        way=Way(event.way).label if event.way else "",
        ways=ways_for(event, by=user) if stage is Stage.CONFLICT else (),
        differences=_differences(event) if user.pk == event.kit.user_id and stage is Stage.CONFLICT else (),
    )


def _differences(event: KitEvent) -> tuple[Difference, ...]:
    if event.kind != Kind.DRAFTED or not event.beside:
        return ()
    return tuple(differences(content_in(body_of(event)), Content.of(event.beside)))
