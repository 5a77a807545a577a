"""The account under which an expert signs in."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.errors import UsernameTaken
from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, an_administrator, an_office, an_outsider
from gongjian.experts.actions.account import new_password_of, open_account_of
from gongjian.experts.errors import AccountAlready, NoAccount, PoolNotYours
from gongjian.experts.models import Expert
from gongjian.experts.queries import expert_of
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def without_account() -> Expert:
    expert = an_expert()
    Expert.objects.filter(pk=expert.pk).update(user=None)
    return Expert.objects.get(pk=expert.pk)


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signs_in(username: str, password: str) -> bool:
    told = {"username": username, "password": password}
    return Client().post(reverse("accounts:staff"), told).status_code == 302


def test_an_expert_signs_in_with_the_first_password_and_is_known():
    expert = without_account()
    user, password = open_account_of(expert, "luo.gusheng", by=an_administrator())
    assert signs_in("luo.gusheng", password)
    assert (expert_of(user), user.kind, user.name) == (expert, User.Kind.EXPERT, expert.name)


def test_an_account_is_opened_once_and_under_a_name_nobody_has():
    expert = without_account()
    with pytest.raises(UsernameTaken):
        open_account_of(expert, a_clerk().username, by=an_administrator())
    open_account_of(expert, "luo.gusheng", by=an_administrator())
    with pytest.raises(AccountAlready):
        open_account_of(expert, "luo.second", by=an_administrator())


def test_a_new_password_ends_the_old_one():
    expert = without_account()
    with pytest.raises(NoAccount):
        new_password_of(expert, by=an_administrator())
    _, former = open_account_of(expert, "luo.gusheng", by=an_administrator())
    _, password = new_password_of(expert, by=an_administrator())
    assert (signs_in("luo.gusheng", former), signs_in("luo.gusheng", password)) == (False, True)


@pytest.mark.parametrize("person", [a_clerk, an_outsider])
def test_nobody_but_who_manages_the_pool_does_either(person):
    expert = without_account()
    with pytest.raises(PoolNotYours):
        open_account_of(expert, "luo.gusheng", by=person())
    with pytest.raises(PoolNotYours):
        new_password_of(expert, by=person())
    page = a_browser(person()).post(reverse("experts:account", args=[expert.number]), {"username": "luo.gusheng"})
    assert page.status_code in (403, 404)
    assert not User.objects.filter(username="luo.gusheng").exists()


def test_the_page_of_the_expert_leads_to_it_and_shows_the_password_once():
    expert, client = without_account(), a_browser(an_administrator())
    place = reverse("experts:account", args=[expert.number])
    assert place in client.get(reverse("experts:expert", args=[expert.number])).content.decode()
    answer = client.post(place, {"username": "luo.gusheng"})
    assert signs_in("luo.gusheng", answer.context["password"])
    shown = client.get(reverse("experts:expert", args=[expert.number])).content.decode()
    assert ("luo.gusheng" in shown, answer.context["password"] in shown) == (True, False)


def test_the_ledger_tells_who_opened_it_and_no_name():
    open_account_of(without_account(), "luo.gusheng", by=an_administrator())
    entry = LedgerEntry.objects.filter(act="expert.account_opened").get()
    assert "骆" not in str(entry.facts)
    assert an_office().pk
