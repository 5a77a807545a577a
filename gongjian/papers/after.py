"""What follows from an issued paper in rooms above this one: they make themselves known at start and are called in the same transaction."""

from collections.abc import Callable

from gongjian.papers.models import Paper

Follower = Callable[[Paper], object]
FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let `follower` be called with each issued paper. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def tell(paper: Paper) -> None:
    """Call everyone who follows. What one refuses, refuses the paper."""
    for follower in FOLLOWERS:
        follower(paper)
