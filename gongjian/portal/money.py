"""What a party can claim, and what it has claimed: for the page of the third business and for the story."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.benefits.queries import side_claiming, stage_for
from gongjian.benefits.rules import Stage
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.claims.models import Claim
from gongjian.claims.queries import claims_of, runs
from gongjian.claims.states import State

MOST = 50


@dataclass(frozen=True)
class Told:
    """One claim with its state in words."""

    claim: Claim
    state: str


def claimable(cases: Iterable[Case], *, by: User) -> list[tuple[Case, Stage]]:
    """The cases upon which `by` can claim now, and what: those on which no claim runs."""
    staged = ((case, stage_for(case, side_claiming(case, by=by))) for case in cases)
    return [(case, stage) for case, stage in staged if stage and not runs(case)]


def claims_told(cases: Iterable[Case], *, by: User) -> list[Told]:
    """The claims upon these cases that `by` may see."""
    return [Told(claim, State(claim.state).label) for case in cases for claim in claims_of(case, by=by)]


def cases_of(user: User) -> list[Case]:
    """The cases of a party, newest first."""
    return list(visible_to(user).select_related("person", "office").order_by("-received_at", "-id")[:MOST])
