"""What an office's administrator does for its people: take off a second factor that was lost."""

from enum import StrEnum
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongjian.accounts.entrance import HALF
from gongjian.accounts.errors import (
    ColleagueNotFound,
    NoSecondFactor,
    NotAnAdministrator,
    NotToAppoint,
    OwnSecondFactor,
    ReasonNeeded,
)
from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import PERMISSIONS, Role
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.law.identity import check_id_number

MANAGE = "accounts.manage"
APPOINTABLE = [role for role in Role if role not in (Role.SUPERVISOR, Role.ADMINISTRATOR)]
"""Posts that an administrator gives: those that watch over the others are not among them."""


class Reason(StrEnum):
    """Why a second factor is taken off; the ledger keeps the code, never a story."""

    LOST = "lost"
    BROKEN = "broken"
    REPLACED = "replaced"
    STOLEN = "stolen"

    @property
    def label(self) -> str:
        return REASONS[self]


REASONS = {
    Reason.LOST: "手机或者验证器遗失",
    Reason.BROKEN: "手机或者验证器损坏",
    Reason.REPLACED: "更换了手机，验证器没有迁移",
    Reason.STOLEN: "手机被盗，或者怀疑他人能看到动态口令",
}


def colleagues(administrator: User) -> QuerySet[User]:
    """Staff with a live post at the very office that `administrator` administers; `is_bound`: a second factor is switched on;
    `live_posts`: what they do.

    Raises: NotAnAdministrator.
    """
    posts = Post.objects.filter(user=OuterRef("pk"), office__in=administered(administrator), ended_on=None)
    bound = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    staff = User.objects.filter(Exists(posts), kind=User.Kind.STAFF).annotate(is_bound=Exists(bound))
    live = Prefetch("posts", Post.objects.filter(ended_on=None).select_related("office"), to_attr="live_posts")
    return staff.prefetch_related(live).order_by("name", "pk")


def colleague(pk: int, *, by: User) -> User:
    """One of them. Raises: NotAnAdministrator, ColleagueNotFound, also for anybody of another office."""
    found = colleagues(by).filter(pk=pk).first()
    if found is None:
        raise ColleagueNotFound
    return found


@transaction.atomic
def unbind_second_factor(user: User, *, reason: str, by: User) -> None:
    """Take off the second factor of a colleague who has lost it: it no longer holds, every session of theirs ends, and they are told.

    reason: a code of `Reason`. Raises: NotAnAdministrator, ColleagueNotFound, OwnSecondFactor, ReasonNeeded, NoSecondFactor.
    """
    found = colleague(user.pk, by=by)
    User.objects.select_for_update().get(pk=found.pk)
    if found.pk == by.pk:
        raise OwnSecondFactor
    if reason not in REASONS:
        raise ReasonNeeded
    devices = list(TOTPDevice.objects.filter(user=found, confirmed=True).values_list("pk", flat=True))
    if not devices:
        raise NoSecondFactor
    TOTPDevice.objects.filter(user=found).delete()
    ended = end_sessions(found)
    office = _shared_office(found, by)
    record(f"office:{office.code}", "account.second_factor_off", by=by, user=found.pk, reason=reason, sessions=ended)
    _tell(found, office, key=f"account:second-factor-off/{devices[0]}")


def may_appoint(user: User) -> bool:
    """Whether `user` gives posts at an office."""
    return user.holds(MANAGE)


@transaction.atomic
def appoint(user: User, role: Role, *, by: User) -> Post:
    """Give a colleague one more post at the office that both belong to. Twice is once.

    Raises: NotAnAdministrator, ColleagueNotFound, NotToAppoint for oneself and for posts that watch over the others.
    """
    found = colleague(user.pk, by=by)
    if found.pk == by.pk or role not in APPOINTABLE:
        raise NotToAppoint
    office = _shared_office(found, by)
    post, made = Post.objects.get_or_create(user=found, office=office, role=role, ended_on=None)
    if made:
        record(f"office:{office.code}", "post.given", by=by, user=found.pk, role=role)
    return post


@transaction.atomic
def register_identity(user: User, id_number: str, *, by: User) -> None:
    """Keep the blind index of a colleague's identity number, so that they never act in their own case; the number itself is not kept.

    Law: 令55 art. 28. Raises: NotAnAdministrator, ColleagueNotFound, IdNumberWrong.
    """
    found = colleague(user.pk, by=by)
    told = check_id_number(id_number)
    User.objects.filter(pk=found.pk).update(id_index=blind_index(told.text, "id_number"))
    record(f"office:{_shared_office(found, by).code}", "account.identity_registered", by=by, user=found.pk)


def end_sessions(user: User) -> int:
    """End every session of a user, and every sign-in that still waits for the second factor; how many."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=moment.now()).iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) or (held.get(HALF) or {}).get("user") == user.pk:
            session.delete()
            ended += 1
    return ended


def administered(user: User) -> set[int]:
    """The ids of the offices that a user administers. Raises: NotAnAdministrator for none."""
    offices = {post.office_id for post in user.posts_held() if MANAGE in PERMISSIONS[Role(post.role)]}
    if not offices or not user.is_active:
        raise NotAnAdministrator
    return offices


def _shared_office(user: User, by: User) -> Office:
    return Office.objects.filter(pk__in=administered(by), posts__user=user, posts__ended_on=None).order_by("pk")[0]


def _tell(user: User, office: Office, *, key: str) -> None:
    context = {"office": office.name, "at": f"{moment.now().astimezone(moment.ZONE):%Y-%m-%d %H:%M}"}
    told: dict[str, Any] = {"template": "accounts.second_factor_off", "context": context, "by_office": office.code}
    send(key=f"{key}/inbox", channel=Channel.INBOX, user=user, chain="", **told)
    if user.telephone:
        send(key=f"{key}/sms", channel=Channel.SMS, to=user.telephone, chain="", **told)
