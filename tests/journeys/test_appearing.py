"""Coming to the examination: on another day for a good reason, or not at all."""

from datetime import date, timedelta

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo import walk
from gongjian.config.demo.cast import Worker, party, staff
from gongjian.kernel import moment
from gongjian.kernel.sweeps import run_all
from gongjian.sittings.models import Sitting
from tests.journeys import portal
from tests.journeys.city import City, behind
from tests.journeys.people import PHONE, Clock, Invite

APPLIED, ACCEPTED, PLANNED = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
EXAMINED, LATER = date(2026, 3, 18), date(2026, 4, 1)


def test_another_day_is_asked_for_granted_and_postpones_the_limit(city: City, clock: Clock, invite: Invite):
    case, who, _ = a_case_to_appear(city)
    clock.at(date(2026, 3, 10), 20)
    worker = invite(party(who.name, who.telephone), size=PHONE)
    portal.follows(worker, case.number, "鉴定的时间和地点").presses("申请改期").sees("为什么不能按时参加")
    worker.looks("reschedule-ask").fills("为什么不能按时参加", "住院手术，月底出院。")
    worker.fills("最早哪一天可以参加", "2026-03-30").ticks("我知道并同意").presses("提交改期申请")
    worker.sees("改期申请正在等待答复").looks("portal-case-rescheduling")
    before = due_of(case)
    clock.at(date(2026, 3, 11), 9)
    scheduler = invite(staff(Role.SCHEDULER)).opens("sittings:requests", picture="reschedule-requests")
    scheduler.presses("答复").sees("住院手术").looks("reschedule-answer").ticks("同意改期").presses("答复")
    scheduler.sees("已同意改期，案件回到待安排")
    behind(walk.arrange, LATER, city.venue, [], at=moment.at(date(2026, 3, 11), 10))
    clock.at(date(2026, 3, 11), 11)
    scheduler.opens("sittings:book", case.number, picture="sittings-book").page.get_by_role("radio").first.check()
    scheduler.presses("安排").sees("已安排")
    behind(run_all)
    portal.follows(worker, case.number, "2026年4月1日")
    assert due_of(case) == before + timedelta(days=(LATER - EXAMINED).days)


def test_who_stays_away_without_a_good_reason_has_this_appraisal_ended(city: City, clock: Clock, invite: Invite):
    case, who, sitting = a_case_to_appear(city)
    behind(walk.draw_groups, sitting, at=moment.at(EXAMINED, 7, 40))
    behind(walk.open_day, sitting, at=moment.at(EXAMINED, 8))
    clock.at(EXAMINED, 18)
    on_duty = (
        invite(staff(Role.EXAM_STAFF)).opens("sittings:sitting", sitting.number).presses("结束本场").sees("本场已结束")
    )
    on_duty.opens("sittings:absences", sitting.number, picture="absences").presses("处理").sees("第一步：登记未到场")
    on_duty.looks("absence").presses("登记未到场").sees("请当事人在").looks("absence-noted")
    behind(run_all)
    worker = invite(party(who.name, who.telephone), size=PHONE)
    portal.follows(worker, case.number, "您没有按时参加鉴定", picture="portal-case-absent").presses("说明理由")
    worker.looks("explain").fills("理由", "忘记了时间。").presses("提交说明").sees("办到哪一步了")
    clock.at(date(2026, 4, 8), 15)
    scheduler = invite(staff(Role.SCHEDULER)).opens("sittings:absence", case.number).sees("忘记了时间")
    scheduler.ticks("无正当理由").fills("认定的理由", "通知已送达，忘记时间不是正当理由。").presses("作出认定")
    scheduler.sees("已认定无正当理由").presses("终止当次鉴定").sees("终止不能撤回").looks("terminate")
    scheduler.fills("事实", "经书面通知，未按时到场，没有正当理由。").fills("证据", "送达记录、现场报到记录。")
    scheduler.presses("终止当次鉴定").sees("当次鉴定已终止").looks("desk-case-terminated")
    behind(run_all)
    portal.follows(worker, case.number, "当次鉴定终止", "您可以重新提出申请", picture="portal-case-terminated")
    case.refresh_from_db()
    assert case.state == "terminated"


def a_case_to_appear(city: City) -> tuple[Case, Worker, Sitting]:
    """An accepted case, told to come to a sitting."""
    who = city.a_worker()
    case = behind(walk.apply, who, at=moment.at(APPLIED))
    behind(walk.take_in, case, at=moment.at(ACCEPTED))
    sitting = behind(walk.arrange, EXAMINED, city.venue, [case], at=moment.at(PLANNED))
    return case, who, sitting


def due_of(case: Case) -> date:
    """The day by which the conclusion must be made."""
    case.refresh_from_db()
    assert case.due_on
    return case.due_on
