"""Claims from no arguments: a conclusion of grade nine in effect since 2026-05-06, claimed upon by the worker."""

from datetime import date
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user
from gongjian.cases.models import Case
from gongjian.claims.actions import Handed, submit
from gongjian.claims.models import Claim
from gongjian.claims.rules import BILLS
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import the_agency
from gongjian.delivery.tests.builders import both_served
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.materials.tests.builders import a_picture

SERVED, EFFECTIVE, CLAIMED = date(2026, 4, 20), date(2026, 5, 6), date(2026, 5, 20)
TOLD: dict[str, Any] = {"insured": True, "wages": ["5000"] * 12, "average_wage_at_injury": "8000.00"}
"""What only the claimant knows."""


def an_agent_of_the_agency() -> User:
    """Who fixes benefits there."""
    return a_member(Role.REVIEWER, "社复", office=the_agency())


@kept
def a_case_in_effect() -> Case:
    """Its worker and employer were served, and nobody asked for a second appraisal."""
    the_agency()
    case = both_served(SERVED, SERVED)
    Conclusion.objects.filter(case=case).update(effective_on=EFFECTIVE)
    return case


def a_bill(number: int = 5) -> Handed:
    """A paper nobody has yet."""
    return Handed(BILLS, a_picture(number), "票据.png")


@kept
def a_claim_in_hand() -> Claim:
    """The worker's, upon a conclusion in effect."""
    return a_claim()


def a_claim(case: Case | None = None, *, by: User | None = None, **told: Any) -> Claim:
    """Handed in on 2026-05-20."""
    case = case or a_case_in_effect()
    with moment.fixed(moment.at(CLAIMED)):
        return submit(case, {**TOLD, **told}, by=by or a_worker_user())
