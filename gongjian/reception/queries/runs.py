"""What is done for a whole sitting: the runs, how far they have come, and what the rooms above the examination still have to do."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.cases.queries import open_to
from gongjian.conclusions.queries.lists import to_sign
from gongjian.delivery.queries.lists import to_post
from gongjian.reception.errors import RunNotFound
from gongjian.reception.models import Run, RunTurn
from gongjian.reception.states import PERMISSIONS, POSSIBLE_IN, Operation
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import visible_sittings
from gongjian.sittings.states import BookingState, SittingState


@dataclass(frozen=True)
class Progress:
    """How far a run has come."""

    total: int
    done: int
    refused: int

    @property
    def tried(self) -> int:
        return self.done + self.refused

    @property
    def is_over(self) -> bool:
        return self.tried == self.total


@dataclass(frozen=True)
class Offer:
    """An operation as the page offers it. count: whose turn it is; run: the one under way."""

    operation: Operation
    count: int
    run: Run | None


def whose_turn(sitting: Sitting, operation: Operation) -> QuerySet[Booking]:
    """The bookings for which an operation is still to be done. Who has come is not absent, whether identified or not. Law: 令55 art. 12, 14."""
    booked = Booking.objects.filter(sitting=sitting, state=BookingState.BOOKED).order_by("slot__starts_at", "id")
    return booked.filter(notice=None) if operation is Operation.NOTICES else booked.filter(attendance=None)


def run_for(pk: int, *, by: User) -> Run:
    """One run of a sitting that `by` may see. Raises: RunNotFound."""
    rows = Run.objects.select_related("sitting", "by").filter(pk=pk, sitting__in=visible_sittings(by))
    run = rows.first()
    if run is None:
        raise RunNotFound
    return run


def progress_of(run: Run) -> Progress:
    """How far a run has come: one query."""
    turns = list(run.turns.values_list("done_at", "refusal"))
    return Progress(len(turns), sum(done is not None for done, _ in turns), sum(bool(text) for _, text in turns))


def refusals_of(run: Run, *, by: User) -> list[RunTurn]:
    """What was not done, in turn, without the cases from which `by` keeps away."""
    rows = run.turns.exclude(refusal="").select_related("booking__case").order_by("id")
    return list(open_to(rows, by, at="booking__case"))


def offers(sitting: Sitting, user: User) -> list[Offer]:
    """What `user` may do for the whole sitting now."""
    under_way = {run.operation: run for run in Run.objects.filter(sitting=sitting, finished_at=None)}
    mine = [act for act in Operation if user.holds(PERMISSIONS[act], sitting.office_id)]
    able = [act for act in mine if SittingState(sitting.state) in POSSIBLE_IN[act]]
    return [Offer(act, whose_turn(sitting, act).count(), under_way.get(act.value)) for act in able]


def cases_to_sign(sitting: Sitting, user: User) -> list[int]:
    """Ids of the sitting's cases that wait for this signer."""
    theirs = _cases(sitting)
    return [each.case.pk for each in to_sign(user) if each.case.pk in theirs]


def deliveries_to_post(sitting: Sitting, user: User) -> list[int]:
    """Ids of the deliveries of the sitting's cases that may go to the post."""
    theirs = _cases(sitting)
    return [row.pk for row in to_post(user, sitting.office) if row.case_id in theirs]


def _cases(sitting: Sitting) -> set[int]:
    return set(Booking.objects.filter(sitting=sitting).values_list("case_id", flat=True))
