"""What an office's administrator does for accounts: engage a colleague, end the posts of who leaves, give a new password."""

import secrets
from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongjian.accounts.administering import APPOINTABLE, administered, colleague, end_sessions
from gongjian.accounts.errors import OwnAccount, PasswordWeak, PasswordWrong, PostNeeded, UsernameTaken
from gongjian.accounts.models import Office, Post, User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def new_password() -> str:
    """Sixteen signs that nobody mistakes for one another, in groups: 79 bits."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


@transaction.atomic
def engage(name: str, username: str, roles: Collection[str], *, office: Office, by: User) -> tuple[User, str]:
    """Open the account of a new colleague with posts at `office`; the account, and its first password, which is kept nowhere.

    Raises: NotAnAdministrator, PostNeeded for no post or one that is not given this way, UsernameTaken.
    """
    if office.pk not in administered(by) or not roles or not set(roles) <= set(APPOINTABLE):
        raise PostNeeded
    user, password = open_account(name, username, User.Kind.STAFF)
    Post.objects.bulk_create(Post(user=user, office=office, role=role) for role in sorted(set(roles)))
    record(f"office:{office.code}", "account.engaged", by=by, user=user.pk, roles=sorted(set(roles)))
    return user, password


def open_account(name: str, username: str, kind: User.Kind) -> tuple[User, str]:
    """An account with a first password. Called within a transaction that records it. Raises: UsernameTaken."""
    password = new_password()
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password, name=name, kind=kind, created_at=moment.now()), password
    except IntegrityError as error:
        raise UsernameTaken(username=username) from error


@transaction.atomic
def part(user: User, *, by: User) -> None:
    """End the posts of a colleague at the offices that `by` administers. Without any post left the account is closed; sessions end.

    Raises: NotAnAdministrator, ColleagueNotFound, OwnAccount.
    """
    found = _another(user, by)
    posts = Post.objects.filter(user=found, office__in=administered(by), ended_on=None).select_related("office")
    for post in posts:
        record(f"office:{post.office.code}", "post.ended", by=by, user=found.pk, role=post.role)
    posts.update(ended_on=moment.today())
    if not Post.objects.filter(user=found, ended_on=None).exists():
        User.objects.filter(pk=found.pk).update(is_active=False)
    end_sessions(found)


@transaction.atomic
def give_new_password(user: User, *, by: User) -> str:
    """A new password for a colleague who forgot theirs, which is kept nowhere; all their sessions end.

    Raises: NotAnAdministrator, ColleagueNotFound, OwnAccount.
    """
    found = _another(user, by)
    password = new_password()
    found.set_password(password)
    found.save(update_fields=["password"])
    end_sessions(found)
    office = found.posts.filter(ended_on=None, office__in=administered(by)).order_by("office_id")[0].office
    record(f"office:{office.code}", "account.password_given", by=by, user=found.pk)
    return password


@transaction.atomic
def change_password(user: User, *, former: str, new: str) -> None:
    """One's own password; all sessions of the former one end. Raises: PasswordWrong, PasswordWeak."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.check_password(former):
        raise PasswordWrong
    if new == former or not _is_strong(new, locked):
        raise PasswordWeak
    locked.set_password(new)
    locked.save(update_fields=["password"])
    end_sessions(locked)
    record(f"account:{locked.pk}", "account.password_changed", by=locked)


def _is_strong(password: str, user: User) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


def _another(user: User, by: User) -> User:
    found = User.objects.select_for_update().get(pk=colleague(user.pk, by=by).pk)
    if found.pk == by.pk:
        raise OwnAccount
    return found
