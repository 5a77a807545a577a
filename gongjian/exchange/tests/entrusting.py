"""Two committees that trust each other: 东岭 entrusts, 云溪 examines with a sitting, a lot and seals of its own. From no arguments.

The story: granted and entrusted on Tuesday 2026-03-10, examined on 2026-03-24 (`draws.tests.house`), the opinion sent that evening.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_draw_officer,
    a_member,
    a_reviewer,
    a_scheduler,
    an_exam_staff,
    an_expert_user,
    an_office,
)
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.draws.actions import door
from gongjian.draws.tests.house import KNEE, a_held, a_pool, an_open_door, comes, sent
from gongjian.exchange.actions import entrusting, examining
from gongjian.exchange.models import Matter, Peer
from gongjian.exchange.tests.builders import WireLine, a_peer, carried_out, the_other_end
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.tests.kept import kept
from gongjian.law.modes import Mode
from gongjian.materials.actions import carry_in, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.parties.tests.builders import a_person
from gongjian.sittings.actions import Wish, ask_mode, book, grant_mode
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking
from gongjian.sittings.states import CameBy, SittingState
from gongjian.sittings.tests.builders import AFTER, MORNING, PLANNED, a_sitting, put_in_sitting_state, with_parts

DUE = date(2026, 4, 10)
SCOPE = "被鉴定人长期住在贵市，行动不便。请组织骨科专家检查并出具意见。"


def asking_office() -> Office:
    return an_office("DLJD", "东岭市劳动能力鉴定委员会")


def a_scheduler_there() -> User:
    """Who entrusts."""
    return a_member(Role.SCHEDULER, office=asking_office())


def two_committees() -> tuple[Peer, Peer]:
    """(云溪 as 东岭 knows it, 东岭 as 云溪 knows it)."""
    return a_peer(asking_office(), an_office()), a_peer(an_office(), asking_office())


@kept
@transaction.atomic
def an_entrustable_case(serial: int = 1, *, received_at: datetime = RECEIVED) -> Case:
    """Accepted in 东岭, with a diagnosis and records; its person lives in 云溪 and has agreed to be examined there."""
    case = a_case(
        state=State.ACCEPTED, person=a_person("林知远", serial), office=asking_office(), received_at=received_at
    )
    with_parts(case, KNEE)
    clerk = a_member(Role.WINDOW_CLERK, office=asking_office())
    for number, kind in enumerate(("diagnosis", "medical_records")):
        evidence = store(a_picture(60 + number), name=f"{kind}.png", by=clerk)
        carry_in(material_of(kind, case=case), evidence, name=f"{kind}.png", by=clerk)
    with moment.fixed(PLANNED):
        wish = Wish(
            mode=Mode.ENTRUSTED,
            ground="far",
            reason="长期住在云溪，行动不便",
            consent="3月9日来电，本人同意",
            came_by=CameBy.TELEPHONE,
        )
        grant_mode(ask_mode(case, wish, by=a_scheduler_there()), by=a_scheduler_there())
    case.refresh_from_db()
    return case


@kept
def an_entrusted_matter(case: Case | None = None) -> Matter:
    """Written, not yet sent."""
    peer, _ = two_committees()
    with moment.fixed(PLANNED):
        return entrusting.entrust(case or an_entrustable_case(), peer, scope=SCOPE, due_on=DUE, by=a_scheduler_there())


def delivered(at: datetime, line: WireLine | None = None) -> WireLine:
    """Everything that is due is sent, and what it calls forth as well."""
    return carried_out(at, line)


@kept
def a_matter_taken_on(matter: Matter | None = None) -> Matter:
    """Arrived in 云溪 and taken on there as a case; 东岭 knows it. As 云溪 has it."""
    matter = matter or an_entrusted_matter()
    delivered(PLANNED + timedelta(minutes=5))
    there = the_other_end(matter)
    with moment.fixed(PLANNED + timedelta(minutes=10)):
        examining.take_on(there, by=a_clerk())
    delivered(PLANNED + timedelta(minutes=15))
    there.refresh_from_db()
    return there


def booked(matter: Matter) -> Booking:
    """Called to a published sitting of 云溪, with a pool that can come."""
    sitting = a_sitting()
    with moment.fixed(PLANNED + timedelta(minutes=20)):
        booking = book(matter.done_as, sitting, by=a_scheduler())
    put_in_sitting_state(sitting, SittingState.PUBLISHED)
    a_pool(sitting)
    return booking


def seen_by_a_group(booking: Booking) -> list[User]:
    """Drawn, come, sent to a group and called; its members by seat."""
    an_open_door(a_held(booking.sitting, one_per_hospital=False))
    for expert in Expert.objects.filter(user=None):
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    group = sent(comes(Booking.objects.select_related("sitting", "case").get(pk=booking.pk)))
    with moment.fixed(MORNING):
        call_next(booking.sitting, group.number, by=an_exam_staff())
    seats = group.seats.select_related("expert__user").order_by("position")
    return [seat.expert.user for seat in seats if seat.expert and seat.expert.user]


def seals(code: str, user: User, grade: int | None = 9) -> None:
    """One expert declares, writes and seals."""
    with moment.fixed(MORNING + timedelta(minutes=20)):
        declare_no_conflict(code, by=user)
        draft = save_draft(code, an_opinion_of(grade), version=1, by=user)
        seal_opinion(code, version=draft.version, password=PASSWORD, by=user)


def draws_closed(booking: Booking) -> None:
    """The day is over: both receipts are public."""
    with moment.fixed(AFTER):
        for draw in booking.sitting.draws.order_by("pk"):
            door.close(draw, by=a_draw_officer() if draw.kind == "experts" else an_exam_staff())


@kept
def an_opined_matter() -> Matter:
    """Examined in 云溪, nine by two to one, both draws closed, not yet sent. As 云溪 has it."""
    matter = a_matter_taken_on()
    booking = booked(matter)
    for user, grade in zip(seen_by_a_group(booking), (9, 9, 10), strict=True):
        seals(booking.exam_code, user, grade)
    draws_closed(booking)
    return Matter.objects.select_related("done_as", "office", "peer").get(pk=matter.pk)


@kept
def an_answered_matter() -> Matter:
    """The opinion is back in 东岭. As 东岭 has it."""
    matter = an_opined_matter()
    with moment.fixed(AFTER):
        examining.send_opinion(matter.done_as, by=a_reviewer())
    delivered(AFTER + timedelta(minutes=5))
    return Matter.objects.select_related("case__office", "peer").get(key=matter.key, direction="out")
