"""What `gongjian check` asks of draws: receipts repeat, seats and arrivals are theirs, nobody left a complete group, nobody left on one word alone."""

from collections.abc import Iterator

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from gongjian.cases.models import Obligation
from gongjian.draws.lot.canonical import FIRST, read
from gongjian.draws.lot.records import record_hash
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Arrival, ChangeRequest, Departure, Draw, ReasonRecord, Seat
from gongjian.draws.owes import CONFIRM_CHANGE
from gongjian.draws.queries.changes import case_to_owe, records_of
from gongjian.draws.states import NOT_SEATED, Act, Decision, Kind, State
from gongjian.experts.models import Expert
from gongjian.kernel.checks import Problem
from gongjian.law.errors import RuleError

RECEIPTS, SEATS, DEPARTURES, CHANGES, REASONS = (
    "draw_receipts",
    "draw_seats",
    "departures",
    "draw_changes",
    "draw_reasons",
)
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


def changes() -> Iterator[Problem]:
    """Departures and voidings without a second pair of eyes, and requests that wait while nobody owes an answer."""
    for draw in _with_receipt().filter(kind=Kind.EXPERTS).iterator():
        if _told(draw, "algorithm") != FIRST:
            yield from _unseen_departures(draw)
    by_rule = Q(void_kind=NOT_SEATED) | Q(commitment__algorithm=FIRST)
    seen = ChangeRequest.objects.filter(draw=OuterRef("pk"), act=Act.VOID, decision=Decision.CONFIRMED)
    for draw in Draw.objects.filter(~Exists(seen), state=State.VOID).exclude(by_rule).order_by("pk").iterator():
        yield Problem(CHANGES, draw.number, "承诺被作废，却没有第二人确认的记录。")
    owed = Obligation.objects.filter(
        kind=CONFIRM_CHANGE, fulfilled_at=None, about=Cast(OuterRef("pk"), CharField()), case__closed_at=None
    )
    for change in ChangeRequest.objects.filter(~Exists(owed), decision=Decision.ASKED).select_related("draw"):
        if case_to_owe(change.draw.sitting):
            yield Problem(CHANGES, change.draw.number, "有一项变更申请待确认，却不是任何人的待办。")


def _unseen_departures(draw: Draw) -> Iterator[Problem]:
    """Late conflicts of a receipt behind which stand neither a request confirmed by another, nor the expert's own declaration, nor a fact on record."""
    known = {row.hash: row for row in records_of(draw).select_related("change", "declared_by")}
    for entry in _list(draw, "late"):
        row = known.get(str(entry.get("record")))
        if row is None or not _is_seen(row, entry):
            yield Problem(CHANGES, draw.number, f"专家{entry['expert']}在抽取后离席，没有第二人确认，也不是本人声明。")


def _is_seen(row: ReasonRecord, entry: dict[str, object]) -> bool:
    if row.change:
        by_two = row.change.decided_by_id not in (None, row.change.asked_by_id)
        return row.change.decision == Decision.CONFIRMED and by_two
    own = Expert.objects.filter(number=str(entry["expert"]), user=row.declared_by).exists()
    return row.declared_by is not None and (
        own or not entry["seats"]
    )  # nothing moved: a reserve passed over on the way


def reasons() -> Iterator[Problem]:
    """Neutral reasons whose exact record is missing, or is not the one whose hash is public."""
    for draw in Draw.objects.order_by("pk").iterator():
        kept = {row.hash: row for row in records_of(draw)}
        if lost := _public_records(draw) - kept.keys():
            yield Problem(REASONS, draw.number, f"有{len(lost)}项公开的理由找不到留存的记录。")
        for row in kept.values():
            if record_hash(read(row.exact.encode()), bytes.fromhex(row.salt)) != row.hash:
                yield Problem(REASONS, draw.number, "留存的理由记录与公开的哈希不符。")


def _public_records(draw: Draw) -> set[str]:
    """Every hash of a record that the commitment, the receipt or the arrivals of a draw name."""
    late = draw.arrivals.values_list("late", flat=True)
    return {*_records_in(draw.commitment), *_records_in(_list(draw, "late")), *_records_in(list(late))}


def _records_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("record"), str):
            yield value["record"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _records_in(part)


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
