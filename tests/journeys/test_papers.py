"""Papers that are missing: one notice names them all; who answers it goes on, who lets it lapse has given up."""

from datetime import date

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo import walk
from gongjian.config.demo.cast import Worker, party, staff
from gongjian.kernel import moment
from gongjian.kernel.sweeps import run_all
from tests.journeys import desk, portal
from tests.journeys.city import City, behind
from tests.journeys.people import PHONE, Clock, Invite

APPLIED, ASKED, ANSWERED, LATE = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 17)
WANTED = "请补交完整的住院病历和出院记录。"


def test_a_supplement_is_asked_for_once_handed_in_by_telephone_and_accepted(city: City, clock: Clock, invite: Invite):
    case, who = an_application_without_records(city)
    clerk = is_told_what_is_missing(case, clock, invite)
    clock.at(ANSWERED, 20)
    worker = the_worker(who, invite)
    portal.follows(worker, case.number, "请您办理", "补交材料", picture="portal-case-supplement").presses("补交材料")
    worker.sees(WANTED).looks("portal-supplement").presses("完整的病历资料")
    portal.uploads(worker, "medical_records", who)
    worker.presses("完成，返回").sees("3个新文件").presses("都交齐了，提交").sees("补正材料已提交")
    clock.at(ANSWERED, 21)
    clerk.opens("desk:check", case.number, picture="desk-check-again").sees("已经告知过一次").sees_no(
        "发出补正告知书</button>"
    )
    clerk.presses("受理").sees("已受理，受理通知书已发给申请人")
    assert state_of(case) == "accepted"


def test_who_lets_the_notice_lapse_has_given_up_and_is_told_so(city: City, clock: Clock, invite: Invite):
    case, who = an_application_without_records(city)
    is_told_what_is_missing(case, clock, invite)
    clock.at(LATE, 6)
    behind(run_all)
    worker = the_worker(who, invite)
    portal.follows(worker, case.number, "视为放弃申请", "您可以在备齐材料后重新申请", picture="portal-case-lapsed")
    assert worker.page.get_by_role("link", name="补交材料").count() == 0
    worker.opens("portal:inbox").sees("放弃")
    assert state_of(case) == "abandoned"


def test_the_last_day_itself_is_not_too_late(city: City, clock: Clock, invite: Invite):
    case, who = an_application_without_records(city)
    is_told_what_is_missing(case, clock, invite)
    clock.at(date(2026, 3, 16), 23, 59)
    behind(run_all)
    portal.follows(the_worker(who, invite), case.number, "请您办理", "补交材料")
    assert state_of(case) == "supplement"


def an_application_without_records(city: City) -> tuple[Case, Worker]:
    who = city.a_worker()
    return behind(walk.apply, who, at=moment.at(APPLIED), without=["medical_records"]), who


def is_told_what_is_missing(case: Case, clock: Clock, invite: Invite):
    clock.at(ASKED, 10)
    clerk = invite(staff(Role.WINDOW_CLERK))
    desk.asks_to_supplement(clerk, case.number, "完整的病历资料", WANTED)
    behind(run_all)
    return clerk


def the_worker(who: Worker, invite: Invite):
    return invite(party(who.name, who.telephone), size=PHONE)


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state
