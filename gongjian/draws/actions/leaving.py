"""When a member leaves after the draw: the next committed reserve takes the seat, and nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.draws.actions.ceremony import locked, words_of
from gongjian.draws.actions.experts import by_number, undrawable
from gongjian.draws.actions.reasons import Notebook
from gongjian.draws.errors import NoDrawYet
from gongjian.draws.lot.canonical import read
from gongjian.draws.lot.commitment import read_commitment
from gongjian.draws.lot.receipt import EVERYWHERE, Late, Receipt, late_conflict, repeat
from gongjian.draws.models import ChangeRequest, Draw, Group, Seat
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.exact import Bar, Note, of_barriers, of_grounds
from gongjian.draws.queries.groups import STILL_TO_JUDGE, cases_of_group, live_draw
from gongjian.draws.states import Kind, Reason, State
from gongjian.experts.models import Expert
from gongjian.experts.rules import barriers
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.models import Sitting
from gongjian.sittings.owes import FILL_SEAT

ARTICLE = "令55 第十一条、第二十八条"


@dataclass(frozen=True)
class Leaving:
    """That an expert leaves: why, and on whose word. change: the request a second person has confirmed; none: the expert's own declaration.

    bar: from which group, or EVERYWHERE. cases: whom a reserve must be able to judge besides those the group has received.
    """

    expert: Expert
    bar: Bar
    by: User
    change: ChangeRequest | None = None
    cases: Sequence[Case] = ()


@transaction.atomic
def member_leaves(sitting: Sitting, leaving: Leaving) -> list[Seat]:
    """Let the next committed reserve who fits take a member's seat. For the acts of this room, which have asked who may. Law: 令55 art. 28.

    A reserve who must recuse is passed over, on record, before. Gives the seats that changed; one without an expert has found no reserve:
    whom its group has still to judge is owed another group. Raises: NoDrawYet, NotTaking.
    """
    row, book = lock_seats(sitting), Notebook()
    before = rebuilt(row)
    after = _called(before, leaving, _barred_reserves(row, before, leaving), book)
    book.keep(row, change=leaving.change, declared_by=None if leaving.change else leaving.by)
    Draw.objects.filter(pk=row.pk).update(receipt=after.text.decode())
    source = {"change": leaving.change.pk} if leaving.change else {"declared": True}
    for told in after.document()["late"][len(before.calls) :]:
        facts = {name: told[name] for name in ("expert", "reason", "hash")}
        record(row.chain, "draw.late_conflict", by=leaving.by, **facts, **source)
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


def _called(receipt: Receipt, leaving: Leaving, barred: Mapping[tuple[str, str], Bar], book: Notebook) -> Receipt:
    """The receipt after a late conflict. barred: (group, expert) → how reserves are passed over, when their turn comes."""
    note = book.note_for(receipt.commitment.algorithm)
    late = _late(leaving.expert.number, leaving.bar, note)
    while True:
        after = late_conflict(receipt, **asdict(late))
        turn = next(((code, one) for code, _, one in after.calls[-1].seats if (code, one) in barred), None)
        if turn is None:
            return after
        receipt = late_conflict(receipt, **asdict(_late(turn[1], barred[turn], note)))


def _late(expert: str, bar: Bar, note: Note) -> Late:
    return Late(expert, bar.group, bar.reason, note(bar.exact))


def _barred_reserves(row: Draw, receipt: Receipt, leaving: Leaving) -> dict[tuple[str, str], Bar]:
    """Reserves who must recuse in a case that a group has received, or in one of `cases` for the group named; and who may be drawn no more."""
    reserves = list(by_number(reserve.expert for reserve in receipt.outcome.reserves).values())
    gone = undrawable(reserves, on=row.sitting.day)
    found: dict[tuple[str, str], Bar] = {}
    numbers = {expert.pk: expert.number for expert in reserves}
    for one in row.groups.all():
        for expert in gone:
            exact = of_barriers(expert, barriers(expert.standing, on=row.sitting.day))
            found[one.code, expert.number] = Bar(EVERYWHERE, Reason.UNFIT, exact)
        theirs = list(cases_of_group(one).filter(state__in=STILL_TO_JUDGE))
        theirs += leaving.cases if leaving.bar.group == one.code else ()
        names = {case.pk: case.number for case in theirs}
        for (case_id, expert_id), grounds in conflicts_of(theirs, reserves).items():
            exact = of_grounds(numbers[expert_id], one.code, [(names[case_id], ground) for ground in grounds])
            found.setdefault((one.code, numbers[expert_id]), Bar(one.code, Reason.RECUSED, exact))
    return found


def rebuilt(row: Draw) -> Receipt:
    """The receipt of a draw that has been held, repeated from its commitment, secret, words and late conflicts: what is stored is not trusted."""
    receipt = repeat(read_commitment(row.commitment), secret=bytes.fromhex(row.secret), words=words_of(row))
    for told in read(row.receipt.encode())["late"]:
        facts = {name: told[name] for name in ("expert", "group", "reason")}
        receipt = late_conflict(receipt, **facts, record=told.get("record", ""))
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
