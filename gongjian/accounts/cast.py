"""Who can be played in the demo city, and where their case stands: each with one click on the sign-in page."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gongjian.accounts.models import User
from gongjian.accounts.queries import cast_of_the_demo

STANDS: list[Callable[[Sequence[User]], Mapping[int, str]]] = []
"""What rooms above know of the parties: user id → one short phrase."""


class Player(NamedTuple):
    """One of the cast. stands: where their case stands; empty for who has none."""

    user: User
    stands: str


def players() -> list[Player]:
    """The cast of the demo city; nobody anywhere else."""
    cast = cast_of_the_demo()
    parties = [user for user in cast if user.kind == User.Kind.APPLICANT]
    told = {pk: phrase for stands in STANDS for pk, phrase in stands(parties).items()} if parties else {}
    return [Player(user, told.get(user.pk, "")) for user in cast]
