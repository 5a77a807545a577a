"""The rules of the draw hold in every mode: three experts at a bedside are drawn by lot as in the hall, one group and no more."""

import pytest

from gongjian.accounts.tests.builders import a_scheduler
from gongjian.draws.errors import OneGroupOnly
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.models import Seat
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.queries.preparing import preparation
from gongjian.draws.rules import check_group_count
from gongjian.draws.tests.house import BONE, DRAWN, WISHES, a_committed, a_held, an_available
from gongjian.law.modes import Mode, mode_rule
from gongjian.sittings.actions import book, plan_sitting
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, PLANNED, a_plan, a_sitting, an_accepted_case, at, put_in_sitting_state
from gongjian.sittings.tests.collectives import a_granted_collective, agree
from gongjian.sittings.tests.wishes import a_booked_wish, a_sitting_of

pytestmark = pytest.mark.django_db
AT_HOME = (GroupWish("上门鉴定", (BONE, BONE, ANY)),)
HOSPITALS = ("云溪市中医院", "东溪县人民医院", "西溪县人民医院", "云岭省职工医院", "云溪市骨科医院")


@pytest.fixture(autouse=True)
def _on_the_day_of_the_draw():
    with at(DRAWN):
        yield


def a_visit(mode: Mode = Mode.HOME) -> Sitting:
    """A published sitting with two people booked, and five experts of five hospitals who can come."""
    sitting = a_sitting_of(mode)
    with at(PLANNED):
        for serial in (1, 2):
            a_booked_wish(an_accepted_case(serial, parts=["143:left"], name=f"被鉴定人{serial}"), sitting)
    for hospital in HOSPITALS:
        an_available(sitting, BONE, hospital=hospital)
    return put_in_sitting_state(sitting, SittingState.PUBLISHED)


@pytest.mark.parametrize("mode", [Mode.CLINIC, Mode.HOME, Mode.VIDEO])
def test_art_11_the_three_of_a_visit_are_drawn_and_anybody_can_repeat_it(mode):
    draw = a_held(a_visit(mode), wishes=AT_HOME, reserves=(BONE,))
    seated = Seat.objects.filter(group__draw=draw)
    assert seated.count() == 3
    assert {seat.expert.hospital for seat in seated.select_related("expert")} <= set(HOSPITALS)
    assert verify_text(draw.receipt.encode()) == []


def test_a_second_group_is_refused_in_the_sentence_of_the_mode():
    with pytest.raises(OneGroupOnly, match="上门鉴定的场次只抽取一个专家组"):
        a_committed(a_visit(), wishes=AT_HOME * 2, reserves=())


def test_the_draw_officer_is_proposed_one_group_at_the_bedside_and_one_for_each_room_in_the_hall():
    found = preparation(a_visit())
    assert found.rooms == ("上门鉴定",)
    assert [wish.room for wish in found.wishes(groups=1, size=3)] == ["上门鉴定"]
    assert preparation(a_sitting()).rooms == ("一号诊室", "二号诊室")


def test_on_an_employers_premises_a_group_is_drawn_for_each_room_it_offers():
    with at(PLANNED):
        row = a_granted_collective()
        cases = agree(row)
        plan = a_plan(venue=row.venue, mode=Mode.ENTERPRISE, hours=1)
        sitting = plan_sitting(row.office, plan, by=a_scheduler())
        for case in cases:
            book(case, sitting, by=a_scheduler())
    for hospital in (*HOSPITALS, "望海市骨科医院", "南河县人民医院"):
        an_available(sitting, BONE, hospital=hospital)
    assert preparation(sitting).rooms == ("第1间", "第2间")
    wishes = tuple(GroupWish(room, (BONE, BONE, ANY)) for room in preparation(sitting).rooms)
    draw = a_held(put_in_sitting_state(sitting, SittingState.PUBLISHED), wishes=wishes, reserves=())
    assert sorted(draw.groups.values_list("room", flat=True)) == ["第1间", "第2间"]
    assert Seat.objects.filter(group__draw=draw).values("expert").distinct().count() == 6
    assert verify_text(draw.receipt.encode()) == []


@pytest.mark.parametrize(("mode", "count", "refused"), [("hall", 2, False), ("clinic", 1, False), ("video", 2, True)])
def test_how_many_groups_a_mode_has(mode, count, refused):
    rule = mode_rule(mode, on=DAY)
    if refused:
        with pytest.raises(OneGroupOnly):
            check_group_count(rule, count)
    else:
        check_group_count(rule, count)


def test_in_the_hall_nothing_has_changed():
    assert a_held(wishes=WISHES).groups.count() == 2
