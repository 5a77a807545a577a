"""When a group lacks a member for good: a case leaves it, and stands at the door again."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.draws.errors import GroupComplete
from gongjian.draws.models import Departure
from gongjian.draws.queries.groups import arrival_of, empty_seats
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.actions import queue
from gongjian.sittings.owes import FILL_SEAT


@transaction.atomic
def leave_group(case: Case, *, by: User) -> Departure:
    """Take a case from its group, out of that group's queue and back to the door. For `opinions.actions.regroup`, which holds the case's row.

    An empty seat stays empty, so the door cannot send the person back. Law: 令55 art. 11, 28.
    Raises: MoveNotAllowed, NotYours, GroupComplete, CalledJustNow.
    """
    allowed_move(case, "regroup", by=by)
    sent = arrival_of(case)
    empty = empty_seats(sent.group) if sent else []
    if sent is None or not empty:
        raise GroupComplete
    departure = Departure.objects.create(arrival=sent, empty=empty, at=moment.now(), by=by)
    queue.leave(sent.booking, by)
    told = {"draw": sent.draw.number, "group": sent.group.code, "empty": empty, "reason": "no_reserve_left"}
    move(case, "regroup", by=by, appointed=sent.booking.sitting.day, **told)
    fulfil(case, FILL_SEAT)
    record(sent.draw.chain, "door.left", by=by, position=sent.position, arrival=sent.hash, empty=empty)
    return departure
