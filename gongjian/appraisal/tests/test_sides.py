"""Which side may do what with an application: the side that applied, and no other."""

from datetime import timedelta

import pytest
from django.test import Client

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_applicant, an_employer_user
from gongjian.applications.errors import NotTheApplicant
from gongjian.appraisal.actions import supplement, withdraw
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import MONDAY, a_case_to_supplement, a_submitted_case, a_supplementing_page
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.access import may_see, may_see_page, opening
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.errors import MaterialNotFound
from gongjian.materials.models import Material
from gongjian.materials.queries import visible_materials, visible_pages
from gongjian.materials.tests.builders import a_picture

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
BY_EMPLOYER = {"capacity": "employer", "applicant_name": "周若岚"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def with_the_other_side(case: Case) -> Case:
    """The worker and the employer both take part, whoever applied."""
    join_case(case, a_worker_user(), capacity="worker")
    join_case(case, an_employer_user(), capacity="employer")
    return case


def the_workers() -> Case:
    return with_the_other_side(a_case_to_supplement()[0])


def the_employers() -> Case:
    return with_the_other_side(a_case_to_supplement(by=an_employer_user(), applicant=BY_EMPLOYER)[0])


def records(case: Case) -> Material:
    return material_of("medical_records", case=case)


SIDES = [(the_workers, a_worker_user, an_employer_user), (the_employers, an_employer_user, a_worker_user)]


@pytest.mark.parametrize(("make", "own", "other"), SIDES)
def test_only_the_side_that_applied_hands_in_what_was_missing(make, own, other):
    case = make()
    a_supplementing_page(case, by=own(), at=LATER)
    with moment.fixed(LATER):
        with pytest.raises(NotTheApplicant):
            supplement(case, by=other())
        case.refresh_from_db()
        assert case.state == State.SUPPLEMENT
        assert supplement(case, by=own()).state == State.SUBMITTED


@pytest.mark.parametrize(("make", "own", "other"), SIDES)
def test_only_the_side_that_applied_adds_pages_to_a_supplement(make, own, other):
    case = make()
    with moment.fixed(LATER):
        assert opening(own(), records(case)) is not None
        assert opening(other(), records(case)) is None


@pytest.mark.parametrize(("make", "own", "other"), SIDES)
def test_only_the_side_that_applied_withdraws(make, own, other):
    case = make()
    with pytest.raises(NotTheApplicant):
        withdraw(case, by=other())
    assert withdraw(case, by=own()).state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["supplement", "withdraw"])
@pytest.mark.parametrize(("make", "own", "other"), SIDES)
def test_the_pages_open_to_the_side_that_applied_alone(make, own, other, name):
    address = f"/portal/case/{make().number}/{name}/"
    assert got(own(), address) == 200
    assert got(other(), address) == 403


def got(user: User, address: str) -> int:
    client = Client()
    client.force_login(user, backend=BACKEND)
    with moment.fixed(LATER):
        return client.get(address).status_code


def test_the_worker_hands_in_what_is_missing_where_a_relative_applied():
    relative = an_applicant("19900000003", "林素秋")
    applicant = {"capacity": "relative", "applicant_name": "林素秋", "relation": "女儿", "unable_reason": "住院治疗"}
    papers = ("diagnosis", "identity", "relation_proof")
    case = with_the_other_side(a_case_to_supplement(by=relative, applicant=applicant, papers=papers)[0])
    a_supplementing_page(case, by=a_worker_user(), at=LATER)
    with moment.fixed(LATER):
        assert supplement(case, by=a_worker_user()).state == State.SUBMITTED


def an_employers_page_among_the_workers() -> Material:
    """Records of the worker's, scanned by the window, and one page that the employer added to them when it applied."""
    case = with_the_other_side(a_submitted_case(by=an_employer_user(), applicant=BY_EMPLOYER))
    with moment.fixed(LATER):
        add_page(records(case), a_picture(41), name="worker.png", by=a_clerk())
    return records(case)


def test_to_have_added_one_page_opens_that_page_and_no_other():
    material = an_employers_page_among_the_workers()
    employer = an_employer_user()
    own, scanned = material.pages.order_by("order")
    assert may_see(employer, material)
    assert may_see_page(employer, own)
    assert not may_see_page(employer, scanned)
    assert visible_pages(material, by=employer) == [own]
    assert visible_pages(material, by=a_worker_user()) == [own, scanned]


def test_the_list_of_materials_names_no_page_that_one_may_not_open():
    material = an_employers_page_among_the_workers()
    shown = {each.kind: list(each.pages.all()) for each in visible_materials(material.case, by=an_employer_user())}
    assert [page.added_by for page in shown["medical_records"]] == [an_employer_user()]


@pytest.mark.parametrize("view", ["small.png", "original", "1.png"])
def test_no_address_shows_the_employer_a_page_of_the_workers(view):
    scanned = an_employers_page_among_the_workers().pages.order_by("order").last()
    assert scanned is not None
    assert got(an_employer_user(), f"/materials/page/{scanned.pk}/{view}") == 404
    assert got(a_worker_user(), f"/materials/page/{scanned.pk}/{view}") == 200


def test_the_employer_adds_no_page_to_the_workers_supplement_and_so_reads_none():
    case = the_workers()
    a_supplementing_page(case, by=a_worker_user(), at=LATER)
    with moment.fixed(LATER), pytest.raises(MaterialNotFound):
        add_page(records(case), a_picture(99), name="x.png", by=an_employer_user())
    assert not may_see(an_employer_user(), records(case))
