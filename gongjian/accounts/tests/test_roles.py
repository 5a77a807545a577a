"""Who may do what, and where."""

from datetime import date

import pytest

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.queries import cast_of_the_demo, desks_of, in_role, is_demo_city, office, offices_where
from gongjian.accounts.roles import LABELS, PARTY, PERMISSIONS, SEE, SYSTEM, Role, roles_with
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_province,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_expert_user,
    an_office,
    an_outsider,
    in_the_demo,
    the_signer,
)

pytestmark = pytest.mark.django_db
CHECKING = ("appraisal.accept", "conclusions.review", "draws.draw", "conclusions.sign")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_label_and_a_set_of_permissions(role):
    assert LABELS[role]
    assert role in PERMISSIONS


@pytest.mark.parametrize("permission", CHECKING)
def test_the_duties_that_check_each_other_belong_to_one_role_each(permission):
    assert len(roles_with(permission)) == 1


def test_no_two_checking_duties_belong_to_the_same_role():
    assert len({role for permission in CHECKING for role in roles_with(permission)}) == len(CHECKING)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_holds_what_belongs_to_the_clock_or_to_the_parties(role):
    assert not PERMISSIONS[role] & {SYSTEM, PARTY}


def test_an_administrator_sees_no_case():
    assert SEE not in PERMISSIONS[Role.ADMINISTRATOR]


def test_a_clerk_holds_the_windows_permissions_at_the_own_office_only():
    clerk, other = a_clerk(), an_office("QT", "他市劳动能力鉴定委员会")
    assert clerk.holds("appraisal.accept", an_office())
    assert clerk.holds("appraisal.accept", an_office().pk)
    assert not clerk.holds("appraisal.accept", other)
    assert not clerk.holds("conclusions.sign", an_office())


def test_a_post_that_has_ended_gives_nothing():
    signer = the_signer()
    Post.objects.filter(user=signer).update(ended_on=date(2026, 3, 1))
    assert not signer.holds("conclusions.sign", an_office())
    assert offices_where(signer, SEE) == set()


def test_who_left_holds_nothing():
    clerk = a_clerk()
    clerk.is_active = False
    assert not clerk.holds("appraisal.accept", an_office())


def test_a_window_that_serves_an_office_works_for_it():
    window = Office.objects.create(code="DX", name="东溪县窗口", short_name="东溪", kind="county", region="990121")
    window.serves.add(an_office())
    clerk = a_member(Role.WINDOW_CLERK, "陈二窗", office=window)
    assert clerk.holds("appraisal.accept", an_office())
    assert (an_office().pk, "window_clerk", window.pk) in desks_of(clerk)
    assert an_office().pk not in offices_where(clerk, SEE)


@pytest.mark.parametrize("person", [a_worker_user, an_outsider, an_expert_user])
def test_parties_and_experts_hold_no_permission_of_staff(person):
    assert not any(person().holds(permission) for held in PERMISSIONS.values() for permission in held)


def test_a_supervisor_of_the_province_reaches_every_office_below():
    county = Office.objects.create(
        code="DX", name="东溪县窗口", short_name="东溪", kind="county", region="990121", parent=an_office()
    )
    supervisor = a_member(Role.SUPERVISOR, "严省督", office=a_province())
    assert offices_where(supervisor, SEE) == {a_province().pk, an_office().pk, county.pk}


def test_a_supervisor_of_the_city_does_not_reach_the_province():
    assert a_province().pk not in offices_where(a_supervisor(), SEE)


def test_who_can_be_asked_for_a_duty():
    reviewer = a_reviewer()
    assert list(in_role(Role.REVIEWER, an_office().pk)) == [reviewer]
    assert list(in_role(Role.SIGNER, an_office().pk)) == []


def test_an_office_is_found_by_its_code():
    assert office(an_office().code) == an_office()
    with pytest.raises(Office.DoesNotExist):
        office("none")


def test_the_cast_lists_parties_staff_and_experts_and_nobody_who_left(settings):
    clerk, worker, expert = a_clerk(), a_worker_user(), an_expert_user()
    gone = a_reviewer()
    gone.is_active = False
    gone.save()
    in_the_demo(settings)
    User.objects.create_user("late", kind=User.Kind.STAFF, name="后来者")
    assert cast_of_the_demo() == [worker, clerk, expert]


def test_a_real_city_has_no_cast_although_somebody_switched_the_demo_on(settings):
    a_clerk()
    settings.DEMO = True
    assert (cast_of_the_demo(), is_demo_city()) == ([], False)


def test_the_words_of_a_post_name_office_and_role():
    [post] = a_clerk().posts_held()
    assert str(post) == "市鉴定委·窗口受理"
