"""Whether an expert can come to a sitting."""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.experts.access import MANAGE
from gongjian.experts.errors import AnswerNotYours, ExpertCannotCome, NotInvited, SittingOver
from gongjian.experts.models import Availability, Expert
from gongjian.experts.queries import is_invited
from gongjian.experts.rules import barriers
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def answer(expert: Expert, sitting: Any, can_come: bool, by: User) -> Availability:
    """Keep an expert's answer for a sitting; a later answer replaces an earlier one, the ledger keeps both.

    sitting: a `sittings.Sitting` (a room above this one). by: the expert, or who manages the pool.
    Law: 令55 art. 27. Raises: AnswerNotYours, SittingOver, NotInvited, ExpertCannotCome for a yes of who may not be drawn that day.
    """
    if expert.user_id != by.pk and not by.holds(MANAGE, sitting.office_id):
        raise AnswerNotYours
    if sitting.starts_at <= moment.now():
        raise SittingOver
    if can_come and not is_invited(expert, sitting.pk):
        raise NotInvited(number=expert.number)
    found = barriers(expert.standing, on=sitting.day) if can_come else ()
    if found:
        raise ExpertCannotCome(number=expert.number, reasons="、".join(barrier.label for barrier in found))
    kept, _ = Availability.objects.update_or_create(
        expert=expert,
        sitting=sitting,
        defaults={"can_come": can_come, "answered_at": moment.now(), "answered_by": by},
    )
    record(sitting.chain, "expert.answered", by=by, expert=expert.number, can_come=can_come)
    return kept


@transaction.atomic
def ask_anew(sitting: Any, *, by: User) -> int:
    """Forget the answers for a sitting that has moved to another day; the ledger keeps them. How many have to be given again.

    sitting: a `sittings.Sitting` (a room above this one). Law: 令55 art. 27.
    """
    forgotten, _ = Availability.objects.filter(sitting=sitting).delete()
    if forgotten:
        record(sitting.chain, "experts.asked_anew", by=by, answers=forgotten)
    return forgotten
