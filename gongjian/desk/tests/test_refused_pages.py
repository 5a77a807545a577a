"""The page of an act that cannot be done now says so plainly; it does not show its form."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.tests.builders import put_in_state

pytestmark = pytest.mark.django_db
ACTS = [
    # page, who acts, a state in which it cannot be done
    ("desk:check", Role.WINDOW_CLERK, State.ACCEPTED),
    ("desk:supplement", Role.WINDOW_CLERK, State.SUBMITTED),
    ("desk:later", Role.WINDOW_CLERK, State.SUBMITTED),
    ("desk:give_up", Role.WINDOW_CLERK, State.ACCEPTED),
    ("desk:give_up", Role.WINDOW_CLERK, State.SUBMITTED),
    ("desk:withdrawal", Role.WINDOW_CLERK, State.EXAMINING),
    ("desk:extend", Role.REVIEWER, State.CONCLUDED),
    ("sittings:book", Role.SCHEDULER, State.SUBMITTED),
    ("sittings:release", Role.SCHEDULER, State.SUBMITTED),
    ("sittings:terminate", Role.EXAM_STAFF, State.ACCEPTED),
    ("conclusions:review", Role.REVIEWER, State.EXAMINING),
    ("conclusions:sign", Role.SIGNER, State.OPINED),
]
OTHERS = [(name, role) for name, role, _ in ACTS if name != "desk:withdrawal"]


def answer(user: User, name: str, number: str) -> "tuple[int, str]":
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    got = client.get(reverse(name, args=[number]))
    return got.status_code, got.content.decode()


def asks(body: str) -> bool:
    """Whether a form of the page itself asks for something: a text, a day, a file, a choice."""
    main = body.split("<main", 1)[1].split("</main>", 1)[0] if "<main" in body else body
    return "<textarea" in main or 'type="date"' in main or 'type="file"' in main or 'type="radio"' in main


@pytest.mark.parametrize(("name", "role", "state"), ACTS)
def test_in_the_wrong_state_the_page_says_so_and_shows_no_form(name, role, state):
    case = a_submitted_case() if state == State.SUBMITTED else put_in_state(a_submitted_case(), state)
    status, body = answer(a_member(role), name, case.number)
    assert status == 422
    assert not asks(body)


@pytest.mark.parametrize(("name", "role"), sorted(set(OTHERS)))
def test_to_the_wrong_person_the_page_says_so_and_shows_no_form(name, role):
    case = a_submitted_case()
    status, body = answer(a_member(Role.SUPERVISOR), name, case.number)
    assert status in (403, 422)
    assert not asks(body)


@pytest.mark.parametrize("name", ["desk:name", "desk:account"])
def test_what_only_the_window_does_is_shown_to_the_window_alone(name):
    case = a_submitted_case()
    assert answer(a_member(Role.WINDOW_CLERK), name, case.number)[0] == 200
    assert answer(a_member(Role.REVIEWER), name, case.number)[0] == 403
