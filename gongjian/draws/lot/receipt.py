"""The receipt: everything needed to repeat a draw, in one document, and the record of late conflicts that follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongjian.draws.errors import NotTaking
from gongjian.draws.lot.canonical import Document, canonical, digest
from gongjian.draws.lot.commitment import Commitment
from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.drawing import Outcome, Place, run
from gongjian.draws.lot.leximin import Chances, leximin
from gongjian.draws.lot.plan import Expert, Recusal
from gongjian.draws.lot.records import recorded
from gongjian.draws.lot.reserves import next_reserve
from gongjian.draws.lot.words import Word, check_words, seed

KIND = "gongjian/draw-receipt"
EVERYWHERE = "*"
AFTER = ("hash", "late", "sitting", "last")


@dataclass(frozen=True)
class Late:
    """A conflict known after the draw. group: EVERYWHERE when the expert cannot come at all. reason, record: as of `plan.Recusal`."""

    expert: str
    group: str
    reason: str
    record: str = ""


@dataclass(frozen=True)
class Call:
    """What a late conflict led to: `called` took the seat; empty when no seat fell free, or no reserve fits (`vacant`)."""

    late: Late
    seats: tuple[tuple[str, int, str], ...]  # group, seat, expert called


@dataclass(frozen=True)
class Receipt:
    """A draw that has been held. `sitting`: who sits after all late conflicts."""

    commitment: Commitment
    words: tuple[Word, ...]
    secret: bytes
    chances: Chances
    outcome: Outcome
    calls: tuple[Call, ...]
    sitting: tuple[Place, ...]

    def document(self) -> Document:
        body = self._body()
        drawn = body_hash(body)
        return {**body, "hash": drawn, **self.after(drawn)}

    def after(self, drawn: str) -> Document:
        """What came after the draw with this hash; `last` is the hash of the last late conflict, or of the draw."""
        late = self._late(drawn)
        sitting = [_place(place) for place in self.sitting]
        return {"late": late, "sitting": sitting, "last": late[-1]["hash"] if late else drawn}

    @property
    def text(self) -> bytes:
        """The file given out."""
        return canonical(self.document()) + b"\n"

    @property
    def hash(self) -> str:
        """The hash of the draw as it was held; late conflicts do not change it, each has its own."""
        return body_hash(self._body())

    @property
    def vacant(self) -> tuple[Place, ...]:
        """Seats for which no reserve was left: they need a draw of their own."""
        return tuple(place for place in self.sitting if not place.expert)

    def _body(self) -> Document:
        experts = self.commitment.plan.experts
        return {
            "kind": KIND,
            "algorithm": self.commitment.algorithm,
            "commitment": self.commitment.document(),
            "commitment_hash": self.commitment.hash,
            "words": [word.document() for word in self.words],
            "secret": self.secret.hex(),
            "seed": seed(self.commitment.hash, self.secret, self.words).hex(),
            "chances": [[expert.id, str(of)] for expert, of in zip(experts, self.chances.of, strict=True)],
            "certificate": [level.document() for level in self.chances.levels],
            "redraws": self.outcome.redraws,
            "places": [_place(place) for place in self.outcome.places],
            "reserves": [{"wants": reserve.wants, "expert": reserve.expert} for reserve in self.outcome.reserves],
        }

    def _late(self, previous: str) -> list[Document]:
        """Late conflicts, each with a hash over the one before, the first over the draw's: none can be changed or slipped in."""
        documents = []
        for call in self.calls:
            late = call.late
            entry: Document = {"expert": late.expert, "group": late.group, "reason": late.reason}
            entry |= recorded(late.record)
            entry["seats"] = [list(seat) for seat in call.seats]
            previous = digest("late", bytes.fromhex(previous), canonical(entry))
            documents.append({**entry, "hash": previous})
        return documents


def body_hash(document: Document) -> str:
    """The hash of a receipt without its hash and what came later."""
    body = {key: value for key, value in document.items() if key not in AFTER}
    return digest("receipt", canonical(body))


def draw(commitment: Commitment, *, secret: bytes, words: Sequence[Word]) -> Receipt:
    """Hold the draw. Raises: SecretWrong, WordsMissing, WordWrong, NotSeated."""
    commitment.check_secret(secret)
    check_words(commitment.hash, words)
    return repeat(commitment, secret=secret, words=words)


def repeat(commitment: Commitment, *, secret: bytes, words: Sequence[Word]) -> Receipt:
    """What follows from these inputs, without asking whether they are the committed ones. Raises: NotSeated."""
    plan = commitment.plan
    chances = leximin(group_demand(plan))
    outcome = run(plan, seed(commitment.hash, secret, words), chances.of)
    return Receipt(commitment, tuple(words), secret, chances, outcome, (), outcome.places)


def late_conflict(receipt: Receipt, *, expert: str, group: str, reason: str, record: str = "") -> Receipt:
    """Record a conflict known after the draw: the seats it frees go to the next committed reserve who fits, and to nobody else.

    group: a group's id, or EVERYWHERE. An expert not seated there who is a reserve is only passed over from now on.
    Raises: NotTaking.
    """
    late = Late(expert, group, reason, record)
    known = {place.expert for place in receipt.sitting} | {reserve.expert for reserve in receipt.outcome.reserves}
    groups = {place.group for place in receipt.sitting} | {EVERYWHERE}
    if not expert or expert not in known or group not in groups:
        raise NotTaking(expert=expert)
    told = (*(call.late for call in receipt.calls), late)
    sitting = list(receipt.sitting)
    seats = []
    for number, place in enumerate(sitting):
        if place.expert == expert and group in (place.group, EVERYWHERE):
            sitting[number] = replace(place, expert=_successor(receipt, sitting, place, told))
            seats.append((place.group, place.seat, sitting[number].expert))
    return replace(receipt, calls=(*receipt.calls, Call(late, tuple(seats))), sitting=tuple(sitting))


def _successor(receipt: Receipt, sitting: Sequence[Place], place: Place, told: Sequence[Late]) -> str:
    """The reserve who takes a seat that fell free, or an empty id."""
    plan = receipt.commitment.plan
    of = {one.id: one for one in plan.experts}
    called = {seat[2] for call in receipt.calls for seat in call.seats}
    gone = {late.expert for late in told if late.group == EVERYWHERE} | called | {place.expert}
    waiting = [
        _with_late(of[reserve.expert], told)
        for reserve in receipt.outcome.reserves
        if reserve.expert and reserve.expert not in gone
    ]
    mates = [
        of[other.expert] for other in sitting if other.group == place.group and other.expert not in ("", place.expert)
    ]
    hospitals = {mate.hospital for mate in mates} if plan.one_per_hospital else set()
    slot = next(slot for slot in plan.slots if (slot.group, slot.seat) == (place.group, place.seat))
    found = next_reserve(waiting, slot, hospitals)
    return found.id if found else ""


def _with_late(expert: Expert, told: Sequence[Late]) -> Expert:
    more = tuple(Recusal(late.group, late.reason) for late in told if late.expert == expert.id)
    return replace(expert, recusals=expert.recusals + more)


def _place(place: Place) -> Document:
    return {"group": place.group, "seat": place.seat, "wants": place.wants, "expert": place.expert}
