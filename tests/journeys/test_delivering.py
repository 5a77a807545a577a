"""The conclusion is served on each side in its own way: electronically on the worker, by post and then by hand on the employer."""

import re
from datetime import date, timedelta

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo import ending, walk
from gongjian.config.demo.cast import Worker, party, staff
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.kernel.sweeps import run_all
from tests.journeys import delivering, portal
from tests.journeys.city import City, behind, photo
from tests.journeys.people import PHONE, Clock, Invite

EXAMINED, SIGNED, POSTED, RETURNED, HANDED = (
    date(2026, 3, 18),
    date(2026, 3, 23),
    date(2026, 3, 24),
    date(2026, 3, 30),
    date(2026, 3, 31),
)
WORKERS_LAST, EMPLOYERS_LAST = date(2026, 4, 7), date(2026, 4, 15)
POST_HAS_COME = date(2026, 4, 22)
"""Fifteen days after each received it; the day for the grave-sweeping feast and a weekend do not move these two."""


def test_mail_comes_back_is_handed_over_and_each_side_has_its_own_fifteen_days(
    city: City, clock: Clock, invite: Invite
):
    who = city.a_worker()
    case = behind(a_concluded_case, city, who)
    clock.at(SIGNED, 12)
    behind(run_all)
    worker = invite(party(who.name, who.telephone), size=PHONE)
    portal.follows(worker, case.number, "2026年3月23日已送达（电子送达）", picture="portal-case-delivering")
    worker.presses("我还需要纸质文书").sees("免费寄给您")
    clerk = invite(staff(Role.DELIVERY_CLERK))
    the_mail_comes_back(clerk, clock)
    the_paper_is_handed_over(clerk, case, clock)
    assert served_days(case) == {"worker": SIGNED, "employer": HANDED}
    clock.at(WORKERS_LAST + timedelta(days=1), 6)
    behind(run_all)
    assert state_of(case) == "delivered"
    clock.at(POST_HAS_COME, 23)
    behind(run_all)
    assert state_of(case) == "delivered"
    clock.at(POST_HAS_COME + timedelta(days=1), 6)
    behind(run_all)
    assert state_of(case) == "effective"
    portal.follows(worker, case.number, "结论已生效")


def the_mail_comes_back(clerk, clock: Clock):
    clock.at(POSTED)
    batch = delivering.posts(clerk)
    clerk.sees("云溪恒信机械有限公司")
    clock.at(RETURNED, 16)
    delivering.takes_results(clerk, batch, f"1,EX990102CN,,,{RETURNED},迁移新址不明", "已退回")


def the_paper_is_handed_over(clerk, case: Case, clock: Clock):
    clock.at(HANDED, 15)
    clerk.opens("delivery:list", picture="delivery-list-returned").sees("没有送到").presses("办理", within="main table")
    clerk.sees("送到哪里").looks("delivery-one").page.get_by_role(
        "link", name=re.compile(r"已送达\s*：直接送达")
    ).click()
    clerk.looks("delivery-record").fills("送达日期", HANDED.isoformat()).fills("签收人", "周若岚")
    clerk.fills("与受送达人的关系", "单位负责收件的人（收发室、值班室等）").fills("核验身份的方式", "核对工作证").fills(
        "送达人", "宋达、陈晓窗"
    )
    clerk.hands_in("送达凭证", [photo("diagnosis", Worker(9, "周若岚", "", (), "", "", ""))]).presses("记录已送达")
    clerk.sees("已送达").opens("delivery:case", case.number, picture="delivery-case-both").sees("被鉴定人", "用人单位")


def a_concluded_case(city: City, who: Worker) -> Case:
    case = walk.apply(who, at=moment.at(date(2026, 3, 2)))
    walk.take_in(case, at=moment.at(date(2026, 3, 3)))
    sitting = walk.arrange(EXAMINED, city.venue, [case], at=moment.at(date(2026, 3, 4)))
    walk.draw_groups(sitting, at=moment.at(EXAMINED, 7))
    walk.open_day(sitting, at=moment.at(EXAMINED, 8))
    walk.receive(case, at=moment.at(EXAMINED, 8, 30))
    walk.send_to_group(case, at=moment.at(EXAMINED, 8, 40))
    walk.call_in(case, at=moment.at(EXAMINED, 9))
    walk.examine(case, (9, 9, 9), at=moment.at(EXAMINED, 10))
    ending.end_day(sitting, at=moment.at(EXAMINED, 18))
    ending.conclude(case, reviewed=moment.at(date(2026, 3, 20)), signed=moment.at(SIGNED))
    return case


def served_days(case: Case) -> dict[str, date | None]:
    return {row.recipient: row.served_on for row in Delivery.objects.filter(case=case)}


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state
