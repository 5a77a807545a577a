"""What a person thought of the day: one of five words, and their own if they like. Nobody who decides the case reads it with a name."""

from django.db import transaction

from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.reception.errors import FeedbackTooEarly, MarkMissing
from gongjian.reception.models import Attendance, Feedback
from gongjian.reception.states import Mark
from gongjian.sittings.states import BookingState

LONGEST = 500


@transaction.atomic
def give_feedback(attendance: Attendance, *, mark: str, words: str = "") -> Feedback:
    """Keep what somebody says once their examination is over; the first word stays. Raises: FeedbackTooEarly, MarkMissing."""
    locked = (
        Attendance.objects.select_for_update(of=("self",)).select_related("booking", "sitting").get(pk=attendance.pk)
    )
    if locked.booking.state != BookingState.DONE:
        raise FeedbackTooEarly
    if mark not in set(Mark):
        raise MarkMissing
    told = {"mark": mark, "words": words.strip()[:LONGEST], "at": moment.now()}
    kept, is_new = Feedback.objects.get_or_create(attendance=locked, defaults=told)
    if is_new:
        record(locked.sitting.chain, "feedback.given", by=None)
    return kept
