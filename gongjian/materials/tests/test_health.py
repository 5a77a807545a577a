"""Medical papers: of the staff only those read them whose step needs them; one authority for every way to them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.accounts.tests.builders import (
    a_member,
    a_province,
    a_supervisor,
    a_worker_user,
    an_expert_user,
    an_office,
    hashed,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.consulting import consult
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health, visible_to
from gongjian.cases.tests.builders import RECEIVED, a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.law.errors import NotAllowed
from gongjian.materials.access import allow, may_see, may_see_page
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.errors import MaterialNotFound
from gongjian.materials.models import MaterialPage
from gongjian.materials.queries import material_for, name_of, page_for, visible_materials, visible_pages
from gongjian.materials.tests.builders import a_picture

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEEDED = {
    "submitted": {"window_clerk"},
    "supplement": {"window_clerk"},
    "opined": {"reviewer"},
    "reviewed": {"signer"},
}
"""State → whose step needs medical papers then, written out by hand."""
STATES = sorted(state.value for state in State)


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(RECEIVED + timedelta(hours=1)):
        yield


def a_scan(case: Case, name: str = "林知远 诊断.png") -> MaterialPage:
    return add_page(material_of("diagnosis", case=case), a_picture(), name=name, by=a_member(Role.WINDOW_CLERK))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def doors(page: MaterialPage) -> list[str]:
    told = {"viewer": [page.material_id], "page_image": [page.pk, 1], "small": [page.pk], "original": [page.pk]}
    return [reverse(f"materials:{name}", args=args) for name, args in told.items()]


def opened(user: User, page: MaterialPage) -> set[object]:
    """Every way to a page, and whether it opens: one answer, if there is one authority."""
    browser = signed_in(user)
    pages = [browser.get(address).status_code == 200 for address in doors(page)]
    listed = page.material in visible_materials(page.material.case, by=user)
    return {
        *pages,
        listed,
        may_see(user, page.material),
        may_see_page(user, page),
        bool(visible_pages(page.material, by=user)),
    }


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", ["submitted", "accepted", "examining", "opined", "reviewed", "concluded", "archived"])
def test_a_role_reads_medical_papers_only_while_its_step_needs_them_whatever_way_it_takes(role, state):
    page = a_scan(a_case())
    Case.objects.filter(pk=page.material.case_id).update(state=state)
    page = MaterialPage.objects.select_related("material__case").get(pk=page.pk)
    assert opened(a_member(role), page) == {role.value in NEEDED.get(state, ())}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.sets(st.sampled_from(list(Role))), state=st.sampled_from(STATES), here=st.booleans())
def test_l08_whoever_holds_whatever_posts_reads_what_one_of_them_needs_and_no_more(roles, state, here):
    office = an_office() if here else an_office("QT", "他市劳动能力鉴定委员会")
    user, _ = User.objects.get_or_create(username="random", defaults={"kind": User.Kind.STAFF, "password": hashed()})
    Post.objects.filter(user=user).delete()
    Post.objects.bulk_create([Post(user=user, office=office, role=role) for role in roles])
    user = User.objects.get(pk=user.pk)
    case = Case.objects.first() or a_case()
    page = case.materials.first().pages.first() if case.materials.exists() else a_scan(case)
    Case.objects.filter(pk=case.pk).update(state=state)
    page = MaterialPage.objects.select_related("material__case").get(pk=page.pk)
    sees = here and any("cases.see" in PERMISSIONS[role] for role in roles)
    reads = sees and bool({role.value for role in roles} & NEEDED.get(state, set()))
    assert visible_to(user).filter(pk=case.pk).exists() is sees
    assert may_see(user, page.material) is reads
    assert may_see_page(user, page) is reads
    assert bool(visible_materials(page.material.case, by=user)) is reads


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SUPERVISOR,)])
def test_only_who_watches_opens_them_for_a_reason(role):
    with pytest.raises(NotAllowed):
        consult(a_case(), purpose="complaint", reason="核查投诉", by=a_member(role))


@pytest.mark.parametrize("person", [a_supervisor, lambda: a_member(Role.SUPERVISOR, "盛监", office=a_province())])
def test_a_supervisor_opens_them_with_a_reason_until_the_day_ends_and_the_person_can_see_it(person):
    page = a_scan(a_case())
    user, case = person(), page.material.case
    assert opened(user, page) == {False}
    consult(case, purpose="complaint", reason="核查2026年第3号投诉", by=user)
    assert opened(user, page) == {True}
    assert "查阅病历和伤情：核查投诉、举报" in [entry.facts["what"] for entry in readings_of(case.chain)]
    assert "第3号" not in str([entry.facts for entry in readings_of(case.chain)])
    with moment.fixed(RECEIVED + timedelta(days=1)):
        assert not reads_health(user, case)


@pytest.mark.parametrize(("purpose", "reason"), [("complaint", "  "), ("curiosity", "看看"), ("", "看看")])
def test_without_purpose_and_reason_they_stay_closed(purpose, reason):
    case, user = a_case(), a_supervisor()
    with pytest.raises(ReasonMissing):
        consult(case, purpose=purpose, reason=reason, by=user)
    assert not reads_health(user, case)


def test_who_scanned_a_page_in_does_not_keep_it_after_the_check():
    page, clerk = a_scan(a_case()), a_member(Role.WINDOW_CLERK)
    assert page_for(page.pk, by=clerk) == page
    put_in_state(page.material.case, State.ACCEPTED)
    with pytest.raises(MaterialNotFound):
        page_for(page.pk, by=clerk)
    with pytest.raises(MaterialNotFound):
        material_for(page.material_id, by=clerk)


def test_who_works_by_exam_code_reads_a_title_instead_of_the_name_of_the_file(monkeypatch):
    monkeypatch.setattr("gongjian.materials.access._readers", [])
    page, expert = a_scan(a_case()), an_expert_user()
    allow(lambda user, material: user.pk == expert.pk)
    browser = signed_in(expert)
    viewer, _, _, original = (browser.get(address) for address in doors(page))
    assert "林知远" not in viewer.content.decode()
    assert "有效的诊断证明" in viewer.content.decode()
    assert "%E6%9E%97%E7%9F%A5%E8%BF%9C" not in original["Content-Disposition"]
    assert name_of(page, 3, by=expert) == "有效的诊断证明 第3页"
    assert name_of(page, 3, by=a_worker_user()) == page.name
