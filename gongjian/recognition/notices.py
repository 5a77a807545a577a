"""The papers of this room up to the decision, and the messages that go with them. Messages say that something happened, never what the injury is."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.applications.reaching import applicant_side, tell_side
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.law.parameters import parameter
from gongjian.materials.models import MaterialPage
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.intake import MissingItem, ReceivedFile
from gongjian.papers.forms.recognition import (
    EvidenceNotice,
    RecognitionAcceptance,
    RecognitionReceipt,
    RecognitionRejection,
    RecognitionSupplement,
    RecognitionTermination,
    RecognitionTransfer,
    Remedies,
    ResumptionNotice,
    SuspensionNotice,
)
from gongjian.papers.forms.revision import Amended, DecisionCorrection, DecisionRevocation, RevocationAnew
from gongjian.papers.models import Paper
from gongjian.recognition.errors import NoEmployer
from gongjian.recognition.models import Application, Decision, Revision, SupplementNotice, Suspension
from gongjian.recognition.queries.application import received_on
from gongjian.recognition.revising import GROUNDS as GROUNDS_TO_FALL
from gongjian.recognition.revising import PLACES
from gongjian.recognition.rules import ADVICE, GROUND_ARTICLES, GROUNDS, STARTED_BY, government_of

BOTH = tuple(Side)
ONLINE = "当地政务服务网“行政复议”栏目"
"""Law: 复议法 art. 22 (who is served online is told an online way)."""


def give_receipt(case: Case, told: Application, pages: Sequence[MaterialPage], *, by: User) -> Paper:
    """The receipt: number, time, and each file with its hash. Law: 令8 art. 8."""
    form = partial(
        RecognitionReceipt,
        case_number=case.number,
        applicant=applied_by(told),
        appraisee=case.person.name,
        employer=employer_of(case).name,
        received_at=case.received_at,
        way=told.get_channel_display(),
        files=tuple(
            ReceivedFile(
                name=f"{page.material.title}（{page.name}）",
                pages=page.evidence.page_count,
                sha256=page.evidence.sha256,
            )
            for page in pages
        ),
        review_due_on=_limit(case, "WI-REVIEW").due_on,
    )
    return _sent("recognition_receipt", case, form, by, (applicant_side(case),))


def tell_supplement(case: Case, told: Application, notice: SupplementNotice, *, by: User) -> Paper:
    """Everything that is missing, once. Law: 令8 art. 8."""
    form = partial(
        RecognitionSupplement,
        recipient=told.applicant_name,
        appraisee=case.person.name,
        case_number=case.number,
        received_on=received_on(case),
        missing=tuple(
            MissingItem(name=item["title"], reason=item["what"], article=item["article"]) for item in notice.items
        ),
        due_on=notice.due_on,
    )
    return _sent("recognition_supplement", case, form, by, (applicant_side(case),))


def tell_acceptance(case: Case, told: Application, *, by: User) -> Paper:
    """Accepted; the day of the decision. Law: 令8 art. 8, 18."""
    decide = _limit(case, "WI-DECIDE")
    form = partial(
        RecognitionAcceptance,
        **_letter(case, told.applicant_name),
        own_motion=told.applicant_kind == Capacity.OFFICE,
        received_on=received_on(case),
        accepted_on=decide.start_on,
        decide_days=parameter("recognition_decide_days", on=decide.start_on, region=case.office.region).number,
        decide_due_on=decide.due_on,
    )
    return _sent("recognition_acceptance", case, form, by, BOTH)


def rejection_form(case: Case, told: Application, *, reason: str, article: str) -> Form:
    """Not accepted, why, and what may be done against it. Law: 令8 art. 8, 23; 条例 art. 55."""
    letter = _letter(case, told.applicant_name)
    came = received_on(case)
    return partial(
        RecognitionRejection, **letter, received_on=came, reason=reason, article=article, remedies=remedies(case.office)
    )


def tell_transfer(case: Case, told: Application, *, to_name: str, reason: str, by: User) -> Paper:
    """Another department is competent. Law: 条例 art. 17; 令8 art. 4."""
    letter, came = _letter(case, told.applicant_name), received_on(case)
    form = partial(RecognitionTransfer, **letter, received_on=came, to_office=to_name, reason=reason)
    return _sent("recognition_transfer", case, form, by, (applicant_side(case),))


def tell_evidence(case: Case, told: Application, *, by: User) -> Paper:
    """The employer bears the burden of proof. Law: 条例 art. 19; 令8 art. 17."""
    form = partial(
        EvidenceNotice,
        **_letter(case, employer_of(case).name),
        applicant=applied_by(told),
        own_motion=told.applicant_kind == Capacity.OFFICE,
        injured_on=told.injured_on,
        days=parameter("evidence_days", on=moment.today(), region=case.office.region).number,
    )
    return _sent("evidence_notice", case, form, by, (Side.EMPLOYER,), recipient="employer")


def tell_suspension(case: Case, told: Application, *, ground: str, awaited: str, used: int, by: User) -> Paper:
    """The clock stands still, and what the sides may do about it. Law: 条例 art. 20; 令8 art. 20 (in writing, to the applicant); 意见一 art. 5."""
    form = partial(
        SuspensionNotice,
        **_letter(case, told.applicant_name),
        ground=GROUNDS[ground],
        awaited=awaited,
        article=GROUND_ARTICLES[ground],
        advice=ADVICE.get(ground),
        from_on=moment.today(),
        days_used=used,
    )
    return _sent("suspension_notice", case, form, by, BOTH)


def tell_resumption(case: Case, told: Application, row: Suspension, *, by: User) -> Paper:
    """The awaited document has come; the new last day. Law: 条例 art. 20; 令8 art. 20."""
    form = partial(
        ResumptionNotice,
        **_letter(case, told.applicant_name),
        suspended_on=row.from_on,
        resumed_on=row.until_on or moment.today(),
        document=row.document,
        decide_due_on=_limit(case, "WI-DECIDE").due_on,
    )
    return _sent("resumption_notice", case, form, by, BOTH)


def tell_termination(case: Case, told: Application, *, reason: str, by: User) -> Paper:
    """The procedure ends without a decision, and why."""
    letter = _letter(case, told.applicant_name)
    form = partial(RecognitionTermination, **letter, reason=reason, ended_on=moment.today())
    return _sent("recognition_termination", case, form, by, BOTH)


def tell_correction(case: Case, decision: Decision, row: Revision, *, by: User) -> Paper:
    """Clerical errors set right, to both sides. Law: 令8 art. 19, 22."""
    lines = tuple(Amended(place=PLACES[one["place"]], wrong=one["wrong"], right=one["right"]) for one in row.lines)
    form = partial(DecisionCorrection, **_about(case, decision), lines=lines)
    return _sent("decision_correction", case, form, by, BOTH, amends=decision.paper)


def revocation_form(case: Case, decision: Decision, row: Revision) -> Form:
    """A decision falls; the paper is served like a decision. Law: 条例 art. 55; 令8 art. 22."""
    return partial(DecisionRevocation, **_about(case, decision), **_falls(case, row))


def tell_revoked_anew(case: Case, decision: Decision, row: Revision, *, due_on: date, by: User) -> Paper:
    """A decision falls and a new one is owed until a day, to both sides. Law: 条例 art. 20, 55; 令8 art. 22."""
    form = partial(RevocationAnew, **_about(case, decision), **_falls(case, row), anew_due_on=due_on)
    return _sent("revocation_anew", case, form, by, BOTH)


def tell(case: Case, what: str, sides: Sequence[Side], *, paper: Paper | None = None, key: str = "") -> None:
    """Write a message to sides. what: what has happened, in words without anything medical."""
    context = {"number": case.number, "office": case.office.name, "what": what}
    for side in sides:
        tell_side(case, side, key=key or what, template="recognition.notice", context=context, paper=paper)


def remedies(office: Office) -> Remedies:
    """What may be done against a decision of this office. Law: 条例 art. 55; 复议法 art. 20, 24; 行诉法 art. 46."""
    today, region = moment.today(), office.region
    return Remedies(
        government=government_of(office.name),
        review_days=parameter("reconsideration_days", on=today, region=region).number,
        suit_months=parameter("suit_months", on=today, region=region).number,
        online=ONLINE,
    )


def applied_by(told: Application) -> str:
    """Who applied, with the capacity in words; where nobody had to, that the office started by itself."""
    capacity = Capacity(told.applicant_kind)
    started = STARTED_BY[capacity]
    return started if capacity == Capacity.OFFICE else f"{told.applicant_name}（{told.relation or started}）"


def employer_of(case: Case) -> Any:
    """The employer of a case. Raises: NoEmployer."""
    if case.employer is None:
        raise NoEmployer
    return case.employer


def _letter(case: Case, recipient: str) -> dict[str, Any]:
    named = {"worker": case.person.name, "employer": employer_of(case).name, "case_number": case.number}
    return {"recipient": recipient, **named}


def _about(case: Case, decision: Decision) -> dict[str, Any]:
    paper = decision.paper
    told = {"decision": paper.title, "number": paper.number, "decided_on": decision.decided_on}
    return {**_letter(case, f"{case.person.name}、{employer_of(case).name}"), **told}


def _falls(case: Case, row: Revision) -> dict[str, Any]:
    ground = GROUNDS_TO_FALL[row.ground].article
    if row.ordered_on:
        ground += f"，依照{row.order}（{row.ordered_on:%Y-%m-%d}）"
    return {"ground": ground, "reason": row.reason, "remedies": remedies(case.office)}


def _sent(
    kind: str,
    case: Case,
    form: Form,
    by: User | None,
    sides: Sequence[Side],
    *,
    recipient: str = "",
    amends: Paper | None = None,
) -> Paper:
    paper = issue(kind, case=case, office=case.office, form=form, by=by, recipient=recipient, amends=amends)
    tell(case, f"已制发《{paper.title}》", sides, paper=paper, key=f"{kind}/{paper.pk}")
    return paper


def _limit(case: Case, limit: str) -> CaseLimit:
    return CaseLimit.objects.get(case=case, limit=limit, about="")
