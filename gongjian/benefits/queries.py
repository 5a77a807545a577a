"""What a case already says: nobody is asked for it again."""

from dataclasses import dataclass
from typing import Any

from gongjian.accounts.models import User
from gongjian.appraisal.queries import application_of
from gongjian.cases.models import Case
from gongjian.conclusions.queries import conclusion_of
from gongjian.papers.queries import visible_papers


@dataclass(frozen=True)
class Held:
    """facts: what the case says, in plain values; below_grades: its conclusion reached none of the ten grades."""

    facts: dict[str, Any]
    below_grades: bool


def held_by(case: Case, *, by: User) -> Held:
    """The day of the injury and the area; and the conclusion for those to whom it has been served, or who may read it at work."""
    facts: dict[str, Any] = {
        "matter": "injury",
        "injured_on": application_of(case).injured_on.isoformat(),
        "region": case.office.region,
    }
    conclusion = conclusion_of(case)
    if conclusion is None or not visible_papers(case, by=by).filter(pk=conclusion.paper_id).exists():
        return Held(facts, below_grades=False)
    facts["self_care"] = conclusion.selfcare
    if conclusion.grade:
        facts["grade"] = conclusion.grade
    return Held(facts, below_grades=conclusion.grade is None)
