"""Ended cases with everything in their file, from no arguments; and their packages."""

import io
from datetime import date, datetime

from django.db import transaction

from gongjian.accounts.tests.builders import (
    a_delivery_clerk,
    a_draw_officer,
    a_reviewer,
    a_worker_user,
    an_archivist,
    an_employer_user,
    the_signer,
)
from gongjian.appraisal.actions.withdrawal import withdraw
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_submitted_case, an_accepted_case
from gongjian.archives.actions import archive
from gongjian.archives.models import Archive
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.conclusions.actions import conclude, review
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import the_agency, the_bureau
from gongjian.delivery.models import Attempt, Delivery, Proof
from gongjian.draws.models import Arrival, Draw, Group
from gongjian.draws.states import Kind
from gongjian.draws.tests.builders import a_receipt, an_open_door
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.actions import anchor_days, record
from gongjian.kernel.tests.kept import kept
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.tests.builders import EXAM_DAY, a_sealed_group
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import a_booking

CONCLUDED = datetime(2026, 4, 9, 10, 0, tzinfo=moment.ZONE)
SERVED = date(2026, 4, 13)
EFFECTIVE = date(2026, 4, 29)
ARCHIVING = datetime(2026, 5, 6, 9, 0, tzinfo=moment.ZONE)


@kept
def a_withdrawn_case() -> Case:
    """Applied for on a Monday and taken back an hour later: the thinnest file there is."""
    case = a_submitted_case()
    with moment.fixed(moment.at(date(2026, 3, 2), 11)):
        return withdraw(case, by=a_worker_user())


@kept
@transaction.atomic
def an_ended_case(state: State = State.WITHDRAWN) -> Case:
    """A case that has ended and has no paper at all: for what is decided before anything is packed."""
    return a_case(state=state)


@kept
def an_effective_case(*, drawn: bool = True) -> Case:
    """The whole way: application, draw, opinions, conclusion, both sides served with proof, in effect on 2026-04-29."""
    the_bureau(), the_agency()
    case = an_accepted_case()
    join_case(case, an_employer_user(), capacity="employer")
    if drawn:
        with_draws(a_booking(case))
    case.refresh_from_db()
    with transaction.atomic():
        put_in_state(case, State.EXAMINING)
    a_sealed_group(case, at=EXAM_DAY)
    case.refresh_from_db()
    a_signed_conclusion(case)
    served(case)
    Conclusion.objects.filter(case=case).update(effective_on=EFFECTIVE)
    with moment.fixed(moment.at(EFFECTIVE)), transaction.atomic():
        return put_in_state(case, State.EFFECTIVE)


def a_signed_conclusion(case: Case) -> None:
    """Reviewed and signed on 2026-04-09; the reviewer has looked at what was doubtful."""
    with moment.fixed(CONCLUDED):
        review(case, by=a_reviewer(), note="已逐条核对")
        case.refresh_from_db()
        conclude(case, by=the_signer())
    case.refresh_from_db()


def served(case: Case) -> None:
    """Both sides signed for it on 2026-04-13, with two servers and a scanned record."""
    clerk = a_delivery_clerk()
    with moment.fixed(moment.at(SERVED)):
        for place, delivery in enumerate(Delivery.objects.filter(case=case, served_on=None).order_by("pk"), 1):
            attempt = delivery.attempts.filter(outcome="running").first()
            attempt = attempt or Attempt(delivery=delivery, begun_at=moment.now(), begun_by=clerk)
            attempt.method, attempt.outcome, attempt.outcome_on = "in_person", "served", SERVED
            attempt.ended_at, attempt.ended_by = moment.now(), clerk
            attempt.save()
            scan = store(a_picture(40 + place), name="record.png", by=clerk)
            Proof.objects.create(attempt=attempt, evidence=scan, name="送达回证")
            Delivery.objects.filter(pk=delivery.pk).update(served_on=SERVED)
        case.obligations.filter(state="", fulfilled_at=None).update(
            fulfilled_at=moment.now()
        )  # copies sent, sides told


def with_draws(booking: Booking) -> list[Draw]:
    """The two closed draws of the booking's sitting, and the group the door gave it."""
    experts = _draw(booking, Kind.EXPERTS, a_receipt().text, str(a_receipt().document()["hash"]))
    opened = an_open_door().send("K01")
    door = _draw(booking, Kind.DOOR, opened.text, str(opened.document()["hash"]))
    group = Group.objects.create(draw=experts, number=1, code="G1", room="一号诊室")
    Arrival.objects.create(draw=door, position=1, booking=booking, group=group, hash="a" * 64, at=EXAM_DAY)
    return [experts, door]


def _draw(booking: Booking, kind: Kind, receipt: bytes, hash: str) -> Draw:
    officer = a_draw_officer()
    mark = "1" if kind == Kind.EXPERTS else "2"
    draw = Draw.objects.create(
        number=f"{booking.sitting.number}-{mark}",
        kind=kind,
        sitting=booking.sitting,
        office=booking.sitting.office,
        state="closed",
        commitment={},
        commitment_hash=mark * 64,
        secret="x",
        secret_hash=mark * 64,
        view_key=mark * 20,
        receipt=receipt.decode(),
        receipt_hash=hash,
        committed_at=EXAM_DAY,
        committed_by=officer,
        closed_at=EXAM_DAY,
    )
    with moment.fixed(EXAM_DAY):
        record(draw.chain, "draw.closed", by=officer, receipt=hash)
    return draw


@kept
def an_archive(case: Case | None = None) -> Archive:
    """A closed file, its ledger anchored up to the day before."""
    case = case or a_withdrawn_case()
    with moment.fixed(ARCHIVING):
        anchor_days(until=moment.today())
        return archive(case, by=an_archivist())


def package_of(made: Archive) -> io.BytesIO:
    """The package's bytes, for an offline check."""
    with open_evidence(made.package) as file:
        return io.BytesIO(file.read())
