"""An expert's list of the day, and what the expert has sealed before: codes and dates, nothing else."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear, TruncDate

from gongjian.accounts.models import User
from gongjian.opinions.models import Assignment, Deliberation, Opinion, Round
from gongjian.opinions.queries import group
from gongjian.opinions.queries.access import Duty, Stage
from gongjian.opinions.queries.group import Seating
from gongjian.sittings.states import QueueState

ORDER = (Stage.DELIBERATE, Stage.EXAMINE, Stage.DECLARE, Stage.SEALED, Stage.OVER)


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the day under its exam code. ticket: what the hall calls."""

    duty: Duty
    ticket: int | None
    queue: QueueState | None

    @property
    def is_called(self) -> bool:
        """Whether the person has been called into the room."""
        return self.queue == QueueState.CALLED


def todays_lines(user: User) -> list[Line]:
    """The cases that `user` examines today, those in the room first: seven queries however many cases there are."""
    if user.kind != User.Kind.EXPERT or not user.is_active:
        return []
    seatings = group.seatings_of(user)
    cases = [seating.case.pk for seating in seatings]
    assigned = list(Assignment.objects.filter(case__in=cases))
    rounds = {(row.case_id, row.turn): row for row in Round.objects.filter(case__in=cases).order_by("number")}
    sealed = {row.assignment_id: row for row in Opinion.objects.filter(round__in=rounds.values())}
    talks = {row.round_id: row for row in Deliberation.objects.filter(case__in=cases, closed_at=None)}
    lines = [
        Line(_duty(each, user, assigned, sealed, rounds, talks), each.ticket, each.queue)
        for each in seatings
        if not _is_taken(each, user, assigned, sealed)
    ]
    return sorted(lines, key=lambda line: (not line.is_called, ORDER.index(line.duty.stage)))


def sealed_by(user: User) -> QuerySet[Opinion]:
    """What `user` has sealed, newest first; of the case only its exam code may be shown."""
    mine = Opinion.objects.filter(assignment__user=user).select_related("assignment", "round")
    return mine.order_by("-sealed_at", "-pk")


@dataclass(frozen=True, slots=True)
class Service:
    """What an expert did for the committee in one year. days: on which something was sealed; cases: each counted once, whatever its rounds."""

    year: int
    days: int
    cases: int


def service_of(user: User) -> list[Service]:
    """`user`'s service by year, the latest first: the proof of it that a hospital weighs for titles and posts.

    Law: 令55 art. 26.
    """
    by_year = Opinion.objects.filter(assignment__user=user).order_by().values(year=ExtractYear("sealed_at"))
    counted = by_year.annotate(
        days=Count(TruncDate("sealed_at"), distinct=True), cases=Count("assignment__case", distinct=True)
    )
    return [Service(row["year"], row["days"], row["cases"]) for row in counted.order_by("-year")]


def _duty(
    each: Seating,
    user: User,
    assigned: list[Assignment],
    sealed: dict[int, Opinion],
    rounds: dict[tuple[int, int], Round],
    talks: dict[int, Deliberation],
) -> Duty:
    here = (each.case.pk, each.panel.turn)
    mine = next((row for row in assigned if (row.case_id, row.turn) == here and row.user_id == user.pk), None)
    opinion, latest = sealed.get(mine.pk) if mine else None, rounds.get(here)
    return Duty(each.case, each.panel, each.member, mine, latest, opinion, talks.get(latest.pk) if latest else None)


def _is_taken(each: Seating, user: User, assigned: list[Assignment], sealed: dict[int, Opinion]) -> bool:
    """Whether the case is closed to `user`: left before, or the seat's opinion was sealed by who held it earlier."""
    for row in assigned:
        if (row.case_id, row.turn) != (each.case.pk, each.panel.turn):
            continue
        if row.user_id == user.pk and row.closed_at is not None:
            return True
        other = row.user_id != user.pk and row.closed_at is None
        if other and row.seat == each.member.seat and row.pk in sealed:
            return True
    return False
