"""The draw of experts: commit the list, hold the draw."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.draws.actions.ceremony import (
    call_witnesses,
    check_not_waiting,
    check_state,
    keep,
    lock_sitting,
    locked,
    new_number,
    put_aside,
    require,
    step,
    those_expected,
    used_secrets,
    words_of,
)
from gongjian.draws.actions.reasons import Notebook
from gongjian.draws.errors import ListOutdated, NeedsNotCovered, NotSeated
from gongjian.draws.lot.commitment import commit, read_commitment
from gongjian.draws.lot.receipt import Receipt, draw
from gongjian.draws.lot.words import secret_hash
from gongjian.draws.models import Draw, Group, Seat
from gongjian.draws.queries.plan import GroupWish, code_of, plan_of
from gongjian.draws.rules import check_group_count, uncovered
from gongjian.draws.states import NOT_SEATED, Kind, State
from gongjian.experts.models import Expert
from gongjian.experts.rules import barriers
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.fitting import rule_of
from gongjian.sittings.models import Booking, Sitting


@transaction.atomic
def commit_experts(
    sitting: Sitting, groups: Sequence[GroupWish], *, reserves: Sequence[str], witnesses: Sequence[str], by: User,
    one_per_hospital: bool = True,
) -> Draw:  # fmt: skip
    """Fix and publish the list from which a sitting's groups are drawn. Law: 令55 art. 11, 28.

    groups: in the order of seating. reserves: specialty codes or ANY, one for each reserve. witnesses: the parts of those who give a word.
    Raises: NotAllowed, SittingOver, DrawAlready, NobodyBooked, OfficerTied, OneGroupOnly, NeedsNotCovered, PlanWrong, QuotaImpossible, HospitalsTooFew, WordsMissing.
    """
    require(by, Kind.EXPERTS, sitting)
    prior = lock_sitting(sitting, Kind.EXPERTS)
    bookings = those_expected(sitting, officer=by)
    check_group_count(rule_of(sitting), len(groups))
    check_covered(bookings, groups)
    number = new_number(sitting)
    secret = secrets.token_bytes(32)
    book = Notebook()
    plan = plan_of(sitting, number, groups, reserves, bookings, one_per_hospital=one_per_hospital, note=book.note)
    commitment = commit(plan, secret=secret, prior=prior, used=used_secrets(sitting))
    row = keep(
        sitting, Kind.EXPERTS, number=number, document=commitment.document(), hash=commitment.hash,
        secret=secret, hidden=secret_hash(secret), by=by,
    )  # fmt: skip
    book.keep(row)
    Group.objects.bulk_create(
        Group(draw=row, number=place, code=code_of(place), room=group.room)
        for place, group in enumerate(groups, start=1)
    )
    call_witnesses(row, witnesses, by=by)
    return row


def check_covered(bookings: Sequence[Booking], groups: Sequence[GroupWish]) -> None:
    """Everybody expected finds a group with a seat for each specialty they need. Raises: NeedsNotCovered."""
    needs = {booking.exam_code: booking.needs for booking in bookings}
    if left := uncovered(needs, [group.wants for group in groups]):
        raise NeedsNotCovered(people="、".join(left))


@transaction.atomic
def hold(row: Draw, *, by: User) -> Draw:
    """Hold the draw when all words are in, seat the experts, keep the receipt. A second time changes nothing. Law: 令55 art. 11.

    Where the committed rules end without a seating the draw comes back void, with the reason; nothing is patched.
    Raises: NotAllowed, DrawStateWrong, ChangeWaiting, OfficerTied, WordsMissing, WordsNotAllIn, WordsNotOpened, ListOutdated.
    """
    require(by, Kind.EXPERTS, row.sitting)
    row = locked(row)
    if row.state in (State.HELD, State.CLOSED):
        return row
    check_state(row, "hold")
    check_not_waiting(row, "hold")
    those_expected(row.sitting, officer=by)
    words = words_of(row)
    commitment = read_commitment(row.commitment)
    _check_list(row, [expert.id for expert in commitment.plan.experts])
    try:
        receipt = draw(commitment, secret=bytes.fromhex(row.secret), words=words)
    except NotSeated as error:
        return put_aside(row, kind=NOT_SEATED, reason=str(error), by=by)
    step(row, "hold", receipt=receipt.text.decode(), receipt_hash=receipt.hash, held_at=moment.now(), held_by=by)
    _seat(row, receipt)
    record(row.chain, "draw.held", by=by, receipt=receipt.hash, redraws=receipt.outcome.redraws)
    record(row.sitting.chain, "draw.held", by=by, draw=row.number, receipt=receipt.hash)
    return row


def _check_list(row: Draw, numbers: Iterable[str]) -> None:
    """Nobody on the committed list has since lost the right to be drawn for the day; asked of all, whoever would win. Raises: ListOutdated."""
    out = undrawable(by_number(numbers).values(), on=row.sitting.day)
    if out:
        raise ListOutdated(experts="、".join(expert.number for expert in out))


def _seat(row: Draw, receipt: Receipt) -> None:
    groups = {group.code: group for group in row.groups.all()}
    experts = by_number(place.expert for place in receipt.sitting)
    Seat.objects.bulk_create(
        Seat(group=groups[place.group], position=place.seat, wants=place.wants, expert=experts.get(place.expert))
        for place in receipt.sitting
    )


def by_number(numbers: Iterable[str]) -> dict[str, Expert]:
    """Experts by their number."""
    return {expert.number: expert for expert in Expert.objects.filter(number__in=list(numbers))}


def undrawable(experts: Iterable[Expert], *, on: date) -> list[Expert]:
    """Those who may not be drawn for a day, by number: out of term, untrained, suspended, dismissed or unwell. Law: 令55 art. 24."""
    return sorted((one for one in experts if barriers(one.standing, on=on)), key=lambda one: one.number)
