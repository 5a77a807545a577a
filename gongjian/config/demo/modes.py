"""The other modes of the story: a visit and a clinic next week, a video that waits for its answer; each as its own person does it."""

from collections.abc import Sequence
from datetime import date, datetime

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo.cast import committee, staff
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.sittings.actions import Wish, ask_mode, book, grant_mode, plan_weekly, publish
from gongjian.sittings.actions.planning import Plan, add_room, add_venue
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
}
MINUTES = {Mode.HOME: 90, Mode.CLINIC: 30, Mode.VIDEO: 45}


def ask(case: Case, mode: Mode, *, at: datetime, is_granted: bool) -> None:
    """A call or a visit to the window is taken down, and answered where it says so."""
    with moment.fixed(at):
        wish = ask_mode(case, ASKED[mode], by=staff(Role.SCHEDULER))
        if is_granted:
            grant_mode(wish, reason="情况属实。", by=staff(Role.SCHEDULER))


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
