"""Telling the sides of a case: a message in each box, a text message to the telephone. Never what the injury is."""

from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from gongjian.applications.reaching import agreed, tell_side
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel, State
from gongjian.papers.models import Paper
from gongjian.sittings.models import Booking

NOTICES = ("appearance", "appearance_mode", "rescheduled")
"""Messages that tell of an appointment."""
TO_THE_EMPLOYER = MappingProxyType(
    {
        "appearance": "employer_appearance",
        "appearance_mode": "employer_appearance",
        "rescheduled": "employer_appearance",
        "released": "employer_released",
        "reschedule_approved": "employer_released",
        "absence_noted": "employer_absence",
        "terminated": "employer_terminated",
    }
)
"""What the employer is told of, in words of its own: day and place, no code and no cause."""


def tell(case: Case, template: str, *, key: str, paper: Paper | None = None, **facts: Any) -> bool:
    """Write a message about the case to the side of whoever must appear, and separately to the employer's; whether the former is reached.

    key: says which message this is. Law: 令55 art. 12 (the appraisee is told).
    """
    context = _context(case, facts)
    reached = tell_side(case, Side.WORKER, key=key, template=f"sittings.{template}", context=context, paper=paper)
    if template in TO_THE_EMPLOYER:
        _tell_other_side(case, TO_THE_EMPLOYER[template], key=key, context=context, paper=paper)
    return reached


def tell_employer(case: Case, template: str, *, key: str, **facts: Any) -> None:
    """Write a message to the employer's side alone, where the person is told in other words."""
    _tell_other_side(case, template, key=key, context=_context(case, facts))


def _tell_other_side(
    case: Case, template: str, *, key: str, context: dict[str, Any], paper: Paper | None = None
) -> None:
    """Nothing where another committee has entrusted us: only the employer's name came along, and another may bear it here too."""
    if case.procedure != ENTRUSTED:
        tell_side(case, Side.EMPLOYER, key=key, template=f"sittings.{template}", context=context, paper=paper)


def _context(case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    return {"number": case.number, "office": case.office.name, **{name: said(fact) for name, fact in facts.items()}}


def notice_key(booking: Booking) -> str:
    """Which message the notice of a booking is."""
    return f"notice/{booking.pk}"


def was_told(booking: Booking) -> bool:
    """Whether the side of whoever must appear was told of the appointment before its time, and not by messages alone that have failed since.

    Law: 令55 art. 12, 14 (nothing follows from an absence nobody was told to avoid).
    """
    starts = booking.slot.starts_at
    if booking.told_at is not None and booking.told_at <= starts:
        return True
    return booking.noticed_at is not None and booking.noticed_at <= starts and not came_to_nothing(booking)


def came_to_nothing(booking: Booking) -> bool:
    """Whether every message that was to tell the side of an appointment has failed; False where none was written."""
    key = f"{booking.case.chain}/{notice_key(booking)}/{Side.WORKER.value}/"
    messages = list(Message.objects.filter(key__startswith=key))
    consented = agreed(booking.case, Side.WORKER)
    return bool(messages) and not any(_counts(message, consented=consented) for message in messages)


def _counts(message: Message, *, consented: bool) -> bool:
    """A text message that has not failed; a message in a box that was opened, or whose owner agreed to this way."""
    if message.channel == Channel.SMS:
        return message.state != State.FAILED
    return consented or message.state == State.OPENED


def said(fact: Any) -> str:
    """A day or an instant as people say it."""
    if isinstance(fact, datetime):
        local = fact.astimezone(moment.ZONE)
        return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
    return f"{fact.year}年{fact.month}月{fact.day}日" if isinstance(fact, date) else str(fact)
