"""Valid offices and users from no arguments. The cast is shared with the demo: see `demo/`."""

from functools import cache

from django.conf import LazySettings, settings
from django.contrib.auth.hashers import make_password

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.kernel.fields import blind_index

PASSWORD = "Yunxi-demo-2026"
REACHED = {"address": "云溪市临江路8号政务服务中心二楼", "telephone": "199 0000 0000"}
"""Where an office is found: no paper goes out without it."""


def hashed() -> str:
    """The password as it is kept; hashed once for a run and a hasher, for hashing is slow on purpose."""
    return _hashed(settings.PASSWORD_HASHERS[0])


@cache
def _hashed(hasher: str) -> str:
    return make_password(PASSWORD)


def a_province() -> Office:
    return _office("YL-JD", "云岭省劳动能力鉴定委员会", "省鉴定委", Office.Kind.PROVINCE, "990000", None)


def an_office(code: str = "YXJD", name: str = "云溪市劳动能力鉴定委员会") -> Office:
    return _office(code, name, "市鉴定委", Office.Kind.COMMITTEE, "990100", a_province())


def _office(code: str, name: str, short: str, kind: Office.Kind, region: str, parent: Office | None) -> Office:
    told = {"name": name, "short_name": short, "kind": kind, "region": region, "parent": parent, **REACHED}
    return Office.objects.get_or_create(code=code, defaults=told)[0]


def a_member(role: Role, name: str = "", *, office: Office | None = None) -> User:
    """A member of staff with one post at the city committee (or another office)."""
    office = office or an_office()
    username = f"{role.value}@{office.code}{name}".lower()
    told = {"name": name or NAMES[role], "kind": User.Kind.STAFF, "card_number": f"执{role.value}"}
    user, _ = User.objects.get_or_create(username=username, defaults={**told, "password": hashed()})
    Post.objects.get_or_create(user=user, office=office, role=role)
    return user


NAMES = {
    Role.WINDOW_CLERK: "陈晓窗",
    Role.INVESTIGATOR: "查实言",
    Role.REVIEWER: "沈审言",
    Role.SCHEDULER: "邱排云",
    Role.DRAW_OFFICER: "唐抽言",
    Role.EXAM_STAFF: "简当日",
    Role.SIGNER: "方签石",
    Role.DELIVERY_CLERK: "宋达",
    Role.ARCHIVIST: "柯存卷",
    Role.SUPERVISOR: "严督",
    Role.ADMINISTRATOR: "管维",
}


def a_clerk() -> User:
    return a_member(Role.WINDOW_CLERK)


def a_reviewer() -> User:
    return a_member(Role.REVIEWER)


def a_scheduler() -> User:
    return a_member(Role.SCHEDULER)


def a_draw_officer() -> User:
    return a_member(Role.DRAW_OFFICER)


def an_exam_staff() -> User:
    return a_member(Role.EXAM_STAFF)


def the_signer() -> User:
    return a_member(Role.SIGNER)


def a_delivery_clerk() -> User:
    return a_member(Role.DELIVERY_CLERK)


def an_archivist() -> User:
    return a_member(Role.ARCHIVIST)


def a_supervisor() -> User:
    return a_member(Role.SUPERVISOR)


def an_administrator() -> User:
    return a_member(Role.ADMINISTRATOR)


def an_applicant(telephone: str = "19900000001", name: str = "林知远") -> User:
    """A party who signs in by a telephone code."""
    index = blind_index(telephone, "telephone")
    known = User.objects.filter(telephone_index=index).first()
    return known or User.objects.create_user(
        f"p-{index[:16]}", name=name, kind=User.Kind.APPLICANT, telephone=telephone, telephone_index=index
    )


def a_worker_user() -> User:
    return an_applicant()


def an_employer_user() -> User:
    return an_applicant("19900000002", "周若岚")


def an_expert_user(username: str = "expert-luo", name: str = "骆骨生") -> User:
    told = {"name": name, "kind": User.Kind.EXPERT, "password": hashed()}
    return User.objects.get_or_create(username=username, defaults=told)[0]


def an_outsider() -> User:
    """A stranger who must see nothing."""
    return an_applicant("19900009999", "外人甲")


def in_the_demo(settings: LazySettings) -> None:
    """Make this the demo city, and everybody who is there by now its cast."""
    settings.DEMO = True
    User.objects.update(is_demo=True)
