"""Random schedules of lines that break: requests and answers are lost, repeated and mixed up, the office is killed between any two steps.

One schedule drives two offices: a small model on the pure rules, and the real one with its tables. The device is simple: it writes into its
chain, and sends what it has not been told to have arrived. A seed is a number, and gives the same schedule whenever it is played.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from gongjian.kits import chain
from gongjian.kits.chain import START, Link, Standing, hash_of
from gongjian.kits.states import Kind, Stage

STEPS = 45
ROOMS = ("A", "B", "C")


class Killed(Exception):
    """The office died here; what its transaction had not finished never was."""


class Office(Protocol):
    """What a schedule drives. deliver: takes in events by their numbers and tells which is missing first."""

    chance: Random
    mercy: bool

    @property
    def written(self) -> int: ...
    def write(self) -> None: ...
    def deliver(self, numbers: Sequence[int]) -> int: ...
    def sweep(self) -> object: ...
    def live(self) -> None: ...


def play(office: Office, steps: int = STEPS) -> None:
    """One schedule, and then a line that holds: everything is told again until the office says that nothing is missing."""
    requests: list[list[int]] = []
    missing = 1
    for _ in range(steps):
        missing = _step(office, requests, missing)
    office.mercy = True
    office.live()
    for _ in range(office.written + 1):
        missing = office.deliver(range(missing, office.written + 1))
    office.sweep()
    assert missing == office.written + 1


def _step(office: Office, requests: list[list[int]], missing: int) -> int:
    chance = office.chance
    act = chance.choice(("write", "write", "write", "send", "send", "again", "sweep", "live"))
    if act == "write":
        office.write()
    elif act == "live":
        office.live()
    elif act == "sweep":
        _or_killed(office.sweep)
    elif act == "again" and requests:
        _or_killed(lambda: office.deliver(chance.choice(requests)))
    elif act == "send":
        requests.append(_mixed_up(chance, list(range(missing, office.written + 1))))
        if chance.random() < 0.3:
            return missing  # the request is lost; it may still arrive, much later
        answer = _or_killed(lambda: office.deliver(requests[-1]))
        if answer is not None and chance.random() < 0.7:
            return answer
    return missing


def _mixed_up(chance: Random, numbers: list[int]) -> list[int]:
    """A request whose parts come in any order, and now and then without one of them."""
    if chance.random() < 0.4:
        chance.shuffle(numbers)
    if numbers and chance.random() < 0.25:
        numbers.remove(chance.choice(numbers))
    return numbers


def _or_killed(act: Callable[[], object]) -> int | None:
    try:
        told = act()
    except Killed:
        return None
    return told if isinstance(told, int) else None


@dataclass
class Model:
    """The office in plain values: what it has taken in, how each event stands, and everything it ever did."""

    chance: Random
    mercy: bool = False
    chain: list[tuple[Link, str, Kind]] = field(default_factory=list)
    known: dict[int, str] = field(default_factory=dict)
    stages: dict[int, Stage] = field(default_factory=dict)
    done: list[int] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    sealed: set[str] = field(default_factory=set)

    @property
    def written(self) -> int:
        return len(self.chain)

    def write(self) -> None:
        """The expert writes; nothing more is written about what was sealed."""
        open_ones = [room for room in ROOMS if (room, Kind.SEALED) not in {each[1:] for each in self.chain}]
        if not open_ones:
            return
        n, room = self.written + 1, self.chance.choice(open_ones)
        kind = self.chance.choices((Kind.DRAFTED, Kind.PICTURED, Kind.SEALED), (6, 2, 1))[0]
        before = self.chain[-1][0].hash if self.chain else START
        self.chain.append((Link(n, hash_of(f"{before}/{n}/{self.chance.random()}"), before), room, kind))

    def deliver(self, numbers: Sequence[int]) -> int:
        self._may_die()
        new = chain.taken_in(self.known, [self.chain[n - 1][0] for n in numbers])
        self.known |= {link.n: link.hash for link in new}
        self.stages |= dict.fromkeys((link.n for link in new), Stage.WAITING)
        self.sweep()
        return len(self.known) + 1

    def sweep(self) -> None:
        tried = set[int]()
        while ready := [n for n in chain.to_try(self.standings()) if n not in tried]:
            tried.update(ready)
            for n in ready:
                self._may_die()
                self._try(n)

    def live(self) -> None:
        """Somebody is called into a room, or the same sheet is written on at the office. A line that holds comes when all were called."""
        self.called |= set(ROOMS) if self.mercy else {self.chance.choice(ROOMS)}
        if not self.mercy and self.chance.random() < 0.3:
            self.elsewhere.add(self.chance.choice(ROOMS))

    def standings(self) -> list[Standing]:
        return [Standing(n, self.chain[n - 1][1], self.chain[n - 1][2], stage) for n, stage in self.stages.items()]

    def _try(self, n: int) -> None:
        _, room, kind = self.chain[n - 1]
        code = self._refusal(room, kind)
        if code and chain.passes(code):
            return
        self.stages[n] = Stage.CONFLICT if code else Stage.MERGED
        self.done.append(n)
        if kind is Kind.SEALED and not code:
            self.sealed.add(room)
        for late in chain.overtaken(self.standings(), n):
            self.stages[late] = Stage.OVERTAKEN

    def _refusal(self, room: str, kind: Kind) -> str:
        if kind is Kind.SEALED:
            return "" if room in self.called else "opinions.not_called_yet"
        return "opinions.draft_changed_meanwhile" if kind is Kind.DRAFTED and room in self.elsewhere else ""

    def _may_die(self) -> None:
        if not self.mercy and self.chance.random() < 0.15:
            raise Killed


def unlike(seed: int) -> list[str]:
    """What did not converge in the schedule of this seed: nothing, if all is well."""
    office = Model(Random(seed))
    play(office)
    chain = {link.n: link.hash for link, _, _ in office.chain}
    wrong = []
    if office.known != chain or office.stages.keys() != chain.keys():
        wrong.append(f"{seed}: the office's chain is not the device's")
    if sorted(office.done) != sorted(chain):
        wrong.append(f"{seed}: something was done twice, or never: {sorted(office.done)}")
    if Stage.WAITING in office.stages.values():
        wrong.append(f"{seed}: something waits for ever")
    for room in ROOMS:
        mine = [n for n in office.done if office.chain[n - 1][1] == room]
        if mine != sorted(mine):
            wrong.append(f"{seed}: out of order in {room}")
    return wrong
