"""Many cases at once: complete enough for every page that is measured, and as true as the ones that walk."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.entrance import PASSWORD_BACKEND
from gongjian.accounts.roles import Role
from gongjian.appraisal.models import Application as Appraised
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases import checks
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import search, worklist
from gongjian.config.demo.cast import BUREAU, COMMITTEE, staff
from gongjian.config.demo.many import rows
from gongjian.config.demo.many.kinds import ARCHIVED, KINDS, Kind, kind_of
from gongjian.config.demo.many.writing import make
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.tests.searching import searched
from gongjian.parties.models import Employer, Person
from gongjian.recognition.models import Application as Recognised

pytestmark = pytest.mark.django_db


@pytest.fixture
def sixty(db):
    told: list[str] = []
    written = make(60, told.append)
    return written, told


def test_as_many_are_written_as_were_asked_for_and_the_number_is_told(sixty):
    written, told = sixty
    assert (written, Case.objects.count(), told[-1]) == (60, 60, "60/60")


def test_a_second_run_adds_to_the_first_and_repeats_nobody(sixty):
    make(15, lambda _: None)
    assert (Case.objects.count(), Person.objects.count()) == (75, 75)
    assert (Appraised.objects.count(), Recognised.objects.count()) == (50, 25)


def test_a_run_goes_on_after_what_people_have_entered_since(sixty):
    ours = a_submitted_case()
    make(15, lambda _: None)
    assert Case.objects.count() == 76
    assert Obligation.objects.filter(case=ours, fulfilled_at=None).exists()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.procedure.name)
def test_most_cases_are_archived_and_each_open_state_stands_for_its_share(kind: Kind):
    states = Counter(kind.state(place) for place in range(1000))
    assert states[ARCHIVED] == 1000 - sum(count for _, count in kind.open)
    assert {state: states[state] for state, _ in kind.open} == dict(kind.open)


def test_of_three_cases_one_is_a_recognition_and_each_kind_is_counted_without_a_gap():
    found = [kind_of(number) for number in range(300)]
    for kind, share in zip(KINDS, (200, 100), strict=True):
        assert [place for one, place in found if one is kind] == list(range(share))


@pytest.mark.parametrize("number", [1, 29, 54_321, 999_999])
def test_a_case_is_received_before_today_and_an_open_one_lately(number):
    today = moment.today()
    received = rows.received_of(number, today, open_=True).date()
    assert today - timedelta(days=rows.NEWEST_DAYS + 1) <= received < today
    assert rows.received_of(number, today, open_=False).date() <= today - timedelta(days=150)


def test_the_same_number_is_always_the_same_case(sixty):
    setting = rows.Setting.of(Employer.objects.get())
    first, again = rows.case_of(7, setting), rows.case_of(7, setting)
    assert [type(row) for row in first] == [type(row) for row in again]
    assert (first[0].name, first[1].number) == (again[0].name, again[1].number)  # type: ignore[attr-defined]


def test_an_open_case_owes_what_its_state_owes_and_an_archived_one_nothing(sixty):
    open_ones = Case.objects.filter(closed_at=None)
    assert open_ones.exists()
    for case in open_ones:
        kinds = set(Obligation.objects.filter(case=case, fulfilled_at=None).values_list("kind", flat=True))
        owed = {kind.procedure.name: kind.procedure.owed for kind in KINDS}[case.procedure]
        assert kinds == {one.kind for one in owed[case.state]}
    assert not Obligation.objects.filter(case__closed_at__isnull=False, fulfilled_at=None).exists()


def test_the_checks_of_the_house_find_nobody_in_limbo_and_no_wrong_day(sixty):
    assert list(checks.limbo()) + list(checks.due_days()) == []


def test_the_ledger_of_the_generated_cases_verifies(sixty):
    assert verify() == (60, [])


def test_the_clerk_finds_them_in_worklist_and_search(sixty):
    clerk = staff(Role.WINDOW_CLERK)
    owed = worklist(clerk).rows
    assert {row.kind for row in owed} == {"check_papers"}
    assert search(clerk, owed[0].case.number) == [owed[0].case]
    assert owed[0].case in search(clerk, owed[0].case.person.name)


@pytest.mark.parametrize("code", [COMMITTEE, BUREAU])
def test_every_page_that_is_measured_opens(sixty, code):
    browser = Client()
    browser.force_login(staff(Role.WINDOW_CLERK, code), backend=PASSWORD_BACKEND)
    number = Case.objects.filter(office__code=code).latest("pk").number
    pages = [reverse("desk:worklist"), reverse("desk:case", args=[number])]
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    assert searched(browser, reverse("desk:search"), "zs").status_code in (200, 302)


def test_what_comes_after_takes_ids_of_its_own(sixty):
    setting = rows.Setting.of(Employer.objects.get())
    person = rows.case_of(10_000, setting)[0]
    person.pk = None
    person.save()
    assert person.pk > 60
