"""The doors: where one is led, what one session keeps of another, who is locked out, and what a second factor is worth."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongjian.accounts import actions
from gongjian.accounts.access import signed_in
from gongjian.accounts.backends import TelephoneCodeBackend, opaque_name
from gongjian.accounts.entrance import home_of, needs_second, way_on
from gongjian.accounts.errors import SecondFactorWrong
from gongjian.accounts.models import Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_administrator,
    an_applicant,
    an_expert_user,
    in_the_demo,
    the_signer,
)
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)
PHONE, GATE = "19900000001", "10.0.0.1"
BACKEND = "django.contrib.auth.backends.ModelBackend"
HOME = "testserver"


def sent_code() -> str:
    return str(Message.objects.latest("pk").body.split("：")[1][:6])


def ask_for_code(client: Client, telephone: str = PHONE, **fields: str) -> Any:
    return client.post(reverse("accounts:sign_in"), {"telephone": telephone, **fields})


def give_code(client: Client, code: str) -> Any:
    return client.post(reverse("accounts:code"), {"code": code})


def by_password(client: Client, user: User, password: str = PASSWORD, **fields: str) -> Any:
    return client.post(reverse("accounts:staff"), {"username": user.username, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def second_of(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="验证器", confirmed=True)


def number_of(device: TOTPDevice, drift: int = 0) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits, drift).token():06d}"


def patient(device: TOTPDevice) -> None:
    """Let the pause that follows a wrong number pass."""
    TOTPDevice.objects.filter(pk=device.pk).update(throttling_failure_count=0, throttling_failure_timestamp=None)


# Where somebody is led.

ELSEWHERE = (
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x00//evil.example",
    "\x08//evil.example",
    " //evil.example",
    "\t//evil.example",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    "ftp://testserver/",
)
OURS = ("/", "/accounts/", "/portal/case/YXJD-2026-000001/", "/desk/?kind=book", "http://testserver/desk/", "?x=1")


@pytest.mark.parametrize("wanted", ELSEWHERE, ids=ascii)
def test_nobody_is_led_to_another_site(wanted):
    worker = a_worker_user()
    answer = way_on(RequestFactory().get("/", headers={"host": HOME}), worker, wanted)
    assert answer["Location"] == home_of(worker)


@pytest.mark.parametrize("wanted", OURS)
def test_everybody_is_led_to_the_page_of_ours_that_was_wanted(wanted):
    answer = way_on(RequestFactory().get("/", headers={"host": HOME}), a_worker_user(), wanted)
    assert answer["Location"] == wanted


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_door_leads_to_another_site(wanted, settings):
    clerk, worker = a_clerk(), a_worker_user()
    in_the_demo(settings)
    by_cast, by_word, by_phone, already = Client(), Client(), Client(), Client()
    already.force_login(worker, backend=BACKEND)
    ask_for_code(by_phone, next=wanted)
    places = [
        by_cast.post(reverse("accounts:cast"), {"who": clerk.pk, "next": wanted})["Location"],
        by_word.post(reverse("accounts:staff"), {"username": clerk.username, "password": PASSWORD, "next": wanted})[
            "Location"
        ],
        give_code(by_phone, sent_code())["Location"],
        already.get(reverse("accounts:sign_in"), {"next": wanted})["Location"],
    ]
    assert places == [home_of(clerk), home_of(clerk), home_of(worker), home_of(worker)]


def test_the_page_wanted_survives_password_and_second_factor():
    clerk, client = a_clerk(), Client()
    device = second_of(clerk)
    by_password(client, clerk, next="/accounts/")
    assert client.post(reverse("accounts:second"), {"token": number_of(device)})["Location"] == "/accounts/"


@pytest.mark.parametrize(
    ("person", "page"),
    [
        (a_worker_user, "portal:home"),
        (a_clerk, "desk:worklist"),
        (the_signer, "desk:worklist"),
        (an_administrator, "accounts:profile"),
        (an_expert_user, "workbench:home"),
    ],
)
def test_each_kind_of_person_has_a_first_page(person, page):
    assert home_of(person()) == reverse(page)


def test_a_clerk_whose_post_ended_finds_the_own_account_first():
    clerk = a_clerk()
    Post.objects.filter(user=clerk).update(ended_on=date(2026, 3, 1))
    assert home_of(User.objects.get(pk=clerk.pk)) == reverse("accounts:profile")


# The door of every page.


def test_the_door_keeps_the_whole_address_that_was_wanted():
    request = RequestFactory().get("/desk/", {"kind": "book", "after": "2026-03-09.17"})
    request.user = AnonymousUser()
    answer = signed_in(lambda request: HttpResponse("inside"))(request)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{reverse('accounts:sign_in')}?next=/desk/%3Fkind%3Dbook%26after%3D2026-03-09.17",
    )


def test_the_door_lets_who_is_signed_in_pass_with_everything_handed_in():
    request = RequestFactory().get("/")
    request.user = a_worker_user()
    inside = signed_in(lambda request, number, *, page: HttpResponse(f"{number}/{page}"))
    assert inside(request, "7", page="2").content == b"7/2"


def test_an_account_that_is_closed_while_signed_in_is_out_at_the_next_page():
    clerk, client = a_clerk(), Client()
    client.force_login(clerk, backend=BACKEND)
    assert client.get(reverse("accounts:profile")).status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_another_password_ends_the_sessions_of_the_old_one():
    clerk, client = a_clerk(), Client()
    client.force_login(clerk, backend=BACKEND)
    clerk.set_password("Another-2026")
    clerk.save()
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_session_that_somebody_made_up_opens_nothing():
    client = Client()
    client.cookies[configured.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get(reverse("accounts:profile")).status_code == 302


# Sessions.


@pytest.mark.parametrize("way", ["code", "password", "second", "cast"])
def test_a_session_laid_out_by_a_stranger_is_not_the_one_that_is_signed_in(way, settings):
    clerk, client = a_clerk(), Client()
    in_the_demo(settings)
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = str(session.session_key)
    client.cookies[configured.SESSION_COOKIE_NAME] = planted
    ways = {
        "code": lambda: (ask_for_code(client), give_code(client, sent_code())),
        "password": lambda: by_password(client, clerk),
        "second": lambda: (
            (device := second_of(clerk)),
            by_password(client, clerk),
            client.post(reverse("accounts:second"), {"token": number_of(device)}),
        ),
        "cast": lambda: client.post(reverse("accounts:cast"), {"who": clerk.pk}),
    }
    ways[way]()
    assert is_signed_in(client)
    assert client.session.session_key != planted
    assert "planted" not in client.session
    assert not Client(headers={"cookie": f"{configured.SESSION_COOKIE_NAME}={planted}"}).session.get("_auth_user_id")


def test_large_type_is_kept_through_signing_in_and_nothing_else_is():
    client, clerk = Client(), a_clerk()
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["large_type"], session["other"] = True, "x"
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = str(session.session_key)
    by_password(client, clerk)
    assert (client.session.get("large_type"), client.session.get("other")) == (True, None)


def test_signing_in_as_somebody_else_takes_nothing_over():
    client, clerk, reviewer = Client(), a_clerk(), a_reviewer()
    by_password(client, clerk)
    session = client.session
    session["seen"] = "something of the clerk"
    session.save()
    by_password(client, reviewer)
    assert client.session["_auth_user_id"] == str(reviewer.pk)
    assert "seen" not in client.session


def test_signing_out_without_being_signed_in_leads_to_the_first_page():
    assert Client().post(reverse("accounts:sign_out"))["Location"] == "/"


def test_signing_in_and_out_by_another_sites_form_is_refused():
    client = Client(enforce_csrf_checks=True)
    for name in ("sign_in", "staff", "sign_out", "cast"):
        assert client.post(reverse(f"accounts:{name}"), {"telephone": PHONE}).status_code == 403


@pytest.mark.parametrize("name", ["sign_in", "staff"])
def test_sign_in_pages_are_kept_by_no_cache(name):
    assert "no-store" in Client().get(reverse(f"accounts:{name}"))["Cache-Control"]


@pytest.mark.parametrize("name", ["cast", "sign_out"])
def test_what_changes_something_is_not_done_by_looking(name):
    assert Client().get(reverse(f"accounts:{name}")).status_code == 405


# The lock. L18: it is for one account at one address.


@pytest.fixture
def quick(settings):
    """Hash quickly where many people try many passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def lock_out(client: Client, user: User) -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT):
        by_password(client, user, "not this one")


def test_l18_one_who_is_locked_out_keeps_none_of_thirty_behind_the_same_address_out(quick):
    people = [a_member(Role.WINDOW_CLERK, f"窗{number}") for number in range(30)]
    lock_out(Client(REMOTE_ADDR=GATE), people[0])
    answers = [by_password(Client(REMOTE_ADDR=GATE), each).status_code for each in people]
    assert answers == [403] + [302] * 29


def test_l18_thirty_parties_behind_one_address_sign_in_by_their_codes():
    for person in range(30):
        client = Client(REMOTE_ADDR=GATE)
        ask_for_code(client, f"199000002{person:02d}")
        give_code(client, "wrong")
        assert give_code(client, sent_code()).status_code == 302


def test_the_lock_opens_by_itself_when_its_time_is_over(quick, settings):
    clerk, client = a_clerk(), Client(REMOTE_ADDR=GATE)
    lock_out(client, clerk)
    assert by_password(client, clerk).status_code == 403
    settings.AXES_COOLOFF_TIME = timedelta(0)
    assert by_password(client, clerk).status_code == 302


def test_a_right_password_wipes_the_wrong_ones_before_it(quick):
    clerk, client = a_clerk(), Client(REMOTE_ADDR=GATE)
    for _ in range(3):
        for _ in range(configured.AXES_FAILURE_LIMIT - 1):
            by_password(client, clerk, "not this one")
        assert by_password(client, clerk).status_code == 302


def test_another_spelling_of_an_account_is_no_way_around_the_lock(quick):
    clerk = a_clerk()
    lock_out(Client(REMOTE_ADDR=GATE), clerk)
    client = Client(REMOTE_ADDR=GATE)
    answer = client.post(reverse("accounts:staff"), {"username": f" {clerk.username} ", "password": PASSWORD})
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_an_account_that_does_not_exist_is_locked_like_one_that_does(quick):
    client = Client(REMOTE_ADDR=GATE)
    answers = [
        client.post(reverse("accounts:staff"), {"username": "nobody", "password": "x"}).status_code
        for _ in range(configured.AXES_FAILURE_LIMIT)
    ]
    assert answers[0] == 422
    assert answers[-1] == 403


def test_a_closed_account_answers_like_a_wrong_password(quick):
    clerk, client = a_clerk(), Client()
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    answer = by_password(client, clerk)
    assert answer.status_code == 422
    assert "账号或口令不对" in answer.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(("username", "password"), [("", ""), ("x", ""), ("", "x"), ("x" * 65, "y"), ("x", "y" * 201)])
def test_what_cannot_be_an_account_is_told_and_counts_for_nothing(username, password):
    answer = Client().post(reverse("accounts:staff"), {"username": username, "password": password})
    assert answer.status_code == 422


def test_the_password_typed_stands_on_no_page(quick):
    answer = by_password(Client(), a_clerk(), "Secret-of-mine-2026")
    assert "Secret-of-mine-2026" not in answer.content.decode()


# The second factor.


def test_a_number_seen_over_somebodys_shoulder_opens_nothing_a_second_time():
    clerk, client, thief = a_clerk(), Client(), Client()
    device = second_of(clerk)
    number = number_of(device)
    by_password(client, clerk)
    assert client.post(reverse("accounts:second"), {"token": number}).status_code == 302
    by_password(thief, clerk)
    assert thief.post(reverse("accounts:second"), {"token": number}).status_code == 422
    assert not is_signed_in(thief)


def test_the_number_of_another_person_opens_nothing():
    clerk, reviewer, client = a_clerk(), a_reviewer(), Client()
    second_of(clerk)
    number = number_of(second_of(reviewer))
    by_password(client, clerk)
    assert client.post(reverse("accounts:second"), {"token": number}).status_code == 422


@pytest.mark.parametrize(("drift", "good"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)])
def test_a_clock_that_is_half_a_minute_wrong_is_forgiven_and_no_more(drift, good):
    clerk = a_clerk()
    device = second_of(clerk)
    if good:
        assert actions.check_second_factor(clerk, number_of(device, drift)) == device
    else:
        with pytest.raises(SecondFactorWrong):
            actions.check_second_factor(clerk, number_of(device, drift))


def test_after_a_wrong_number_even_the_right_one_has_to_wait():
    clerk = a_clerk()
    device = second_of(clerk)
    with pytest.raises(SecondFactorWrong):
        actions.check_second_factor(clerk, "000000" if number_of(device) != "000000" else "000001")
    with pytest.raises(SecondFactorWrong):
        actions.check_second_factor(clerk, number_of(device))
    patient(device)
    assert actions.check_second_factor(clerk, number_of(device)) == device


@pytest.mark.parametrize("token", ["", " ", "abcdef", "12345", "1234567", "１２３４５６x", "-12345", "0x1234", "1e5"])
def test_what_is_no_number_is_a_wrong_number(token):
    clerk = a_clerk()
    second_of(clerk)
    with pytest.raises(SecondFactorWrong):
        actions.check_second_factor(clerk, token)


def test_a_factor_that_was_begun_but_not_confirmed_is_no_second_factor_yet():
    clerk, client = a_clerk(), Client()
    actions.begin_second_factor(clerk)
    assert not needs_second(clerk)
    assert by_password(client, clerk).status_code == 302
    assert is_signed_in(client)


def test_beginning_twice_offers_the_same_secret():
    clerk = a_clerk()
    assert actions.begin_second_factor(clerk).key == actions.begin_second_factor(clerk).key
    assert TOTPDevice.objects.count() == 1


def test_what_was_confirmed_is_not_confirmed_again():
    clerk = a_clerk()
    device = actions.begin_second_factor(clerk)
    number = number_of(device)
    assert actions.confirm_second_factor(clerk, number).confirmed
    with pytest.raises(SecondFactorWrong):
        actions.confirm_second_factor(clerk, number)


def test_nobody_confirms_what_was_never_begun():
    with pytest.raises(SecondFactorWrong):
        actions.confirm_second_factor(a_clerk(), "123456")


def test_switching_on_is_kept_in_the_ledger_without_the_secret():
    clerk = a_clerk()
    device = actions.begin_second_factor(clerk)
    actions.confirm_second_factor(clerk, number_of(device))
    entry = LedgerEntry.objects.get(act="account.second_factor_on")
    assert entry.by == clerk
    assert device.key not in str(entry.facts)


def test_the_number_that_switched_it_on_does_not_sign_in_too():
    clerk = a_clerk()
    device = actions.begin_second_factor(clerk)
    number = number_of(device)
    actions.confirm_second_factor(clerk, number)
    with pytest.raises(SecondFactorWrong):
        actions.check_second_factor(clerk, number)


def test_who_has_a_second_factor_is_not_led_to_a_second_enrolment():
    clerk, client = a_clerk(), Client()
    second_of(clerk)
    by_password(client, clerk)
    assert client.get(reverse("accounts:enrol"))["Location"] == reverse("accounts:second")
    client.force_login(clerk, backend=BACKEND)
    assert client.get(reverse("accounts:enrol"))["Location"] == reverse("accounts:profile")


def test_parties_have_no_second_factor_to_set_up():
    client = Client()
    client.force_login(a_worker_user(), backend=BACKEND)
    assert client.get(reverse("accounts:enrol"))["Location"] == reverse("accounts:profile")
    assert not TOTPDevice.objects.exists()


def test_half_signed_in_opens_no_page():
    clerk, client = a_clerk(), Client()
    second_of(clerk)
    by_password(client, clerk)
    for name in ("accounts:profile", "desk:worklist", "portal:home"):
        assert client.get(reverse(name)).status_code == 302


def test_half_signed_in_does_not_survive_the_end_of_the_account():
    clerk, client = a_clerk(), Client()
    device = second_of(clerk)
    by_password(client, clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.post(reverse("accounts:second"), {"token": number_of(device)}).status_code == 422
    assert not is_signed_in(client)


def test_the_second_step_is_in_the_session_that_took_the_first():
    clerk = a_clerk()
    device = second_of(clerk)
    by_password(Client(), clerk)
    other = Client()
    assert other.post(reverse("accounts:second"), {"token": number_of(device)}).status_code == 422
    assert not is_signed_in(other)


@pytest.mark.parametrize("required", [True, False])
def test_a_required_second_factor_is_asked_of_experts_too(required, settings):
    settings.SECOND_FACTOR_REQUIRED = required
    client = Client()
    answer = by_password(client, an_expert_user())
    assert (answer["Location"] == reverse("accounts:second")) is required
    assert is_signed_in(client) is not required


# Telephone codes at the door.


@pytest.mark.parametrize(("after", "status"), [(299, 302), (300, 422), (301, 422)])
def test_a_code_typed_within_five_minutes_lets_in_and_later_is_told(after, status):
    client = Client()
    with moment.fixed(NOON):
        ask_for_code(client)
    with moment.fixed(NOON + timedelta(seconds=after)):
        assert give_code(client, sent_code()).status_code == status


@pytest.mark.parametrize("spelling", ["{}", " {}", "{} ", "\t{}"])
def test_spaces_around_a_code_do_not_matter(spelling):
    client = Client()
    ask_for_code(client)
    assert give_code(client, spelling.format(sent_code())).status_code == 302


def test_one_sign_in_uses_up_every_code_that_was_still_good():
    client, later = Client(), Client(REMOTE_ADDR="127.0.0.2")  # another place: its code does not end the former
    with moment.fixed(NOON):
        ask_for_code(client)
    older = sent_code()
    with moment.fixed(NOON + timedelta(seconds=61)):
        ask_for_code(later)
        assert give_code(client, older).status_code == 302
        assert give_code(later, sent_code()).status_code == 422


def test_the_code_belongs_to_the_telephone_of_this_session():
    mine, other = Client(), Client()
    ask_for_code(mine)
    code = sent_code()
    ask_for_code(other, "19900000002")
    assert give_code(other, code).status_code == (302 if code == sent_code() else 422)


def test_the_code_of_one_session_is_typed_in_another_of_the_same_telephone():
    telephone, computer = Client(), Client()
    with moment.fixed(NOON):
        ask_for_code(telephone)
        code = sent_code()
    with moment.fixed(NOON + timedelta(seconds=5)):
        ask_for_code(computer)  # too soon: no second code is sent, and no second session is opened for typing one
        assert computer.get(reverse("accounts:code")).status_code == 422
        assert give_code(telephone, code).status_code == 302


@pytest.mark.parametrize("user", [a_clerk, an_expert_user])
def test_a_telephone_code_opens_no_account_of_staff_or_experts(user):
    from gongjian.kernel.fields import blind_index

    held = user()
    User.objects.filter(pk=held.pk).update(telephone_index=blind_index(PHONE, "telephone"))
    client = Client()
    ask_for_code(client)
    assert give_code(client, sent_code()).status_code == 422
    assert not is_signed_in(client)


def test_the_backend_knows_nothing_but_telephone_and_code():
    backend = TelephoneCodeBackend()
    assert backend.authenticate(None, username=a_clerk().username, password=PASSWORD) is None
    assert backend.authenticate(None, telephone=PHONE) is None
    assert backend.authenticate(None, code="123456") is None


def test_attempts_are_counted_under_a_name_that_hides_the_telephone():
    assert opaque_name(PHONE) == opaque_name("199 0000-0001")
    assert opaque_name(PHONE) != opaque_name("19900000002")
    assert "1990" not in opaque_name(PHONE)


# The demo's cast.


@pytest.mark.parametrize("demo", [False, True])
def test_the_cast_plays_only_in_the_demo(demo, settings):
    people = [a_clerk(), a_worker_user(), an_expert_user()]
    in_the_demo(settings)
    settings.DEMO = demo
    clients = [Client() for _ in people]
    answers = [
        client.post(reverse("accounts:cast"), {"who": each.pk}).status_code
        for client, each in zip(clients, people, strict=True)
    ]
    assert answers == [302 if demo else 404] * 3
    assert [is_signed_in(client) for client in clients] == [demo] * 3


@pytest.mark.parametrize("who", ["", "0", "-1", "1 OR 1=1", "９", "x" * 500, "None"])
def test_who_is_not_of_the_cast_is_not_found(who, settings):
    a_clerk()
    in_the_demo(settings)
    client = Client()
    assert client.post(reverse("accounts:cast"), {"who": who}).status_code == 404
    assert not is_signed_in(client)


def test_who_left_the_house_does_not_play(settings):
    clerk, client = a_clerk(), Client()
    in_the_demo(settings)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.post(reverse("accounts:cast"), {"who": clerk.pk}).status_code == 404


def test_applicants_who_came_after_the_story_do_not_play(settings):
    people = [an_applicant(f"199000003{number:02d}", f"路人{number}") for number in range(13)]
    in_the_demo(settings)
    last = Client()
    assert last.post(reverse("accounts:cast"), {"who": people[-1].pk}).status_code == 404
    assert Client().post(reverse("accounts:cast"), {"who": people[0].pk}).status_code == 302


# One's own account.


def test_the_account_page_tells_every_post_and_no_post_that_ended():
    clerk, client = a_clerk(), Client()
    Post.objects.create(user=clerk, office=clerk.posts_held()[0].office, role=Role.ARCHIVIST)
    Post.objects.create(user=clerk, office=clerk.posts_held()[0].office, role=Role.SIGNER, ended_on=date(2026, 3, 1))
    client.force_login(clerk, backend=BACKEND)
    page = client.get(reverse("accounts:profile")).content.decode()
    assert "窗口受理" in page
    assert "档案" in page
    assert "签发" not in page


def test_the_account_page_shows_neither_secret_nor_password():
    clerk, client = a_clerk(), Client()
    device = second_of(clerk)
    client.force_login(clerk, backend=BACKEND)
    page = client.get(reverse("accounts:profile")).content.decode()
    assert device.key not in page
    assert clerk.password not in page
