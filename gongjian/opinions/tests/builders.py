"""Groups that examine, opinions that are sealed, from no arguments: for this room and those above."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.grading.clauses import principle
from gongjian.grading.sheet import Sheet
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.opinions.actions.panel import open_round
from gongjian.opinions.actions.seal import put_under_seal
from gongjian.opinions.actions.vote import count_round
from gongjian.opinions.content import Content, Finding
from gongjian.opinions.models import Assignment, Opinion, Round
from gongjian.opinions.queries.access import Duty
from gongjian.opinions.queries.group import Member, Panel

EXAM_DAY = datetime(2026, 3, 18, 10, 0, tzinfo=moment.ZONE)
CAST = (
    ("expert-luo", "骆骨生"),
    ("expert-zhang", "章手一"),
    ("expert-shen", "沈神安"),
    ("expert-yan", "颜明"),
    ("expert-xiong", "熊扩"),
    ("expert-lu", "陆备"),
)
NINE = "5.9.2(23)"


def the_experts(count: int = 3) -> list[User]:
    """The first experts of the cast."""
    return [an_expert_user(username, name) for username, name in CAST[:count]]


def a_panel(case: Case, experts: Sequence[User] | None = None) -> Panel:
    """A group in the first room that knows the case as K7M2…"""
    told = enumerate(experts or the_experts(), 1)
    members = tuple(Member(seat, f"ZJ-{user.username}", user.name, user.pk) for seat, user in told)
    return Panel(f"K7M2-{case.pk}", 1, "一号检查室", members)


def a_finding(**changes: object) -> Finding:
    """A healed fracture of the left lower leg, by clause 5.9.2(23)."""
    finding = Finding(
        injury="左胫腓骨骨折",
        part="144",
        side="left",
        condition="骨折愈合，左膝活动轻度受限",
        measurements="左膝屈曲110°，伸0°",
        diagnosis="左胫腓骨骨折术后",
        clause=NINE,
    )
    return replace(finding, **changes)  # type: ignore[arg-type]


def a_sheet(kind: str = "joint", *, is_prior: bool = False, **values: object) -> Sheet:
    """What was measured, as typed: a left knee that bends to a third of the healthy one, or any other kind."""
    told = values or {"side": "left", "joint": "knee", "range_deg": 45, "healthy_deg": 135}
    texts = {
        name: [str(each) for each in value] if isinstance(value, list) else [str(value)] for name, value in told.items()
    }
    return Sheet.typed(kind, texts, is_prior=is_prior)


def a_hearing_sheet(right: int = 45, left: int = 60) -> Sheet:
    """The same threshold at all three frequencies of an ear."""
    ears = {"right": right, "left": left}
    return a_sheet(
        "hearing", **{f"{ear}_{hertz}_db": told for ear, told in ears.items() for hertz in (500, 1000, 2000)}
    )


def an_opinion_of(grade: int | None = 9, *, selfcare: Sequence[str] = (), reason: str = "按所选条款评定") -> Content:
    """A complete opinion: grade 9 by its clause, any other by its principle, None for 未达等级 without a clause."""
    clause = NINE if grade == 9 else principle(grade).number if grade else ""
    return Content(
        findings=(a_finding(clause=clause, says_none=grade is None),),
        selfcare=tuple(selfcare),
        selfcare_none=not selfcare,
        is_decided=True,
        grade=grade,
        reason=reason,
        explanation="已核对" if selfcare else "",
    )


@kept
@transaction.atomic
def an_examining_case(*, state: State = State.EXAMINING) -> Case:
    """A case whose group examines it."""
    return a_case(state=state)


def an_open_round(case: Case, *, size: int = 3) -> list[Duty]:
    """Declared assignments of `size` experts with an open round, made without a draw; one duty for each seat."""
    panel = a_panel(case, the_experts(size))
    for member in panel.members:
        Assignment.objects.create(
            case=case, user_id=member.user_id or 0, expert_number=member.number, seat=member.seat,
            exam_code=panel.exam_code, assigned_at=moment.now(), declared_at=moment.now(),
        )  # fmt: skip
    return duties_of(case, panel, open_round(case, size=size))


def duties_of(case: Case, panel: Panel, opened: Round) -> list[Duty]:
    assigned = {each.seat: each for each in Assignment.objects.filter(case=case, closed_at=None)}
    return [Duty(case, panel, member, assigned[member.seat], opened, None, None) for member in panel.members]


@kept
@transaction.atomic
def a_sealed_group(
    case: Case | None = None,
    grades: Sequence[int | None] = (9, 9, 10),
    *,
    contents: Sequence[Content] | None = None,
    at: datetime = EXAM_DAY,
) -> Case:
    """A case on which a group has sealed and voted: OPINED after a majority, DELIBERATING without one.

    grades: one for each seat; contents instead of them for opinions in full.
    """
    case = case or an_examining_case()
    if case.state != State.EXAMINING:
        put_in_state(case, State.EXAMINING)
    with moment.fixed(at):
        told = list(
            contents or [an_opinion_of(grade, reason=f"第{seat}席理由") for seat, grade in enumerate(grades, 1)]
        )
        duties = an_open_round(case, size=len(told))
        for duty, content in zip(duties, told, strict=True):
            put_under_seal(duty, content, password=PASSWORD)
        count_round(duties[0].round or Round())
    case.refresh_from_db()
    return case


def the_opinions(case: Case) -> list[Opinion]:
    """All sealed opinions of a case, by round and seat."""
    return list(Opinion.objects.filter(round__case=case).order_by("round__number", "assignment__seat"))
