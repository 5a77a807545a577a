"""What follows from a conclusion in rooms above this one: they make themselves known at start and are called in the same transaction."""

from collections.abc import Callable

from gongjian.conclusions.models import Conclusion

Follower = Callable[[Conclusion], object]
FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let `follower` be called with each new conclusion. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def tell(conclusion: Conclusion) -> None:
    """Call everyone who follows. What one refuses, refuses the conclusion."""
    for follower in FOLLOWERS:
        follower(conclusion)
