"""The conclusion paper: where each of its five contents comes from. Nothing here is typed by anybody."""

from datetime import date
from functools import partial

from gongjian.accounts.models import Office
from gongjian.appraisal.models import Application
from gongjian.appraisal.queries import application_of, parts_told
from gongjian.cases.models import Case
from gongjian.conclusions.errors import NobodyToCopy, NoEmployer, NoProvince
from gongjian.conclusions.rules import Result, promotion_told
from gongjian.grading.clauses import edition, ground
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.jurisdiction.nearest import offices_beside
from gongjian.kernel import moment
from gongjian.law.identity import IdType, Sex
from gongjian.law.parameters import parameter
from gongjian.opinions.content import Finding
from gongjian.opinions.queries.result import GroupOpinion
from gongjian.papers.actions import Form
from gongjian.papers.forms.conclusion import (
    Appraisee,
    Basis,
    CitedClause,
    ConclusionPaper,
    Employer,
    Injury,
    Outcome,
    Recognition,
    Rights,
    SelfCare,
)

COPIED = (Office.Kind.HRSS, Office.Kind.AGENCY)
SELFCARE = {
    SelfCareLevel.COMPLETE: SelfCare.COMPLETE,
    SelfCareLevel.MAJOR: SelfCare.MAJOR,
    SelfCareLevel.PARTIAL: SelfCare.PARTIAL,
    SelfCareLevel.NONE: SelfCare.NONE,
}
NOT_RECORDED = "专家组未另行记载"
"""Stands where the group wrote nothing: this room adds no medical word of its own."""


def result_told(opinion: GroupOpinion) -> Result:
    """The part of a group's opinion that must be followed to the letter."""
    return Result(opinion.grade, opinion.selfcare.value, opinion.clauses, opinion.hash)


def conclusion_form(case: Case, opinion: GroupOpinion) -> Form:
    """The conclusion with its five contents, waiting for its imprint.

    Law: 令55 art. 16. Raises: NoEmployer, NoProvince, NobodyToCopy, PaperFieldMissing, PaperFieldWrong.
    """
    application = application_of(case)
    return partial(
        ConclusionPaper,
        case_number=case.number,
        applied_on=case.received_at.astimezone(moment.ZONE).date(),
        examined_on=examined_on(case, opinion),
        appraisee=_appraisee(case),
        employer=_employer(case),
        recognition=_recognition(application),
        injuries=_injuries(opinion, application),
        basis=_basis(opinion),
        outcome=Outcome(grade=opinion.grade, self_care=SELFCARE[opinion.selfcare]),
        rights=_rights(case.office),
        copies_to=tuple(office.name for office in copied_offices(case)),
    )


def copied_offices(case: Case) -> list[Office]:
    """Whom a conclusion is copied to: the HRSS department that recognised, and the agency of where the worker is insured; else those of its place.

    Law: 令55 art. 17. Raises: NobodyToCopy when either is not registered.
    """
    found = offices_beside(case, COPIED)
    for kind in COPIED:
        if kind not in {each.kind for each in found}:
            raise NobodyToCopy(office=case.office.name, kind=kind.label)
    return found


def examined_on(case: Case, opinion: GroupOpinion) -> date:
    """The day on which the group saw the person; where no call is on record, the day of its opinion."""
    called = case.passages.filter(act="examine").order_by("-id").values_list("at", flat=True).first()
    return (called or opinion.opined_at).astimezone(moment.ZONE).date()


def _appraisee(case: Case) -> Appraisee:
    person = case.person
    resident = person.id_type == IdType.RESIDENT_ID
    return Appraisee(
        name=person.name,
        sex=Sex(person.sex).label if person.sex else None,
        born=person.born_on,
        id_type="公民身份号码" if resident else IdType(person.id_type).label,
        id_number=person.id_number,
    )


def _employer(case: Case) -> Employer:
    if case.employer is None:
        raise NoEmployer
    told = case.employer
    return Employer(name=told.name, credit_code=told.credit_code, address=told.address or None)


def _recognition(application: Application) -> Recognition:
    return Recognition(
        number=application.recognition_number,
        decided_on=application.recognition_on,
        parts=_parts(application),
    )


def _parts(application: Application) -> str:
    return "、".join(each.label for each in parts_told(application.recognised_parts))


def _injuries(opinion: GroupOpinion, application: Application) -> tuple[Injury, ...]:
    told = tuple(_injury(finding) for finding in opinion.findings if not finding.is_blank)
    return told or (Injury(part=_parts(application), impairment=NOT_RECORDED, diagnosis=NOT_RECORDED),)


def _injury(finding: Finding) -> Injury:
    return Injury(
        part=finding.part_label or finding.injury or NOT_RECORDED,
        impairment="；".join(text for text in (finding.condition, finding.measured) if text.strip()) or NOT_RECORDED,
        diagnosis=finding.diagnosis.strip() or finding.injury or NOT_RECORDED,
    )


def _basis(opinion: GroupOpinion) -> Basis:
    cited = tuple(
        CitedClause(number=each.number, grade=each.grade, text=each.text.rstrip("。；;"))
        for each in (ground(number) for number in opinion.clauses)
    )
    return Basis(
        standard=standard_told(opinion.standard), clauses=cited, promotion=promotion_told(result_told(opinion))
    )


def standard_told(name: str) -> str:
    """ "GB/T 16180-2014" → its title and number, as a conclusion cites it."""
    return f"《{edition(name).title}》（{name}）"


def _rights(office: Office) -> Rights:
    if office.parent is None:
        raise NoProvince(office=office.name)
    today = moment.today()
    return Rights(
        provincial_committee=office.parent.name,
        second_appraisal_days=parameter("second_appraisal_days", on=today, region=office.region).number,
        review_after_years=parameter("review_appraisal_years", on=today, region=office.region).number,
    )
