"""The other modes of the story: a visit, a clinic and an employer's day next week, a video that waits for its answer, one who lives in another city; each as its own person does it."""

from collections.abc import Sequence
from datetime import date, datetime

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.config.demo.cast import committee, staff
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.sittings.actions import Wish, ask_mode, book, grant_mode, plan_weekly, publish
from gongjian.sittings.actions.collecting import Premises, ask_collective, grant_collective
from gongjian.sittings.actions.planning import Plan, add_room, add_venue
from gongjian.sittings.actions.wishing import accept_offer, decline_offer
from gongjian.sittings.collectives import Collective
from gongjian.sittings.models import Sitting, Venue
from gongjian.sittings.states import CameBy
from gongjian.sittings.sweeping import send_notices

ASKED = {
    Mode.HOME: Wish(
        mode=Mode.HOME,
        ground="immobile",
        reason="截瘫卧床，家住五楼没有电梯。",
        address="云溪市东溪县柳桥路25号5楼501室，没有电梯",
        contact="家属 19900000025",
        consent="家属来电，本人在电话里口头同意",
        proof_seen="出院记录上门时核对",
        came_by=CameBy.TELEPHONE,
    ),
    Mode.CLINIC: Wish(
        mode=Mode.CLINIC, ground="simple", reason="伤情单一，材料齐全，想尽快办完。", came_by=CameBy.IN_PERSON
    ),
    Mode.VIDEO: Wish(
        mode=Mode.VIDEO,
        ground="far",
        reason="现住西溪县山区，到市里单程四个小时。",
        consent="本人来电，口头同意",
        came_by=CameBy.TELEPHONE,
    ),
    Mode.ENTRUSTED: Wish(
        mode=Mode.ENTRUSTED,
        ground="far",
        reason="随子女长期住在东岭市，行动不便，往返困难。",
        consent="本人来电，口头同意",
        came_by=CameBy.TELEPHONE,
    ),
}
MINUTES = {Mode.HOME: 90, Mode.CLINIC: 30, Mode.VIDEO: 45, Mode.ENTERPRISE: 30}
PREMISES = Premises(
    address="云溪市工业大道8号办公楼二楼", rooms=2, contact="周若岚 19900008001", reason="倒班职工多，集中检查不误工。"
)


def ask(case: Case, mode: Mode, *, at: datetime, is_granted: bool) -> None:
    """A call or a visit to the window is taken down, and answered where it says so."""
    with moment.fixed(at):
        wish = ask_mode(case, ASKED[mode], by=staff(Role.SCHEDULER))
        if is_granted:
            grant_mode(wish, reason="情况属实。", by=staff(Role.SCHEDULER))


def ask_together(cases: Sequence[Case], boss: User, *, at: datetime) -> Collective:
    """The employer follows its workers' cases, and asks for a day on its own premises."""
    with moment.fixed(at):
        for case in cases:
            join_case(case, boss, capacity="employer")
        return ask_collective(cases, PREMISES, by=boss)


def answer_together(row: Collective, *, at: datetime) -> list[Case]:
    """The office says yes; of those it asks one says no and one has not said yet. Who has agreed, by number."""
    with moment.fixed(at):
        granted = grant_collective(row, answer="下周安排，由职工本人决定是否参加。", by=staff(Role.SCHEDULER))
        asked = [wish.case for wish in granted.wishes.select_related("case__office").order_by("case__number")]
        declines, *agree = asked[:-1]
        decline_offer(declines, by=declines.parties.get(capacity="worker").user)
        for case in agree:
            accept_offer(case, consent="本人在网上勾选同意", by=case.parties.get(capacity="worker").user)
    return agree


def found_clinic(*, at: datetime) -> Venue:
    """The clinic in the city's hospital, where the appraisal committee has standing hours."""
    with moment.fixed(at):
        told = {"address": "云溪市健康路2号门诊楼二楼", "directions": "乘6路到市一院站，二楼东侧"}
        by = staff(Role.SCHEDULER)
        venue = add_venue(committee(), name="云溪市第一人民医院鉴定门诊", by=by, **told)
        add_room(venue, name="鉴定门诊", by=by)
    return venue


def arrange(
    mode: Mode, day: date, venue: Venue, cases: Sequence[Case], *, at: datetime, weeks: int = 1
) -> list[Sitting]:
    """Plan the sittings of a mode, ask the experts, book, publish the first and send its notices."""
    with moment.fixed(at):
        plan = Plan(
            venue=venue,
            mode=mode,
            starts_at=moment.at(day, 9),
            ends_at=moment.at(day, 12),
            minutes=MINUTES[mode],
            capacity=1,
            specialties=("orthopaedics", "hand_foot", "neurology"),
        )
        planned = plan_weekly(committee(), plan, weeks=weeks, by=staff(Role.SCHEDULER))
        for expert in Expert.objects.filter(office=committee()).select_related("user"):
            answer(expert, planned[0], expert.number[-1] != "9", by=expert.user or staff(Role.SCHEDULER))
        for case in cases:
            case.refresh_from_db()
            book(case, planned[0], by=staff(Role.SCHEDULER))
        publish(planned[0], by=staff(Role.SCHEDULER))
        send_notices()
    return planned
