"""Who may look at a material, and who may change its pages. Rooms above say so here when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongjian.accounts.models import User
from gongjian.cases.queries import Side, reads_health, speaks_for, visible_to
from gongjian.materials.catalog import OFFICE
from gongjian.materials.models import Material, MaterialPage

Checker = Callable[[User, Material], bool]
"""Answers for one material whether this user may."""


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
    """Whether `user` may look at any page: staff by their step, parties by their part in the case, others by a room's word."""
    if sees_whole(user, material):
        return True
    own = keeps_own(user) and material.pages.filter(added_by=user, removed_at=None).exists()
    return own and _sees_case(user, material)


def opening(user: User, material: Material) -> Opening | None:
    """How far `user` may change the material's pages now; None: not at all."""
    if not user.is_authenticated or not user.is_active:
        return None
    return next((found for opener in _openers if (found := opener(user, material))), None)


def sees_whole(user: User, material: Material) -> bool:
    """Whether every page of the material is open to `user`. Of papers about health the employer's side has only what it added, staff what their step needs."""
    if not user.is_authenticated or not user.is_active:
        return False
    return sees_by_case(user, material) or any(checker(user, material) for checker in _readers)


def sees_by_case(user: User, material: Material) -> bool:
    """Whether the material is open to `user` because of the case, not by another room's word. Papers about health: `cases.queries.reads_health`."""
    if material.case is None or not _sees_case(user, material) or _is_secret_to(user, material):
        return False
    return not material.told.sensitive or reads_health(user, material.case)


def may_see_page(user: User, page: MaterialPage) -> bool:
    """Whether `user` may look at one page: to have added one page opens that page and no other."""
    if sees_whole(user, page.material):
        return True
    return keeps_own(user) and page.added_by_id == user.pk and _sees_case(user, page.material)


def keeps_own(user: User) -> bool:
    """Parties go on seeing what they handed in; what staff scan in is not their own."""
    return user.is_authenticated and user.is_active and user.kind != User.Kind.STAFF


def _is_secret_to(user: User, material: Material) -> bool:
    """Whether a party is kept from a paper of the other side or of the office. Law: 令8 art. 15."""
    side = material.told.only_for
    if not side or user.kind == User.Kind.STAFF or material.case is None:
        return False
    return side == OFFICE or not speaks_for(user, material.case, Side(side))


def _sees_case(user: User, material: Material) -> bool:
    return material.case_id is not None and visible_to(user).filter(pk=material.case_id).exists()
