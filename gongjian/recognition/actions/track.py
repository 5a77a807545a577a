"""The simple track, with its written ground, and the way back to the ordinary one. Law: 条例 art. 20; 令8 art. 21."""

from collections.abc import Sequence

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import end_limit, start_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.law.clock import deadline
from gongjian.recognition.actions.investigation import assign
from gongjian.recognition.errors import SimpleTrackClosed
from gongjian.recognition.models import TrackChoice
from gongjian.recognition.queries import application_of, investigators_of
from gongjian.recognition.rules import ORDINARY, SIMPLE

FAST = "WI-DECIDE-FAST"


@transaction.atomic
def take_simple(case: Case, *, ground: str, by: User, with_: Sequence[User] = ()) -> Case:
    """Facts clear, rights and duties clear: fifteen days from acceptance. ground: why, in writing.

    Law: 条例 art. 20; 令8 art. 21. Raises: MoveNotAllowed, NotYours, ReasonMissing, SimpleTrackClosed, TwoInvestigators, DutyConflict.
    """
    case = locked(case)
    allowed_move(case, "take_simple", by=by)
    if not ground.strip():
        raise ReasonMissing
    accepted = application_of(case).accepted_on or moment.today()
    over = moment.today() > deadline(FAST, accepted, region=case.office.region).due
    if over or CaseLimit.objects.filter(case=case, limit=FAST).exists():
        raise SimpleTrackClosed
    if not investigators_of(case):
        assign(case, [by, *with_])
    start_limit(case, FAST, start=accepted)
    _choose(case, SIMPLE, ground, by)
    return move(case, "take_simple", by=by)


@transaction.atomic
def leave_simple(case: Case, *, ground: str, by: User) -> Case:
    """Doubt has appeared: the ordinary sixty days from acceptance count. Law: 条例 art. 20; 令8 art. 18.

    Raises: MoveNotAllowed, NotYours, ReasonMissing.
    """
    case = locked(case)
    allowed_move(case, "leave_simple", by=by)
    fall_back(case, ground=ground, by=by)
    return move(case, "leave_simple", by=by)


def fall_back(case: Case, *, ground: str, by: User) -> None:
    """The fifteen days fall away, with the reason on record. Raises: ReasonMissing."""
    if not ground.strip():
        raise ReasonMissing
    end_limit(case, FAST, on=moment.today())
    _choose(case, ORDINARY, ground, by)


def _choose(case: Case, track: str, ground: str, by: User) -> None:
    TrackChoice.objects.create(case=case, track=track, ground=ground.strip(), by=by, at=moment.now())
