"""What may happen in the examination room: an expert knows the person after all; the experts do not agree."""

from datetime import date

import pytest
from playwright.sync_api import expect

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo import walk
from gongjian.config.demo.cast import PASSWORD, party, staff
from gongjian.draws.actions.experts import commit_experts, hold
from gongjian.draws.models import Group
from gongjian.draws.queries import group_of, members
from gongjian.draws.queries.plan import GroupWish
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.sittings.models import Sitting
from tests.journeys import desk, portal, workbench
from tests.journeys.city import City, behind
from tests.journeys.people import PHONE, TABLET, Clock, Invite, Visitor

APPLIED, ACCEPTED, PLANNED, EXAMINED = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 18)


@pytest.fixture
def called(city: City) -> Case:
    """A case whose person has been called into a group's room."""
    case = behind(walk.apply, city.a_worker(), at=moment.at(APPLIED))
    behind(walk.take_in, case, at=moment.at(ACCEPTED))
    sitting = behind(walk.arrange, EXAMINED, city.venue, [case], at=moment.at(PLANNED))
    behind(draw_with_many_reserves, sitting)
    behind(walk.open_day, sitting, at=moment.at(EXAMINED, 8))
    behind(walk.receive, case, at=moment.at(EXAMINED, 8, 30))
    behind(walk.send_to_group, case, at=moment.at(EXAMINED, 8, 40))
    behind(walk.call_in, case, at=moment.at(EXAMINED, 9))
    case.refresh_from_db()
    return case


def test_an_expert_who_knows_the_person_leaves_and_the_next_reserve_examines(
    called: Case, clock: Clock, invite: Invite
):
    clock.at(EXAMINED, 9, 10)
    before = seats(called)
    code = desk.booking_of(called.number).exam_code
    knows = invite(before[2].user, size=TABLET).opens("workbench:home").presses(code).sees("应当回避")
    knows.page.get_by_role("radio").first.check()
    knows.presses("提出回避").sees("今日检查").looks("workbench-conflict").sees_no(f">{code}<")
    after = seats(called)
    assert (len(after), before[2] in after, len(set(after) - set(before))) == (len(before), False, 1)
    for expert in after:
        tablet = workbench.declares(invite(account(expert), size=TABLET), code)
        workbench.seals(workbench.finds(tablet, grade="九级", search="骨折内固定", clause="5.9.2(23)"))
        tablet.leaves()
    assert state_of(called) == "opined"


def test_without_a_majority_they_deliberate_and_judge_again(called: Case, clock: Clock, invite: Invite):
    behind(walk.examine, called, (7, 8, 9), at=moment.at(EXAMINED, 9, 30))
    assert state_of(called) == "deliberating"
    clock.at(EXAMINED, 10)
    code = desk.booking_of(called.number).exam_code
    tablets = [invite(account(expert), size=TABLET) for expert in seats(called)]
    for tablet in tablets:
        speaks(tablet, code)
    chair = next(tablet for tablet in tablets if records(tablet, code))
    chair.presses("签名并进入下一轮").sees("我的等级意见").looks("workbench-second-round")
    for tablet in tablets:
        tablet.opens("workbench:opinion", code)
        workbench.seals(workbench.finds(tablet, grade="九级", search="骨折内固定", clause="5.9.2(23)"))
    assert state_of(called) == "opined"
    worker = invite(party(called.person.name, called.application.telephone), size=PHONE)
    portal.follows(worker, called.number, "专家组已检查，正在形成结论").sees_no("九级", "七级")
    reviewer = invite(staff(Role.REVIEWER))
    reviewer.opens("conclusions:review", called.number, picture="review-second-round").sees("第2轮", "九级")


def draw_with_many_reserves(sitting: Sitting) -> None:
    """However the lots fall, somebody can take the third seat, which is open to every specialty."""
    with moment.fixed(moment.at(EXAMINED, 7, 40)):
        wishes = [GroupWish("一号诊室", ("orthopaedics", "hand_foot", "*"))]
        officer = staff(Role.DRAW_OFFICER)
        draw = commit_experts(sitting, wishes, reserves=("*",) * 6, witnesses=walk.WITNESSES, by=officer)
        walk.say_words(draw)
        hold(draw, by=officer)


def speaks(at: Visitor, code: str) -> None:
    """Each says what they think of the others' findings, and signs it."""
    at.opens("workbench:home").presses(code).sees("没有形成多数意见").looks("workbench-talk")
    at.fills("意见和理由", "关节活动度以本次测量为准。").fills("登录口令", PASSWORD).presses("签名发表")
    expect(
        at.page.get_by_text("您的合议意见已记入").or_(at.page.get_by_role("heading", name="合议记录"))
    ).to_be_visible()


def records(at: Visitor, code: str) -> bool:
    """Whether this is the chair, who writes the record."""
    at.opens("workbench:talk", code)
    if not at.page.get_by_role("heading", name="合议记录").count():
        return False
    at.looks("workbench-record").fills("讨论的要点", "三席对活动度的影响看法不同，复测后一致。").fills(
        "登录口令", PASSWORD
    )
    return True


def seats(case: Case) -> list[Expert]:
    return members(group(case))


def group(case: Case) -> Group:
    found = group_of(case)
    assert found is not None
    return found


def account(expert: Expert) -> User:
    assert expert.user is not None
    return expert.user


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state
