"""An employer with injured workers, and its application for a day on its premises, from no arguments."""

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_scheduler, an_employer_user
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.parties.models import Employer
from gongjian.parties.tests.builders import an_employer
from gongjian.sittings.actions.collecting import Premises, ask_collective, grant_collective
from gongjian.sittings.actions.wishing import accept_offer
from gongjian.sittings.collectives import Collective
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

PREMISES = Premises(
    address="云溪市工业大道8号办公楼二楼", rooms=2, contact="周若岚 19900000002", reason="倒班多，集中检查方便"
)
HOW = "3月12日来电，本人口头同意"


def a_workers_case(serial: int, *, employer: Employer | None = None, part: str = "143:left") -> Case:
    """An accepted case of a worker of the employer, in which the employer's own person takes part."""
    case = an_accepted_case(serial, parts=[part])
    Case.objects.filter(pk=case.pk).update(employer=employer or an_employer())
    case.refresh_from_db()
    join_case(case, an_employer_user(), capacity="employer")
    return case


def a_collective(*, people: int = 5, by: User | None = None) -> Collective:
    """What the employer asks for so many workers."""
    with at(PLANNED):
        return ask_collective([a_workers_case(n) for n in range(1, people + 1)], PREMISES, by=by or an_employer_user())


def a_granted_collective(*, people: int = 5) -> Collective:
    """The same, answered yes: everybody is being asked."""
    with at(PLANNED):
        return grant_collective(a_collective(people=people), answer="3月下旬安排。", by=a_scheduler())


def agree(row: Collective, *, but: int = 0) -> list[Case]:
    """Everybody agrees but the last so many; those who have."""
    cases = [wish.case for wish in row.wishes.select_related("case").order_by("case__number")]
    agreed = cases[: len(cases) - but]
    with at(PLANNED):
        for case in agreed:
            accept_offer(case, consent=HOW, by=a_scheduler())
    return agreed
