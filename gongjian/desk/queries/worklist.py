"""A page of the worklist as the template shows it."""

from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.cases.labels import label_of, labels
from gongjian.cases.models import URGENT, Obligation
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import worklist
from gongjian.cases.queries.places import in_address, read_place
from gongjian.draws.owes import PREPARE_DRAW


@dataclass(frozen=True)
class Row:
    """One line: what is owed in which case, by when. sitting: the number of the sitting, where it is owed for all its people."""

    obligation: Obligation
    label: str
    state: str
    sitting: str

    @property
    def is_urgent(self) -> bool:
        """Whether the case is in the green channel."""
        return self.obligation.priority == URGENT


@dataclass(frozen=True)
class Page:
    """A page of the worklist; `older` is the place after it, for the address."""

    rows: list[Row]
    older: str


def page(user: User, *, after: str = "", kind: str = "") -> Page:
    """What `user`'s desks owe, the green channel first, then the oldest due day. after: "1.2026-03-09.17" as `older` gave it; anything else starts anew. kind: of work; one nobody knows holds nothing."""
    if kind and kind not in labels():
        return Page([], "")
    found = worklist(user, after=read_place(after), kind=kind)
    rows = [Row(one, label_of(one.kind), state_of(one), _sitting(one)) for one in found.rows]
    return Page(rows, in_address(found.after))


def state_of(obligation: Obligation) -> str:
    """The state of the obligation's case, in words."""
    return procedure_of(obligation.case.procedure).labels[obligation.case.state]


def _sitting(obligation: Obligation) -> str:
    return obligation.about if obligation.kind == PREPARE_DRAW else ""
