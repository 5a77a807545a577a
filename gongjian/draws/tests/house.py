"""A sitting with people and experts, and its draws at each step, from no arguments.

The story: a sitting on Tuesday 2026-03-24 (`sittings.tests.builders`), the experts drawn on Friday 2026-03-20, the door that morning.
Twelve experts of four hospitals have said that they can come; three people are booked, who need 骨科, 眼科, and both.
"""

from collections.abc import Sequence
from datetime import datetime

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor, an_exam_staff
from gongjian.cases.models import Case
from gongjian.draws.actions import door, experts
from gongjian.draws.actions.ceremony import give_word
from gongjian.draws.actions.changes import ask_leave, ask_void, confirm
from gongjian.draws.lot.plan import ANY
from gongjian.draws.models import ChangeRequest, Draw, Group, Seat
from gongjian.draws.queries.groups import live_draw, members
from gongjian.draws.queries.plan import GroupWish
from gongjian.draws.states import CANNOT_ATTEND, LIST_WRONG, Kind
from gongjian.experts.models import Availability, Expert
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.sittings.actions.arriving import check_in
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import (
    MORNING,
    PLANNED,
    a_booking,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
    with_parts,
)

DRAWN = datetime(2026, 3, 20, 10, 0, tzinfo=moment.ZONE)
WITNESSES = ("监督员", "职工代表")
WORDS = ("秋水共长天一色", "落霞与孤鹜齐飞")
KNEE, EYE = "143:left", "030:left"
NEEDS = ((KNEE,), (EYE,), (KNEE, EYE))
HOSPITALS = ("云溪市中医院", "东溪县人民医院", "西溪县人民医院", "云岭省职工医院")
BONE, SIGHT = "orthopaedics", "ophthalmology"
WISHES = (GroupWish("一号诊室", (BONE, SIGHT, ANY)), GroupWish("二号诊室", (BONE, SIGHT, ANY)))
RESERVES = (BONE, SIGHT, ANY)


def a_pool(sitting: Sitting, *, each: int = 6) -> list[Expert]:
    """`each` experts of 骨科 and of 眼科, spread over four hospitals, all of whom can come."""
    numbered = [(code, n) for code in (BONE, SIGHT) for n in range(each)]
    return [
        an_available(
            sitting, code, hospital=HOSPITALS[n % len(HOSPITALS)], department="骨科" if code == BONE else "眼科"
        )
        for code, n in numbered
    ]


def an_available(sitting: Sitting, specialty: str | Sequence[str] = BONE, **changes: object) -> Expert:
    """An expert who has said that they can come to the sitting."""
    expert = an_expert(specialty, **changes)  # type: ignore[arg-type]
    says(expert, sitting, True)
    return expert


def says(expert: Expert, sitting: Sitting, can_come: bool) -> Availability:
    told = {"can_come": can_come, "answered_at": PLANNED, "answered_by": a_draw_officer()}
    return Availability.objects.update_or_create(expert=expert, sitting=sitting, defaults=told)[0]


def someone(
    sitting: Sitting, serial: int, *parts: str, hospital: str = "云溪市第一人民医院", department: str = "骨科"
) -> Booking:
    """Somebody booked, with recognised parts, treated in a department of a hospital."""
    case = an_accepted_case(serial, name=f"被鉴定人{serial}")
    treated(with_parts(case, *parts), hospital, department)
    return a_booking(case, sitting=sitting)


def treated(case: Case, hospital: str, department: str) -> Case:
    case.application.hospital, case.application.department = hospital, department
    case.application.save(update_fields=["hospital", "department"])
    return case


@kept
def a_prepared(*, people: Sequence[Sequence[str]] = NEEDS, each: int = 6) -> Sitting:
    """A published sitting with people booked and a pool that can come."""
    sitting = a_sitting(state=SittingState.PUBLISHED)
    for serial, parts in enumerate(people, start=1):
        someone(sitting, serial, *parts)
    a_pool(sitting, each=each)
    return sitting


@kept
def a_committed(
    sitting: Sitting | None = None, *, by: User | None = None, wishes: Sequence[GroupWish] = WISHES,
    reserves: Sequence[str] = RESERVES, witnesses: Sequence[str] = WITNESSES, one_per_hospital: bool = True,
) -> Draw:  # fmt: skip
    """A draw of experts whose list is public and whose words are not in."""
    with at(DRAWN):
        return experts.commit_experts(
            sitting or a_prepared(), wishes, reserves=reserves, witnesses=witnesses, by=by or a_draw_officer(),
            one_per_hospital=one_per_hospital,
        )  # fmt: skip


def all_words(draw: Draw) -> Draw:
    """Everybody present has given a word."""
    for witness, word in zip(draw.witnesses.order_by("position"), WORDS, strict=False):
        give_word(witness.entry_code, word)
    return draw


@kept
def a_held(sitting: Sitting | None = None, **changes: object) -> Draw:
    """Experts drawn and seated."""
    draw = all_words(a_committed(sitting, **changes))  # type: ignore[arg-type]
    with at(DRAWN):
        return experts.hold(draw, by=a_draw_officer())


def opened(sitting: Sitting) -> Sitting:
    """The morning of the sitting: people may check in."""
    return put_in_sitting_state(sitting, SittingState.OPEN)


@kept
def a_list(draw: Draw | None = None) -> Draw:
    """The list of the day, public, words missing."""
    sitting = opened((draw or a_held()).sitting)
    with at(MORNING):
        return door.commit_list(sitting, witnesses=WITNESSES, by=an_exam_staff())


@kept
def an_open_door(draw: Draw | None = None) -> Draw:
    """People may be sent to groups."""
    row = all_words(a_list(draw))
    with at(MORNING):
        return door.open_list(row, by=an_exam_staff())


def comes(booking: Booking, at_: datetime = MORNING) -> Booking:
    """Somebody has checked in."""
    with at(at_):
        return check_in(booking.exam_code, booking.sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())


def sent(booking: Booking, word: str = "") -> Group:
    """Somebody who has checked in was sent to a group."""
    with at(MORNING):
        return door.draw_group_for(booking, by=an_exam_staff(), word=word)


def cannot_come(sitting: Sitting, expert: Expert, *, by: User | None = None) -> list[Seat]:
    """Somebody cannot come after all: asked by who draws, confirmed by the supervisor. Gives the seats of the sitting as they are then."""
    confirm(
        ask_leave(sitting, expert, kind=CANNOT_ATTEND, facts="临时手术", by=by or a_draw_officer()), by=a_supervisor()
    )
    return list(Seat.objects.filter(group__draw__sitting=sitting))


def void(draw: Draw, *, reason: str = "重来", by: User | None = None) -> ChangeRequest:
    """A commitment is put aside: asked by who draws, confirmed by the supervisor."""
    change = confirm(ask_void(draw, kind=LIST_WRONG, facts=reason, by=by or a_draw_officer()), by=a_supervisor())
    draw.refresh_from_db()
    return change


def a_vacancy(group: Group, number: int = 1) -> list[Expert]:
    """The first members of a group cannot come after all; where the draw has no reserves, their seats stay empty."""
    gone = members(group)[:number]
    with at(MORNING):
        for expert in gone:
            cannot_come(group.draw.sitting, expert, by=a_draw_officer())
    return gone


def people_of(draw: Draw) -> list[Booking]:
    """The bookings of a draw's sitting in the order they were made."""
    return list(Booking.objects.filter(sitting=draw.sitting).select_related("case", "sitting").order_by("pk"))


def experts_draw(sitting: Sitting) -> Draw:
    found = live_draw(sitting, Kind.EXPERTS)
    assert found is not None
    return found
