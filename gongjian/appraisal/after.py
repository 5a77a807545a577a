"""What follows from a withdrawal in rooms above this one: they make themselves known at start and are called in the same transaction."""

from collections.abc import Callable

from gongjian.accounts.models import User
from gongjian.cases.models import Case

Follower = Callable[[Case, User], object]
FOLLOWERS: list[Follower] = []


def follow_withdrawal(follower: Follower) -> None:
    """Let `follower` be called with each withdrawn case and who withdrew it. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def tell_withdrawal(case: Case, *, by: User) -> None:
    """Call everyone who follows. What one refuses, refuses the withdrawal."""
    for follower in FOLLOWERS:
        follower(case, by)
