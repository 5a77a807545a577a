"""How first appraisals hang on jurisdiction: which running ones go to another committee, and which are finished where their experts were drawn."""

from gongjian.accounts.models import Office
from gongjian.appraisal.notices import tell
from gongjian.appraisal.queries import recognised_case_of
from gongjian.appraisal.states import INITIAL, State
from gongjian.cases.models import Case
from gongjian.jurisdiction.businesses import Business, have, near_its_office
from gongjian.jurisdiction.rules import APPRAISAL
from gongjian.papers.forms.handover import AppraisalHandover
from gongjian.papers.models import Paper
from gongjian.recognition.belonging import region_of as belongs

MOVES = (State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED)
STAYS = (
    State.SCHEDULED, State.PRESENT, State.GROUPED, State.EXAMINING, State.DELIBERATING, State.OPINED, State.REVIEWED,
)  # fmt: skip
"""From the day and the place that were told to the person on: the experts are drawn from the list of the committee that has called them."""


def region_of(case: Case) -> str:
    """The region of the county whose window received it, else of the committee: the application itself names no place. Law: 令55 art. 5."""
    return (case.window or case.office).region


def near(case: Case, kind: str) -> tuple[str, ...]:
    """Who recognised has the conclusion, and the agency of where the worker is insured; with no recognition of ours, those of where it was received.

    Law: 条例 art. 46; 令55 art. 17, 18.
    """
    recognised = recognised_case_of(case)
    if recognised is None:
        return near_its_office(case, kind)
    deciding = recognised.office.region
    insured = () if kind == Office.Kind.HRSS else (belongs(recognised),)
    return (*insured, deciding, case.office.region)


def tell_both(case: Case, paper: Paper) -> None:
    """Each side learns who appraises now."""
    tell(case, paper.kind, paper, to_office=case.office.name)


def make_known() -> None:
    """Say so to `jurisdiction`."""
    have(
        Business(
            code=APPRAISAL,
            procedure=INITIAL,
            kinds=frozenset({"committee", "province"}),
            moves=frozenset(state.value for state in MOVES),
            stays=frozenset(state.value for state in STAYS),
            region_of=region_of,
            paper=AppraisalHandover,
            tell=tell_both,
            near=near,
        )
    )
