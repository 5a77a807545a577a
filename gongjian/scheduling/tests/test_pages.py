"""The scheduler's pages: who opens them, what they do, and what they show."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_scheduler, a_worker_user, an_expert_user, an_office, an_outsider
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.scheduling.actions import accept, plan_asked
from gongjian.scheduling.capacity import USUAL, Suppose, prospect_of
from gongjian.scheduling.models import Placement, Planning, Proposal
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, a_proposal, comes, due
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def as_(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def board() -> str:
    return reverse("scheduling:board", args=["YXJD"])


def test_the_way_from_nothing_to_bookings_is_two_presses():
    a_day()
    case = an_accepted_case()
    browser = as_(a_scheduler())
    page = browser.get(reverse("scheduling:index"), follow=True)
    assert "还没有排期方案" in text(page)
    page = browser.post(reverse("scheduling:propose", args=["YXJD"]), follow=True)
    assert "等候后台程序开始（第1步，共5步）" in text(page)
    assert plan_asked() == 1
    page = browser.get(board())
    assert "采用方案，安排1人" in text(page)
    page = browser.post(reverse("scheduling:accept", args=["YXJD", Proposal.objects.get().pk]), follow=True)
    assert "已安排1人" in text(page)
    assert Booking.objects.get().case == case


def test_the_board_shows_late_cases_and_what_would_help():
    for serial in (1, 2, 3):
        due(an_accepted_case(serial), LATER)
    a_proposal(people=0, sittings=[a_day(EARLY, places=1)])
    page = text(as_(a_scheduler()).get(board()))
    assert "2件" in page
    assert "已证明不能再少" in page
    assert "增加2个名额" in page
    assert page.count('class="gj-plan-late"') >= 2
    assert len(re.findall("没有场次</span>", page)) == 2


def test_the_picture_has_no_inline_style_or_script():
    a_proposal()
    page = text(as_(a_scheduler()).get(board()))
    assert "<svg" in page
    assert not re.search(r"<svg[^>]*style=|<rect[^>]*style=|<style|onclick", page)


def test_a_specialty_to_be_added_is_told_before_it_is():
    an_accepted_case(1, parts=["143:left"])
    sitting = a_day(EARLY, specialties=["ophthalmology"])
    comes(sitting, "orthopaedics")
    a_proposal(people=0, sittings=[sitting])
    page = text(as_(a_scheduler()).get(board()))
    assert "采用时会给这些场次增加专业" in page
    assert "骨科" in page


def test_whom_the_world_has_overtaken_stands_on_the_board_with_the_reason():
    proposal = a_proposal()
    Sitting.objects.update(state="closed")
    a_day(LATER)
    accept(proposal, by=a_scheduler())
    page = text(as_(a_scheduler()).get(board()))
    assert "没有安排成" in page
    assert page.count("已经开始、结束或日期已过") == 2


def test_a_sittings_list_names_the_people_and_leaves_a_trace():
    proposal = a_proposal()
    sitting = Sitting.objects.get()
    page = text(as_(a_scheduler()).get(reverse("scheduling:sitting", args=["YXJD", sitting.number])))
    assert page.count("林知远") == 2
    assert [entry.facts["what"] for entry in readings_of(sitting.chain)] == ["排期方案人员名单"]
    assert proposal.placements.count() == 2


def test_a_sittings_list_takes_the_same_queries_for_more_people(django_assert_max_num_queries):
    a_proposal(people=2, sittings=[a_day(places=20)])
    url = reverse("scheduling:sitting", args=["YXJD", Sitting.objects.get().number])
    browser = as_(a_scheduler())
    browser.get(url)
    with django_assert_max_num_queries(40) as few:
        browser.get(url)
    a_proposal(people=9, sittings=[Sitting.objects.get()])
    with django_assert_max_num_queries(len(few)):
        browser.get(url)


def test_why_this_day_is_told_and_a_person_may_put_the_case_elsewhere():
    later = a_day(LATER)
    proposal = a_proposal(people=1, sittings=[a_day(EARLY), later])
    url = reverse("scheduling:placement", args=[proposal.placements.get().pk])
    browser = as_(a_scheduler())
    assert "这是仍可通知到人的最早一场。" in text(browser.get(url))
    page = browser.post(url, {"sitting": later.pk}, follow=True)
    assert "已记下" in text(page)
    placement = Placement.objects.get()
    assert (placement.locked, placement.sitting) == (True, later)
    assert "人工指定" in text(browser.get(url))


def test_a_sitting_that_is_not_offered_is_refused_by_the_form():
    proposal = a_proposal(people=1)
    elsewhere = a_day(EARLY, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    url = reverse("scheduling:placement", args=[proposal.placements.get().pk])
    assert as_(a_scheduler()).post(url, {"sitting": elsewhere.pk}).status_code == 422


def test_an_accepted_placement_is_shown_and_not_edited():
    proposal = a_proposal(people=1)
    accept(proposal, by=a_scheduler())
    page = text(as_(a_scheduler()).get(reverse("scheduling:placement", args=[proposal.placements.get().pk])))
    assert 'id="lock"' not in page


@pytest.mark.parametrize("person", [a_clerk, an_outsider, a_worker_user, an_expert_user])
def test_l08_none_of_the_pages_exists_for_others(person):
    proposal = a_proposal()
    sitting, placement = Sitting.objects.get(), proposal.placements.first()
    browser = as_(person())
    urls = [
        reverse("scheduling:index"),
        board(),
        reverse("scheduling:capacity", args=["YXJD"]),
        reverse("scheduling:sitting", args=["YXJD", sitting.number]),
        reverse("scheduling:placement", args=[placement.pk]),
        reverse("scheduling:progress", args=["YXJD"]),
        reverse("scheduling:insert", args=["YXJD", placement.case.number]),
    ]
    assert [browser.get(url).status_code for url in urls] == [404] * 7
    posts = [
        reverse("scheduling:propose", args=["YXJD"]),
        reverse("scheduling:accept", args=["YXJD", proposal.pk]),
        urls[-1],
    ]
    assert [browser.post(url).status_code for url in posts] == [404] * 3
    assert not Planning.objects.exists()
    assert not Booking.objects.exists()


def test_who_has_not_signed_in_is_led_to_the_door():
    assert Client().get(board()).status_code == 302


def test_a_proposal_of_another_office_is_not_accepted_here():
    assert as_(a_scheduler()).post(reverse("scheduling:accept", args=["YXJD", 999])).status_code == 404


def test_without_sittings_the_page_says_what_to_do():
    page = text(as_(a_scheduler()).get(board()))
    assert "没有可以排入的场次" in page
    assert "/sittings/plan" in page


def test_planning_with_nobody_waiting_is_answered_in_words():
    a_day()
    response = as_(a_scheduler()).post(reverse("scheduling:propose", args=["YXJD"]))
    assert (response.status_code, "没有待安排的案件" in text(response)) == (422, True)


def test_the_capacity_page_draws_the_curve_and_names_the_fewest_sittings():
    for serial in (1, 2, 3, 4):
        an_accepted_case(serial)
    a_day(LATER, places=2)
    url = reverse("scheduling:capacity", args=["YXJD"])
    page = text(as_(a_scheduler()).get(url))
    assert page.count("<circle") == 7
    assert "最少加开2场（每场2个名额、各专业齐全），4/4件能按期检查" in page
    page = text(as_(a_scheduler()).get(url, {"wave": 100, "rooms": 0, "specialty": "", "most": 1}))
    assert page.count("<circle") == 2
    assert "加开到1场也到不了95%" in page


def test_a_supposition_that_makes_no_sense_is_refused_with_the_form():
    a_day()
    url = reverse("scheduling:capacity", args=["YXJD"])
    assert as_(a_scheduler()).get(url, {"wave": -1, "rooms": 0, "most": 1}).status_code == 422


def test_an_office_without_sittings_is_advised_by_sittings_of_the_usual_size():
    an_accepted_case()
    found = prospect_of(an_office(), Suppose(most=1))
    assert (found.places, found.past, [point.in_time for point in found.advice.points]) == (USUAL, 0, [0, 1])


def test_more_room_or_a_specialty_everywhere_serves_those_who_waited_for_it():
    an_accepted_case(1, parts=["143:left"])
    an_accepted_case(2)
    a_day(
        moment.today().replace(day=20), places=1, specialties=[code for code in SPECIALTIES if code != "orthopaedics"]
    )

    def in_time(**changes: Any) -> int:
        return prospect_of(an_office(), Suppose(most=0, **changes)).advice.points[0].in_time

    assert (in_time(), in_time(rooms=1), in_time(rooms=1, specialty="orthopaedics")) == (1, 1, 2)


def test_who_has_waited_too_long_already_is_counted_apart():
    an_accepted_case()
    with at(moment.at(LATER, 9)):
        assert prospect_of(an_office(), Suppose(most=1)).past == 1
