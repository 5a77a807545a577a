"""Whose limits a party sees on the page of a case, until when, and what stands there once they are over."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user
from gongjian.cases.actions.clock import meet_limit, start_limit
from gongjian.cases.actions.move import join_case
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.portal import following
from gongjian.portal.limits import shown_to, told_to
from gongjian.portal.tests.builders import signed_in_as

pytestmark = pytest.mark.django_db
SERVED = {"worker": date(2026, 11, 11), "employer": date(2026, 11, 18), "": date(2026, 11, 18)}


@pytest.fixture(autouse=True)
def march():
    with moment.fixed(RECEIVED):
        yield


def on(day: date):
    return moment.fixed(moment.at(day))


def a_delivered_case(state: str = "delivered", **days: date) -> Case:
    """Both sides have accounts and were served on days of their own; the last of both is owed by the office."""
    case = a_case()
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    join_case(case, an_employer_user(), capacity="employer")
    for about, day in (SERVED | days).items():
        start_limit(case, "LA-REAPPEAL", start=day, about=about)
    last = case.limits.get(limit="LA-REAPPEAL", about="")
    owe(case, "remedies", due=last.due_on, article="令55 第十九条", role="delivery_clerk", limit=last)
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


def remedies(case: Case, user) -> list[tuple[str, date, str]]:
    return [
        (each.whose, each.deadline.due, each.ended)
        for each in shown_to(case, by=user)
        if each.row.limit == "LA-REAPPEAL"
    ]


def told_of_remedies(case: Case, user) -> str:
    [owed] = [
        each for each in told_to(following.owed_now(case), shown_to(case, by=user)) if each.what.startswith("等待")
    ]
    return owed.sentence


def test_art_19_each_side_sees_its_own_last_day_once_and_not_the_others():
    with on(date(2026, 11, 22)):
        case = a_delivered_case()
        assert remedies(case, a_worker_user()) == [("被鉴定人", date(2026, 11, 26), "")]
        assert remedies(case, an_employer_user()) == [("用人单位", date(2026, 12, 3), "")]


def test_the_last_of_both_is_nobodys_and_the_staff_see_both_by_name():
    with on(date(2026, 11, 22)):
        assert [whose for whose, *_ in remedies(a_delivered_case(), a_clerk())] == ["被鉴定人", "用人单位"]


def test_what_is_waited_for_is_told_with_the_persons_own_day():
    with on(date(2026, 11, 22)):
        case = a_delivered_case()
        assert told_of_remedies(case, a_worker_user()) == "被鉴定人申请再次鉴定：最后一日为2026年11月26日。"
        assert told_of_remedies(case, an_employer_user()) == "用人单位申请再次鉴定：最后一日为2026年12月3日。"


def test_after_the_own_day_it_is_over_though_the_other_side_still_has_time():
    with on(date(2026, 11, 30)):
        case = a_delivered_case()
        assert remedies(case, a_worker_user()) == [("被鉴定人", date(2026, 11, 26), "期限已于2026年11月26日届满")]
        assert told_of_remedies(case, a_worker_user()) == "被鉴定人申请再次鉴定：期限已于2026年11月26日届满。"
        assert remedies(case, an_employer_user())[0][2] == ""


def test_a_limit_that_was_met_says_when():
    case = a_case()
    join_case(case, a_worker_user(), capacity="worker")
    meet_limit(case, "LA-REVIEW", on=date(2026, 3, 4))
    ended = {each.row.limit: each.ended for each in shown_to(case, by=a_worker_user())}
    assert ended == {"LA-DECIDE": "", "LA-REVIEW": "已于2026年3月4日办结"}


@pytest.mark.parametrize("state", ["terminated", "withdrawn", "abandoned", "refused", "deceased", "archived"])
@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 4, 1), "案件已经结束，不再计算"), (date(2026, 9, 1), "期限已于2026年5月1日届满")]
)
def test_a_case_that_is_over_is_never_overdue(state: str, day: date, words: str):
    case = a_case()
    Case.objects.update(state=state)
    case.refresh_from_db()
    with on(day):
        assert {each.row.limit: each.ended for each in shown_to(case, by=a_worker_user())}["LA-DECIDE"] == words


def test_the_offices_own_limit_goes_on_being_overdue_while_the_case_is_open():
    with on(date(2026, 9, 1)):
        assert [each.ended for each in shown_to(a_case(), by=a_worker_user()) if each.row.limit == "LA-DECIDE"] == [""]


@pytest.mark.parametrize(("day", "noted"), [(date(2026, 11, 11), False), (date(2026, 12, 17), True)])
def test_l21_a_day_that_may_still_move_says_so_in_the_list(day: date, noted: bool):
    with on(day):
        case = a_delivered_case(worker=day)
        notes = [each.note for each in shown_to(case, by=a_worker_user()) if each.row.about == "worker"]
    assert [("可能变动" in note) for note in notes] == [noted]


def test_art_19_the_page_itself_tells_one_day(client):
    with on(date(2026, 11, 22)):
        case = a_delivered_case()
        shown = shown_to(case, by=a_worker_user())
    assert sum(each.title == "申请再次鉴定" for each in shown) == 1


def test_the_staff_open_the_last_day_of_both_as_the_page_of_the_case_links_it():
    case = a_delivered_case()
    last = case.limits.get(limit="LA-REAPPEAL", about="")
    page = signed_in_as(a_clerk()).get(reverse("portal:days", args=[case.number, last.pk]))
    assert page.status_code == 200
    assert signed_in_as(a_worker_user()).get(reverse("portal:days", args=[case.number, last.pk])).status_code == 404
