"""The notice to appear, or after a reschedule the notice of the other day: paper and message in one transaction."""

from functools import partial
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.appraisal.models import Application
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.papers.actions import Form, issue
from gongjian.papers.forms.sitting import AppearanceNotice, RescheduleNotice
from gongjian.papers.models import Paper
from gongjian.sittings.access import require
from gongjian.sittings.codes import shown
from gongjian.sittings.errors import ReasonMissing
from gongjian.sittings.messages import tell
from gongjian.sittings.models import Booking, Reschedule
from gongjian.sittings.owes import TELL_IN_PERSON
from gongjian.sittings.rules import BRING

ARTICLE = "令55 第十二条"


@transaction.atomic
def give_notice(booking: Booking, *, by: User | None) -> Paper:
    """Issue the notice of a booking and tell the parties; a notice given already is not given again.

    Nobody to tell by message: telling in person becomes the delivery clerk's task. Law: 令55 art. 12.
    """
    locked = Booking.objects.select_for_update(of=("self",)).select_related("notice").get(pk=booking.pk)
    if locked.notice is not None:
        return locked.notice
    request = Reschedule.objects.select_related("booking__slot").filter(settled_by=booking, postpones=True).first()
    kind, form, template = _moved(booking, request) if request else _called(booking)
    paper = issue(kind, case=booking.case, office=booking.case.office, form=form, by=by)
    Booking.objects.filter(pk=booking.pk).update(notice=paper, noticed_at=moment.now())
    booking.notice, booking.noticed_at = paper, moment.now()
    ways = tell(booking.case, template, key=f"notice/{booking.pk}", paper=paper, **_told(booking))
    if not ways:
        due = min(working_day_after(moment.today(), 1), booking.sitting.day)
        owe(booking.case, TELL_IN_PERSON, due=due, article=ARTICLE, role=Role.DELIVERY_CLERK)
    return paper


@transaction.atomic
def note_told(case: Case, *, how: str, by: User) -> None:
    """Note that somebody without a box or a telephone was told in person. how: in what way, in a word. Raises: SittingNotYours, ReasonMissing."""
    if not by.holds("delivery.deliver", case.office_id):
        require(by, "sittings.book", case.office_id)
    if not how.strip():
        raise ReasonMissing
    if fulfil(case, TELL_IN_PERSON):
        record(case.chain, "notice.told_in_person", by=by)


def letter(case: Case) -> dict[str, Any]:
    """What every letter names: who it is to, who is appraised, the case."""
    applicant = Application.objects.filter(case=case).values_list("applicant_name", flat=True).first()
    name = case.person.name
    return {"recipient": applicant or name, "appraisee": name, "case_number": case.number}


def _called(booking: Booking) -> tuple[str, Form, str]:
    return (
        "appearance_notice",
        partial(AppearanceNotice, **letter(booking.case), **_when_and_where(booking)),
        "appearance",
    )


def _moved(booking: Booking, request: Reschedule) -> tuple[str, Form, str]:
    form = partial(
        RescheduleNotice,
        **letter(booking.case),
        **_when_and_where(booking),
        former_at=request.booking.slot.starts_at,
        reason="被鉴定人有正当理由不能到场",
        days_postponed=(booking.sitting.day - request.booking.sitting.day).days,
        decide_due_on=booking.case.due_on or booking.sitting.day,
    )
    return "reschedule_notice", form, "rescheduled"


def _when_and_where(booking: Booking) -> dict[str, Any]:
    code = f"签到码：{shown(booking.exam_code)}（现场报到时出示）"
    return {"starts_at": booking.slot.starts_at, "place": booking.sitting.place, "bring": (*BRING, code)}


def _told(booking: Booking) -> dict[str, Any]:
    return {
        "at": booking.slot.starts_at,
        "place": booking.sitting.place,
        "code": shown(booking.exam_code),
        "bring": "；".join(BRING),
        "due": booking.case.due_on,
    }
