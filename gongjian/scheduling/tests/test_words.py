"""Sentences, the picture and the curve: plain values in, what people read out."""

from datetime import date

import pytest

from gongjian.planner.advice import Advice, Point
from gongjian.planner.aims import Aim
from gongjian.planner.explaining import Earlier, Kept, Why
from gongjian.planner.fitting import Obstacle
from gongjian.planner.problem import Case, Sitting
from gongjian.scheduling.picture import HEIGHT, TOP, curve_of, picture_of
from gongjian.scheduling.queries import Column
from gongjian.scheduling.rules import can_be_noticed, examine_by
from gongjian.scheduling.words import said
from gongjian.sittings.models import Sitting as Row
from gongjian.sittings.models import Venue

DUE = date(2026, 4, 10)
CASE = Case(id="C1", due=DUE, since=date(2026, 3, 2), queue=1)


def on(day: int, places: int = 2) -> Sitting:
    """A sitting in March."""
    return Sitting(id=f"S{day}", day=date(2026, 3, day), places=places)


@pytest.mark.parametrize(
    ("at", "spare", "sentence"),
    [
        (on(24), 17, "排在3月24日，最迟检查日是4月10日，还余17天。"),
        (on(24), -3, "排在3月24日，比最迟检查日4月10日晚3天。"),
        (None, None, "没有能排入的场次；最迟应在4月10日检查。"),
    ],
)
def test_the_first_sentence_gives_the_day_and_what_is_left(at, spare, sentence):
    assert said(Why(CASE, at, spare, (Earlier(on(17), Obstacle.MODE),)))[0] == sentence


@pytest.mark.parametrize(
    ("earlier", "reason"),
    [
        (Earlier(on(17), Obstacle.TOO_SOON), "早于当事人经同意改期后可以到场的日期"),
        (Earlier(on(17), Obstacle.MODE), "鉴定方式与本案不同"),
        (Earlier(on(17), Obstacle.NEEDS), "场地没有本案需要的无障碍条件"),
        (Earlier(on(17), Obstacle.SPECIALTY, missing=frozenset({"ophthalmology"})), "没有本案需要的眼科"),
        (Earlier(on(17), Kept.FULL, places=2, people=2, as_urgent=2), "余下的名额已全部排给期限不晚于本案的人"),
        (Earlier(on(17), Kept.FULL, places=2, people=2, as_urgent=1), "名额已满，与那里的人对调也不会使整体安排更好"),
        (Earlier(on(17, 0), Kept.FULL, places=0), "已没有名额"),
        (Earlier(on(17), Kept.WORSE, worse=Aim.TRAVEL, by=1), "仍有名额，但改到那里路程更远"),
        (Earlier(on(17), Kept.WORSE, worse=Aim.UNEVEN, by=1), "仍有名额，但改到那里各场忙闲会更不均匀"),
        (Earlier(on(17), Kept.FREE), "仍有名额，可以人工改到那里"),
    ],
)
def test_each_earlier_day_has_its_reason(earlier, reason):
    assert said(Why(CASE, on(24), 17, (earlier,)))[1:] == [f"3月17日：{reason}。"]


def test_days_with_the_same_reason_stand_together_and_many_are_counted():
    earlier = tuple(Earlier(on(day), Obstacle.MODE) for day in range(10, 18))
    sentences = said(Why(CASE, on(24), 17, (*earlier, Earlier(on(18), Kept.FREE))))
    assert sentences[1] == "3月10日、3月11日、3月12日、3月13日、3月14日、3月15日等8场：鉴定方式与本案不同。"
    assert len(sentences) == 3


def test_the_first_sitting_of_all_needs_no_other_reason_and_a_lock_says_that_a_person_chose():
    assert said(Why(CASE, on(24), 17, ()))[1:] == ["这是仍可通知到人的最早一场。"]
    locked = Case(id="C1", due=DUE, since=date(2026, 3, 2), queue=1, lock="S24")
    earlier = (Earlier(on(17), Obstacle.LOCKED),)
    assert said(Why(locked, on(24), 17, earlier)) == ["由工作人员指定在3月24日；最迟应在4月10日检查。"]


def test_a_case_without_a_limit_says_so():
    without = Case(id="C1", due=date.max, since=date(2026, 3, 2), queue=1)
    assert "（未定期限）" in said(Why(without, None, None, ()))[0]


def test_five_working_days_are_kept_for_the_conclusion_over_a_holiday():
    assert examine_by(date(2026, 5, 8), on=date(2026, 3, 10), region=None) == date(2026, 4, 28)


@pytest.mark.parametrize(("day", "can"), [(13, False), (16, True), (10, False)])
def test_a_day_can_be_noticed_three_working_days_ahead(day, can):
    assert can_be_noticed(date(2026, 3, day), on=date(2026, 3, 10), region=None) is can


def a_column(**changes: int) -> Column:
    """A sitting of ten places."""
    sitting = Row(number="YXJD-S2026-001", day=date(2026, 3, 24), venue=Venue(name="云溪市劳动能力鉴定中心"))
    values = {"places": 10, "taken": 2, "in_time": 4, "late": 1, "booked": 0, "locked": 0}
    return Column(sitting, **{**values, **changes})


def test_the_picture_stacks_who_is_there_who_comes_and_who_is_late_to_the_height_of_the_places():
    picture = picture_of([a_column()], nowhere=0)
    (post,) = picture.posts
    heights = {box.kind: box.height for box in post.boxes}
    assert heights == {"places": HEIGHT, "taken": 36, "in-time": 72, "late": 18}
    tops = {box.kind: box.y for box in post.boxes}
    assert (tops["places"], tops["taken"], tops["late"]) == (TOP, TOP + HEIGHT - 36, TOP + HEIGHT - 126)
    assert (post.day, post.weekday, post.count) == ("3/24", "周二", "7/10")
    assert post.told == "2026-03-24 云溪市劳动能力鉴定中心：名额10，已安排2，方案排入5，其中超期1"


def test_who_was_booked_by_the_plan_is_not_shown_twice_and_who_is_nowhere_has_a_column():
    picture = picture_of([a_column(taken=5, booked=3, in_time=0, late=0)], nowhere=20)
    kinds = [[box.kind for box in post.boxes] for post in picture.posts]
    assert kinds == [["places", "taken", "booked"], ["late"]]
    assert picture.posts[1].told == "没有场次可排：20件"
    assert picture.posts[1].boxes[0].height == HEIGHT
    assert picture.posts[0].boxes[0].height == HEIGHT // 2


def test_an_empty_picture_has_a_surface():
    assert picture_of([], nowhere=0).posts == ()
    assert picture_of([], nowhere=0).width > 0


def test_the_curve_rises_from_its_floor_to_the_share_that_is_wanted():
    points = (Point(0, (), 50, 100, exact=True), Point(1, ("+2026-03-25",), 95, 100, exact=True))
    curve = curve_of(Advice(0.95, points))
    assert [(dot.sittings, dot.per_cent, dot.enough) for dot in curve.dots] == [(0, "50%", False), (1, "95%", True)]
    assert curve.dots[1].y == curve.wanted < curve.dots[0].y < curve.floor
    assert curve.line == f"48,{curve.dots[0].y} 104,{curve.dots[1].y}"
    assert curve_of(Advice(0.95, (Point(0, (), 1, 3, exact=True),))).dots[0].per_cent == "33.3%"
