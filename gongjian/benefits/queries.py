"""What a case already says: nobody is asked for it again; and what can be claimed upon it."""

from dataclasses import dataclass
from typing import Any

from gongjian.accounts.models import User
from gongjian.appraisal.queries import application_of, recognised_case_of
from gongjian.benefits.rules import ENTER, Stage, stage_of_conclusion, stage_of_recognition
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, side_of
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.queries import conclusion_of
from gongjian.papers.models import Paper
from gongjian.papers.queries import visible_papers
from gongjian.recognition.corrected import day_corrected, of_place
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.models import Decision
from gongjian.recognition.queries import application_of as recognition_of
from gongjian.recognition.queries import decision_of
from gongjian.recognition.queries.remedies import corrections_of, lines_of
from gongjian.recognition.rules import DISEASE
from gongjian.recognition.states import RECOGNITION

FAVOURABLE = ("recognised", "deemed")


@dataclass(frozen=True)
class Held:
    """facts: what the case says, in plain values; below_grades: its conclusion reached none of the ten grades."""

    facts: dict[str, Any]
    below_grades: bool


def held_by(case: Case, *, by: User) -> Held:
    """What the recognition and the application tell; and the conclusion for those on whose side it was served, or who may read it at work."""
    facts = {"matter": "injury", "region": case.office.region, **_told(case)}
    conclusion = conclusion_of(case)
    if conclusion is None or not _known_to(case, conclusion.paper, by):
        return Held(facts, below_grades=False)
    facts["self_care"] = conclusion.selfcare
    if conclusion.grade:
        facts["grade"] = conclusion.grade
    return Held(facts, below_grades=conclusion.grade is None)


def side_claiming(case: Case, *, by: User) -> Side | None:
    """On whose side `by` would claim: a party on its own, the window on that of the worker who stands there; None: not at all."""
    if by.kind == User.Kind.STAFF:
        return Side.WORKER if by.holds(ENTER) else None
    return side_of(by, case)


def stage_for(case: Case, side: Side | None) -> Stage | None:
    """What a side can claim upon a case now; None: nothing yet. The decision that stands must have been served on it."""
    if side is None:
        return None
    if case.procedure == RECOGNITION:
        return _stage_of_recognition(case, side)
    conclusion = conclusion_of(case)
    return _stage_of_conclusion(conclusion, side) if conclusion and _still_recognised(case) else None


def _stage_of_recognition(case: Case, side: Side) -> Stage | None:
    decision = decision_of(case)
    if decision is None:
        return None
    died = recognition_of(case).died_on is not None
    return stage_of_recognition(
        favourable=decision.outcome in FAVOURABLE, served=_served(decision.paper, side), died=died
    )


def _stage_of_conclusion(conclusion: Conclusion, side: Side) -> Stage | None:
    return stage_of_conclusion(
        served=_served(conclusion.paper, side),
        effective=conclusion.effective_on is not None,
        graded=conclusion.grade is not None,
    )


def _still_recognised(case: Case) -> bool:
    """Whether the recognition that an appraisal rests on stands, where it was made here: with it falls what follows. Law: 条例 art. 30, 34-37."""
    found = recognised_case_of(case)
    decision = decision_of(found) if found else None
    return found is None or (decision is not None and decision.outcome in FAVOURABLE)


def _served(paper: Paper, side: Side) -> bool:
    return paper.releases.filter(side=side).exists()


def _known_to(case: Case, paper: Paper, by: User) -> bool:
    side = side_claiming(case, by=by)
    return bool(side and _served(paper, side)) or visible_papers(case, by=by).filter(pk=paper.pk).exists()


def _told(case: Case) -> dict[str, Any]:
    """What the recognition tells where it was made here, else the day of the injury that the appraisal's application tells."""
    found = case if case.procedure == RECOGNITION else recognised_case_of(case)
    if found is None:
        return {"injured_on": application_of(case).injured_on.isoformat()}
    return _of_recognition(recognition_of(found), decision_of(found))


def _of_recognition(told: Recognition, decision: Decision | None) -> dict[str, Any]:
    """A correction of the decision goes before the application; a day that it does not tell clearly is asked."""
    lines = lines_of(corrections_of(decision)) if decision else []
    injured_on = day_corrected(told.injured_on, of_place(lines, "days"))
    facts: dict[str, Any] = {"injured_on": injured_on.isoformat()} if injured_on else {}
    if told.insured is not None:
        facts["insured"] = told.insured
    if told.kind == DISEASE:
        facts["occupational_disease"] = True
    if told.died_on:
        facts |= {"matter": "death", "died_on": told.died_on.isoformat()}
    return facts
