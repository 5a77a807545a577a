"""The proposal as a picture: a column for each sitting, its places, who is there already, who is proposed in time and who late. Plain numbers for SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.planner.advice import Advice
from gongjian.scheduling.queries import Column

STEP, BAR, HEIGHT, TOP, FOOT = 56, 36, 180, 12, 44


@dataclass(frozen=True)
class Box:
    """A rectangle: its class says what it is."""

    kind: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Post:
    """One sitting's column: boxes from below, the words beneath and for who hears instead of sees."""

    number: str
    boxes: tuple[Box, ...]
    middle: int
    day: str
    weekday: str
    count: str
    told: str
    above: int


@dataclass(frozen=True)
class Picture:
    """All columns, on a surface of this size."""

    width: int
    height: int
    floor: int
    posts: tuple[Post, ...]


WEEKDAYS = "一二三四五六日"


def picture_of(columns: Sequence[Column], nowhere: int) -> Picture:
    """The picture of a proposal; who is placed nowhere stands in a column of their own at the end."""
    most = max([*(max(one.places, one.taken + one.in_time + one.late) for one in columns), nowhere, 1])
    posts = [_post(place, one, most) for place, one in enumerate(columns)]
    if nowhere:
        posts.append(_nowhere(len(columns), nowhere, most))
    return Picture(max(len(posts), 1) * STEP + 8, TOP + HEIGHT + FOOT, TOP + HEIGHT, tuple(posts))


def _post(place: int, one: Column, most: int) -> Post:
    day = one.sitting.day
    taken = one.taken - one.booked
    parts = (("taken", taken), ("booked", one.booked), ("in-time", one.in_time), ("late", one.late))
    told = f"{day:%Y-%m-%d} {one.sitting.venue.name}：名额{one.places}，已安排{one.taken}，方案排入{one.in_time + one.late}"
    return Post(
        number=one.sitting.number,
        boxes=(_box("places", place, 0, one.places, most), *_stacked(place, parts, most)),
        middle=_left(place) + BAR // 2,
        day=f"{day.month}/{day.day}",
        weekday=f"周{WEEKDAYS[day.weekday()]}",
        count=f"{one.taken + one.in_time + one.late}/{one.places}",
        told=f"{told}，其中超期{one.late}" if one.late else told,
        above=_box("", place, 0, max(one.places, one.taken + one.in_time + one.late), most).y - 3,
    )


def _nowhere(place: int, count: int, most: int) -> Post:
    box = _box("late", place, 0, count, most)
    return Post("", (box,), _left(place) + BAR // 2, "无场次", "", str(count), f"没有场次可排：{count}件", box.y - 3)


def _stacked(place: int, parts: Sequence[tuple[str, int]], most: int) -> list[Box]:
    found, below = [], 0
    for kind, count in parts:
        if count > 0:
            found.append(_box(kind, place, below, count, most))
            below += count
    return found


def _box(kind: str, place: int, below: int, count: int, most: int) -> Box:
    top = HEIGHT * (below + count) // most
    return Box(kind, _left(place), TOP + HEIGHT - top, BAR, top - HEIGHT * below // most)


def _left(place: int) -> int:
    return 8 + place * STEP


@dataclass(frozen=True)
class Dot:
    """One point of the curve, with its words."""

    x: int
    y: int
    sittings: int
    per_cent: str
    enough: bool


@dataclass(frozen=True)
class Curve:
    """The share in time by number of further sittings: dots, the line through them, and the height of the share that is wanted."""

    width: int
    height: int
    floor: int
    wanted: int
    wanted_per_cent: str
    line: str
    dots: tuple[Dot, ...]


def curve_of(advice: Advice) -> Curve:
    """The advice as a chart, from 0 to 100 per cent."""
    dots = tuple(
        Dot(48 + number * STEP, _height(one.share), one.sittings, _per_cent(one.share), one.share >= advice.wanted)
        for number, one in enumerate(advice.points)
    )
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    width = 48 + len(dots) * STEP
    return Curve(width, TOP + HEIGHT + FOOT, TOP + HEIGHT, _height(advice.wanted), _per_cent(advice.wanted), line, dots)


def _height(share: float) -> int:
    return TOP + HEIGHT - round(HEIGHT * share)


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}%" if round(100 * share, 6).is_integer() else f"{100 * share:.1f}%"
