"""Identity number, telephone and injury on the case page: hidden, shown in full by an act, and on the ledger."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import NUMBERS, PERMISSIONS, Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_province, a_scheduler, a_supervisor, an_outsider
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case, an_accepted_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of

pytestmark = pytest.mark.django_db
SEEING = [role for role in Role if "cases.see" in PERMISSIONS[role]]
INJURY = ("伤情现状", "认定部位", "治疗医院和科室")


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY + timedelta(hours=2)):
        yield


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(case: Case, user: User) -> str:
    return a_browser(user).get(reverse("desk:case", args=[case.number])).content.decode()


def shown(case: Case, user: User, **headers: str) -> "tuple[int, str]":
    answer = a_browser(user).post(reverse("desk:numbers", args=[case.number]), headers=headers)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("role", SEEING)
def test_the_case_page_hides_the_middle_of_the_numbers_for_every_role(role):
    case = a_submitted_case()
    body = page_of(case, a_member(role))
    number = case.person.id_number
    assert number not in body
    assert case.person.telephone not in body
    assert f"{number[:6]}********{number[-4:]}" in body
    assert "199****0001" in body


@pytest.mark.parametrize("role", SEEING)
def test_who_may_has_them_shown_in_full_and_the_person_can_see_that_they_were(role):
    case, may = a_submitted_case(), NUMBERS in PERMISSIONS[role]
    status, body = shown(case, a_member(role))
    assert status == (200 if may else 403)
    assert (case.person.id_number in body) is may
    assert ("完整的证件号码和电话" in [entry.facts["what"] for entry in readings_of(case.chain)]) is may
    assert ("显示完整号码" in page_of(case, a_member(role))) is may


def test_a_fragment_shows_the_person_alone():
    case = a_submitted_case()
    status, body = shown(case, a_clerk(), **{"hx-request": "true"})
    assert (status, body.lstrip().startswith('<section class="gj-panel" id="_person"')) == (200, True)
    assert case.person.id_number in body


def test_the_province_that_supervises_has_them_shown_too():
    case = a_submitted_case()
    assert shown(case, a_member(Role.SUPERVISOR, office=a_province()))[0] == 200


def test_numbers_are_shown_by_a_button_alone_and_never_to_a_stranger():
    case = a_submitted_case()
    assert a_browser(a_clerk()).get(reverse("desk:numbers", args=[case.number])).status_code == 405
    assert shown(case, an_outsider())[0] == 404


@pytest.mark.parametrize("role", SEEING)
def test_the_injury_stands_on_the_page_only_for_who_checks_the_papers(role):
    body = page_of(a_submitted_case(), a_member(role))
    assert [word in body for word in INJURY] == [role == Role.WINDOW_CLERK] * 3


def test_after_acceptance_nobody_of_the_desk_reads_the_injury_without_a_reason():
    case = an_accepted_case()
    for user in (a_clerk(), a_scheduler()):
        assert not any(word in page_of(case, user) for word in INJURY)
    watcher = a_supervisor()
    sent = {"purpose": "inspection", "reason": "年度案卷评查"}
    answer = a_browser(watcher).post(reverse("desk:consult", args=[case.number]), sent)
    assert answer.status_code == 302
    assert all(word in page_of(case, watcher) for word in INJURY)


@pytest.mark.parametrize("role", [role for role in SEEING if role != Role.SUPERVISOR])
def test_the_page_of_a_reason_is_closed_to_who_may_not_consult(role):
    case = a_submitted_case()
    assert a_browser(a_member(role)).get(reverse("desk:consult", args=[case.number])).status_code == 403
