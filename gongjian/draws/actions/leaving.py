"""When a member leaves after the draw: the next committed reserve takes the seat, and nobody else."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.draws.actions.ceremony import locked, require, words_of
from gongjian.draws.actions.experts import by_number, undrawable
from gongjian.draws.errors import NoDrawYet
from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.commitment import read_commitment
from gongjian.draws.lot.receipt import EVERYWHERE, Late, Receipt, late_conflict, repeat
from gongjian.draws.models import Draw, Group, Seat
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.groups import STILL_TO_JUDGE, cases_of_group, live_draw
from gongjian.draws.states import EVERYWHERE as CANNOT_COME
from gongjian.draws.states import Kind, State
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.models import Sitting
from gongjian.sittings.owes import FILL_SEAT

ARTICLE = "令55 第十一条、第二十八条"


@transaction.atomic
def cannot_come(sitting: Sitting, expert: Expert, *, by: User) -> list[Seat]:
    """A member, or a reserve, who cannot come at all: their seats go to the next committed reserves. Law: 令55 art. 11, 27.

    Gives the seats that changed. Raises: NotAllowed, NoDrawYet, NotTaking.
    """
    require(by, Kind.EXPERTS, sitting)
    return member_leaves(sitting, expert, reason=CANNOT_COME, by=by)


@transaction.atomic
def member_leaves(
    sitting: Sitting, expert: Expert, *, reason: str, by: User, group: Group | None = None, cases: Sequence[Case] = ()
) -> list[Seat]:
    """Let the next committed reserve who fits take a member's seat. For the acts of this room, which have asked who may. Law: 令55 art. 28.

    reason: a code of `states.Ground` or EVERYWHERE's. group: only there; None: the expert cannot come at all. cases: whom the reserve must be
    able to judge besides those the group has received; a reserve who must recuse is passed over, on record, before.
    Gives the seats that changed; one without an expert has found no reserve: whom its group has still to judge is owed another group.
    Raises: NoDrawYet, NotTaking.
    """
    row = lock_seats(sitting)
    before = rebuilt(row)
    late = Late(expert.number, group.code if group else EVERYWHERE, reason)
    after = _called(before, late, _barred_reserves(row, before, cases, group))
    Draw.objects.filter(pk=row.pk).update(receipt=after.text.decode())
    for told in after.document()["late"][len(before.calls) :]:
        record(row.chain, "draw.late_conflict", by=by, expert=told["expert"], reason=told["reason"], hash=told["hash"])
    moved = _reseat(row, after, {(code, seat) for code, seat, _ in after.calls[-1].seats})
    _owe_another_group([seat.group for seat in moved if seat.expert is None])
    return moved


def lock_seats(sitting: Sitting) -> Draw:
    """The held draw of experts, locked until the transaction ends. Who needs a case's row as well takes this one first. Raises: NoDrawYet."""
    found = live_draw(sitting, Kind.EXPERTS)
    if found is None or found.state == State.COMMITTED:
        raise NoDrawYet
    return locked(found)


def _owe_another_group(groups: Sequence[Group]) -> None:
    """Whoever waits for, or stands before, a group that lacks a member for good: the office owes them another, today."""
    stuck = [case.pk for group in groups for case in cases_of_group(group)]
    for case in Case.objects.select_for_update().filter(pk__in=stuck, state__in=STILL_TO_JUDGE).order_by("pk"):
        owe(case, FILL_SEAT, due=moment.today(), article=ARTICLE, role=Role.DRAW_OFFICER)


def _called(receipt: Receipt, late: Late, barred: Mapping[tuple[str, str], Late]) -> Receipt:
    """The receipt after a late conflict. barred: (group, expert) → how reserves are passed over, when their turn comes."""
    while True:
        after = late_conflict(receipt, expert=late.expert, group=late.group, reason=late.reason)
        turn = next((barred[code, one] for code, _, one in after.calls[-1].seats if (code, one) in barred), None)
        if turn is None:
            return after
        receipt = late_conflict(receipt, expert=turn.expert, group=turn.group, reason=turn.reason)


def _barred_reserves(
    row: Draw, receipt: Receipt, cases: Sequence[Case], group: Group | None
) -> dict[tuple[str, str], Late]:
    """Reserves who must recuse in a case that a group has received, or in one of `cases` for the group named; and who may be drawn no more."""
    reserves = list(by_number(reserve.expert for reserve in receipt.outcome.reserves).values())
    gone = undrawable(reserves, on=row.sitting.day)
    found: dict[tuple[str, str], Late] = {}
    for one in row.groups.all():
        found |= {(one.code, expert.number): Late(expert.number, EVERYWHERE, CANNOT_COME) for expert in gone}
        theirs = [
            *cases_of_group(one).filter(state__in=STILL_TO_JUDGE),
            *(cases if group and group.pk == one.pk else ()),
        ]
        for (_, expert_id), grounds in conflicts_of(theirs, reserves).items():
            number = next(expert.number for expert in reserves if expert.pk == expert_id)
            found.setdefault((one.code, number), Late(number, one.code, grounds[0].value))
    return found


def rebuilt(row: Draw) -> Receipt:
    """The receipt of a draw that has been held, repeated from its commitment, secret, words and late conflicts: what is stored is not trusted."""
    receipt = repeat(read_commitment(row.commitment), secret=bytes.fromhex(row.secret), words=words_of(row))
    for told in read(row.receipt.encode())["late"]:
        receipt = late_conflict(receipt, expert=told["expert"], group=told["group"], reason=told["reason"])
    return receipt


def _reseat(row: Draw, receipt: Receipt, changed: set[tuple[str, int]]) -> list[Seat]:
    holders = {(place.group, place.seat): place.expert for place in receipt.sitting}
    experts = by_number(holders.values())
    seats = list(Seat.objects.filter(group__draw=row).select_related("group"))
    moved = [seat for seat in seats if (seat.group.code, seat.position) in changed]
    for seat in moved:
        seat.expert = experts.get(holders[seat.group.code, seat.position])
        seat.save(update_fields=["expert"])
    return moved
