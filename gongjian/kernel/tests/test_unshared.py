"""What was made for one person is kept by no cache; what is the same for everybody may be."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_administrator,
    an_archivist,
    an_expert_user,
)
from gongjian.cases.tests.builders import a_case
from gongjian.kernel.unshared import UnsharedMiddleware

pytestmark = pytest.mark.django_db
PAGES = [
    ("desk:worklist", a_clerk),
    ("desk:search", a_clerk),
    ("portal:home", a_worker_user),
    ("delivery:list", a_delivery_clerk),
    ("delivery:post", a_delivery_clerk),
    ("sittings:list", a_scheduler),
    ("archives:list", an_archivist),
    ("workbench:home", an_expert_user),
    ("accounts:profile", an_administrator),
]
PUBLIC = ["public:home", "public:flow", "public:privacy", "public:notices", "public:anchors"]


def a_browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(("name", "person"), PAGES)
def test_a_page_of_somebody_is_kept_by_no_cache(name, person):
    answer = a_browser(person()).get(reverse(name))
    assert answer.status_code == 200
    assert set(answer["Cache-Control"].replace(" ", "").split(",")) >= {"no-store", "private"}


def test_a_case_and_its_parts_are_kept_by_no_cache():
    case, browser = a_case(), a_browser(a_clerk())
    for name in ("desk:case", "delivery:case_part", "sittings:case_part", "draws:case_part"):
        assert "no-store" in browser.get(reverse(name, args=[case.number]))["Cache-Control"]


@pytest.mark.parametrize("name", ["desk:case", "portal:case"])
def test_a_refusal_is_kept_by_no_cache_either(name):
    answer = a_browser(a_worker_user()).get(reverse(name, args=["YXJD-2026-999999"]))
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (404, True)


def test_the_way_on_after_a_form_is_kept_by_no_cache():
    case = a_case()
    answer = a_browser(a_clerk()).get(reverse("desk:accept", args=[case.number]))
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_for_everybody_stays_as_it_is(name):
    assert "no-store" not in a_browser().get(reverse(name)).get("Cache-Control", "")


def test_static_files_stay_as_they_are_for_whoever_is_signed_in():
    for browser in (a_browser(), a_browser(a_clerk())):
        assert "no-store" not in browser.get("/static/kernel/gongjian.css").get("Cache-Control", "")


def test_an_answer_that_says_how_it_may_be_kept_is_not_overruled():
    def answered(_):
        response = HttpResponse("x")
        response["Cache-Control"] = "private, max-age=60"
        return response

    request = RequestFactory().get("/")
    request.user, request.session = a_clerk(), Client().session
    assert UnsharedMiddleware(answered)(request)["Cache-Control"] == "private, max-age=60"


def test_who_never_asks_who_is_there_costs_no_query(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = Client().session
    request.session.accessed = False
    with django_assert_num_queries(0):
        assert not UnsharedMiddleware(lambda _: HttpResponse("x"))(request).has_header("Cache-Control")


def test_a_request_without_a_session_goes_through():
    assert UnsharedMiddleware(lambda _: HttpResponse("x"))(RequestFactory().get("/")).content == b"x"
