"""Which states of an appraisal are its end: what the office still owed then counts no more."""

from gongjian.appraisal.states import State

OVER = frozenset(
    {
        State.REFUSED,
        State.ABANDONED,
        State.WITHDRAWN,
        State.TERMINATED,
        State.DECEASED,
        State.EFFECTIVE,
        State.ARCHIVED,
    }
)
