"""A limit of a case day by day: what counts, what does not and why, for whom it is shown."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user, an_outsider
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.actions.clock import postpone, start_limit
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.law.clock import deadline
from gongjian.portal.days import day_list
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march():
    with moment.fixed(RECEIVED):
        yield


def a_case_of_the_worker() -> Case:
    case = a_submitted_case()
    join_case(case, an_employer_user(), capacity="employer")
    return case


def page_of(case: Case, user, limit: str, about: str = "", year: str = ""):
    row = case.limits.get(limit=limit, about=about)
    return signed_in_as(user).get(reverse("portal:days", args=[case.number, row.pk]), {"year": year} if year else {})


def test_each_day_of_the_review_is_told_with_its_number_or_why_it_does_not_count():
    shown = text_of(page_of(a_case_of_the_worker(), a_worker_user(), "LA-REVIEW"))
    for words in (
        "2026年3月",
        "第1日",
        "第5日",
        "不计入",
        "休息日（周末）",
        "计入5日，不计入2日",
        "民法典 第二百零一条",
    ):
        assert words in shown


def test_the_days_of_another_appointment_do_not_count_in_the_decision():
    case = a_case_of_the_worker()
    postpone(case, first=date(2026, 3, 20), until=date(2026, 3, 27), reason="改期", by=a_clerk())
    shown = text_of(page_of(case, a_worker_user(), "LA-DECIDE"))
    assert "计入60日，不计入7日" in shown
    assert "改期" in shown


def test_a_day_on_which_a_party_may_still_act_because_the_last_day_was_a_rest_day_is_told():
    case = a_case_of_the_worker()
    start_limit(case, "LA-REAPPEAL", start=date(2026, 2, 3), about="worker")
    shown = text_of(page_of(case, a_worker_user(), "LA-REAPPEAL", "worker"))
    for words in ("顺延到", "最后一日是休息日，顺延（春节）", "调休上班，照样计入", "到2026年2月24日"):
        assert words in shown


def test_a_limit_of_the_other_side_and_a_limit_of_another_case_are_not_found():
    case = a_case_of_the_worker()
    start_limit(case, "LA-REAPPEAL", start=date(2026, 3, 3), about="employer")
    assert page_of(case, a_worker_user(), "LA-REAPPEAL", "employer").status_code == 404
    assert page_of(case, an_employer_user(), "LA-REAPPEAL", "employer").status_code == 200
    other = a_case()
    address = reverse("portal:days", args=[case.number, other.limits.get(limit="LA-DECIDE").pk])
    assert signed_in_as(a_worker_user()).get(address).status_code == 404


def test_an_outsider_finds_neither_the_case_nor_its_days():
    assert page_of(a_case_of_the_worker(), an_outsider(), "LA-DECIDE").status_code == 404


def test_the_staff_go_back_to_their_own_page_of_the_case_and_find_the_days_there():
    case = a_case_of_the_worker()
    assert reverse("desk:case", args=[case.number]) in text_of(page_of(case, a_clerk(), "LA-DECIDE"))
    row = case.limits.get(limit="LA-DECIDE")
    for name, user in (("desk:case", a_clerk()), ("portal:case", a_worker_user())):
        shown = text_of(signed_in_as(user).get(reverse(name, args=[case.number])))
        assert reverse("portal:days", args=[case.number, row.pk]) in shown


@pytest.mark.parametrize("year", ["2030", "1900", "x", "²²²²"])
def test_fifty_years_are_turned_over_year_by_year(year: str):
    case = a_case_of_the_worker()
    start_limit(case, "LA-ARCHIVE", start=date(2026, 3, 3))
    shown = text_of(page_of(case, a_clerk(), "LA-ARCHIVE", year=year))
    assert f'"?year={year if year == "2030" else 2026}" aria-current="page"' in shown
    assert shown.count("<time") < 400


def test_the_list_holds_every_day_once_and_adds_up_to_the_length():
    found = deadline("LA-REVIEW-1Y", date(2024, 2, 29))
    told = day_list(found)
    days = [one.day for month in told.months for one, _ in month.days]
    assert (days[0], days[-1], len(days), told.counted) == (date(2024, 3, 1), date(2025, 2, 28), 365, 365)
