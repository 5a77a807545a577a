"""The papers of this room and the messages that go with them. Messages say that something happened, never what the injury is."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.applications.reaching import applicant_side, tell_side
from gongjian.applications.rules import Capacity
from gongjian.appraisal.grounds import TABLE, Ground
from gongjian.appraisal.models import Application, Death, SupplementNotice
from gongjian.appraisal.rules import CAPACITIES
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.law.parameters import parameter
from gongjian.materials.catalog import Channel as Way
from gongjian.materials.models import MaterialPage
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.intake import (
    AcceptanceNotice,
    ApplicationReceipt,
    DeathNotice,
    ExtensionNotice,
    LapseNotice,
    MissingItem,
    ReceivedFile,
    RefusalNotice,
)
from gongjian.papers.forms.intake import SupplementNotice as SupplementPaper
from gongjian.papers.models import Paper

BOTH_SIDES = frozenset(
    {
        "acceptance_notice",
        "extension_notice",
        "lapse_notice",
        "withdrawn",
        "refusal_notice",
        "death_notice",
        "death_noted",
        "appraisal_handover",
    }
)
"""What becomes of the application: told on both sides. The rest is between the office and who applied."""


def give_receipt(case: Case, application: Application, pages: Sequence[MaterialPage], *, by: User) -> Paper:
    """The receipt: number, time, and each file with the hash that was computed when it was read back."""
    form = partial(
        ApplicationReceipt,
        case_number=case.number,
        applicant=_applicant(application),
        appraisee=case.person.name,
        employer=case.employer.name if case.employer else "未填写",
        received_at=case.received_at,
        way=Way(application.channel).label,
        files=tuple(
            ReceivedFile(
                name=f"{page.material.title}（{page.name}）",
                pages=page.evidence.page_count,
                sha256=page.evidence.sha256,
            )
            for page in pages
        ),
        review_due_on=_limit(case, "LA-REVIEW").due_on,
    )
    paper = _issued(case, "application_receipt", form, by)
    application.receipt = paper
    application.save(update_fields=["receipt"])
    return paper


def tell_acceptance(case: Case, application: Application, *, by: User) -> Paper:
    """The papers are complete: the day by which the conclusion is due. Law: 令55 art. 10."""
    decide = _limit(case, "LA-DECIDE")
    form = partial(
        AcceptanceNotice,
        **_letter(case, application),
        employer=case.employer.name if case.employer else "未填写",
        received_on=_received_on(case),
        accepted_on=moment.today(),
        decide_days=parameter("decide_days", on=decide.start_on, region=case.office.region).number,
        decide_due_on=decide.due_on,
    )
    return _issued(case, "acceptance_notice", form, by, due=decide.due_on)


def tell_supplement(case: Case, application: Application, notice: SupplementNotice, *, by: User) -> Paper:
    """Everything that is missing, once, with its reasonable period. Law: 令55 art. 10."""
    form = partial(
        SupplementPaper,
        **_letter(case, application),
        received_on=_received_on(case),
        missing=tuple(
            MissingItem(name=item["title"], reason=item["what"], article=item["article"]) for item in notice.items
        ),
        due_on=notice.due_on,
    )
    return _issued(case, "supplement_notice", form, by, due=notice.due_on)


def tell_lapse(case: Case, application: Application, notice: SupplementNotice, *, by: User | None) -> Paper:
    """The application counts as given up, and why: nothing came, or what came left it incomplete. A new one may be made. Law: 令55 art. 10."""
    form = partial(
        LapseNotice,
        **_letter(case, application),
        received_on=_received_on(case),
        supplement_number=notice.paper.number if notice.paper else "—",
        supplement_due_on=notice.last_day,
        supplemented_on=notice.supplemented_on,
        still_missing=application.end_reason if notice.supplemented_on else "",
    )
    return _issued(case, "lapse_notice", form, by)


def tell_extension(
    case: Case, application: Application, limit: CaseLimit, *, former: date, reason: str, by: User
) -> Paper:
    """The decision takes 30 days longer, and why. Law: 令55 art. 10."""
    form = partial(
        ExtensionNotice,
        **_letter(case, application),
        received_on=_received_on(case),
        former_due_on=former,
        reason=reason,
        days=(limit.due_on - former).days,
        due_on=limit.due_on,
    )
    return _issued(case, "extension_notice", form, by, due=limit.due_on)


def tell_refusal(
    case: Case, application: Application, ground: Ground, facts: str, *, competent: str, by: User
) -> Paper:
    """The application is not accepted: on which ground and facts, where it belongs, and what can be done. Law: 令55 art. 5, 7."""
    row = TABLE[ground]
    form = partial(
        RefusalNotice,
        **_letter(case, application),
        received_on=_received_on(case),
        ground=row.label,
        article=row.article,
        reasons=facts.strip(),
        then=row.then,
        competent=competent,
        supervisor=_neighbour(case, Office.Kind.HRSS),
    )
    return _issued(case, "refusal_notice", form, by)


def tell_end_by_death(case: Case, death: Death, *, by: User) -> Paper:
    """The appraisal ends because the person has died: what the family may claim and where. Law: 令55 art. 12, 13; 条例 art. 39."""
    form = partial(
        DeathNotice,
        recipient=f"{death.relative_name}（{death.relation}）"
        if death.relative_name
        else f"{case.person.name}的近亲属",
        appraisee=case.person.name,
        case_number=case.number,
        received_on=_received_on(case),
        died_on=death.died_on,
        proof=death.proof,
        ended_on=moment.today(),
        agency=_neighbour(case, Office.Kind.AGENCY),
    )
    return _issued(case, "death_notice", form, by)


def tell_worker_of_employer(case: Case, account: User) -> None:
    """The worker's side learns that the employer follows the case from now on, and what it can do in it. Law: 令55 art. 17, 19, 28."""
    context = {"number": case.number, "office": case.office.name}
    key = f"employer_linked/{account.pk}"
    tell_side(case, Side.WORKER, key=key, template="appraisal.employer_linked", context=context)


def tell(case: Case, template: str, paper: Paper | None = None, **facts: Any) -> None:
    """Write a message about the case to each side that it concerns: boxes, and a text message without details.

    Law: 令55 art. 10 (what is missing is told to who applied; what becomes of the application concerns the appraisee as well, whoever applied).
    """
    context = {"number": case.number, "office": case.office.name, **{name: _said(fact) for name, fact in facts.items()}}
    sides = list(Side) if template in BOTH_SIDES else [applicant_side(case)]
    for side in sides:
        tell_side(case, side, key=template, template=f"appraisal.{template}", context=context, paper=paper)


def _issued(case: Case, kind: str, form: Form, by: User | None, **facts: Any) -> Paper:
    paper = issue(kind, case=case, office=case.office, form=form, by=by)
    tell(case, kind, paper, **facts)
    return paper


def _letter(case: Case, application: Application) -> dict[str, Any]:
    return {
        "recipient": application.applicant_name,
        "appraisee": case.person.name,
        "case_number": case.number,
    }


def _applicant(application: Application) -> str:
    capacity = CAPACITIES[Capacity(application.applicant_kind)]
    return f"{application.applicant_name}（{application.relation or capacity}）"


def _neighbour(case: Case, kind: Office.Kind) -> str:
    """The office of this kind in the committee's region, nearest first; its kind in words where none is registered."""
    found = Office.objects.filter(kind=kind, region=case.office.region).order_by("-code").first()
    return found.name if found else kind.label


def _limit(case: Case, limit: str) -> CaseLimit:
    return CaseLimit.objects.get(case=case, limit=limit, about="")


def _received_on(case: Case) -> date:
    return case.received_at.astimezone(moment.ZONE).date()


def _said(fact: Any) -> str:
    return f"{fact.year}年{fact.month}月{fact.day}日" if isinstance(fact, date) else str(fact)
