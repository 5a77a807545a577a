"""A lost second factor: who may take it off, what ends with it, and who is told."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongjian.accounts.administering import REASONS, Reason, colleagues, end_sessions, unbind_second_factor
from gongjian.accounts.entrance import HALF, has_second
from gongjian.accounts.errors import (
    ColleagueNotFound,
    NoSecondFactor,
    NotAnAdministrator,
    OwnSecondFactor,
    ReasonNeeded,
)
from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_member,
    a_province,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
    an_outsider,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SENT = {"reason": "lost", "is_identified": "on"}


def bound(user: User) -> User:
    TOTPDevice.objects.create(user=user, name="验证器", confirmed=True)
    return user


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def address(user: User) -> str:
    return reverse("accounts:unbind", args=[user.pk])


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:profile")).status_code == 200)


# Who may.


def test_the_administrator_of_the_office_takes_it_off():
    clerk = bound(a_clerk())
    answer = a_browser(an_administrator()).post(address(clerk), SENT)
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:colleagues"))
    assert not has_second(clerk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_of_the_office_does(role):
    clerk = bound(a_member(Role.WINDOW_CLERK, "陈二窗"))
    with pytest.raises(NotAnAdministrator):
        unbind_second_factor(clerk, reason="lost", by=a_member(role))
    assert has_second(clerk)


@pytest.mark.parametrize("person", [a_clerk, a_supervisor, a_worker_user, an_expert_user, an_outsider])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_pages_are_closed_to_everybody_else(person, method):
    reviewer = bound(a_reviewer())
    browser = a_browser(person())
    assert getattr(browser, method)(address(reviewer), SENT).status_code == 403
    assert browser.get(reverse("accounts:colleagues")).status_code == 403
    assert has_second(reviewer)


def test_who_is_not_signed_in_is_led_to_the_sign_in_page():
    clerk = bound(a_clerk())
    answer = Client().post(address(clerk), SENT)
    assert (answer.status_code, reverse("accounts:sign_in") in answer["Location"]) == (302, True)
    assert has_second(clerk)


@pytest.mark.parametrize("other", [lambda: an_office("OTHER", "别市劳动能力鉴定委员会"), a_province])
def test_the_administrator_of_another_office_finds_nobody(other):
    clerk, stranger = bound(a_clerk()), a_member(Role.ADMINISTRATOR, "外", office=other())
    answer = a_browser(stranger).post(address(clerk), SENT)
    assert (answer.status_code, has_second(clerk)) == (404, True)
    with pytest.raises(ColleagueNotFound):
        unbind_second_factor(clerk, reason="lost", by=stranger)


def test_a_window_that_serves_the_office_does_not_administer_it():
    clerk = bound(a_clerk())
    county = Office.objects.create(
        code="DX", name="东溪县窗口", short_name="东溪", kind=Office.Kind.COUNTY, region="990121"
    )
    county.serves.add(an_office())
    with pytest.raises(ColleagueNotFound):
        unbind_second_factor(clerk, reason="lost", by=a_member(Role.ADMINISTRATOR, "县", office=county))


def test_a_post_that_has_ended_gives_nothing_any_more():
    clerk, former = bound(a_clerk()), an_administrator()
    Post.objects.filter(user=former).update(ended_on=moment.today())
    with pytest.raises(NotAnAdministrator):
        unbind_second_factor(clerk, reason="lost", by=former)


def test_who_has_left_the_office_is_no_colleague():
    clerk = bound(a_clerk())
    Post.objects.filter(user=clerk).update(ended_on=moment.today())
    with pytest.raises(ColleagueNotFound):
        unbind_second_factor(clerk, reason="lost", by=an_administrator())


@pytest.mark.parametrize("person", [an_expert_user, a_worker_user])
def test_experts_and_parties_are_no_staff_of_the_office(person):
    with pytest.raises(ColleagueNotFound):
        unbind_second_factor(bound(person()), reason="lost", by=an_administrator())


def test_nobody_takes_off_the_own_one():
    administrator = bound(an_administrator())
    with pytest.raises(OwnSecondFactor):
        unbind_second_factor(administrator, reason="lost", by=administrator)
    assert has_second(administrator)


def test_another_administrator_does_it_for_an_administrator():
    administrator = bound(an_administrator())
    unbind_second_factor(administrator, reason="lost", by=a_member(Role.ADMINISTRATOR, "管二"))
    assert not has_second(administrator)


# On what condition.


@pytest.mark.parametrize("sent", [{}, {"reason": "lost"}, {"is_identified": "on"}, {**SENT, "reason": "bored"}])
def test_a_reason_of_the_list_and_the_person_in_sight_are_required(sent):
    clerk = bound(a_clerk())
    answer = a_browser(an_administrator()).post(address(clerk), sent)
    assert (answer.status_code, has_second(clerk)) == (422, True)


@pytest.mark.parametrize("reason", ["", " ", "bored", "LOST"])
def test_the_action_itself_asks_for_the_reason(reason):
    clerk = bound(a_clerk())
    with pytest.raises(ReasonNeeded):
        unbind_second_factor(clerk, reason=reason, by=an_administrator())


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_of_the_list_will_do(reason):
    clerk = bound(a_clerk())
    unbind_second_factor(clerk, reason=reason.value, by=an_administrator())
    assert (has_second(clerk), reason.label) == (False, REASONS[reason])


def test_what_is_not_there_is_not_taken_off_nor_a_second_time():
    clerk = a_clerk()
    with pytest.raises(NoSecondFactor):
        unbind_second_factor(clerk, reason="lost", by=an_administrator())
    unbind_second_factor(bound(clerk), reason="lost", by=an_administrator())
    with pytest.raises(NoSecondFactor):
        unbind_second_factor(clerk, reason="lost", by=an_administrator())


# What follows.


def test_every_session_of_the_person_ends_and_no_other():
    clerk, reviewer = bound(a_clerk()), a_reviewer()
    own, phone, other, administrator = (
        a_browser(clerk),
        a_browser(clerk),
        a_browser(reviewer),
        a_browser(an_administrator()),
    )
    administrator.post(address(clerk), SENT)
    assert [is_in(client) for client in (own, phone, other, administrator)] == [False, False, True, True]


def test_a_sign_in_that_waits_for_the_number_ends_as_well():
    clerk, waiting = bound(a_clerk()), Client()
    waiting.post(reverse("accounts:staff"), {"username": clerk.username, "password": PASSWORD})
    assert waiting.session[HALF]["user"] == clerk.pk
    assert end_sessions(clerk) == 1
    assert HALF not in waiting.session


def test_an_unfinished_new_binding_goes_too():
    clerk = bound(a_clerk())
    TOTPDevice.objects.create(user=clerk, name="验证器", confirmed=False)
    unbind_second_factor(clerk, reason="stolen", by=an_administrator())
    assert not TOTPDevice.objects.filter(user=clerk).exists()


def test_the_ledger_of_the_office_keeps_who_whose_and_why_and_no_name():
    clerk, administrator = bound(a_clerk()), an_administrator()
    a_browser(clerk)
    unbind_second_factor(clerk, reason="lost", by=administrator)
    entry = LedgerEntry.objects.get(act="account.second_factor_off")
    assert (entry.chain, entry.by_id) == ("office:YXJD", administrator.pk)
    assert entry.facts == {"user": clerk.pk, "reason": "lost", "sessions": 1}


def test_the_person_is_told_in_the_box_and_by_telephone():
    clerk = bound(a_clerk())
    clerk.telephone = "19900000021"
    clerk.save()
    unbind_second_factor(clerk, reason="lost", by=an_administrator())
    box, text = Message.objects.order_by("channel")
    assert (box.channel, box.user_id, "云溪市劳动能力鉴定委员会" in box.body) == ("inbox", clerk.pk, True)
    assert (text.channel, text.to, "第二重验证" in text.body) == ("sms", "19900000021", True)
    assert clerk.name not in text.body


def test_each_time_is_told_anew():
    clerk = a_clerk()
    for _ in range(2):
        unbind_second_factor(bound(clerk), reason="lost", by=an_administrator())
    assert Message.objects.filter(user=clerk).count() == 2


def test_dying_in_the_middle_leaves_everything_as_it_was():
    clerk = bound(a_clerk())
    browser = a_browser(clerk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        unbind_second_factor(clerk, reason="lost", by=an_administrator())
        raise ZeroDivisionError
    assert (has_second(clerk), is_in(browser), Message.objects.count()) == (True, True, 0)


# The list.


def test_the_list_shows_the_own_office_only_and_who_is_bound():
    bound(a_clerk())
    a_member(Role.WINDOW_CLERK, "外窗", office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    page = a_browser(an_administrator()).get(reverse("accounts:colleagues")).content.decode()
    assert "陈晓窗" in page
    assert "外窗" not in page
    assert page.count("已启用") == 1
    assert page.count("解除<span") == 1


def test_nobody_is_offered_the_own_one():
    administrator = bound(an_administrator())
    page = a_browser(administrator).get(reverse("accounts:colleagues")).content.decode()
    assert address(administrator) not in page


def test_the_list_costs_the_same_for_two_and_for_twenty(django_assert_max_num_queries):
    administrator = an_administrator()
    for number in range(20):
        a_member(Role.WINDOW_CLERK, f"窗{number}")
    browser = a_browser(administrator)
    with django_assert_max_num_queries(4):
        assert len(colleagues(administrator)) == 21
    with django_assert_max_num_queries(8):
        assert browser.get(reverse("accounts:colleagues")).content.decode().count("市鉴定委·窗口受理") == 20


def test_the_administrator_finds_the_page_in_the_navigation_and_others_do_not():
    link = f'href="{reverse("accounts:colleagues")}"'
    assert link in a_browser(an_administrator()).get(reverse("accounts:profile")).content.decode()
    assert link not in a_browser(a_clerk()).get(reverse("accounts:profile")).content.decode()
