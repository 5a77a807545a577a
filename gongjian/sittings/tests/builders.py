"""A valid sitting, booking and person who has come, from no arguments.

The story: cases received on 2026-03-02 (`cases.tests.builders`), a sitting on Tuesday 2026-03-24, planned on 2026-03-10.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from gongjian.accounts.models import Office
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_scheduler, an_exam_staff, an_office
from gongjian.appraisal.models import Application
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case, put_in_state
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.parties.tests.builders import a_person
from gongjian.sittings.actions.arriving import check_in
from gongjian.sittings.actions.booking import book
from gongjian.sittings.actions.planning import Plan, plan_sitting
from gongjian.sittings.models import Booking, Presence, Room, Sitting, Venue
from gongjian.sittings.states import SittingState

PLANNED = datetime(2026, 3, 10, 9, 0, tzinfo=moment.ZONE)
DAY = date(2026, 3, 24)
MORNING = moment.at(DAY, 9)
AFTER = moment.at(DAY, 18)


def a_venue(*, office: Office | None = None, name: str = "云溪市劳动能力鉴定中心", step_free: bool = True) -> Venue:
    """The city's centre, with two rooms."""
    told = {"address": "云溪市临江路8号三楼", "step_free": step_free}
    venue, _ = Venue.objects.get_or_create(office=office or an_office(), name=name, defaults=told)
    for room in ("一号诊室", "二号诊室"):
        Room.objects.get_or_create(venue=venue, name=room)
    return venue


def a_plan(
    *, venue: Venue | None = None, day: date = DAY, capacity: int = 4, hours: int = 2, **changes: object
) -> Plan:
    """Two hours from nine, half-hour slots of four people, every specialty."""
    values: dict[str, object] = {
        "venue": venue or a_venue(),
        "starts_at": moment.at(day, 9),
        "ends_at": moment.at(day, 9 + hours),
        "minutes": 30,
        "capacity": capacity,
        "specialties": list(SPECIALTIES),
    }
    return Plan(**{**values, **changes})  # type: ignore[arg-type]


def a_sitting(
    *,
    state: SittingState = SittingState.PLANNED,
    office: Office | None = None,
    day: date = DAY,
    capacity: int = 4,
    specialties: Sequence[str] | None = None,
    step_free: bool = True,
) -> Sitting:
    """A sitting of the city committee on 2026-03-24, set down in `state` without sending notices."""
    office = office or an_office()
    name = "云溪市劳动能力鉴定中心" if step_free else "西溪县老办公楼"
    plan = a_plan(
        venue=a_venue(office=office, name=name, step_free=step_free),
        day=day,
        capacity=capacity,
        specialties=list(specialties or SPECIALTIES),
    )
    with at(PLANNED):
        sitting = plan_sitting(office, plan, by=a_member(Role.SCHEDULER, office=office))
    return put_in_sitting_state(sitting, state)


def put_in_sitting_state(sitting: Sitting, state: SittingState) -> Sitting:
    """Set a sitting down in a state without walking there."""
    Sitting.objects.filter(pk=sitting.pk).update(state=state)
    sitting.refresh_from_db()
    return sitting


@kept
@transaction.atomic
def an_accepted_case(serial: int = 1, *, parts: Sequence[str] = (), name: str = "林知远") -> Case:
    """A case that waits for a sitting; `parts` as the application keeps them: "143:left"."""
    case = a_case(state=State.ACCEPTED, person=a_person(name, serial))
    return with_parts(case, *parts) if parts else case


def with_parts(case: Case, *parts: str) -> Case:
    """Let a case's recognition name these parts."""
    told = {
        "applicant_kind": "worker",
        "applicant_name": case.person.name,
        "ground": "stable",
        "recognition_number": "云溪人社工认〔2026〕0012号",
        "recognition_on": date(2026, 2, 2),
        "injured_on": date(2025, 11, 3),
        "hospital": "云溪市第一人民医院",
        "department": "骨科",
        "injury_state": "左膝活动受限",
        "telephone": "19900000001",
        "address": "云溪市东溪县柳桥路1号",
        "delivery_name": case.person.name,
        "delivery_telephone": "19900000001",
        "delivery_address": "云溪市东溪县柳桥路1号",
        "truthful_at": RECEIVED,
        "channel": "online",
        "entered_at": RECEIVED,
    }
    Application.objects.update_or_create(case=case, defaults={**told, "recognised_parts": list(parts)})
    return case


@kept
def a_booking(
    case: Case | None = None, *, sitting: Sitting | None = None, noticed: bool = True, parts: Sequence[str] = ()
) -> Booking:
    """A booked case, told of it (without a paper: ask `give_notice` for one)."""
    sitting = sitting or a_sitting()
    state = sitting.state
    put_in_sitting_state(sitting, SittingState.PLANNED)
    with at(PLANNED):
        booking = book(case or an_accepted_case(parts=parts), sitting, by=a_scheduler())
    put_in_sitting_state(sitting, SittingState(state))
    if noticed:
        Booking.objects.filter(pk=booking.pk).update(noticed_at=PLANNED)
        booking.refresh_from_db()
    return booking


@kept
def a_present(case: Case | None = None, *, sitting: Sitting | None = None) -> Booking:
    """Somebody who has checked in on the day."""
    booking = a_booking(case, sitting=sitting)
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    with at(MORNING):
        return check_in(booking.exam_code, booking.sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())


@kept
@transaction.atomic
def a_grouped(case: Case | None = None, *, sitting: Sitting | None = None) -> Booking:
    """Somebody whom the door has given a group, as far as the case goes; `queue.enter` is the next step."""
    booking = a_present(case, sitting=sitting)
    put_in_state(booking.case, State.GROUPED)
    return booking


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """`moment.fixed`, shorter."""
    with moment.fixed(instant):
        yield
