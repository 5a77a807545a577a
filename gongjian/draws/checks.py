"""What `gongjian check` asks of draws: every receipt repeats, seats and arrivals are those of the receipt, nobody left a complete group."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, Departure, Draw, Seat
from gongjian.draws.states import Kind, State
from gongjian.kernel.checks import Problem
from gongjian.law.errors import RuleError

RECEIPTS, SEATS, DEPARTURES = "draw_receipts", "draw_seats", "departures"
Facts = set[tuple[object, ...]]


def receipts() -> Iterator[Problem]:
    """Receipts that do not repeat, or that are not about the commitment which was published."""
    for draw in _with_receipt().iterator():
        for finding in verify_text(draw.receipt.encode()):
            yield Problem(RECEIPTS, draw.number, finding.message)
        if _told(draw, "commitment_hash") != draw.commitment_hash:
            yield Problem(RECEIPTS, draw.number, "凭证依据的不是公布过的承诺。")
        if _told(draw, "hash") != draw.receipt_hash:
            yield Problem(RECEIPTS, draw.number, "凭证的哈希与登记的不符。")


def seats() -> Iterator[Problem]:
    """Seats held, and people sent, otherwise than the receipt says."""
    for draw in _with_receipt().iterator():
        told, found = _seats(draw) if draw.kind == Kind.EXPERTS else _arrivals(draw)
        if told != found:
            what = "席位" if draw.kind == Kind.EXPERTS else "现场分组"
            yield Problem(
                SEATS,
                draw.number,
                f"{what}与凭证不符：登记{len(found)}项，凭证{len(told)}项，有{len(told ^ found)}处不同。",
            )


def departures() -> Iterator[Problem]:
    """People who left a group that lacks nobody: they were moved by hand. An empty seat stays empty for good."""
    lacking = Seat.objects.filter(group=OuterRef("arrival__group"), expert=None)
    wrong = Departure.objects.filter(~Exists(lacking)).order_by("pk")
    for number, position in wrong.values_list("arrival__draw__number", "arrival__position").iterator():
        yield Problem(DEPARTURES, number, f"第{position}位到场的人退出了没有空缺席位的专家组。")


def _with_receipt() -> QuerySet[Draw]:
    """Draws whose receipt is known: held ones of experts, closed ones of either kind."""
    held = Draw.objects.filter(state__in=[State.HELD, State.CLOSED])
    return held.exclude(kind=Kind.DOOR, state=State.HELD).order_by("pk")


def _told(draw: Draw, field: str) -> str:
    try:
        return str(read(draw.receipt.encode()).get(field, ""))
    except RuleError:
        return ""


def _list(draw: Draw, field: str) -> list[dict[str, object]]:
    try:
        return list(read(draw.receipt.encode()).get(field, []))
    except RuleError:
        return []


def _seats(draw: Draw) -> tuple[Facts, Facts]:
    rows = Seat.objects.filter(group__draw=draw).values_list("group__code", "position", "expert__number")
    told: Facts = {(one["group"], one["seat"], one["expert"]) for one in _list(draw, "sitting")}
    return told, {(group, position, number or "") for group, position, number in rows}


def _arrivals(draw: Draw) -> tuple[Facts, Facts]:
    rows = Arrival.objects.filter(draw=draw).values_list("booking__exam_code", "group__code", "hash")
    return {(one["person"], one["group"], one["hash"]) for one in _list(draw, "arrivals")}, set(rows)
