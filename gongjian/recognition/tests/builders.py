"""Valid applications and cases of recognition from no arguments. Everybody in them is invented."""

from datetime import datetime, timedelta
from typing import Any

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_member
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.models import Material
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import (
    deciding,
    entry,
    investigation,
    joining,
    proposing,
    records,
    review,
    suspension,
)
from gongjian.recognition.actions.proposing import Draft, Fact, Rests
from gongjian.recognition.actions.records import Handed, Photo, Talk
from gongjian.recognition.models import Decision, Interview, Proposal, SiteRecord, Suspension
from gongjian.recognition.queries.joining import to_compare

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=moment.ZONE)
PAPERS = ("recognition_form", "labour_relation", "medical_diagnosis")
INJURED = "2026-02-10"


def a_bureau() -> Office:
    """The city's HRSS bureau, with its agency beside it."""
    _office("YXSB", "云溪市社会保险经办中心", Office.Kind.AGENCY)
    return _office("YXRS", "云溪市人力资源和社会保障局", Office.Kind.HRSS)


def another_bureau() -> Office:
    """The bureau of the next city."""
    return _office("DLRS", "东岭市人力资源和社会保障局", Office.Kind.HRSS, region="990200")


def _office(code: str, name: str, kind: Office.Kind, region: str = "990100") -> Office:
    told = {"name": name, "short_name": name[:6], "kind": kind, "region": region, **REACHED}
    return Office.objects.get_or_create(code=code, defaults=told)[0]


def staff(role: Role, name: str = "") -> User:
    """A member of the bureau's staff."""
    return a_member(role, name, office=a_bureau())


def the_clerk() -> User:
    return staff(Role.WINDOW_CLERK)


def an_investigator() -> User:
    return staff(Role.INVESTIGATOR)


def a_colleague() -> User:
    return staff(Role.INVESTIGATOR, "访青")


def the_reviewer() -> User:
    return staff(Role.REVIEWER)


def the_signer() -> User:
    return staff(Role.SIGNER)


def told(**changes: Any) -> dict[str, Any]:
    """What a worker's paper application tells: an accident at the lathe."""
    day = moment.at(datetime.fromisoformat(changes.pop("injured_on", INJURED)).date()).date()
    answers: dict[str, Any] = {
        "capacity": "worker",
        "applicant_name": "林知远",
        "relation": "",
        "name": "林知远",
        "id_type": "resident_id",
        "id_number": an_id_number(),
        "telephone": "19900000001",
        "address": "云溪市东溪县柳桥路1号",
        "employer_name": "云溪恒信机械有限公司",
        "employer_telephone": "19900000002",
        "employer_address": "云溪市工业大道8号",
        "kind": "accident",
        "occupation": "车工",
        "injured_on": day,
        "happened_at": "10:20",
        "place": "二车间3号车床",
        "cause": "更换刀具时工件松脱",
        "harm": "右手示指离断",
        "parts": ["133:right"],
        "hospital": "云溪市第一人民医院",
        "diagnosed_on": day,
        "diagnosis": "右手示指离断伤",
        "employment": "ordinary",
        "insured": True,
        "insured_region": "990100",
        "delivery_name": "林知远",
        "delivery_telephone": "19900000001",
        "delivery_address": "云溪市东溪县柳桥路1号",
        "electronic_consent": False,
    }
    return {**answers, **changes}


@kept
def an_entered_case(*, at: datetime = MONDAY, papers: tuple[str, ...] = PAPERS, **changes: Any) -> Case:
    """A paper application entered at the window on MONDAY, its papers scanned."""
    with moment.fixed(at):
        case = entry.enter(a_bureau(), told(**changes), by=the_clerk(), received_on=at.date())
        for number, kind in enumerate(papers):
            a_paper(case, kind, by=the_clerk(), number=number)
    return case


def a_paper(case: Case, kind: str, *, by: User, number: int = 7) -> Material:
    """One page of a kind, added to the case."""
    material = material_of(kind, case=case)
    add_page(material, a_picture(number), name=f"{kind}.png", by=by)
    return material


@kept
def an_accepted_case(**changes: Any) -> Case:
    """Accepted on the day it came; what else there is of this person is another injury."""
    case = an_entered_case(**changes)
    with moment.fixed(changes.get("at", MONDAY)):
        for like in to_compare(case):
            joining.keep_apart(case, like.case, reason="另一次伤害。", by=the_clerk())
        review.accept(case, by=the_clerk())
    case.refresh_from_db()
    return case


@kept
def an_investigated_case(**changes: Any) -> Case:
    """Accepted, with two investigators."""
    case = an_accepted_case(**changes)
    with moment.fixed(changes.get("at", MONDAY)):
        investigation.start(case, with_=[a_colleague()], by=an_investigator())
    case.refresh_from_db()
    return case


@kept
def a_suspended_case(*, days: int = 10, ground: str = "labour_dispute") -> tuple[Case, Suspension]:
    """Suspended so many days after acceptance, for an arbitration."""
    case = an_investigated_case()
    with moment.fixed(MONDAY + timedelta(days=days)):
        row = suspension.suspend(
            case, ground=ground, awaited="云溪市劳动人事争议仲裁委员会的裁决", by=an_investigator()
        )
    case.refresh_from_db()
    return case, row


def a_draft(case: Case, *, outcome: str = "recognised", supported: bool = True, **changes: Any) -> Draft:
    """A draft of two sentences that rest on the labour contract and the diagnosis."""
    rests = tuple(Rests("material", row.pk) for row in case.materials.order_by("pk")[1:3]) if supported else ()
    values: dict[str, Any] = {
        "outcome": outcome,
        "heads": {"recognised": ("14-1",), "deemed": ("15-2",), "refused": ()}[outcome],
        "facts": (
            Fact("林知远是该单位车工。", rests[:1]),
            Fact("2026年2月10日10时20分，林知远在二车间更换刀具时右手受伤。", rests[1:]),
        ),
        "parts": "右手示指",
        "treatment": "在云溪市第一人民医院手术治疗，诊断为右手示指离断伤。",
        "reason": "伤害发生在休假期间的私人活动中。" if outcome == "refused" else "",
    }
    return Draft(**{**values, **changes})


@kept
def a_proposed_case(outcome: str = "recognised", **changes: Any) -> tuple[Case, Proposal]:
    """Drafted and handed to the reviewer."""
    codes = changes.pop("part_codes", ())
    case = an_investigated_case(**changes)
    with moment.fixed(changes.get("at", MONDAY)):
        row = proposing.draft(case, a_draft(case, outcome=outcome, part_codes=codes), by=an_investigator())
        proposing.propose(case, seen=row.digest, by=an_investigator())
    case.refresh_from_db()
    return case, row


@kept
def a_reviewed_case(outcome: str = "recognised", **changes: Any) -> tuple[Case, Proposal]:
    """Passed on by the reviewer."""
    case, row = a_proposed_case(outcome, **changes)
    with moment.fixed(changes.get("at", MONDAY)):
        deciding.review(case, seen=row.digest, by=the_reviewer())
    case.refresh_from_db()
    return case, row


@kept
def a_decided_case(outcome: str = "recognised", **changes: Any) -> Decision:
    """Signed, on its way to both sides."""
    case, row = a_reviewed_case(outcome, **changes)
    with moment.fixed(changes.get("at", MONDAY)):
        return deciding.decide(case, seen=row.digest, by=the_signer())


def a_kept_interview(case: Case, *, signed: bool = False, **changes: Any) -> Interview:
    """What the employer's manager was asked on MONDAY morning; signed page by page where that is wanted."""
    values: dict[str, Any] = {
        "asked": "周若岚", "role": "employer", "place": "云溪恒信机械有限公司会议室",
        "started_at": MONDAY - timedelta(hours=2), "ended_at": MONDAY - timedelta(hours=1),
        "lines": ({"q": "当时在哪里？", "a": "在车间。"},),
    }  # fmt: skip
    with moment.fixed(MONDAY):
        row = records.keep_interview(case, Talk(**{**values, **changes}), team=[a_colleague()], by=an_investigator())
        if signed:
            pages = [Handed(a_picture(40 + n), f"{n}.png") for n in range(row.paper.evidence.page_count or 1)]
            records.sign_interview(row, pages, was_read=True, by=an_investigator())
    row.refresh_from_db()
    return row


def a_kept_site(case: Case) -> SiteRecord:
    """The lathe as two investigators found it, with one photo."""
    at = MONDAY - timedelta(hours=1)
    photo = Photo(a_picture(60), "车床.png", at, "访青", "3号车床全景")
    with moment.fixed(MONDAY):
        return records.keep_site(
            case, visited_at=at, place="二车间3号车床", seen="防护罩已拆除，地面有油。", photos=[photo],
            team=[a_colleague()], by=an_investigator(),
        )  # fmt: skip
