"""The person asks for their recordings; the office grants, or refuses on a ground of the list."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, sides_of, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.recordings.access import ANSWER, require
from gongjian.recordings.errors import (
    AskedAlready,
    NothingToGive,
    NotToldSide,
    RecordingNotFound,
    RequestAnswered,
    WishMissing,
)
from gongjian.recordings.models import Recording, Request
from gongjian.recordings.owes import ANSWER_RECORDING
from gongjian.recordings.queries import open_request
from gongjian.recordings.rules import answer_due, check_refusal
from gongjian.recordings.states import RequestState, Wish

ARTICLE = "个保法 第四十五条"


@transaction.atomic
def ask(case: Case, *, wish: str, by: User) -> Request:
    """The person's side asks to see their recordings, or for a copy; the office owes an answer by a day.

    Law: 个保法 art. 44, 45, 50. Raises: NotToldSide, RecordingNotFound, WishMissing, AskedAlready.
    """
    if not speaks_for(by, case, Side.WORKER):
        raise NotToldSide if sides_of(by, case) else RecordingNotFound
    if wish not in set(Wish):
        raise WishMissing
    held = locked(case)
    if waits := open_request(held):
        raise AskedAlready(due=waits.due_on)
    due = answer_due(moment.today(), region=held.office.region)
    row = Request.objects.create(case=held, wish=wish, asked_by=by, asked_at=moment.now(), due_on=due)
    owe(held, ANSWER_RECORDING, due=due, article=ARTICLE, role=Role.REVIEWER)
    record(held.chain, "recording.asked", by=by, wish=wish)
    return row


@transaction.atomic
def grant(case: Case, *, by: User) -> Request:
    """Let the person's side see what is kept. Law: 个保法 art. 45. Raises: RecordingNotYours, RequestAnswered, NothingToGive."""
    row = _asked(case, by)
    if not Recording.objects.filter(booking__case=case, erased_at=None).exists():
        raise NothingToGive
    return _answer(row, RequestState.GRANTED, "", "", by)


@transaction.atomic
def refuse(case: Case, *, ground: str, words: str, by: User) -> Request:
    """Say no on a ground of the list, in words. Law: 个保法 art. 45, 50. Raises: RecordingNotYours, RequestAnswered, GroundMissing."""
    row = _asked(case, by)
    check_refusal(ground, words)
    return _answer(row, RequestState.REFUSED, ground, words.strip(), by)


def _asked(case: Case, by: User) -> Request:
    require(by, ANSWER, case.office_id)
    row = open_request(locked(case))
    if row is None:
        raise RequestAnswered
    return row


def _answer(row: Request, state: RequestState, ground: str, words: str, by: User) -> Request:
    row.state, row.ground, row.answer = state, ground, words
    row.decided_by, row.decided_at = by, moment.now()
    row.save(update_fields=["state", "ground", "answer", "decided_by", "decided_at"])
    fulfil(row.case, ANSWER_RECORDING)
    record(row.case.chain, f"recording.request_{state.value}", by=by, ground=ground)
    return row
