"""What somebody who stands at the window can come for: determination, appraisal, benefits; each with what is open now, or why not yet.

Law: 104号 part 2 no. 2, 3 (one door, one window; nothing that is held is asked again).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from gongjian.accounts.models import Office, User
from gongjian.applications.models import Visit
from gongjian.applications.visits import person_of
from gongjian.appraisal.queries import windows_of as appraisal_windows
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import Recognised, recognised_of
from gongjian.benefits.queries import stage_for
from gongjian.benefits.rules import ENTER, Stage
from gongjian.cases.models import Case
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import visible_to
from gongjian.cases.queries.sides import Side
from gongjian.claims.queries import claims_of, runs
from gongjian.claims.states import State
from gongjian.kernel.ledger.actions import record_reading
from gongjian.materials.catalog import KINDS
from gongjian.materials.queries import held_kinds
from gongjian.parties.models import Person
from gongjian.recognition.queries import windows_of as recognition_windows
from gongjian.recognition.states import RECOGNITION

MOST = 20


@dataclass(frozen=True)
class Way:
    """One way to begin. what, office, case: as the form sends them; address: where it is a page instead."""

    label: str
    note: str
    what: str = ""
    office: str = ""
    case: str = ""
    address: str = ""


@dataclass(frozen=True)
class Business:
    """One of the three things to come for. why: what is said where nothing can be begun."""

    title: str
    meaning: str
    ways: list[Way]
    why: str


@dataclass(frozen=True)
class Hall:
    """The page of a visit. cases: (number, what, state); held: what is not asked for again."""

    visit: Visit
    businesses: list[Business]
    cases: list[tuple[str, str, str]] = field(default_factory=list)
    claims: list[tuple[int, str, str]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


def hall_of(visit: Visit, *, by: User) -> Hall:
    """What can be begun for who stands there. That their cases were looked up is on each case's record."""
    person = person_of(visit)
    cases = _cases(person) if person else []
    for case in cases:
        record_reading(case.chain, by=by, what="窗口一窗受理，查看可以沿用的案件")
    businesses = [_recognition(by), _appraisal(recognised_of(person) if person else [], by), _benefits(cases, by)]
    kinds = held_kinds(person.pk) if person else set()
    return Hall(
        visit,
        businesses,
        cases=[(case.number, *_told(case)) for case in cases],
        claims=[
            (claim.pk, claim.get_stage_display(), State(claim.state).label)
            for case in cases
            for claim in claims_of(case, by=by)
        ],
        held=[kind.title for code, kind in KINDS.items() if code in kinds],
    )


def _cases(person: Person) -> list[Case]:
    rows = Case.objects.filter(person__id_index=person.id_index, person__name=person.name)
    return list(rows.select_related("office", "person").order_by("-received_at", "-id")[:MOST])


def _told(case: Case) -> tuple[str, str]:
    table = procedure_of(case.procedure)
    return table.title, table.label_for(case.state, inside=False)


def _recognition(by: User) -> Business:
    offices = recognition_windows(by)
    ways = [
        Way(
            "录入工伤认定申请",
            f"由{office.name}决定。姓名、证件已核对，不用再填。",
            what=RECOGNITION,
            office=office.code,
        )
        for office in offices
    ]
    return Business(
        "工伤认定",
        "这次受伤（或者职业病）算不算工伤。还没有认定决定书的，先办这一件。",
        ways,
        "本窗口不代收工伤认定申请，请引导到人力资源和社会保障局的窗口。",
    )


def _appraisal(recognised: Iterable[Recognised], by: User) -> Business:
    offices = appraisal_windows(by)
    ways = [way for office in offices for way in (*_founded(recognised, office), _typed(office))]
    return Business(
        "劳动能力鉴定",
        "伤残几级，生活上要不要人照顾。认定为工伤、伤情相对稳定或者停工留薪期满后办。",
        ways,
        "本窗口不代收鉴定申请，请引导到劳动能力鉴定委员会的窗口。",
    )


def _founded(recognised: Iterable[Recognised], office: Office) -> list[Way]:
    note = "沿用认定的姓名、单位、部位、日期和病历，只收新的诊断证明和还没有的证件"
    return [
        Way(
            f"依据{decision.paper.number}申请鉴定",
            f"{note}；{office.name}。",
            what=INITIAL,
            office=office.code,
            case=case.number,
        )
        for case, decision in recognised
    ]


def _typed(office: Office) -> Way:
    return Way("认定不是在本平台作出的，照决定书录入", f"{office.name}。", what=INITIAL, office=office.code)


def _benefits(cases: Iterable[Case], by: User) -> Business:
    seen = set(visible_to(by).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    stages = [(case, stage_for(case, Side.WORKER)) for case in cases]
    ready = [(case, stage) for case, stage in stages if stage and not runs(case)]
    ways = [_claim(case, stage) for case, stage in ready if case.pk in seen and by.holds(ENTER)]
    why = "还没有可以申领的决定：认定决定书送达后可以申领治疗期间的待遇（死亡的，工亡待遇），鉴定结论生效后可以申领伤残待遇。"
    if ready:
        why = "有可以申领的待遇，但本窗口不代办。请引导到社会保险经办机构的窗口，或者请本人在网上申领。"
    if any(runs(case) for case, stage in stages if stage):
        why = "已有一件申领正在办理，见下面的进展，不用重复申领。"
    return Business("工伤待遇", "依法应得多少、由谁支付。由社会保险经办机构核定。", ways, why)


def _claim(case: Case, stage: Stage) -> Way:
    note = f"依据案件{case.number}。案件里已有的事实和材料不用再填、再交。"
    return Way(f"估算并申领{stage.label}", note, address=reverse("benefits:case", args=[case.number]))
