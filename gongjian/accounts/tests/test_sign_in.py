"""Signing in: telephone codes, passwords, the second factor, the lock per account and address, and the demo's cast."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongjian.accounts import actions
from gongjian.accounts.entrance import home_of
from gongjian.accounts.errors import SecondFactorWrong
from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, a_clerk, a_worker_user, an_expert_user, an_office, in_the_demo
from gongjian.accounts.views import locked_out
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)
PHONE = "19900000001"
GATE = "10.0.0.1"


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def sign_in_by_code(client: Client, telephone: str, code: str | None = None):
    client.post(reverse("accounts:sign_in"), {"telephone": telephone})
    text = Message.objects.latest("pk").body
    sent = text.split("：")[1][:6]
    return client.post(reverse("accounts:code"), {"code": code or sent})


def sign_in_by_password(client: Client, username: str, password: str = PASSWORD):
    return client.post(reverse("accounts:staff"), {"username": username, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# The pages.


def test_a_party_signs_in_by_telephone_and_gets_to_the_page_that_was_wanted():
    client = Client()
    wanted = reverse("accounts:profile")
    client.post(reverse("accounts:sign_in"), {"telephone": "+86 199-0000-0001", "next": wanted})
    sent = Message.objects.get().body.split("：")[1][:6]
    answer = client.post(reverse("accounts:code"), {"code": sent})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert is_signed_in(client)


def test_the_way_on_never_leads_to_another_site():
    client = Client()
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE, "next": "https://evil.example/"})
    sent = Message.objects.get().body.split("：")[1][:6]
    assert client.post(reverse("accounts:code"), {"code": sent})["Location"] == home_of(a_worker_user())


def test_the_session_has_a_new_key_after_signing_in():
    client = Client()
    client.get(reverse("accounts:sign_in"))
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    before = client.session.session_key
    sent = Message.objects.get().body.split("：")[1][:6]
    client.post(reverse("accounts:code"), {"code": sent})
    assert client.session.session_key != before


def test_a_wrong_code_is_told_and_lets_nobody_in():
    client = Client()
    answer = sign_in_by_code(client, PHONE, "000000x")
    assert answer.status_code == 422
    assert "验证码不对" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_code_page_without_a_telephone_leads_back_with_a_sentence():
    answer = Client().get(reverse("accounts:code"))
    assert answer.status_code == 422
    assert "从登录页重新开始" in answer.content.decode()


def test_a_telephone_that_is_none_is_told_at_its_field():
    answer = Client().post(reverse("accounts:sign_in"), {"telephone": "12345"})
    assert answer.status_code == 422
    assert "手机号码不正确" in answer.content.decode()


def test_a_second_code_within_the_minute_is_told_to_wait():
    client = Client()
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    answer = client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    assert answer.status_code == 422
    assert "秒后再要" in answer.content.decode()


def test_a_clerk_signs_in_by_password():
    client = Client()
    assert sign_in_by_password(client, a_clerk().username).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_account_answer_alike():
    wrong = sign_in_by_password(Client(), a_clerk().username, "not this one")
    unknown = sign_in_by_password(Client(), "nobody", "not this one")
    assert wrong.status_code == unknown.status_code == 422
    assert "账号或口令不对" in wrong.content.decode()
    assert "账号或口令不对" in unknown.content.decode()


def test_a_party_has_no_password_to_sign_in_with():
    client = Client()
    sign_in_by_password(client, a_worker_user().username, "")
    assert not is_signed_in(client)


def attempts(count: int, username: str, address: str) -> Client:
    client = Client(REMOTE_ADDR=address)
    for _ in range(count):
        sign_in_by_password(client, username, "not this one")
    return client


def test_after_five_wrong_passwords_the_right_one_is_refused_from_there():
    clerk = a_clerk()
    client = attempts(configured.AXES_FAILURE_LIMIT, clerk.username, GATE)
    answer = sign_in_by_password(client, clerk.username)
    assert answer.status_code == 403
    assert "暂停登录15分钟" in answer.content.decode()
    assert not is_signed_in(client)


def test_four_wrong_passwords_lock_nobody_out():
    clerk = a_clerk()
    client = attempts(configured.AXES_FAILURE_LIMIT - 1, clerk.username, GATE)
    assert sign_in_by_password(client, clerk.username).status_code == 302


def test_the_lock_is_for_account_and_address_together():
    clerk, expert = a_clerk(), an_expert_user()
    attempts(configured.AXES_FAILURE_LIMIT, clerk.username, GATE)
    assert sign_in_by_password(Client(REMOTE_ADDR="10.0.0.2"), clerk.username).status_code == 302
    assert sign_in_by_password(Client(REMOTE_ADDR=GATE), expert.username).status_code == 302


def test_thirty_people_behind_one_address_sign_in_although_each_mistyped_once():
    people = [
        User.objects.create_user(f"clerk-{number}", PASSWORD, kind=User.Kind.STAFF, name=f"人员{number}")
        for number in range(30)
    ]
    for person in people:
        client = Client(REMOTE_ADDR=GATE)
        sign_in_by_password(client, person.username, "not this one")
        assert sign_in_by_password(client, person.username).status_code == 302


def test_guessing_telephone_codes_locks_that_telephone_at_that_address():
    client = Client(REMOTE_ADDR=GATE)
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    for _ in range(configured.AXES_FAILURE_LIMIT):
        answer = client.post(reverse("accounts:code"), {"code": "xxxxxx"})
    assert answer.status_code == 403


def test_the_record_of_failed_attempts_holds_no_telephone_and_no_code():
    from axes.models import AccessAttempt

    client = Client(REMOTE_ADDR=GATE)
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    client.post(reverse("accounts:code"), {"code": "987654x"})
    kept = str(AccessAttempt.objects.values().get())
    assert PHONE not in kept
    assert "987654x" not in kept


def test_a_program_is_told_of_the_lock_in_json():
    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    request.user = AnonymousUser()
    answer = locked_out(request)
    assert (answer.status_code, b"accounts.locked" in answer.content) == (403, True)


# The second factor.


def with_second_factor(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="验证器", confirmed=True)


def number_now(device: TOTPDevice, drift: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, drift)
    return f"{totp.token():06d}"


def test_with_a_second_factor_the_password_alone_lets_nobody_in():
    clerk, client = a_clerk(), Client()
    with_second_factor(clerk)
    assert sign_in_by_password(client, clerk.username)["Location"] == reverse("accounts:second")
    assert not is_signed_in(client)


def test_password_and_second_factor_together_let_in():
    clerk, client = a_clerk(), Client()
    device = with_second_factor(clerk)
    sign_in_by_password(client, clerk.username)
    assert client.get(reverse("accounts:second")).status_code == 200
    assert client.post(reverse("accounts:second"), {"token": number_now(device)}).status_code == 302
    assert is_signed_in(client)
    assert client.session["otp_device_id"] == device.persistent_id


def test_a_wrong_number_lets_nobody_in():
    clerk, client = a_clerk(), Client()
    with_second_factor(clerk)
    sign_in_by_password(client, clerk.username)
    assert client.post(reverse("accounts:second"), {"token": "abcdef"}).status_code == 422
    assert not is_signed_in(client)


def test_a_number_is_good_once():
    clerk = a_clerk()
    device = with_second_factor(clerk)
    number = number_now(device)
    assert actions.check_second_factor(clerk, number) == device
    with pytest.raises(SecondFactorWrong):
        actions.check_second_factor(clerk, number)


def test_the_second_step_waits_five_minutes_and_no_longer():
    clerk, client = a_clerk(), Client()
    with_second_factor(clerk)
    with moment.fixed(NOON):
        sign_in_by_password(client, clerk.username)
    with moment.fixed(NOON + seconds(299)):
        assert client.get(reverse("accounts:second")).status_code == 200
    with moment.fixed(NOON + seconds(301)):
        assert client.get(reverse("accounts:second")).status_code == 422


def test_the_second_step_without_the_first_is_refused():
    for name in ("accounts:second", "accounts:enrol"):
        assert Client().get(reverse(name)).status_code == 422


def test_where_a_second_factor_is_required_the_first_sign_in_sets_it_up(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    clerk, client = a_clerk(), Client()
    sign_in_by_password(client, clerk.username)
    assert client.get(reverse("accounts:second"))["Location"] == reverse("accounts:enrol")
    page = client.get(reverse("accounts:enrol")).content.decode()
    assert "<svg" in page
    device = TOTPDevice.objects.get(user=clerk, confirmed=False)
    assert client.post(reverse("accounts:enrol"), {"token": "abcdef"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post(reverse("accounts:enrol"), {"token": number_now(device)}).status_code == 302
    assert is_signed_in(client)


def test_a_clerk_switches_the_second_factor_on_from_the_account_page():
    clerk, client = a_clerk(), Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "未启用" in client.get(reverse("accounts:profile")).content.decode()
    client.get(reverse("accounts:enrol"))
    device = TOTPDevice.objects.get(user=clerk)
    client.post(reverse("accounts:enrol"), {"token": number_now(device)})
    assert "已启用" in client.get(reverse("accounts:profile")).content.decode()


# The demo's cast, and leaving.


def test_in_the_demo_and_only_there_one_click_signs_in(settings):
    clerk = a_clerk()
    in_the_demo(settings)
    client = Client()
    page = client.get(reverse("accounts:sign_in")).content.decode()
    assert "陈晓窗" in page
    assert client.post(reverse("accounts:cast"), {"who": clerk.pk}).status_code == 302
    assert is_signed_in(client)


def test_outside_the_demo_nobody_is_offered_and_nobody_clicks_in(settings):
    clerk = a_clerk()
    in_the_demo(settings)
    settings.DEMO = False
    client = Client()
    assert "陈晓窗" not in client.get(reverse("accounts:sign_in")).content.decode()
    assert client.post(reverse("accounts:cast"), {"who": clerk.pk}).status_code == 404
    assert not is_signed_in(client)


def test_the_demo_has_no_stranger_among_its_cast(settings):
    settings.DEMO = True
    assert Client().post(reverse("accounts:cast"), {"who": "987654"}).status_code == 404
    assert Client().post(reverse("accounts:cast"), {"who": "x"}).status_code == 404


def test_the_demo_shows_the_code_that_would_have_been_sent(settings):
    a_clerk()
    in_the_demo(settings)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    sent = Message.objects.get().body.split("：")[1][:6]
    assert sent in client.get(reverse("accounts:code")).content.decode()


def test_outside_the_demo_city_the_code_stands_on_no_page_whatever_the_setting_says(settings):
    a_clerk()
    settings.DEMO = True
    client = Client()
    client.post(reverse("accounts:sign_in"), {"telephone": PHONE})
    sent = Message.objects.get().body.split("：")[1][:6]
    assert sent not in client.get(reverse("accounts:code")).content.decode()


def test_signing_out_forgets_the_session():
    client = Client()
    client.force_login(a_worker_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    client.post(reverse("accounts:sign_out"))
    assert not is_signed_in(client)


def test_the_account_page_hides_the_middle_of_the_telephone():
    client = Client()
    client.force_login(a_worker_user(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("accounts:profile")).content.decode()
    assert "199****0001" in page
    assert PHONE not in page


def test_a_stranger_is_led_to_the_sign_in_page_and_back():
    answer = Client().get(reverse("accounts:profile"))
    assert answer["Location"] == f"{reverse('accounts:sign_in')}?next={reverse('accounts:profile')}"


def test_who_is_signed_in_already_is_led_home():
    an_office()
    client = Client()
    client.force_login(a_worker_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("accounts:sign_in")).status_code == 302
