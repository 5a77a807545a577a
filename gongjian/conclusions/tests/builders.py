"""Cases between opinion and effect from no arguments, with the group's opinion handed in instead of sealed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    REACHED,
    a_clerk,
    a_draw_officer,
    a_province,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_office,
    the_signer,
)
from gongjian.appraisal.models import Application
from gongjian.appraisal.states import State
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.conclusions.actions import conclude, review
from gongjian.conclusions.models import Conclusion
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.opinions.content import Content, Finding
from gongjian.opinions.queries.result import GroupOpinion, MemberOpinion
from gongjian.opinions.rules import Named
from gongjian.papers import decided
from gongjian.parties.models import Employer, Person
from gongjian.parties.tests.builders import a_person

OPINED = datetime(2026, 4, 7, 15, 0, tzinfo=moment.ZONE)
CONCLUDED = datetime(2026, 4, 9, 10, 0, tzinfo=moment.ZONE)
"""A Thursday, within the 60 days of a case received on 2026-03-02 (due 2026-05-01)."""
FINGER = Finding(
    injury="右手示指离断",
    part="133",
    side="right",
    condition="近侧指间关节以远缺失",
    measurements="",
    diagnosis="右手示指离断伤术后",
    clause="5.9.2(16)",
)
OPINIONS: dict[int, GroupOpinion] = {}
"""What `result_of` answers in the tests of these rooms, by case: see `conftest.py`."""


def the_bureau() -> Office:
    return _sister("YXRS", "云溪市人力资源和社会保障局", "市人社局", Office.Kind.HRSS)


def the_agency() -> Office:
    return _sister("YXJB", "云溪市社会保险经办中心", "市社保中心", Office.Kind.AGENCY)


def _sister(code: str, name: str, short: str, kind: Office.Kind) -> Office:
    told = {"name": name, "short_name": short, "kind": kind, "region": "990100", "parent": a_province(), **REACHED}
    return Office.objects.get_or_create(code=code, defaults=told)[0]


def staff_of(office: Office, name: str) -> User:
    """Somebody who works at another office and sees none of the committee's cases."""
    user = User.objects.filter(username=f"staff@{office.code}".lower()).first() or User.objects.create_user(
        f"staff@{office.code}".lower(), name=name, kind=User.Kind.STAFF
    )
    Post.objects.get_or_create(user=user, office=office, role=Role.WINDOW_CLERK)
    return user


def a_member_opinion(seat: int, grade: int | None = 9, *, agrees: bool = True, **changes: Any) -> MemberOpinion:
    content = Content(
        findings=(replace(FINGER, **changes),),
        selfcare_none=True,
        is_decided=True,
        grade=grade,
        reason=f"第{seat}席的理由",
    )
    names = {1: "骆骨生", 2: "章手一", 3: "沈神安"}
    return MemberOpinion(seat, f"ZJ{seat:03d}", names[seat], content, agrees, OPINED, f"{seat}" * 64)


def an_opinion(
    grade: int | None = 9, clauses: tuple[str, ...] = ("5.9.2(16)",), *, mark: str = "a", **changes: Any
) -> GroupOpinion:
    """Three of three for grade nine, unless said otherwise. mark: another mark, another hash."""
    told = GroupOpinion(
        round=1,
        grade=grade,
        selfcare=SelfCareLevel.NONE,
        named=tuple(Named(each, (1, 2, 3), 3) for each in clauses),
        findings=(FINGER,),
        reasons=("第1席的理由",),
        members=tuple(a_member_opinion(seat, grade) for seat in (1, 2, 3)),
        dissent=(),
        standard="GB/T 16180-2014",
        opined_at=OPINED,
        hash=mark * 64,
    )
    return replace(told, **changes)


def no_grade() -> GroupOpinion:
    """未达等级, without a clause."""
    return an_opinion(None, (), findings=(replace(FINGER, clause="", says_none=True),))


def applied_for(case: Case, **changes: Any) -> Application:
    """What the worker applied for: the right hand's fingers, with consent to electronic delivery unless said otherwise."""
    told: dict[str, Any] = {
        "applicant_kind": "worker",
        "applicant": a_worker_user(),
        "applicant_name": "林知远",
        "ground": "stable",
        "recognition_number": "云溪人社工认〔2025〕31号",
        "recognition_on": date(2025, 11, 20),
        "injured_on": date(2025, 9, 8),
        "recognised_parts": ["133:right"],
        "hospital": "云溪市人民医院",
        "department": "手足外科",
        "injury_state": "右手食指活动不便",
        "telephone": "19900000001",
        "address": "云溪市东溪县柳桥路1号",
        "delivery_name": "林知远",
        "delivery_telephone": "19900000001",
        "delivery_address": "云溪市东溪县柳桥路1号",
        "electronic_consent": True,
        "consent_at": case.received_at,
        "truthful_at": case.received_at,
        "channel": "online",
        "entered_at": case.received_at,
    }
    return Application.objects.create(case=case, **(told | changes))


def an_opined_case(opinion: GroupOpinion | None = None, **told: Any) -> Case:
    """A case accepted by the window, drawn by the draw officer, examined, and opined on 2026-04-07."""
    case = _opined(**told)
    OPINIONS[case.pk] = opinion or an_opinion()
    return case


def a_reviewed_case(opinion: GroupOpinion | None = None, *, note: str = "", **told: Any) -> Case:
    """Reviewed on 2026-04-08."""
    case = _reviewed(opinion, note=note, **told)
    OPINIONS[case.pk] = opinion or an_opinion()
    return case


def a_concluded_case(opinion: GroupOpinion | None = None, *, at: datetime = CONCLUDED, **told: Any) -> Conclusion:
    """Signed on 2026-04-09."""
    following = tuple(follow.__qualname__ for follow in decided.FOLLOWERS)
    conclusion = _concluded(opinion, following, at=at, **told)
    OPINIONS[conclusion.case_id] = opinion or an_opinion()
    return conclusion


@kept
def _opined(
    *,
    employer_takes_part: bool = True,
    person: Person | None = None,
    employer: Employer | None = None,
    state: State = State.OPINED,
    **application: Any,
) -> Case:
    the_bureau(), the_agency()
    case = a_case(person=person)
    if employer:
        case.employer = employer
        case.save(update_fields=["employer"])
    applied_for(case, **application)
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=a_clerk())
    take_duty(case, CaseDuty.Duty.DRAW_OFFICER, by=a_draw_officer())
    if employer_takes_part:
        join_case(case, an_employer_user(), capacity="employer")
    with transaction.atomic():
        return put_in_state(case, state)


@kept
def _reviewed(opinion: GroupOpinion | None = None, *, note: str = "", **told: Any) -> Case:
    case = an_opined_case(opinion, **told)
    with moment.fixed(datetime(2026, 4, 8, 9, 0, tzinfo=moment.ZONE)):
        review(case, by=a_reviewer(), note=note)
    case.refresh_from_db()
    return case


@kept
def _concluded(opinion: GroupOpinion | None, following: tuple[str, ...], *, at: datetime, **told: Any) -> Conclusion:
    """following: who acts when something is decided; named, because a test may change it."""
    case = a_reviewed_case(opinion, **told)
    with moment.fixed(at):
        conclusion = conclude(case, by=the_signer())
    conclusion.case.refresh_from_db()
    return conclusion


def another_person(serial: int) -> Person:
    return a_person(f"林{'甲乙丙丁戊己庚辛'[serial % 8]}", serial)


def another_office() -> Office:
    return an_office("OTHER", "别市劳动能力鉴定委员会")
