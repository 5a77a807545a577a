"""A conclusion takes effect when every party's time for a second appraisal has ended. Which times those are is said by the room of delivery."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.rules import effective_on


@transaction.atomic
def put_in_effect(case: Case, *, remedy_ends: Sequence[date]) -> Conclusion:
    """Note the day on which the conclusion took effect, and move the case. Law: 令55 art. 19. Raises: MoveNotAllowed."""
    day = effective_on(remedy_ends)
    move(case, "take_effect", by=None, effective=day)
    Conclusion.objects.filter(case=case, effective_on=None).update(effective_on=day)
    return Conclusion.objects.get(case=case)


@transaction.atomic
def take_back_effect(case: Case, *, by: User, reason: str) -> Conclusion:
    """Take back that the conclusion took effect: a party's time turns out not to have ended, or was used. reason: a code for the ledger.

    Law: 令55 art. 19. Raises: MoveNotAllowed, NotYours.
    """
    former = Conclusion.objects.get(case=case).effective_on
    move(case, "take_back", by=by, former=former, reason=reason)
    Conclusion.objects.filter(case=case).update(effective_on=None)
    return Conclusion.objects.get(case=case)
