"""A form of the desk that cannot be taken answers 422 with its reasons and what was written; opening it answers 200."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_reviewer
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_case_to_supplement, a_submitted_case, an_accepted_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state

pytestmark = pytest.mark.django_db
LONG = "长" * 301


@pytest.fixture(autouse=True)
def a_home(home):
    """Papers lie in a home of their own."""


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def to_supplement() -> Case:
    return a_case_to_supplement()[0]


def supplemented() -> Case:
    """A case whose supplement came in: it may be given up, if it is still incomplete."""
    case, notice = a_case_to_supplement()
    SupplementNotice.objects.filter(pk=notice.pk).update(supplemented_on=notice.due_on)
    return put_in_state(case, State.SUBMITTED)


WRONG: list[tuple[str, Any, Any, dict[str, Any], str]] = [
    ("extend", an_accepted_case, a_reviewer, {"reason": "", "version": "1"}, "reason"),
    ("extend", an_accepted_case, a_reviewer, {"reason": LONG, "version": "1"}, "reason"),
    ("check", a_submitted_case, a_clerk, {"diagnosis": LONG}, "diagnosis"),
    ("supplement", to_supplement, a_clerk, {"handed_in_on": "昨天"}, "handed_in_on"),
    ("supplement", to_supplement, a_clerk, {}, "handed_in_on"),
    ("later", to_supplement, a_clerk, {"until": "2026-02-30", "reason": "住院"}, "until"),
    ("later", to_supplement, a_clerk, {"until": "2026-04-30", "reason": " "}, "reason"),
    ("give_up", supplemented, a_clerk, {"reason": ""}, "reason"),
]
NAMES = [f"{name}-{field}-{place}" for place, (name, _, _, _, field) in enumerate(WRONG)]


@pytest.mark.parametrize(("name", "case", "person", "sent", "field"), WRONG, ids=NAMES)
def test_what_cannot_be_taken_answers_422_and_names_the_field(name, case, person, sent, field):
    found = case()
    answer = a_browser(person()).post(reverse(f"desk:{name}", args=[found.number]), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize(("name", "case", "person", "sent", "field"), WRONG, ids=NAMES)
def test_nothing_is_done_with_it(name, case, person, sent, field):
    found = case()
    before = (found.state, found.version, found.papers.count())
    a_browser(person()).post(reverse(f"desk:{name}", args=[found.number]), sent)
    after = Case.objects.get(pk=found.pk)
    assert (after.state, after.version, after.papers.count()) == before


@pytest.mark.parametrize(("name", "case", "person", "sent", "field"), WRONG, ids=NAMES)
def test_opening_the_form_answers_200(name, case, person, sent, field):
    found = case()
    assert a_browser(person()).get(reverse(f"desk:{name}", args=[found.number])).status_code == 200


def test_what_was_written_is_still_there():
    found = an_accepted_case()
    sent = {"reason": LONG, "version": "1"}
    answer = a_browser(a_reviewer()).post(reverse("desk:extend", args=[found.number]), sent)
    assert LONG in answer.content.decode()


def test_a_fragment_request_gets_the_same_answer():
    found = an_accepted_case()
    answer = a_browser(a_reviewer()).post(
        reverse("desk:extend", args=[found.number]), {"reason": "", "version": "1"}, headers={"hx-request": "true"}
    )
    assert (answer.status_code, "HX-Request" in answer["Vary"]) == (422, True)
