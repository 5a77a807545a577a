"""A name that differs from the one known for the number: the application is taken, the window compares, then it is accepted."""

from typing import Any

import pytest
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import an_applicant
from gongjian.applications.actions.identity import settle_name
from gongjian.applications.errors import NameNotCompared
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.parties.tests.builders import a_person
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.actions import review
from gongjian.recognition.queries import application_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, staff, the_clerk
from gongjian.recognition.tests.online import a_sent_case

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"name": "林知远", "reason": "核对居民身份证原件"}


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def a_case_with_another_name() -> Case:
    """An employer's application in which the worker's name is mistyped."""
    a_person()
    boss = an_applicant("19900000002", "周若岚")
    return a_sent_case(by=boss, applicant={"capacity": "employer"}, person={"name": "林之远"})


def test_nobody_is_turned_away_for_a_name_and_nothing_is_accepted_before_it_is_compared():
    case = a_case_with_another_name()
    assert (case.state, case.person.provisional) == (State.SUBMITTED, True)
    with pytest.raises(NameNotCompared):
        review.accept(case, by=the_clerk())


def test_the_window_writes_down_the_name_of_the_document_and_accepts():
    case = a_case_with_another_name()
    settle_name(case, **TOLD, by=the_clerk())
    case.refresh_from_db()
    assert (case.person.name, case.person.provisional) == ("林知远", False)
    assert application_of(case).identity_reason == "核对居民身份证原件"
    review.accept(case, by=the_clerk())
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_the_page_of_the_check_leads_to_the_comparison_and_back():
    case, client = a_case_with_another_name(), signed_in_as(the_clerk())
    checking = reverse("recognition:check", args=[case.number])
    comparing = reverse("desk:name", args=[case.number])
    assert comparing in text_of(client.get(checking))
    assert client.post(comparing, TOLD)["Location"] == checking
    assert comparing not in text_of(client.get(checking))


def test_only_the_window_settles_a_name_and_says_why():
    case = a_case_with_another_name()
    with pytest.raises(NotYours):
        settle_name(case, **TOLD, by=staff(Role.ARCHIVIST))
    with pytest.raises(ReasonMissing):
        settle_name(case, name="林知远", reason=" ", by=the_clerk())
