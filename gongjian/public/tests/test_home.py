"""The public pages: what the law wants to be public is public, and nothing about anybody is."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_province,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
)
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import anchor_days, record
from gongjian.kernel.ledger.models import Anchor
from gongjian.kernel.tests.pages import Page
from gongjian.public.queries import A_PAGE, anchors, committees

pytestmark = pytest.mark.django_db
PAGES = ("public:home", "public:flow", "public:anchors", "public:privacy")
PERSONAL = ("林知远", "990101", "恒信", "柳桥路", "YXJD-2026", "1990000")
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def thursday():
    with moment.fixed(moment.at(DAY)):
        yield


def text_of(name: str, client: Client | None = None) -> str:
    return (client or Client()).get(reverse(name)).content.decode()


def an_anchor(day: date, root: str = "ab" * 32) -> Anchor:
    return Anchor.objects.create(
        day=day, chains=2, entries=7, root=root, previous_root="cd" * 32, made_at=moment.at(day)
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_public_pages_need_no_account(name):
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_nothing_personal_stands_on_a_public_page(name):
    a_case()
    shown = text_of(name)
    assert [word for word in PERSONAL if word in shown] == []


@pytest.mark.parametrize(
    ("name", "most"), [("public:home", 1), ("public:flow", 1), ("public:anchors", 1), ("public:privacy", 1)]
)
def test_a_public_page_costs_one_query_however_much_there_is(name, most, django_assert_max_num_queries):
    an_office()
    for days in range(40):
        an_anchor(DAY - timedelta(days=days + 1))
    Client().get(reverse(name))
    with django_assert_max_num_queries(most):
        Client().get(reverse(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_has_one_heading_and_the_public_navigation(name):
    page = Page(text_of(name))
    page.one("h1")
    assert reverse("public:flow") in [link.get("href") for link in page.all("a")]


@pytest.mark.parametrize("name", ["public:flow", "public:anchors", "public:privacy"])
def test_only_the_page_one_is_on_is_marked_in_the_navigation(name):
    here = [link["href"] for link in Page(text_of(name)).all("a", aria_current="page")]
    assert here in ([reverse(name)], [])


def test_the_first_page_names_its_doors_and_the_windows():
    an_office()
    shown = text_of("public:home")
    for door in ("我要申请、查进度", "核验文书", "办事流程", "账本日锚", "云溪市劳动能力鉴定委员会"):
        assert door in shown


@pytest.mark.parametrize(
    ("person", "first_page"),
    [
        (a_worker_user, "portal:home"),
        (a_clerk, "desk:worklist"),
        (an_expert_user, "workbench:home"),
        (an_administrator, "accounts:profile"),
    ],
)
def test_who_is_signed_in_is_led_to_their_own_first_page(person, first_page):
    client = Client()
    client.force_login(person(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [(reverse(first_page), 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize("sentence", ["令55 第六条", "5个工作日", "60日", "10日", "15日", "50年", "3名或5名"])
def test_art_6_the_flow_is_public_with_its_limits_in_the_words_of_the_day(sentence):
    assert sentence in text_of("public:flow")


def test_art_6_the_flow_of_a_day_before_the_rule_was_in_force_is_not_guessed():
    with moment.fixed(moment.at(date(2025, 7, 1))):
        assert "令55 第十七条" in text_of("public:flow")


@pytest.mark.parametrize("right", ["申请回避", "申请改期", "申请再次鉴定", "随机抽取", "举报和投诉"])
def test_the_flow_tells_what_one_may_do(right):
    assert right in text_of("public:flow")


def test_the_notice_tells_handler_purpose_kinds_keeping_and_rights():
    office = an_office()
    shown = text_of("public:privacy")
    for told in (office.name, office.telephone, "目的", "证件号码", "敏感", "50年", "查阅、复制", "电子送达要您同意"):
        assert told in shown


@pytest.mark.parametrize("name", PAGES)
def test_every_page_leads_to_the_notice_on_personal_information(name):
    assert reverse("public:privacy") in [link.get("href") for link in Page(text_of(name)).all("a")]


def test_an_empty_ledger_says_when_the_first_anchor_comes():
    assert "还没有日锚" in text_of("public:anchors")


def test_the_anchor_of_yesterday_is_shown_as_the_ledger_has_it():
    with moment.fixed(moment.at(DAY - timedelta(days=1))):
        record("case:1", "case.received", by=None)
    anchor_days(until=DAY)
    anchor = Anchor.objects.get()
    shown = text_of("public:anchors")
    assert anchor.root in shown
    assert "2026-03-04" in shown


def test_the_anchors_are_shown_page_by_page_and_none_is_lost():
    days = [DAY - timedelta(days=back) for back in range(1, 66)]
    for day in days:
        an_anchor(day)
    first = anchors()
    second = anchors(before=first.older)
    third = anchors(before=second.older)
    assert [row.day for found in (first, second, third) for row in found.rows] == days
    assert (len(first.rows), first.is_newest, third.older) == (A_PAGE, True, None)


@pytest.mark.parametrize("count", [A_PAGE, A_PAGE + 1])
def test_a_page_that_is_just_full_has_no_older_one(count):
    for back in range(1, count + 1):
        an_anchor(DAY - timedelta(days=back))
    assert (anchors().older is None) == (count == A_PAGE)


def test_the_older_anchors_are_a_link_away_and_the_newest_are_a_link_back():
    for back in range(1, 41):
        an_anchor(DAY - timedelta(days=back))
    older = Page(text_of("public:anchors")).one("a", rel="next")["href"]
    page = Page(Client().get(reverse("public:anchors") + older).content)
    assert page.one("a", rel="prev")["href"] == reverse("public:anchors")


@pytest.mark.parametrize("before", ["nonsense", "2026-02-30", "", "9999999999"])
def test_a_day_that_is_none_shows_the_newest(before):
    an_anchor(DAY - timedelta(days=1))
    assert "2026-03-04" in Client().get(reverse("public:anchors"), {"before": before}).content.decode()


def test_the_committees_are_named_the_citys_first():
    province, city = a_province(), an_office()
    assert committees() == [city, province]


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_only_answers_to_reading(name):
    assert Client().post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", [*PAGES, "public:check", "public:notices"])
def test_a_monitor_that_asks_for_the_head_only_is_answered(client: Client, name: str):
    answer = client.head(reverse(name))
    assert (answer.status_code, answer.content) == (200, b"")
