"""Who did not come: noting it, hearing why, deciding whether the reason is a good one."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.applications.reaching import applicant_side
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.law.parameters import parameter
from gongjian.sittings.access import require, require_appraisee
from gongjian.sittings.actions.rescheduling import put_request
from gongjian.sittings.errors import (
    AbsenceDecided,
    AbsenceOpen,
    BookingNotFound,
    NotExpected,
    NoticeNotGiven,
    ReasonMissing,
    StillExpected,
)
from gongjian.sittings.messages import tell, was_told
from gongjian.sittings.models import Absence, Booking
from gongjian.sittings.owes import DECIDE_ABSENCE, EXPLAIN_ABSENCE
from gongjian.sittings.queries import absence_of, unjustified_absences
from gongjian.sittings.rules import check_wait
from gongjian.sittings.states import AbsenceState, BookingState, CameBy

ARTICLE = "令55 第十四条"
EXPLAIN_DAYS = 3
"""Working days in which a person may say why they did not come, where staff set no other day."""


@transaction.atomic
def note_absence(booking: Booking, *, by: User, explain_by: date | None = None) -> Absence:
    """Note that a person did not come, after the sitting's end, and ask them why.

    Law: 令55 art. 14 (only absence without good reason ends the appraisal). Raises: SittingNotYours, StillExpected, NotExpected.
    """
    require(by, "sittings.check_in", booking.sitting.office_id)
    if moment.now() < booking.sitting.ends_at:
        raise StillExpected
    if not Booking.objects.filter(pk=booking.pk, state=BookingState.BOOKED).update(state=BookingState.ABSENT):
        booking.refresh_from_db(fields=["state"])
        raise NotExpected(state=BookingState(booking.state).label)
    booking.state = BookingState.ABSENT
    until = explain_by or working_day_after(moment.today(), EXPLAIN_DAYS)
    absence = Absence.objects.create(booking=booking, noted_by=by, noted_at=moment.now(), explain_by=until)
    fulfil(booking.case, DECIDE_ABSENCE)  # found by the sweep with an earlier day
    owe(booking.case, DECIDE_ABSENCE, due=until, article=ARTICLE, role=Role.EXAM_STAFF)
    owe(booking.case, EXPLAIN_ABSENCE, due=until, article=ARTICLE, party=_who_explains(booking.case))
    record(booking.case.chain, "absence.noted", by=by, sitting=booking.sitting.number, explain_by=until)
    tell(booking.case, "absence_noted", key=f"absence/{booking.pk}", at=booking.slot.starts_at, by_day=until)
    return absence


@transaction.atomic
def explain_absence(case: Case, *, explanation: str, by: User) -> Absence:
    """Keep what a person says about their absence: their side in the portal, or staff who took it down. The first word stays.

    Law: 令55 art. 14. Raises: ForTheOtherSide, SittingNotYours, BookingNotFound, AbsenceDecided, ReasonMissing.
    """
    require_appraisee(by, case, "sittings.check_in")
    if not explanation.strip():
        raise ReasonMissing
    absence = _open(case)
    absence.explanation = f"{absence.explanation}\n{explanation.strip()}".strip()
    absence.explained_at = absence.explained_at or moment.now()
    absence.save(update_fields=["explanation", "explained_at"])
    fulfil(case, EXPLAIN_ABSENCE)
    record(case.chain, "absence.explained", by=by)
    return absence


@transaction.atomic
def decide_absence(
    case: Case, *, justified: bool, reason: str, by: User, available_from: date | None = None
) -> Absence:
    """Decide about an absence. A good reason: the scheduler is asked for another day. None: this appraisal can be ended.

    Who was not told of the day has a good reason, and the lost days are the office's own. Without an explanation nothing is held against the person before the day to explain is over. Where the locality allows more
    than one no-show, the case gets another day, and the lost days count.
    Law: 令55 art. 12, art. 14; the number of no-shows is the locality's. Raises: SittingNotYours, BookingNotFound, AbsenceDecided,
    AbsenceOpen, NoticeNotGiven, DayOutOfBounds, ReasonMissing.
    """
    require(by, "sittings.terminate", case.office_id)
    if not reason.strip():
        raise ReasonMissing
    absence = _open(case)
    if available_from:
        former = absence.booking.sitting.day
        check_wait(available_from, former=former, on=moment.today(), region=case.office.region)
    if not justified and absence.explained_at is None and moment.today() <= absence.explain_by:
        raise AbsenceOpen(day=absence.explain_by)
    told = was_told(absence.booking)
    if not justified and not told:
        raise NoticeNotGiven
    absence.state = AbsenceState.EXCUSED if justified else AbsenceState.UNJUSTIFIED
    absence.decision, absence.decided_by, absence.decided_at = reason.strip(), by, moment.now()
    absence.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    fulfil(case, EXPLAIN_ABSENCE)
    record(case.chain, "absence.decided", by=by, justified=justified)
    if justified or not may_terminate(case):
        fulfil_after = put_request(
            absence.booking,
            reason=reason,
            available_from=available_from or working_day_after(moment.today(), 1),
            by=by,
            came_by=CameBy.EXCUSE,
            postpones=justified and told,
        )
        fulfil(fulfil_after.case, DECIDE_ABSENCE)
    return absence


def may_terminate(case: Case) -> bool:
    """Whether the case has as many unjustified absences as end an appraisal here. Law: 令55 art. 14 and the locality's number.

    What follows from an absence in an entrusted case the committee that entrusted us decides: the matter is given back to it.
    """
    if case.procedure == ENTRUSTED:
        return False
    limit = parameter("no_show_limit", on=moment.today(), region=case.office.region).number
    return unjustified_absences(case) >= limit


def _who_explains(case: Case) -> str:
    """Whoever applied, where that is the side of the person who did not come; else the person."""
    return "applicant" if applicant_side(case) is Side.WORKER else "worker"


def _open(case: Case) -> Absence:
    locked(case)
    absence = absence_of(case)
    if absence is None:
        raise BookingNotFound
    if absence.state != AbsenceState.OPEN:
        raise AbsenceDecided
    return absence
