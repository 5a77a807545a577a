"""An office that waits to be planned: sittings on two days, cases due on different days, and the proposal made of them.

The story is that of `sittings.tests.builders`: planned on 2026-03-10; cases received on 2026-03-02 are due 60 days later.
"""

from collections.abc import Sequence
from datetime import date

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.cases.models import Case
from gongjian.experts.models import Availability
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.scheduling.actions import propose
from gongjian.scheduling.models import Placement, Proposal
from gongjian.sittings.models import Sitting, Slot
from gongjian.sittings.tests.builders import PLANNED, a_sitting, an_accepted_case, at

EARLY, LATER, TOO_LATE = date(2026, 3, 24), date(2026, 3, 31), date(2026, 5, 12)


def a_day(
    day: date = EARLY, *, places: int = 2, specialties: Sequence[str] | None = None, **changes: object
) -> Sitting:
    """A sitting with one slot of so many places."""
    sitting = a_sitting(day=day, capacity=1, specialties=specialties, **changes)  # type: ignore[arg-type]
    Slot.objects.filter(sitting=sitting).exclude(starts_at=sitting.starts_at).delete()
    Slot.objects.filter(sitting=sitting).update(capacity=places)
    return sitting


def due(case: Case, day: date) -> Case:
    """Let a case's decision be due on a day."""
    Case.objects.filter(pk=case.pk).update(due_on=day)
    case.due_on = day
    return case


def a_proposal(*, people: int = 2, sittings: Sequence[Sitting] = ()) -> Proposal:
    """A proposal for so many cases in one sitting with two places, or in those given."""
    for serial in range(1, people + 1):
        an_accepted_case(serial)
    if not sittings:
        a_day()
    with at(PLANNED):
        return propose(an_office(), by=a_scheduler())


def where(proposal: Proposal) -> dict[str, str | None]:
    """Case → sitting."""
    rows = Placement.objects.filter(proposal=proposal).order_by("case__number")
    return dict(rows.values_list("case__number", "sitting__number"))


def comes(sitting: Sitting, specialty: str, number: str = "E01") -> Availability:
    """An expert of one specialty who has said they can come."""
    expert = an_expert(number=number, specialties=[specialty])
    return Availability.objects.create(
        expert=expert, sitting=sitting, can_come=True, answered_at=moment.now(), answered_by=a_scheduler()
    )
