"""The second draw, at the door: each person who has checked in goes to a group, drawn among those that fit, with better chances for the less loaded.

Until then neither side can know. The list of the day, with needs and conflicts, is committed like the first draw; every arrival
has its own stream, bound to all arrivals before it and to a word the person may choose, so that no order can be tried out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gongjian.draws.errors import DoorClosedTo, NoGroupFits, PlanWrong, ReceiptUnreadable, SecretUsedBefore, SecretWrong
from gongjian.draws.lot.canonical import ALGORITHM, FIRST, Document, canonical, digest, rank
from gongjian.draws.lot.plan import Recusal, is_plain, read_recusals
from gongjian.draws.lot.receipt import body_hash
from gongjian.draws.lot.records import check_records, read_algorithm
from gongjian.draws.lot.stream import Stream
from gongjian.draws.lot.words import Word, check_words, secret_hash, seed

KIND = "gongjian/door-commitment"
RECEIPT_KIND = "gongjian/door-receipt"
TICKETS = 4
"""Lots of the least loaded group; a group with one person more has one lot less."""


@dataclass(frozen=True)
class DoorGroup:
    """A group that receives people: what its experts cover, and how many people it already has."""

    id: str
    specialties: tuple[str, ...]
    load: int = 0


@dataclass(frozen=True)
class Visitor:
    """A person expected, under the exam code: the specialties needed, and the groups that must not see them, with reasons."""

    id: str
    needs: tuple[str, ...]
    conflicts: tuple[Recusal, ...] = ()


@dataclass(frozen=True)
class DoorCommitment:
    """The list of the day. sitting: its number. receipt: hash of the draw that formed the groups."""

    sitting: str
    receipt: str
    groups: tuple[DoorGroup, ...]
    visitors: tuple[Visitor, ...]
    secret_hash: str
    prior: tuple[str, ...] = ()
    algorithm: str = ALGORITHM

    def document(self) -> Document:
        return {
            "kind": KIND,
            "algorithm": self.algorithm,
            "sitting": self.sitting,
            "receipt": self.receipt,
            "groups": [{"id": g.id, "specialties": list(g.specialties), "load": g.load} for g in self.groups],
            "visitors": [
                {"id": one.id, "needs": list(one.needs), "conflicts": [each.document() for each in one.conflicts]}
                for one in self.visitors
            ],
            "secret_hash": self.secret_hash,
            "prior": list(self.prior),
        }

    @property
    def records(self) -> tuple[str, ...]:
        """The record behind every conflict."""
        return tuple(one.record for visitor in self.visitors for one in visitor.conflicts)

    @cached_property
    def hash(self) -> str:
        return digest("door", canonical(self.document()))


@dataclass(frozen=True)
class Arrival:
    """A person sent to a group. word: what the person chose, may be empty. late: conflicts declared at the door."""

    person: str
    word: str
    late: tuple[Recusal, ...]
    group: str
    hash: str


@dataclass(frozen=True)
class Door:
    """A door that has been opened, and everyone who came so far. Give out `document()` only when the day is over: it opens the secret."""

    commitment: DoorCommitment
    words: tuple[Word, ...]
    secret: bytes
    arrivals: tuple[Arrival, ...] = ()

    def loads(self) -> dict[str, int]:
        """People per group, those it had before included."""
        sent = [arrival.group for arrival in self.arrivals]
        return {group.id: group.load + sent.count(group.id) for group in self.commitment.groups}

    def document(self) -> Document:
        body: Document = {
            "kind": RECEIPT_KIND,
            "algorithm": self.commitment.algorithm,
            "commitment": self.commitment.document(),
            "commitment_hash": self.commitment.hash,
            "words": [word.document() for word in self.words],
            "secret": self.secret.hex(),
            "seed": self._seed().hex(),
            "arrivals": [_arrival(arrival) for arrival in self.arrivals],
            "last": self.last,
        }
        return {**body, "hash": body_hash(body)}

    @property
    def text(self) -> bytes:
        """The file given out when the day is over."""
        return canonical(self.document()) + b"\n"

    @property
    def last(self) -> str:
        """The hash of the last arrival, or of the commitment when nobody has come: shown on each slip."""
        return self.arrivals[-1].hash if self.arrivals else self.commitment.hash

    def _seed(self) -> bytes:
        return seed(self.commitment.hash, self.secret, self.words)

    def send(self, person: str, *, word: str = "", late: Sequence[Recusal] = ()) -> "Door":
        """The door after this person was sent to a group: the last of its `arrivals`. Raises: DoorClosedTo, NoGroupFits.

        A second time only where `late` bars every group that had them before: it can judge them no more. Records of reasons are left out of
        what decides: whoever writes them could try many.
        """
        expected = {visitor.id: visitor for visitor in self.commitment.visitors}
        former = {arrival.group for arrival in self.arrivals if arrival.person == person}
        if person not in expected or not former <= {one.group for one in late}:
            raise DoorClosedTo(person=person)
        fitting = fitting_groups(self.commitment.groups, expected[person], late)
        if not fitting:
            raise NoGroupFits(person=person)
        bars = [{"group": one.group, "reason": one.reason} for one in late]
        link = digest("arrival", bytes.fromhex(self.last), canonical({"person": person, "word": word, "late": bars}))
        loads = self.loads()
        lots = tickets([loads[group] for group in fitting], self.commitment.algorithm)
        group = Stream(self._seed(), f"door/{link}").choose_weighted(fitting, lots)
        return replace(self, arrivals=(*self.arrivals, Arrival(person, word, tuple(late), group, link)))


def tickets(loads: Sequence[int], algorithm: str = ALGORITHM) -> list[int]:
    """How many lots each of the fitting groups has, given how many people each has received.

    TICKETS for the least loaded, one less for each person more; a group further ahead has none, except that the nearest of them have one
    where otherwise a single group would be left: as long as two groups fit, nobody can know. Under the first algorithm only the least loaded had one.
    """
    least = min(loads)
    if algorithm == FIRST:
        return [int(load == least) for load in loads]
    lots = [max(0, TICKETS - (load - least)) for load in loads]
    ahead = [load for load, lot in zip(loads, lots, strict=True) if not lot]
    if len(loads) - len(ahead) == 1 and ahead:
        return [lot or int(load == min(ahead)) for load, lot in zip(loads, lots, strict=True)]
    return lots


def fitting_groups(groups: Sequence[DoorGroup], visitor: Visitor, late: Sequence[Recusal] = ()) -> list[str]:
    """Groups with every specialty the person needs and no conflict, in committed order."""
    barred = {recusal.group for recusal in (*visitor.conflicts, *late)}
    return [group.id for group in groups if group.id not in barred and set(visitor.needs) <= set(group.specialties)]


def commit_door(
    sitting: str, *, receipt: str, groups: Sequence[DoorGroup], visitors: Sequence[Visitor],
    secret: bytes, prior: Sequence[str] = (), used: Collection[str] = (),
) -> DoorCommitment:  # fmt: skip
    """Fix the list of the day: `prior`, `used` and `secret` as in `commitment.commit`.

    Raises: PlanWrong, NoGroupFits for a person whom no group can see, SecretWrong, SecretUsedBefore.
    """
    commitment = _ordered(
        DoorCommitment(sitting, receipt, tuple(groups), tuple(visitors), secret_hash(secret), tuple(prior))
    )
    check_records(commitment.records, ALGORITHM)
    for visitor in commitment.visitors:
        if not fitting_groups(commitment.groups, visitor):
            raise NoGroupFits(person=visitor.id)
    if commitment.secret_hash in used:
        raise SecretUsedBefore
    return commitment


def open_door(commitment: DoorCommitment, *, secret: bytes, words: Sequence[Word]) -> Door:
    """Open the door when all words are in. Raises: SecretWrong, WordsMissing, WordWrong."""
    if secret_hash(secret) != commitment.secret_hash:
        raise SecretWrong
    check_words(commitment.hash, words)
    return Door(commitment, tuple(words), secret)


def read_door(document: Document) -> DoorCommitment:
    """The commitment a document states, if exactly in canonical order. Raises: ReceiptUnreadable."""
    try:
        commitment = _ordered(_read(document))
        check_records(commitment.records, commitment.algorithm)
    except (KeyError, TypeError, AttributeError, ValueError, PlanWrong) as error:
        raise ReceiptUnreadable(what="当日名单不完整或自相矛盾") from error
    if canonical(commitment.document()) != canonical(document):
        raise ReceiptUnreadable(what="当日名单不是规范写法，或算法版本不同")
    return commitment


def _read(document: Document) -> DoorCommitment:
    groups = [DoorGroup(part["id"], tuple(part["specialties"]), part["load"]) for part in document["groups"]]
    visitors = [
        Visitor(part["id"], tuple(part["needs"]), read_recusals(part["conflicts"])) for part in document["visitors"]
    ]
    return DoorCommitment(
        document["sitting"], document["receipt"], tuple(groups), tuple(visitors),
        document["secret_hash"], tuple(document["prior"]), read_algorithm(document),
    )  # fmt: skip


def _ordered(commitment: DoorCommitment) -> DoorCommitment:
    """People in the order of their codes, specialties sorted. Raises: PlanWrong."""
    groups = tuple(
        replace(group, specialties=tuple(sorted(set(group.specialties), key=rank))) for group in commitment.groups
    )
    visitors = sorted(
        (_ordered_visitor(visitor) for visitor in commitment.visitors), key=lambda visitor: rank(visitor.id)
    )
    for ids in ([group.id for group in groups], [visitor.id for visitor in visitors]):
        if len(set(ids)) < len(ids) or not ids or not all(map(is_plain, ids)):
            raise PlanWrong(what="专家组或鉴定编码为空、重复或含有控制字符")
    if not all(type(group.load) is int and group.load >= 0 for group in groups):
        raise PlanWrong(what="专家组的人数应为不小于0的整数")
    return replace(commitment, groups=groups, visitors=tuple(visitors))


def _ordered_visitor(visitor: Visitor) -> Visitor:
    conflicts = tuple(sorted(visitor.conflicts, key=lambda recusal: (rank(recusal.group), rank(recusal.reason))))
    return replace(visitor, needs=tuple(sorted(set(visitor.needs), key=rank)), conflicts=conflicts)


def _arrival(arrival: Arrival) -> Document:
    facts: Document = {"person": arrival.person, "word": arrival.word, "late": [one.document() for one in arrival.late]}
    return {**facts, "group": arrival.group, "hash": arrival.hash}
