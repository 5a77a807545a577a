"""Everything the case page shows, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.roles import LABELS, Role
from gongjian.appraisal.actions.death import PERMISSION as NOTE_DEATH
from gongjian.appraisal.actions.refusing import PERMISSION as REFUSE
from gongjian.appraisal.endings import OVER
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.appraisal.models import Application, Death, Refusal, SupplementNotice
from gongjian.appraisal.queries import (
    ENTER,
    application_of,
    death_of,
    missing_papers,
    notice_of,
    recognised_parts,
    refusal_of,
)
from gongjian.appraisal.states import ENDED_BY_DEATH, GOES_ON_AFTER_DEATH
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case, CaseLimit, Obligation
from gongjian.cases.procedures import procedure_of, service_of
from gongjian.cases.queries import deadline_of, limits_of, open_obligations, reads_health
from gongjian.cases.queries.health import may_consult
from gongjian.cases.states import Move
from gongjian.cases.working import owed_address
from gongjian.desk.steps import SUPPLEMENTED, offered, page_of, parts_of
from gongjian.kernel.ledger.queries import readings_of
from gongjian.kernel.masks import number_masked, telephone_masked
from gongjian.law.clock import Deadline
from gongjian.law.identity import IdType, Sex
from gongjian.materials.models import Material
from gongjian.materials.queries import visible_materials
from gongjian.papers.models import Paper
from gongjian.papers.queries import visible_papers

ROLE_OF_PARTY = {
    "applicant": "申请人",
    "worker": "被鉴定人",
    "employer": "用人单位",
    "experts": "专家组",
    "system": "系统",
}


OF_BOTH = "双方期限均届满之日"
"""What the line without a side stands for among the limits of a remedy: the later of the two."""


@dataclass(frozen=True)
class OwedLine:
    """One open obligation as shown."""

    label: str
    who: str
    article: str
    limit: Deadline | None
    due: Any
    due_url: str
    url: str


@dataclass(frozen=True)
class LimitLine:
    """One limit with its working and whether it was met in time. whose: the side for which it runs; is_over: the case has ended without it."""

    pk: int
    deadline: Deadline
    whose: str
    met_on: Any
    is_over: bool
    paused_on: Any = None
    ended_on: Any = None

    @property
    def is_late(self) -> bool:
        """Met after its day."""
        return self.met_on is not None and self.met_on > self.deadline.due


@dataclass(frozen=True)
class Button:
    """A move that this person may make now, and the page on which it is made."""

    move: Move
    url: str


@dataclass(frozen=True)
class CaseView:
    """The case page's content."""

    case: Case
    title: str
    state: str
    application: Application | None
    notice: SupplementNotice | None
    missing: list[str]
    person: list[tuple[str, Any]]
    reads_health: bool
    may_consult: bool
    facts: list[tuple[str, Any]]
    owed: list[OwedLine]
    limits: list[LimitLine]
    buttons: list[Button]
    events: list[dict[str, Any]]
    materials: list[Material]
    papers: list[Paper]
    duties: list[tuple[str, Any]]
    readings: list[Any]
    parts: list[str]
    refusal: Refusal | None
    death: Death | None
    reported_wrong: str
    may_refuse: bool
    may_enter: bool
    may_note_death: bool
    may_end_by_death: bool


def case_view(case: Case, *, by: User, whole: bool = False) -> CaseView:
    """Gather the case page for `by`, who may see the case. whole: identity number and telephone in full."""
    reads = reads_health(by, case)
    table = procedure_of(case.procedure)
    notice = notice_of(case)
    owed = list(open_obligations(case).select_related("limit__case__office").prefetch_related("limit__changes"))
    facts = {each.kind for each in owed} | ({SUPPLEMENTED} if _came(notice) else set())
    application = application_of(case) if hasattr(case, "application") else None
    death, notes_deaths = death_of(case), by.holds(NOTE_DEATH, case.office_id)
    return CaseView(
        case=case,
        title=table.title,
        state=table.labels[case.state],
        application=application,
        notice=notice,
        missing=[kind.title for kind in missing_papers(case)] if case.state == "submitted" and application else [],
        person=_person(case, whole=whole),
        reads_health=reads,
        may_consult=may_consult(by, case),
        facts=_facts(case, application, reads_health=reads),
        owed=[_owed(case, each) for each in owed],
        limits=[_limit(case, row) for row in limits_of(case)],
        buttons=[
            Button(move, page_of(move.act, case))
            for move in allowed_moves(case, by=by)
            if offered(move.act, facts) and not (death and move.act == "end_by_death")
        ],
        events=_events(case),
        materials=visible_materials(case, by=by),
        papers=list(visible_papers(case, by=by)),
        duties=[
            (duty.get_duty_display(), duty.user.name) for duty in case.duties.select_related("user").order_by("pk")
        ],
        readings=list(readings_of(case.chain)[:20]),
        parts=parts_of(case),
        refusal=refusal_of(case),
        death=death,
        reported_wrong=application.reported_wrong if application and reads else "",
        may_refuse=by.holds(REFUSE, case.office_id),
        may_enter=by.holds(ENTER, case.office_id) and case.procedure != ENTRUSTED,
        may_note_death=notes_deaths and death is None and case.state in GOES_ON_AFTER_DEATH,
        may_end_by_death=notes_deaths and death is not None and case.state in ENDED_BY_DEATH,
    )


def _came(notice: SupplementNotice | None) -> bool:
    return notice is not None and notice.supplemented_on is not None


def _limit(case: Case, row: CaseLimit) -> LimitLine:
    is_of_both = row.limit in service_of(case.procedure).remedies and not row.about
    whose = OF_BOTH if is_of_both else ROLE_OF_PARTY.get(row.about, "")
    return LimitLine(row.pk, deadline_of(row), whose, row.met_on, row.met_on is None and case.state in OVER)


def _person(case: Case, *, whole: bool) -> list[tuple[str, Any]]:
    person = case.person
    return [
        ("姓名", person.name),
        ("性别", Sex(person.sex).label if person.sex else ""),
        ("出生日期", person.born_on),
        (IdType(person.id_type).label, person.id_number if whole else number_masked(person.id_number)),
        ("联系电话", person.telephone if whole else telephone_masked(person.telephone)),
        ("住址", person.address),
    ]


def _facts(case: Case, application: Application | None, *, reads_health: bool) -> list[tuple[str, Any]]:
    if application is None:
        return [("用人单位", case.employer), ("收到申请", case.received_at)]
    if case.procedure == ENTRUSTED:
        return _entrusted(case, application, reads_health=reads_health)
    return [
        ("用人单位", case.employer),
        ("统一社会信用代码", case.employer.credit_code if case.employer else ""),
        ("申请人", f"{application.get_applicant_kind_display()} {application.applicant_name}"),
        ("受伤日期", application.injured_on),
        ("工伤认定决定书", f"{application.recognition_number}（{application.recognition_on:%Y-%m-%d}）"),
        *(_health(case, application) if reads_health else []),
        ("送达", f"{application.delivery_name}，{application.delivery_address}"),
        ("同意电子送达", "是" if application.electronic_consent else "否"),
        ("来件方式", application.get_channel_display()),
        ("收到申请", case.received_at),
    ]


def _entrusted(case: Case, application: Application, *, reads_health: bool) -> list[tuple[str, Any]]:
    """What came with another committee's letter: nobody has applied here, and nothing is served from here."""
    return [
        ("用人单位", case.employer),
        ("受伤日期", application.injured_on),
        ("工伤认定决定书", f"{application.recognition_number}（{application.recognition_on:%Y-%m-%d}）"),
        *(_health(case, application) if reads_health else []),
        ("来件方式", "其他鉴定委员会委托"),
        ("接受委托", case.received_at),
    ]


def _health(case: Case, application: Application) -> list[tuple[str, Any]]:
    return [
        ("认定部位", "、".join(part.label for part in recognised_parts(case))),
        ("治疗医院和科室", f"{application.hospital} {application.department}".strip()),
        ("伤情现状", application.injury_state),
    ]


def _owed(case: Case, row: Obligation) -> OwedLine:
    return OwedLine(
        label=label_of(row.kind),
        who=_who(row.role, row.party),
        article=row.article,
        limit=None if row.appointed_on else _deadline(row.limit),
        due=row.due_on,
        due_url=owed_address(row),
        url=page_of(row.kind, case) if row.role else "",
    )


def _deadline(limit: CaseLimit | None) -> Deadline | None:
    return deadline_of(limit) if limit else None


def _who(role: str, party: str) -> str:
    return LABELS[Role(role)] if role else ROLE_OF_PARTY.get(party, party)


def _events(case: Case) -> list[dict[str, Any]]:
    table = procedure_of(case.procedure)
    labels = {(move.act, move.start): move.label for move in table.moves}
    return [
        {
            "on": passage.at,
            "title": labels.get((passage.act, passage.start), "收到申请"),
            "text": table.labels[passage.end],
            "by": passage.by.name if passage.by else "",
            "state": "done",
        }
        for passage in case.passages.select_related("by").order_by("id")
    ]
