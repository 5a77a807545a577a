"""The account under which an expert signs in: opened once, and a new password for who forgot theirs."""

from django.db import transaction

from gongjian.accounts.administering import end_sessions
from gongjian.accounts.engaging import new_password, open_account
from gongjian.accounts.models import User
from gongjian.experts.actions.pool import chain_of, lock, save
from gongjian.experts.errors import AccountAlready, NoAccount
from gongjian.experts.models import Expert
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def open_account_of(expert: Expert, username: str, *, by: User) -> tuple[User, str]:
    """Open an expert's account; the account, and its first password, which is kept nowhere.

    Raises: PoolNotYours, DismissedAlready, AccountAlready, UsernameTaken.
    """
    locked = lock(expert, by=by)
    if locked.user_id:
        raise AccountAlready
    user, password = open_account(locked.name, username, User.Kind.EXPERT)
    save(locked, user=user)
    record(chain_of(locked), "expert.account_opened", by=by, expert=locked.number, user=user.pk)
    return user, password


@transaction.atomic
def new_password_of(expert: Expert, *, by: User) -> tuple[User, str]:
    """A new password for an expert; all their sessions end. What they sealed stays sealed and signed.

    Raises: PoolNotYours, DismissedAlready, NoAccount.
    """
    locked = lock(expert, by=by)
    if locked.user_id is None:
        raise NoAccount
    user = User.objects.select_for_update().get(pk=locked.user_id)
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    record(chain_of(locked), "expert.password_given", by=by, expert=locked.number, user=user.pk)
    return user, password
