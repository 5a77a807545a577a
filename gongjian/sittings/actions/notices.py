"""The notice to appear, or after a reschedule the notice of the other day: paper and message in one transaction."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.law.modes import Mode, ModeRule
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.sitting import AppearanceNotice, RescheduleNotice
from gongjian.papers.models import Paper
from gongjian.sittings.access import require
from gongjian.sittings.codes import shown
from gongjian.sittings.errors import ReasonMissing
from gongjian.sittings.fitting import rule_of
from gongjian.sittings.messages import notice_key, tell
from gongjian.sittings.models import Booking, Reschedule
from gongjian.sittings.owes import TELL_IN_PERSON
from gongjian.sittings.queries import live_booking
from gongjian.sittings.rules import BRING, postponed_until

ARTICLE = "令55 第十二条"
OF_ANOTHER = "这次检查受您申请鉴定的鉴定委员会委托进行，结论由该委员会作出并送达。"


@transaction.atomic
def give_notice(booking: Booking, *, by: User | None) -> Paper:
    """Issue the notice of a booking to whoever must appear and tell both sides; a notice given already is not given again.

    The booking counts as told of when the side of whoever must appear is reached. Where nothing reaches it, telling in person becomes the
    delivery clerk's task, whatever has reached the employer. Law: 令55 art. 12.
    """
    locked = Booking.objects.select_for_update(of=("self",)).select_related("notice").get(pk=booking.pk)
    if locked.notice is not None:
        return locked.notice
    request = Reschedule.objects.select_related("booking__slot").filter(settled_by=booking, postpones=True).first()
    kind, form, template = _moved(booking, request) if request else _called(booking)
    if booking.sitting.mode != Mode.HALL or booking.case.procedure == ENTRUSTED:
        template = "appearance_mode"
    paper = issue(kind, case=booking.case, office=booking.case.office, form=form, by=by, recipient=Side.WORKER)
    reached = tell(booking.case, template, key=notice_key(booking), paper=paper, **_told(booking))
    booking.notice, booking.noticed_at = paper, moment.now() if reached else None
    booking.save(update_fields=["notice", "noticed_at"])
    if not reached:
        owe_in_person(booking)
    return paper


def owe_in_person(booking: Booking) -> None:
    """Make telling whoever must appear the delivery clerk's task."""
    due = max(moment.today(), min(working_day_after(moment.today(), 1), booking.sitting.day))
    owe(booking.case, TELL_IN_PERSON, due=due, article=ARTICLE, role=Role.DELIVERY_CLERK)


@transaction.atomic
def note_told(case: Case, *, how: str, by: User) -> None:
    """Note that whoever must appear was told in person, when and by whom. how: in what way, in a word; kept encrypted.

    Law: 令55 art. 12. Raises: SittingNotYours, ReasonMissing.
    """
    if not by.holds("delivery.deliver", case.office_id):
        require(by, "sittings.book", case.office_id)
    if not how.strip():
        raise ReasonMissing
    if fulfil(case, TELL_IN_PERSON):
        _on_record(live_booking(case), at=moment.now(), how=how.strip(), by=by)
        record(case.chain, "notice.told_in_person", by=by)


@transaction.atomic
def note_served(paper: Paper, *, on: date) -> None:
    """The notice of a booking was served on paper: its person has been told of the appointment by the end of that day. Law: 令55 art. 12."""
    booking = Booking.objects.filter(notice=paper).first()
    if booking is not None:
        fulfil(booking.case, TELL_IN_PERSON)
        _on_record(booking, at=moment.at(on, 23, 59), how="送达回证", by=None)


def _on_record(booking: Booking | None, *, at: datetime, how: str, by: User | None) -> None:
    """Keep since when the person knows, apart from any message; what is known to be earlier stays."""
    if booking is None or (booking.told_at and booking.told_at <= at):
        return
    booking.told_at, booking.told_how, booking.told_by = at, how, by
    booking.noticed_at = min(booking.noticed_at or at, at)
    booking.save(update_fields=["told_at", "told_how", "told_by", "noticed_at"])


def letter(case: Case) -> dict[str, Any]:
    """What every letter names: it is to whoever is appraised, by whomever the application was made; the case."""
    return {"recipient": case.person.name, "appraisee": case.person.name, "case_number": case.number}


def _called(booking: Booking) -> tuple[str, Form, str]:
    return (
        "appearance_notice",
        partial(AppearanceNotice, **letter(booking.case), **_when_and_where(booking)),
        "appearance",
    )


def _moved(booking: Booking, request: Reschedule) -> tuple[str, Form, str]:
    until = postponed_until(
        request.available_from,
        day=booking.sitting.day,
        on=moment.day_of(booking.booked_at),
        region=booking.case.office.region,
    )
    form = partial(
        RescheduleNotice,
        **letter(booking.case),
        **_when_and_where(booking),
        former_at=request.booking.slot.starts_at,
        reason="被鉴定人有正当理由不能到场",
        days_postponed=(until - request.booking.sitting.day).days,
        decide_due_on=booking.case.due_on or booking.sitting.day,
    )
    return "reschedule_notice", form, "rescheduled"


def _when_and_where(booking: Booking) -> dict[str, Any]:
    rule = rule_of(booking.sitting)
    code = f"签到码：{shown(booking.exam_code)}（核验身份时出示）"
    return {
        "starts_at": booking.slot.starts_at,
        "place": booking.place,
        "bring": (*BRING, code),
        "way": rule.title,
        "words": _words(booking, rule),
    }


def _words(booking: Booking, rule: ModeRule) -> tuple[str, ...]:
    """What the table says of the mode; and whose conclusion it will be, where another committee has entrusted us."""
    return (*rule.words, OF_ANOTHER) if booking.case.procedure == ENTRUSTED else rule.words


def _told(booking: Booking) -> dict[str, Any]:
    rule = rule_of(booking.sitting)
    return {
        "at": booking.slot.starts_at,
        "place": booking.public_place,
        "way": rule.title,
        "words": "".join(_words(booking, rule)),
        "brief": rule.words[0],
        "code": shown(booking.exam_code),
        "bring": "；".join(BRING),
        "due": booking.case.due_on,
    }
