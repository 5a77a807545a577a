"""Every entry of every navigation leads somewhere, for each role and kind of person that is shown it."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from gongjian.accounts.entrance import PASSWORD_BACKEND, home_of
from gongjian.accounts.models import User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_expert_user, an_office, an_outsider
from gongjian.experts.models import Expert
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.frame import FACE_OF_KIND, Face, entries, links

pytestmark = pytest.mark.django_db


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=PASSWORD_BACKEND)
    return client


def shown_to(user: User) -> list[str]:
    """The addresses in the navigation of a person's face and of the public one, and where they land after signing in."""
    request = RequestFactory().get("/")
    request.user = user
    faces: tuple[Face, ...] = (FACE_OF_KIND[user.kind], "public")
    found = [link.url for face in faces for slot in ("menu", "search") for link in links(face, request, slot=slot)]
    return [*found, home_of(user)]


def told(user: User) -> dict[str, int]:
    browser = a_browser(user)
    return {address: browser.get(address, follow=True).status_code for address in shown_to(user)}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_all_that_its_navigation_offers(role):
    answers = told(a_member(role))
    assert answers
    assert set(answers.values()) == {200}, answers


def an_expert_in_the_pool() -> User:
    expert = an_expert()
    Expert.objects.filter(pk=expert.pk).update(user=an_expert_user())
    return an_expert_user()


@pytest.mark.parametrize("person", [a_worker_user, an_outsider, an_expert_user, an_expert_in_the_pool])
def test_parties_and_experts_open_all_that_their_navigation_offers(person):
    an_office()
    answers = told(person())
    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.address)
def test_an_entry_is_offered_to_somebody_and_bears_a_permission_that_somebody_holds(entry):
    assert reverse(entry.address)
    assert not entry.permission or any(entry.permission in held for held in PERMISSIONS.values())


@pytest.mark.parametrize("role", [role for role in Role if "experts.see" not in PERMISSIONS[role]])
def test_the_pool_is_closed_to_roles_that_do_not_see_it(role):
    assert a_browser(a_member(role)).get(reverse("experts:list")).status_code == 403


@pytest.mark.parametrize("person", [a_worker_user, an_outsider])
def test_the_pool_is_closed_to_parties(person):
    assert a_browser(person()).get(reverse("experts:list")).status_code == 403
