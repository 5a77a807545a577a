"""Who may do what, where."""

import pytest

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.queries import desks_of, holders, offices_where
from gongjian.accounts.roles import LABELS, PARTY, PERMISSIONS, SEE, SYSTEM, Role, roles_with
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_province,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
    the_signer,
)
from gongjian.appraisal.states import MOVES


def test_every_role_has_a_label_and_permissions():
    assert set(LABELS) == set(PERMISSIONS) == set(Role)


def test_every_move_can_be_made_by_some_role_the_system_or_a_party():
    stranded = [
        step.act for step in MOVES if step.permission not in (SYSTEM, PARTY) and not roles_with(step.permission)
    ]
    assert stranded == []


def test_nobody_holds_what_belongs_to_the_system_or_to_parties():
    assert roles_with(SYSTEM) == roles_with(PARTY) == frozenset()


@pytest.mark.parametrize("duties", [("appraisal.accept", "conclusions.review", "draws.draw", "conclusions.sign")])
def test_no_role_unites_two_duties_that_check_each_other(duties):
    assert [role for role in Role if len(PERMISSIONS[role] & set(duties)) > 1] == []


def test_the_administrator_sees_no_case():
    assert SEE not in PERMISSIONS[Role.ADMINISTRATOR]


@pytest.mark.django_db
def test_a_clerk_accepts_at_the_own_office_and_at_no_other():
    clerk = a_clerk()
    assert clerk.holds("appraisal.accept", an_office())
    assert not clerk.holds("appraisal.accept", an_office("OTHER", "别市"))
    assert not clerk.holds("conclusions.sign", an_office())


@pytest.mark.django_db
def test_a_county_window_works_for_the_committee_it_serves():
    county = Office.objects.create(
        code="DX", name="东溪县窗口", short_name="东溪", kind=Office.Kind.COUNTY, region="990121", parent=an_office()
    )
    county.serves.add(an_office())
    clerk = a_member(Role.WINDOW_CLERK, "东溪窗口", office=county)
    assert clerk.holds("appraisal.accept", an_office())
    assert desks_of(clerk) == {(county.pk, "window_clerk"), (an_office().pk, "window_clerk")}


@pytest.mark.django_db
def test_a_post_that_has_ended_gives_nothing():
    clerk = a_clerk()
    Post.objects.filter(user=clerk).update(ended_on="2026-01-01")
    assert not User.objects.get(pk=clerk.pk).holds("appraisal.accept")


@pytest.mark.django_db
def test_somebody_switched_off_holds_nothing():
    clerk = a_clerk()
    clerk.is_active = False
    assert not clerk.holds("appraisal.accept")


@pytest.mark.django_db
def test_the_province_supervises_the_offices_below_it_and_a_city_not_its_neighbour():
    city, other = an_office(), an_office("OTHER", "别市")
    provincial = a_member(Role.SUPERVISOR, "省督", office=a_province())
    assert {city.pk, other.pk} <= offices_where(provincial, SEE)
    assert other.pk not in offices_where(a_supervisor(), SEE)


@pytest.mark.django_db
def test_a_clerk_of_the_province_does_not_reach_down():
    clerk = a_member(Role.WINDOW_CLERK, "省窗口", office=a_province())
    an_office()
    assert offices_where(clerk, SEE) == {a_province().pk}


@pytest.mark.django_db
@pytest.mark.parametrize("person", [a_worker_user, an_expert_user, an_administrator])
def test_parties_experts_and_administrators_see_no_case_by_office(person):
    assert offices_where(person(), SEE) == set()


@pytest.mark.django_db
def test_the_holders_of_a_permission_at_an_office():
    signer = the_signer()
    a_clerk()
    assert holders("conclusions.sign", an_office().pk) == [signer]


@pytest.mark.django_db
def test_a_telephone_is_not_readable_in_the_database_and_finds_its_user():
    user = a_worker_user()
    raw = User.objects.filter(pk=user.pk).extra(select={"raw": "telephone"}).values_list("raw", flat=True).get()
    assert "19900000001" not in str(raw)
    assert a_worker_user().pk == user.pk


@pytest.mark.django_db
def test_a_user_made_without_a_password_cannot_sign_in_by_one():
    assert not a_worker_user().has_usable_password()
    assert a_clerk().check_password("Yunxi-demo-2026")
