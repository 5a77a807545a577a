"""The medical papers of a case, counted through from the first leaf to the last, for the one who examines it."""

from dataclasses import dataclass

from gongjian.materials.models import Material
from gongjian.materials.queries import Leaf, in_catalogue_order, leaf, leaf_count, materials_of
from gongjian.opinions.queries.access import MEDICAL, Duty


@dataclass(frozen=True, slots=True)
class Stack:
    """One paper: its title, its first leaf in the whole, how many leaves it has."""

    title: str
    first: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Papers:
    """All papers as a reader turns them. leaf: None when there is nothing to read; ahead: the next one, None at the end."""

    stacks: tuple[Stack, ...]
    total: int
    leaf: Leaf | None
    ahead: Leaf | None = None

    @property
    def number(self) -> int:
        return self.leaf.number if self.leaf else 0

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.total else None

    @property
    def stack(self) -> Stack | None:
        """The paper in which the leaf lies."""
        return next((each for each in reversed(self.stacks) if each.first <= self.number), None)


def papers_of(duty: Duty, number: int = 1) -> Papers:
    """The papers open at leaf `number`, or at the nearest there is; nothing at all while they may not be read: two queries."""
    materials = _medical(duty) if duty.may_read else []
    pages = [page for material in materials for page in material.pages.all()]
    total = leaf_count(pages)
    stacks, first = [], 1
    for material in materials:
        leaves = leaf_count(material.pages.all())
        stacks.append(Stack(material.title, first, leaves))
        first += leaves
    here = min(max(number, 1), total)
    ahead = leaf(pages, here + 1) if here < total else None
    return Papers(tuple(stacks), total, leaf(pages, here) if total else None, ahead)


def _medical(duty: Duty) -> list[Material]:
    return [each for each in in_catalogue_order(materials_of(duty.case)) if each.kind in MEDICAL]
