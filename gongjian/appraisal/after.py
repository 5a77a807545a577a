"""What follows from a withdrawal or a death in rooms above this one: they make themselves known at start and are called in the same transaction."""

from collections.abc import Callable

from gongjian.accounts.models import User
from gongjian.cases.models import Case

Follower = Callable[[Case, User], object]
FOLLOWERS: list[Follower] = []
AFTER_DEATH: list[Follower] = []


def follow_withdrawal(follower: Follower) -> None:
    """Let `follower` be called with each withdrawn case and who withdrew it. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def tell_withdrawal(case: Case, *, by: User) -> None:
    """Call everyone who follows. What one refuses, refuses the withdrawal."""
    for follower in FOLLOWERS:
        follower(case, by)


def follow_death(follower: Follower) -> None:
    """Let `follower` be called with each case whose appraisee has died and who noted it. A second time changes nothing."""
    if follower not in AFTER_DEATH:
        AFTER_DEATH.append(follower)


def tell_death(case: Case, *, by: User) -> None:
    """Call everyone who follows a death. What one refuses, refuses the note."""
    for follower in AFTER_DEATH:
        follower(case, by)
