"""Who opens accounts, gives passwords and ends posts; what each person does for the own password; how a city begins."""

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from gongjian.accounts.command_line import found as command
from gongjian.accounts.engaging import change_password, engage, give_new_password, new_password, part
from gongjian.accounts.errors import (
    ColleagueNotFound,
    FoundingWrong,
    NotAnAdministrator,
    OwnAccount,
    PasswordWeak,
    PasswordWrong,
    PostNeeded,
    UsernameTaken,
)
from gongjian.accounts.founding import found
from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_member,
    a_province,
    a_supervisor,
    a_worker_user,
    an_administrator,
    an_expert_user,
    an_office,
)
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import RuleError

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW = "yunxi-shanshui-88"
CITY = """
[[offices]]
code = "YLJD"
name = "云岭省劳动能力鉴定委员会"
short_name = "省鉴定委"
kind = "province"
region = "990000"

[[offices]]
code = "YXJD"
name = "云溪市劳动能力鉴定委员会"
short_name = "市鉴定委"
kind = "committee"
region = "990100"
parent = "YLJD"

[[offices]]
code = "YXDX"
name = "云溪市东溪县鉴定受理窗口"
short_name = "东溪窗口"
kind = "county"
region = "990121"
parent = "YXJD"
serves = ["YXJD"]

[[staff]]
office = "YXJD"
username = "guan"
name = "管维"
role = "administrator"
"""


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:profile")).status_code == 200)


def signs_in(username: str, password: str) -> bool:
    told = {"username": username, "password": password}
    return Client().post(reverse("accounts:staff"), told).status_code == 302


def engaged(username: str = "lin.he", roles: tuple[str, ...] = ("signer",)) -> tuple[User, str]:
    return engage("林合", username, roles, office=an_office(), by=an_administrator())


# A new colleague.


def test_a_new_colleague_signs_in_with_the_first_password_and_holds_the_posts():
    user, password = engaged(roles=("signer", "reviewer"))
    assert signs_in("lin.he", password)
    assert {post.role for post in user.posts_held()} == {"signer", "reviewer"}


def test_no_first_password_is_like_another_or_kept():
    assert len({new_password() for _ in range(50)}) == 50
    user, password = engaged()
    assert password not in str(list(LedgerEntry.objects.values())) + user.password


@pytest.mark.parametrize("roles", [(), ("administrator",), ("supervisor",), ("signer", "administrator"), ("king",)])
def test_posts_that_watch_over_others_are_not_given_this_way(roles):
    with pytest.raises(PostNeeded):
        engaged(roles=roles)


def test_an_account_name_belongs_to_one_person():
    engaged()
    with pytest.raises(UsernameTaken):
        engaged()
    assert User.objects.filter(username="lin.he").count() == 1


@pytest.mark.parametrize("person", [a_clerk, a_supervisor, an_expert_user, a_worker_user])
def test_nobody_but_an_administrator_engages(person):
    with pytest.raises(NotAnAdministrator):
        engage("林合", "lin.he", ["signer"], office=an_office(), by=person())
    client = a_browser(person())
    for name, arguments in (("engage", []), ("colleague", [a_clerk().pk])):
        assert client.get(reverse(f"accounts:{name}", args=arguments)).status_code == 403


def test_at_another_office_nobody_is_engaged():
    with pytest.raises(PostNeeded):
        engage("林合", "lin.he", ["signer"], office=a_province(), by=an_administrator())


def test_the_page_shows_the_first_password_once():
    client = a_browser(an_administrator())
    told = {"name": "林合", "username": "lin.he", "roles": ["signer"]}
    answer = client.post(reverse("accounts:engage"), told)
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert signs_in("lin.he", password)
    again = client.post(reverse("accounts:engage"), told)
    assert (again.status_code, "已经有人使用" in again.content.decode()) == (422, True)


@pytest.mark.parametrize("username", ["", "ab", "Lin", "林合", "1lin", "lin he", "l" * 33])
def test_an_account_name_that_cannot_be_is_told_at_its_field(username):
    told = {"name": "林合", "username": username, "roles": ["signer"]}
    answer = a_browser(an_administrator()).post(reverse("accounts:engage"), told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["username"])


# A forgotten password, and who leaves.


def test_a_new_password_ends_the_old_one_and_every_session():
    user, former = engaged()
    client = a_browser(user)
    answer = a_browser(an_administrator()).post(reverse("accounts:colleague", args=[user.pk]))
    assert not is_in(client)
    assert not signs_in("lin.he", former)
    assert signs_in("lin.he", answer.context["password"])


def test_who_leaves_is_out_at_once_and_cannot_come_back():
    user, password = engaged()
    client = a_browser(user)
    a_browser(an_administrator()).post(reverse("accounts:part", args=[user.pk]))
    assert not is_in(client)
    assert not signs_in("lin.he", password)
    assert not Post.objects.filter(user=user, ended_on=None).exists()


def test_a_post_at_another_office_stays_with_its_account():
    user, _ = engaged()
    Post.objects.create(user=user, office=a_province(), role=Role.ARCHIVIST)
    part(user, by=an_administrator())
    user.refresh_from_db()
    assert user.is_active
    assert [post.role for post in user.posts.filter(ended_on=None)] == ["archivist"]


@pytest.mark.parametrize("act", [part, give_new_password])
def test_neither_is_done_to_oneself_nor_by_another_office_nor_by_a_clerk(act):
    user, _ = engaged()
    with pytest.raises(OwnAccount):
        act(an_administrator(), by=an_administrator())
    with pytest.raises(ColleagueNotFound):
        act(user, by=a_member(Role.ADMINISTRATOR, "省管", office=a_province()))
    with pytest.raises(NotAnAdministrator):
        act(user, by=a_clerk())


def test_the_ledger_of_the_office_tells_each_act_without_a_name():
    user, _ = engaged()
    give_new_password(user, by=an_administrator())
    part(user, by=an_administrator())
    entries = LedgerEntry.objects.filter(chain=f"office:{an_office().code}").order_by("pk")
    acts = [entry.act for entry in entries]
    assert acts[-3:] == ["account.engaged", "account.password_given", "post.ended"]
    assert "林合" not in str([entry.facts for entry in entries])


# The own password.


def test_the_own_password_is_changed_and_other_devices_are_out():
    clerk = a_clerk()
    here, elsewhere = a_browser(clerk), a_browser(clerk)
    told = {"former": PASSWORD, "new": NEW, "again": NEW}
    assert here.post(reverse("accounts:password"), told).status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert signs_in(clerk.username, NEW)


@pytest.mark.parametrize(
    ("former", "new", "refusal"),
    [
        ("something-else", NEW, PasswordWrong),
        (PASSWORD, "short", PasswordWeak),
        (PASSWORD, "1234567890123", PasswordWeak),
        (PASSWORD, "password123", PasswordWeak),
        (PASSWORD, PASSWORD, PasswordWeak),
    ],
)
def test_a_wrong_or_weak_password_changes_nothing(former: str, new: str, refusal: type[RuleError]):
    clerk = a_clerk()
    with pytest.raises(refusal):
        change_password(clerk, former=former, new=new)
    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_two_different_new_passwords_are_told():
    answer = a_browser(a_clerk()).post(
        reverse("accounts:password"), {"former": PASSWORD, "new": NEW, "again": NEW + "x"}
    )
    assert "两次输入的新口令不一样" in answer.content.decode()


def test_l18_whoever_guesses_the_password_of_an_open_session_is_locked_out_as_at_the_sign_in():
    client = a_browser(a_clerk())
    told = {"former": "guessed-wrongly", "new": NEW, "again": NEW}
    answers = [client.post(reverse("accounts:password"), told).status_code for _ in range(5)]
    assert answers[0] == 422
    assert client.post(reverse("accounts:password"), {**told, "former": PASSWORD}).status_code == 403


def test_a_party_has_no_password_to_change():
    assert a_browser(a_worker_user()).get(reverse("accounts:password")).status_code == 302


# The beginning of a city.


def test_a_city_begins_with_its_offices_and_its_administrator():
    [(user, password)] = found(CITY)
    committee = Office.objects.get(code="YXJD")
    assert (committee.parent.code, [each.code for each in committee.windows.all()]) == ("YLJD", ["YXDX"])
    assert user.holds("accounts.manage", committee)
    assert signs_in("guan", password)


def test_founding_twice_is_founding_once():
    found(CITY)
    assert found(CITY) == []
    assert (Office.objects.count(), Post.objects.count()) == (3, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "not toml",
        "[[people]]",
        CITY.replace('kind = "county"', 'kind = "village"'),
        CITY.replace('role = "administrator"', 'role = "king"'),
        CITY.replace('parent = "YLJD"', 'parent = "NOWHERE"'),
        CITY.replace('name = "管维"\n', ""),
        CITY + 'age = "50"\n',
        CITY.replace('office = "YXJD"', 'office = "NOWHERE"'),
    ],
)
def test_whatever_is_wrong_founds_nothing(wrong: str):
    with pytest.raises(FoundingWrong):
        found(wrong)
    assert not Office.objects.exists()
    assert not User.objects.exists()


def test_the_demo_city_is_not_founded_over():
    User.objects.create_user("chen", kind=User.Kind.STAFF, is_demo=True)
    with pytest.raises(FoundingWrong):
        found(CITY)


def test_the_command_tells_each_first_password_once(tmp_path):
    (tmp_path / "city.toml").write_text(CITY, encoding="utf-8")
    first, second = (CliRunner().invoke(command, [str(tmp_path / "city.toml")]).output for _ in range(2))
    password = first.splitlines()[0].split("\t")[2]
    assert signs_in("guan", password)
    assert (password in second, "新账号0个" in second) == (False, True)
