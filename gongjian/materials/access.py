"""Who may look at a material, and who may change its pages. Rooms above say so here when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongjian.accounts.models import User
from gongjian.cases.queries import visible_to
from gongjian.materials.models import Material

Checker = Callable[[User, Material], bool]
"""Answers for one material whether this user may."""
HEALTH_PARTIES = ("worker", "relative", "agent")
"""Parties who have a part in the person's health; the employer reads only what it handed in itself."""


@dataclass(frozen=True)
class Opening:
    """A material's pages may be added to. Pages that came before `since` were handed in for good; None: nothing was yet."""

    since: datetime | None = None


Opener = Callable[[User, Material], Opening | None]
"""Answers for one material whether this user may change it now, and since when what they add may be taken back."""
_readers: list[Checker] = []
_openers: list[Opener] = []


def allow(checker: Checker) -> Checker:
    """Let a room open materials to whom `checker` says yes: the owner of a draft, an expert by exam code. Twice is once."""
    if checker not in _readers:
        _readers.append(checker)
    return checker


def allow_change(opener: Opener) -> Opener:
    """Let a room open a material's pages to change. Twice is once."""
    if opener not in _openers:
        _openers.append(opener)
    return opener


def may_see(user: User, material: Material) -> bool:
    """Whether `user` may look at the material: staff by their offices, parties by their part in the case, others by a room's word."""
    if not user.is_authenticated or not user.is_active:
        return False
    return _sees_by_case(user, material) or any(checker(user, material) for checker in _readers)


def opening(user: User, material: Material) -> Opening | None:
    """How far `user` may change the material's pages now; None: not at all."""
    if not user.is_authenticated or not user.is_active:
        return None
    return next((found for opener in _openers if (found := opener(user, material))), None)


def _sees_by_case(user: User, material: Material) -> bool:
    if material.case_id is None or not visible_to(user).filter(pk=material.case_id).exists():
        return False
    if user.kind == User.Kind.STAFF or not material.told.sensitive:
        return True
    if material.pages.filter(added_by=user).exists():
        return True
    return user.case_parties.filter(case_id=material.case_id, capacity__in=HEALTH_PARTIES).exists()
