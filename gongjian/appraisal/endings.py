"""Which states of an appraisal are its end: what the office still owed then counts no more."""

from gongjian.appraisal.states import State

OVER = frozenset({State.ABANDONED, State.WITHDRAWN, State.TERMINATED, State.EFFECTIVE, State.ARCHIVED})
