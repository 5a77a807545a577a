"""Every act of a procedure tried in every state by somebody, held against a walk written out by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from gongjian.accounts.models import User
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case
from gongjian.law.errors import RuleError

Answers = dict[tuple[str, str], str]
"""(state, act) → the state it leads to, or the name of the refusal."""


@dataclass(frozen=True)
class Matrix:
    """walk: (act, from, to, who may) as the law gives it; states: of the procedure, in order; make: a case of it."""

    walk: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    states: tuple[str, ...]
    make: Callable[[], Case]

    @property
    def acts(self) -> list[str]:
        """Every act of the walk, once."""
        return sorted({act for act, *_ in self.walk})

    def answers(self, who: Callable[[], User | None]) -> Answers:
        """Every act tried by one person in every state of a case in which only its parties have a part."""
        return self.tried(self.make(), who())

    def tried(self, case: Case, by: User | None) -> Answers:
        """Every act tried by one person in every state of this case."""
        return {(state, act): answer(case, state, act, by) for state in self.states for act in self.acts}

    def expected(self, *words: str) -> Answers:
        """What the walk answers to somebody who is all of these words."""
        ends = {(start, act): end if set(words) & set(may) else NotYours.__name__ for act, start, end, may in self.walk}
        return {
            (state, act): ends.get((state, act), MoveNotAllowed.__name__) for state in self.states for act in self.acts
        }


def answer(case: Case, state: str, act: str, by: User | None) -> str:
    """What a person who tries an act in a state is answered: the state it leads to, or the name of the refusal."""
    case.state = state
    try:
        return str(allowed_move(case, act, by=by).end)
    except RuleError as refusal:
        return type(refusal).__name__
