"""One case by all its persons, from the telephone of an injured worker to the archive. Each does their part on their own page."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.checks import run_checks
from gongjian.config.demo.cast import Worker, party, staff
from gongjian.draws.models import Draw, Group
from gongjian.draws.queries import group_of, members
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import Anchor
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.sweeps import run_all
from gongjian.papers.models import Paper
from gongjian.papers.queries import signature_in
from gongjian.reception.access import screen_key
from gongjian.sittings.models import Sitting
from tests.journeys import delivering, desk, drawing, portal, workbench
from tests.journeys.city import City, behind, doctor, everybody_comes
from tests.journeys.people import PHONE, TABLET, Clock, Invite, sign_in_by_password, sign_in_by_telephone

APPLIED, ACCEPTED, PLANNED, EXAMINED = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 18)
REVIEWED, SIGNED, POSTED, SIGNED_FOR = date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 26)
LAPSED = date(2026, 4, 20)  # the last day was 10 April; then five working days for the post
"""Fifteen days after the employer signed for it, a weekend, and one more day."""


@dataclass
class Walk:
    """What one act hands to the next."""

    city: City
    clock: Clock
    invite: Invite
    who: Worker
    folder: Path
    number: str = ""
    sitting: Sitting = field(default_factory=Sitting)

    @property
    def case(self) -> Case:
        return Case.objects.get(number=self.number)


@pytest.fixture
def walk(city: City, clock: Clock, invite: Invite, tmp_path: Path) -> Walk:
    return Walk(city, clock, invite, city.a_worker(), tmp_path)


def test_one_case_is_walked_to_the_very_end(walk: Walk):
    for act in ACTS:
        act(walk)
        behind(run_all)  # what the worker of the platform does all day


def the_worker_applies_on_a_telephone(walk: Walk):
    walk.clock.at(APPLIED)
    worker = walk.invite(size=PHONE)
    worker.opens("/", picture="home").presses("我要申请、查进度").sees("手机号").looks("sign-in")
    sign_in_by_telephone(worker, walk.who.telephone).sees("您还没有案件").looks("portal-empty")
    walk.number = portal.applies(worker, walk.who)
    portal.follows(worker, walk.number, "待审查材料", "受理窗口正在审查材料", picture="portal-case-submitted")
    worker.leaves()


def the_clerk_accepts(walk: Walk):
    walk.clock.at(ACCEPTED, 10)
    clerk = sign_in_by_password(walk.invite(), staff(Role.WINDOW_CLERK).username)
    clerk.sees(walk.number).looks("desk-worklist").presses(walk.number).sees("现在该办什么").looks(
        "desk-case-submitted"
    )
    clerk.opens("desk:check", walk.number, picture="desk-check").presses("受理").sees("已受理")
    assert walk.case.state == "accepted"


def the_scheduler_plans_books_and_publishes(walk: Walk):
    walk.clock.at(PLANNED, 9)
    scheduler = walk.invite(staff(Role.SCHEDULER))
    walk.sitting = desk.plans(scheduler, EXAMINED)
    expert = walk.invite(doctor("luo"), size=TABLET)
    expert.opens("workbench:sittings", picture="workbench-sittings").presses("能出席").sees("能出席").leaves()
    everybody_comes(walk.sitting)
    desk.fills_and_publishes(scheduler, walk.sitting, 1)
    scheduler.opens("sittings:list", picture="sittings-list").leaves()


def the_worker_reads_when_and_where(walk: Walk):
    walk.clock.at(PLANNED, 20)
    worker = walk.invite(party(walk.who.name, walk.who.telephone), size=PHONE)
    worker.opens("/").looks("portal-home").opens("portal:inbox", picture="portal-inbox").presses(
        "鉴定时间和地点已安排"
    ).sees("请携带")
    worker.looks("portal-message")
    portal.follows(worker, walk.number, "已安排场次", "鉴定的时间和地点", "签到码", picture="portal-case-scheduled")
    worker.leaves()


def the_experts_are_drawn(walk: Walk):
    walk.clock.at(EXAMINED, 7, 30)
    officer = walk.invite(staff(Role.DRAW_OFFICER))
    draw = drawing.commits(officer, walk.sitting)
    hall = drawing.shows(drawing.hall(walk.invite, draw), draw.commitment_hash)
    drawing.words_are_given(officer, draw, walk.invite, picture="draws")
    drawing.holds(officer, draw, button="开始抽取", done="已抽取，座次和候补见下").looks("draws-held")
    hall.sees("候补次序").looks("draws-live-drawn").sees_no(walk.who.name, *everyone_of(draw)).leaves()
    officer.leaves()


def the_exam_day_begins(walk: Walk):
    walk.clock.at(EXAMINED, 8)
    on_duty = walk.invite(staff(Role.EXAM_STAFF))
    on_duty.opens("sittings:sitting", walk.sitting.number).presses("开始现场报到").sees("报到台")
    draw = drawing.opens_the_door(on_duty, walk.sitting)
    drawing.words_are_given(on_duty, draw, walk.invite)
    drawing.holds(on_duty, draw, button="开始现场分组", done="现场分组已开始").leaves()


def the_worker_is_received_and_called(walk: Walk):
    walk.clock.at(EXAMINED, 8, 45)
    on_duty = walk.invite(staff(Role.EXAM_STAFF))
    ticket = desk.checks_in(on_duty, walk.number)
    room = drawing.sends_to_a_group(on_duty, walk.sitting, ticket)
    desk.calls(on_duty, walk.sitting, ticket)
    key = screen_key(walk.sitting)
    screen = walk.invite(staff(Role.EXAM_STAFF)).opens(
        "reception:hall", walk.sitting.number, key, picture="call-screen"
    )
    screen.sees(ticket, room).sees_no(walk.who.name, walk.who.id_number, walk.who.state)
    assert walk.case.state == "examining"


def three_experts_examine_and_seal(walk: Walk):
    walk.clock.at(EXAMINED, 9, 10)
    code = desk.booking_of(walk.number).exam_code
    for place, expert in enumerate(members(group_of_case(walk.case))):
        tablet = workbench.declares(walk.invite(expert.user, size=TABLET), code)
        tablet.sees_no(walk.who.name, walk.who.id_number, walk.number)
        if place == 0:
            workbench.turns_the_papers(tablet)
        workbench.seals(workbench.finds(tablet, grade="九级", search="gzgz", clause="5.9.2(23)"))
        tablet.leaves()
    assert walk.case.state == "opined"


def the_reviewer_and_the_signer_conclude(walk: Walk):
    walk.clock.at(REVIEWED)
    reviewer = walk.invite(staff(Role.REVIEWER)).opens("conclusions:to_review", picture="to-review")
    reviewer.presses(walk.number).sees("专家组意见").looks("review").fills("复核说明", "条款与所见相符。")
    reviewer.presses("复核通过，转签发").sees("已复核").leaves()
    walk.clock.at(SIGNED)
    signer = walk.invite(staff(Role.SIGNER)).opens("conclusions:to_sign", picture="to-sign")
    signer.presses(walk.number).sees("结论书草稿").looks("sign").presses("签发结论书").sees("的结论已签发").leaves()
    assert walk.case.state == "concluded"


def the_receipt_of_the_draw_is_published_and_holds(walk: Walk):
    walk.clock.at(EXAMINED, 18)
    on_duty = walk.invite(staff(Role.EXAM_STAFF)).opens("sittings:sitting", walk.sitting.number)
    on_duty.presses("结束本场").sees("本场已结束")
    door = Draw.objects.get(sitting=walk.sitting, kind="door")
    on_duty.opens("draws:conduct", door.number).presses("结束分组并公开凭证").sees("凭证已向社会公开").leaves()
    officer = walk.invite(staff(Role.DRAW_OFFICER))
    experts = Draw.objects.get(sitting=walk.sitting, kind="experts")
    officer.opens("draws:conduct", experts.number).presses("向社会公开凭证").sees("凭证已向社会公开").leaves()
    anyone = (
        walk.invite(size=PHONE).opens("draws:published", picture="draws-published").sees(experts.number, door.number)
    )
    for draw in (experts, door):
        drawing.verifies(anyone, draw, walk.folder)


def the_conclusion_is_served_on_both(walk: Walk):
    walk.clock.at(SIGNED, 11)
    behind(run_all)
    worker = walk.invite(party(walk.who.name, walk.who.telephone), size=PHONE)
    portal.follows(worker, walk.number, "结论已作出，送达中", picture="portal-case-served").presses("查看《")
    worker.leaves()
    walk.clock.at(POSTED)
    clerk = walk.invite(staff(Role.DELIVERY_CLERK)).opens("delivery:list", picture="delivery-list").sees(walk.number)
    batch = delivering.posts(clerk)
    walk.clock.at(SIGNED_FOR, 16)
    delivering.takes_results(clerk, batch, f"1,EX990101CN,{SIGNED_FOR},周若岚,,,收发室", "已签收")
    behind(run_all)
    clerk.opens("delivery:case", walk.number, picture="delivery-case").sees("已送达").leaves()
    assert walk.case.state == "delivered"


def anybody_can_check_the_paper(walk: Walk):
    paper = conclusion_of(walk.case)
    anyone = walk.invite(size=PHONE).opens("public:check", picture="check").fills("查验码", paper.check_code)
    anyone.presses("查验").sees(paper.number, paper.sha256[:16]).looks("check-valid")
    anyone.sees_no(walk.who.name, walk.who.id_number, walk.number, "九级", walk.who.state)
    behind(is_a_valid_pdf, paper)


def time_passes_and_it_takes_effect(walk: Walk):
    walk.clock.at(LAPSED, 6)
    behind(run_all)
    worker = walk.invite(party(walk.who.name, walk.who.telephone), size=PHONE)
    portal.follows(worker, walk.number, "结论已生效", picture="portal-case-effective")
    worker.opens("portal:readings", walk.number, picture="portal-readings").sees("窗口受理", "复核", "签发").leaves()


def the_archivist_closes_the_file(walk: Walk):
    walk.clock.at(LAPSED, 15)
    archivist = walk.invite(staff(Role.ARCHIVIST)).opens("archives:waiting", picture="archives-waiting")
    archivist.presses("归档", within="main table").sees("案卷齐全").looks("archives-case").presses(
        "归档", within="#archive"
    )
    archivist.sees("已归档").looks("archives-done").opens("archives:list", picture="archives-list").sees(walk.number)
    archivist.opens("desk:case", walk.number, picture="desk-case-archived").sees("案件已办结，没有待办")
    assert walk.case.state == "archived"


def everything_holds(walk: Walk):
    walk.clock.at(LAPSED + timedelta(days=1), 3)
    behind(run_all)
    assert behind(verify)[1] == []
    assert {name: found for name, found in behind(lambda: list(run_checks())) if found} == {}
    anyone = walk.invite().opens("public:anchors", picture="anchors")
    anyone.sees(Anchor.objects.latest("day").root).sees_no(walk.who.name, walk.number)
    anyone.opens("public:flow", picture="flow").opens("public:privacy", picture="privacy")


def conclusion_of(case: Case) -> Paper:
    return Paper.objects.get(case=case, kind="conclusion")


def is_a_valid_pdf(paper: Paper) -> None:
    with open_evidence(paper.evidence) as file:
        signature = signature_in(file.read(), paper)
    assert signature.valid, signature


def group_of_case(case: Case) -> Group:
    found = group_of(case)
    assert found is not None
    return found


def everyone_of(draw: Draw) -> list[str]:
    """The names of those who sit: staff may read them, the hall sees numbers."""
    return [expert.name for group in draw.groups.all() for expert in members(group)]


ACTS = (
    the_worker_applies_on_a_telephone,
    the_clerk_accepts,
    the_scheduler_plans_books_and_publishes,
    the_worker_reads_when_and_where,
    the_experts_are_drawn,
    the_exam_day_begins,
    the_worker_is_received_and_called,
    three_experts_examine_and_seal,
    the_receipt_of_the_draw_is_published_and_holds,
    the_reviewer_and_the_signer_conclude,
    the_conclusion_is_served_on_both,
    anybody_can_check_the_paper,
    time_passes_and_it_takes_effect,
    the_archivist_closes_the_file,
    everything_holds,
)
