"""The sittings of a day at the offices of somebody who works there."""

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.reception.models import Feedback
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import visible_sittings
from gongjian.sittings.states import LIVE, BookingState, SittingState


def sittings_of_today(user: User) -> QuerySet[Sitting]:
    """Today's published sittings with how many people are expected, here and done: one query."""
    live = Q(bookings__state__in=LIVE)
    rows = visible_sittings(user).filter(day=moment.today()).exclude(state=SittingState.PLANNED)
    return rows.annotate(
        people=Count("bookings", filter=live),
        here=Count("bookings", filter=Q(bookings__state=BookingState.PRESENT)),
        done=Count("bookings", filter=Q(bookings__state=BookingState.DONE)),
    ).order_by("starts_at", "id")


def feedback_of(sitting: Sitting) -> QuerySet[Feedback]:
    """What people thought of a sitting, newest first; nobody's name."""
    return Feedback.objects.filter(attendance__sitting=sitting).order_by("-at", "-pk")
