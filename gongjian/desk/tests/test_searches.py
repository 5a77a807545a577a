"""Names and numbers that are searched for stand in no address; no form of the house sends any by GET."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

import gongjian
from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, an_archivist
from gongjian.cases.tests.builders import a_case
from gongjian.kernel.tests.searching import searched
from gongjian.parties.tests.builders import a_person

ROOT = Path(gongjian.__file__).parent
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
NAMED = re.compile(r'\bname="([a-z_]+)"')
HARMLESS = {"n", "zoom", "back", "kind", "method", "specialty", "out", "code", "grade", "pick", "refuse", "q"}
"""Fields that forms send by GET: page numbers, kinds of work, ways of delivery, the code printed on a paper, clauses of the standard."""


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def forms_by_get() -> list[tuple[str, str]]:
    found = []
    for template in sorted(ROOT.glob("*/templates/**/*.html")):
        for form in FORM.findall(template.read_text()):
            if 'method="post"' not in form.split(">")[0] and "tests" not in template.parts:
                found += [(template.name, name) for name in NAMED.findall(form)]
    return found


def test_no_form_sends_personal_data_by_address():
    sent = forms_by_get()
    assert sent
    assert {name for _, name in sent} <= HARMLESS
    assert {template for template, name in sent if name == "q"} <= {"_picker.html"}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "person"), [("desk:search", a_clerk), ("archives:list", an_archivist)])
def test_what_is_searched_for_stands_in_no_address_and_in_no_session_in_clear(name, person):
    a_case()
    browser = a_browser(person())
    sent = browser.post(reverse(name), {"q": "林知远"})
    assert re.fullmatch(rf"{reverse(name)}\?s=[A-Za-z0-9_-]+", sent["Location"])
    assert all("林知远" not in str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["desk:search", "archives:list"])
def test_a_search_by_address_is_none(name):
    a_case()
    a_case()
    browser = a_browser(a_clerk() if name == "desk:search" else an_archivist())
    body = browser.get(reverse(name), {"q": "林知远"}).content.decode()
    assert 'value="林知远"' not in body
    assert "共找到" not in body


@pytest.mark.django_db
def test_one_goes_back_to_an_earlier_search_and_reloads_it():
    a_case()
    a_case()
    a_case(person=a_person("沙禾", 2))
    a_case(person=a_person("沙禾", 2))
    browser = a_browser(a_clerk())
    first = browser.post(reverse("desk:search"), {"q": "林知远"})["Location"]
    assert "沙禾</td>" in searched(browser, reverse("desk:search"), "沙禾").content.decode()
    for _ in range(2):
        assert 'value="林知远"' in browser.get(first).content.decode()


@pytest.mark.django_db
def test_the_word_of_a_search_means_nothing_to_anybody_else():
    a_case()
    a_case()
    place = a_browser(a_clerk()).post(reverse("desk:search"), {"q": "林知远"})["Location"]
    assert "林知远" not in a_browser(a_reviewer()).get(place).content.decode()
