"""The plan of a draw: who could sit, who could not and why, which seats there are, in what order.

Law: 令55 art. 11 (groups of 3 or 5 experts of the specialties needed, drawn at random from the pool).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from gongjian.draws.errors import PlanWrong
from gongjian.draws.lot.canonical import Document, rank
from gongjian.draws.lot.records import recorded

ANY = "*"
GROUP_SIZES = (3, 5)
LARGEST_PLAN = 100  # groups


@dataclass(frozen=True)
class Recusal:
    """An expert must not sit in one group, or a group not see a person. reason: a neutral class; record: the hash of what stands behind it."""

    group: str
    reason: str
    record: str = ""

    def document(self) -> Document:
        return {"group": self.group, "reason": self.reason, **recorded(self.record)}


@dataclass(frozen=True)
class Expert:
    """One who can be drawn. `hospital` may be empty: then no hospital condition applies."""

    id: str
    specialties: tuple[str, ...]
    hospital: str = ""
    recusals: tuple[Recusal, ...] = ()

    def has(self, wanted: str) -> bool:
        return wanted == ANY or wanted in self.specialties

    def may_sit_in(self, group: str) -> bool:
        return all(recusal.group != group for recusal in self.recusals)


@dataclass(frozen=True)
class Excluded:
    """One of the pool who cannot be drawn this time. reason: a neutral class; record: the hash of what stands behind it."""

    id: str
    reason: str
    specialties: tuple[str, ...] = ()
    record: str = ""

    def document(self) -> Document:
        specialties = list(self.specialties)
        return {"id": self.id, "reason": self.reason, "specialties": specialties, **recorded(self.record)}


@dataclass(frozen=True)
class Group:
    """A group and the specialty of each of its seats, or ANY; the order of seats is the order of seating."""

    id: str
    wants: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """One seat: `seat` counts from 1 within its group."""

    group: str
    seat: int
    wants: str


@dataclass(frozen=True)
class Plan:
    """Everything that is fixed before the first word. Experts stand in the order of their ids."""

    draw: str
    office: str
    experts: tuple[Expert, ...]
    groups: tuple[Group, ...]
    reserves: tuple[str, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    one_per_hospital: bool = True

    @property
    def records(self) -> tuple[str, ...]:
        """The record behind every exclusion and recusal."""
        recusals = [recusal.record for expert in self.experts for recusal in expert.recusals]
        return (*(one.record for one in self.excluded), *recusals)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(Slot(g.id, seat, wants) for g in self.groups for seat, wants in enumerate(g.wants, start=1))

    def ordered(self) -> "Plan":
        """The same plan in canonical order. Raises: PlanWrong."""
        plan = Plan(
            self.draw, self.office,
            tuple(sorted(map(_ordered_expert, self.experts), key=lambda expert: rank(expert.id))),
            self.groups, self.reserves,
            tuple(sorted(self.excluded, key=lambda one: rank(one.id))), self.one_per_hospital,
        )  # fmt: skip
        for fault in _faults(plan):
            raise PlanWrong(what=fault)
        return plan

    def document(self) -> Document:
        return {
            "draw": self.draw,
            "office": self.office,
            "experts": [_expert_document(expert) for expert in self.experts],
            "excluded": [one.document() for one in self.excluded],
            "groups": [{"id": group.id, "wants": list(group.wants)} for group in self.groups],
            "reserves": list(self.reserves),
            "one_per_hospital": self.one_per_hospital,
        }


def read_plan(document: Document) -> Plan:
    """The plan a document describes. Raises: KeyError, TypeError, AttributeError for a foreign shape; PlanWrong for a foreign content."""
    experts = tuple(_read_expert(part) for part in document["experts"])
    excluded = tuple(
        Excluded(part["id"], part["reason"], tuple(part["specialties"]), part.get("record", ""))
        for part in document["excluded"]
    )
    if document["one_per_hospital"] not in (True, False):
        raise TypeError(document["one_per_hospital"])
    groups = tuple(Group(part["id"], tuple(part["wants"])) for part in document["groups"])
    return Plan(
        document["draw"], document["office"], experts, groups,
        tuple(document["reserves"]), excluded, document["one_per_hospital"],
    ).ordered()  # fmt: skip


def _ordered_expert(expert: Expert) -> Expert:
    recusals = tuple(sorted(expert.recusals, key=lambda recusal: (rank(recusal.group), rank(recusal.reason))))
    return Expert(expert.id, tuple(sorted(set(expert.specialties), key=rank)), expert.hospital, recusals)


def _expert_document(expert: Expert) -> Document:
    return {
        "id": expert.id,
        "specialties": list(expert.specialties),
        "hospital": expert.hospital,
        "recusals": [recusal.document() for recusal in expert.recusals],
    }


def read_recusals(parts: Iterable[Document]) -> tuple[Recusal, ...]:
    return tuple(Recusal(part["group"], part["reason"], part.get("record", "")) for part in parts)


def _read_expert(part: Document) -> Expert:
    return Expert(part["id"], tuple(part["specialties"]), part["hospital"], read_recusals(part["recusals"]))


def _faults(plan: Plan) -> Iterator[str]:
    """What contradicts itself in a plan, in words."""
    if not all(is_plain(text) for text in _texts(plan)):
        yield "编号、专业和理由必须是不含控制字符的文字，且不超过100字"
    people = [expert.id for expert in plan.experts] + [one.id for one in plan.excluded]
    if len(set(people)) < len(people):
        yield "同一专家出现了两次"
    groups = [group.id for group in plan.groups]
    if len(set(groups)) < len(groups) or not 1 <= len(groups) <= LARGEST_PLAN:
        yield f"专家组应有1至{LARGEST_PLAN}个，编号不能重复"
    if any(len(group.wants) not in GROUP_SIZES for group in plan.groups):
        yield "每个专家组应为3人或5人"
    if any(recusal.group not in groups for expert in plan.experts for recusal in expert.recusals):
        yield "回避名单中有不存在的专家组"
    if any(not expert.specialties or ANY in expert.specialties for expert in plan.experts):
        yield "每名专家至少要有一个专业"


def _texts(plan: Plan) -> Iterable[Any]:
    yield from (plan.draw, plan.office, *plan.reserves)
    for group in plan.groups:
        yield from (group.id, *group.wants)
    for one in plan.excluded:
        yield from (one.id, one.reason, *one.specialties)
    for expert in plan.experts:
        yield from (expert.id, expert.hospital or ANY, *expert.specialties)
        yield from (text for recusal in expert.recusals for text in (recusal.group, recusal.reason))


def is_plain(text: Any) -> bool:
    return isinstance(text, str) and 1 <= len(text) <= 100 and text.isprintable() and normalize("NFC", text) == text
