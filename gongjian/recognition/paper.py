"""The decision as a paper: where each field of 令8 art. 19 comes from. Nothing here is typed by anybody."""

from functools import partial

from gongjian.accounts.models import Office
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case
from gongjian.jurisdiction.nearest import offices_beside
from gongjian.kernel import moment
from gongjian.law.identity import IdType, Sex
from gongjian.papers.actions import Form
from gongjian.papers.forms.decision import Deemed, Recognised, Refused, Worker
from gongjian.recognition.errors import NobodyToCopy
from gongjian.recognition.models import Application, Proposal
from gongjian.recognition.notices import applied_by, employer_of, remedies
from gongjian.recognition.queries import application_of, lines_of
from gongjian.recognition.queries.application import received_on
from gongjian.recognition.rules import DISEASE, REFUSED, age_on, basis_told, benefits_told


def decision_form(case: Case, row: Proposal) -> Form:
    """The decision of a proposal, waiting for its imprint. Law: 令8 art. 18, 19.

    Raises: NoEmployer, NobodyToCopy, PaperFieldMissing, PaperFieldWrong.
    """
    told = application_of(case)
    common = {
        "case_number": case.number,
        "employer": employer_of(case).name,
        "worker": _worker(case, told),
        "applied_by": applied_by(told),
        "own_motion": told.applicant_kind == Capacity.OFFICE,
        "received_on": received_on(case),
        "accepted_on": told.accepted_on,
        "facts": tuple(line.text for line in lines_of(row)),
        "grounds": basis_told(row.outcome, row.heads),
        "remedies": remedies(case.office),
        "copies_to": (agency_of(case).name,),
    }
    if row.outcome == REFUSED:
        return partial(Refused, **common, reason=row.reason)
    injured = {**common, "parts": row.parts, "treatment": row.treatment}
    injured |= _times(told)
    if row.outcome == "recognised":
        return partial(Recognised, **injured)
    return partial(Deemed, **injured, benefits=benefits_told(row.heads))


def agency_of(case: Case) -> Office:
    """The agency that gets a copy: that of where the worker is insured. Law: 令8 art. 22. Raises: NobodyToCopy."""
    found = offices_beside(case, (Office.Kind.AGENCY,))
    if not found:
        raise NobodyToCopy(office=case.office.name)
    return found[0]


def _worker(case: Case, told: Application) -> Worker:
    person = case.person
    resident = person.id_type == IdType.RESIDENT_ID
    return Worker(
        name=person.name,
        sex=Sex(person.sex).label if person.sex else None,
        age=age_on(person.born_on, moment.today()),
        occupation=told.occupation,
        id_type="公民身份号码" if resident else IdType(person.id_type).label,
        id_number=person.id_number,
    )


def _times(told: Application) -> dict[str, object]:
    if told.kind == DISEASE:
        return {"disease": told.disease, "diagnosed_on": told.diagnosed_on}
    return {"happened_on": told.injured_on, "diagnosed_on": told.diagnosed_on}
