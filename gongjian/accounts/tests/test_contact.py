"""The address and telephone of an office: who changes them, what the ledger keeps, and what nobody overwrites."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.contact import change_contact, contact_mark, offices_of
from gongjian.accounts.errors import ContactChanged, ContactMissing, NotAnAdministrator, OfficeNotFound
from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_province,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.kernel.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db
NEW = {"address": "云溪市新港路10号二楼", "telephone": "0991-55550108"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def the_page(office: Office) -> str:
    return reverse("accounts:contact", args=[office.pk])


def test_the_administrator_changes_them_and_the_ledger_keeps_former_and_new():
    office, former = an_office(), (an_office().address, an_office().telephone)
    change_contact(office, **NEW, seen=contact_mark(office), by=an_administrator())
    office.refresh_from_db()
    assert (office.address, office.telephone) == tuple(NEW.values())
    entry = LedgerEntry.objects.get(act="office.contact_changed")
    assert entry.chain == "office:YXJD"
    assert entry.facts == NEW | {"former_address": former[0], "former_telephone": former[1]}


def test_the_same_again_changes_nothing_and_says_nothing():
    office = an_office()
    seen = contact_mark(office)
    for _ in range(2):
        change_contact(office, **NEW, seen=seen, by=an_administrator())
    assert LedgerEntry.objects.filter(act="office.contact_changed").count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    office = an_office()
    seen = contact_mark(office)
    change_contact(office, **NEW, seen=seen, by=an_administrator())
    with pytest.raises(ContactChanged):
        change_contact(office, address="别处", telephone="0991-1", seen=seen, by=an_administrator())
    assert Office.objects.get(pk=office.pk).address == NEW["address"]


@pytest.mark.parametrize("told", [NEW | {"address": " "}, NEW | {"telephone": ""}])
def test_papers_must_be_able_to_say_where_the_office_is(told):
    office = an_office()
    with pytest.raises(ContactMissing):
        change_contact(office, **told, seen=contact_mark(office), by=an_administrator())


@pytest.mark.parametrize("who", [a_clerk, a_supervisor, a_worker_user, an_expert_user, an_outsider])
def test_nobody_else_changes_them(who):
    office = an_office()
    with pytest.raises(NotAnAdministrator):
        change_contact(office, **NEW, seen=contact_mark(office), by=who())
    assert a_browser(who()).get(the_page(office)).status_code == 403
    assert not LedgerEntry.objects.filter(act="office.contact_changed").exists()


def test_an_office_above_or_beside_is_not_found():
    administrator, beside = an_administrator(), an_office("OTHER", "别市劳动能力鉴定委员会")
    for office in (a_province(), beside):
        with pytest.raises(OfficeNotFound):
            change_contact(office, **NEW, seen=contact_mark(office), by=administrator)
    assert a_browser(administrator).get(the_page(beside)).status_code == 404


def test_the_windows_of_the_counties_are_kept_by_the_city():
    office = an_office()
    told = {
        "name": "云溪市东溪县鉴定受理窗口",
        "short_name": "东溪窗口",
        "kind": Office.Kind.COUNTY,
        "region": "990121",
    }
    window = Office.objects.create(code="YXDX", parent=office, **told)
    assert list(offices_of(an_administrator())) == [office, window]
    change_contact(window, **NEW, seen=contact_mark(window), by=an_administrator())
    assert Office.objects.get(pk=window.pk).telephone == NEW["telephone"]


def test_the_page_shows_what_stands_and_saves_what_is_written():
    office, client = an_office(), a_browser(an_administrator())
    assert office.name in client.get(reverse("accounts:offices")).content.decode()
    answer = client.post(the_page(office), NEW | {"seen": contact_mark(office)})
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:offices"))
    assert NEW["address"] in client.get(reverse("accounts:offices")).content.decode()


@pytest.mark.parametrize("telephone", ["请来电", "12", "0991-5555转"])
def test_a_telephone_that_is_none_is_asked_for_again(telephone):
    office = an_office()
    answer = a_browser(an_administrator()).post(the_page(office), NEW | {"telephone": telephone, "seen": "x"})
    assert answer.status_code == 422
    assert "电话只写数字" in answer.content.decode()
