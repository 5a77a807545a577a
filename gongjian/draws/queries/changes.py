"""Reading change requests: who waits for a second person, what has changed after a draw, and how often, in neutral words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.draws.errors import ChangeNotFound
from gongjian.draws.lot.canonical import read
from gongjian.draws.models import ChangeRequest, Draw, ReasonRecord
from gongjian.draws.queries.access import visible_to as draws_visible_to
from gongjian.draws.queries.groups import bookings_for, live_draw
from gongjian.draws.states import WHYS, Decision, Kind, State, public_label
from gongjian.experts.models import Expert
from gongjian.sittings.models import Booking, Sitting

CONFIRM = "draws.confirm"
EXACT = "oversight.read"


def changes_of(draw: Draw) -> QuerySet[ChangeRequest]:
    """Every request about a draw, oldest first."""
    rows = ChangeRequest.objects.filter(draw=draw).select_related("expert", "group", "case", "asked_by", "decided_by")
    return rows.order_by("pk")


def change_for(pk: int, *, by: User) -> ChangeRequest:
    """One request about a draw that `by` sees; hidden and missing answer alike. Raises: ChangeNotFound."""
    found = ChangeRequest.objects.filter(pk=pk, draw__in=draws_visible_to(by)).select_related("draw").first()
    if found is None:
        raise ChangeNotFound
    return found


def may_confirm(change: ChangeRequest, user: User) -> bool:
    """Whether `user` is a second person for this request."""
    return user.pk != change.asked_by_id and user.holds(CONFIRM, change.draw.office_id)


def waiting_in(case: Case, user: User) -> ChangeRequest | None:
    """A request that waits for a second person and is owed in this case, among the draws that `user` sees."""
    sittings = Booking.objects.filter(case=case).values("sitting_id")
    rows = ChangeRequest.objects.filter(decision=Decision.ASKED, draw__sitting__in=sittings)
    return rows.filter(draw__office__in=offices_where(user, "draws.see")).select_related("draw").order_by("pk").first()


def changes_waiting_in(case: Case) -> QuerySet[ChangeRequest]:
    """Requests that somebody leave because of this very case, without an answer."""
    return ChangeRequest.objects.filter(case=case, decision=Decision.ASKED)


def conflict_is_waiting(case: Case) -> bool:
    """Whether somebody asks that a member leave this very case, and no second person has answered: meanwhile nobody seals."""
    return changes_waiting_in(case).exists()


def case_to_owe(sitting: Sitting) -> Case | None:
    """The case in which a change of the whole draw is owed: the first of those expected, else any of the sitting that is still open."""
    expected = bookings_for(sitting).first()
    if expected:
        return expected.case
    left = Booking.objects.filter(sitting=sitting, case__closed_at=None).select_related("case__office").first()
    return left.case if left else None


def held_draw_of(case: Case) -> Draw | None:
    """The draw of experts, already held, of the sitting at which a case is expected or was sent to a group."""
    booking = Booking.objects.filter(case=case).select_related("sitting").order_by("-pk").first()
    found = live_draw(booking.sitting, Kind.EXPERTS) if booking else None
    return found if found and found.state in (State.HELD, State.CLOSED) else None


def taking_part(draw: Draw) -> set[str]:
    """The numbers of those seated now and of the reserves."""
    told = read(draw.receipt.encode())
    return {one["expert"] for one in (*told["sitting"], *told["reserves"]) if one["expert"]}


@dataclass(frozen=True)
class Voided:
    """An earlier commitment of the same sitting that was put aside: why, and how many of those present had given a word by then."""

    hash: str
    why: str
    given: int
    asked: int


def voided_before(draw: Draw) -> list[Voided]:
    """The void commitments that this one names, and itself when it is void, oldest first: two queries."""
    rows = Draw.objects.filter(sitting=draw.sitting_id, kind=draw.kind, state=State.VOID, pk__lte=draw.pk)
    found = rows.prefetch_related("witnesses").order_by("pk")
    return [_voided(row) for row in found]


def _voided(row: Draw) -> Voided:
    given = [witness.given_at is not None for witness in row.witnesses.all()]
    why = WHYS[row.void_kind].public if row.void_kind else "未分类"
    return Voided(row.commitment_hash, why, sum(given), len(given))


@dataclass(frozen=True)
class Departures:
    """What changed after a draw, counted in neutral words. passed: reserves passed over; waiting: requests without an answer."""

    seats: tuple[tuple[str, int], ...]
    passed: tuple[tuple[str, int], ...]
    waiting: int

    @property
    def left(self) -> int:
        return sum(count for _, count in self.seats)

    @property
    def skipped(self) -> int:
        return sum(count for _, count in self.passed)


def departures_of(draw: Draw) -> Departures:
    """Who left after the draw, by kind. Nothing about health or discipline, and the numbers stand in the receipt."""
    late = read(draw.receipt.encode())["late"] if draw.kind == Kind.EXPERTS and draw.receipt else []
    return Departures(
        seats=_counted(one["reason"] for one in late if one["seats"]),
        passed=_counted(one["reason"] for one in late if not one["seats"]),
        waiting=ChangeRequest.objects.filter(draw=draw, decision=Decision.ASKED).count(),
    )


def _counted(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(map(public_label, codes)).items()))


def records_of(draw: Draw) -> QuerySet[ReasonRecord]:
    """The exact reasons behind the neutral ones of a draw, in the order in which they were written down."""
    return ReasonRecord.objects.filter(draw=draw).order_by("pk")


def may_read_records(draw: Draw, user: User) -> bool:
    """Who draws, who supervises: the exact reasons are about people's health, discipline and kinship."""
    return any(user.holds(permission, draw.office_id) for permission in ("draws.draw", EXACT))


def experts_taking_part(draw: Draw) -> list[Expert]:
    """Those seated now and the reserves, by number."""
    return list(Expert.objects.filter(number__in=taking_part(draw)).order_by("number"))
