"""The morning of the largest sitting: 600 people receive themselves at four kiosks within two hours; how long the system takes for each."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.appraisal.states import INITIAL, State
from gongjian.cases.models import Case
from gongjian.config.bench.measure import once, quantile
from gongjian.config.demo.cast import committee, staff
from gongjian.config.demo.many.writing import make
from gongjian.experts.specialties import SPECIALTIES
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after
from gongjian.reception.actions import open_kiosk
from gongjian.reception.models import Attendance
from gongjian.reception.queries.day import day_of
from gongjian.reception.views.kiosk import COOKIE
from gongjian.sittings.actions import book, open_sitting, plan_sitting, publish
from gongjian.sittings.actions.planning import Plan, add_room, add_venue
from gongjian.sittings.models import Booking, Sitting

TITLE = "The day of a sitting"
PEOPLE, KIOSKS, MINUTES = 600, 4, 120
SLOTS = 12
ROOMS = 40
MADE = 20_000
"""How many invented cases are written at once; one of some hundred waits for a sitting."""
SECONDS_AIM = 20
Say = Callable[[str], None]


class Visitor(NamedTuple):
    """What somebody types: the code of their notice, and the end of their number."""

    code: str
    tail: str


def section(say: Say, people: int = PEOPLE) -> str:
    """The part of the page about the day, without its title."""
    sitting = a_full_sitting(people, say)
    times = through(sitting, people_of(sitting))
    came = Attendance.objects.filter(sitting=sitting)
    tickets = set(came.values_list("booking__ticket", flat=True))
    say(f"{len(times)}人，中位数{quantile(times, 0.5):.0f}毫秒")
    board = sorted(once(lambda _: day_of(sitting).expected, number) for number in range(20))
    return "\n".join(
        [
            f"{len(times)} people receive themselves at {KIOSKS} kiosks, {len(times) / MINUTES:.0f} a minute for two hours of the sitting's clock, each with three requests"
            " (the first page, the code, the proof); what is measured is the system's time for all three, without the person's own.",
            "",
            "| What | people | p50 ms | p95 ms | slowest ms |",
            "|---|---|---|---|---|",
            f"| self-service | {len(times)} | {quantile(times, 0.5):.0f} | {quantile(times, 0.95):.0f} | {times[-1]:.0f} |",
            f"| the board's forecast for all of them | 20 runs | {quantile(board, 0.5):.0f} | {quantile(board, 0.95):.0f} | {board[-1]:.0f} |",
            "",
            f"Aim: a median under {SECONDS_AIM} s, nobody lost and nobody twice: {came.count()} on the list, {len(tickets)} different tickets.",
        ]
    )


def through(sitting: Sitting, people: Sequence[Visitor]) -> list[float]:
    """Let everybody receive themselves, minute by minute, as many machines at once as there are; sorted milliseconds of each."""
    browsers = [a_kiosk(sitting) for _ in range(KIOSKS)]
    a_minute = max(1, -(-len(people) // MINUTES))
    times: list[float] = []
    with ThreadPoolExecutor(KIOSKS) as pool:
        for minute, crowd in enumerate(crowds(people, a_minute)):
            with moment.fixed(sitting.starts_at + timedelta(minutes=minute)):
                lanes = [crowd[lane::KIOSKS] for lane in range(KIOSKS)]
                for found in pool.map(_lane, browsers, lanes):
                    times += found
    return sorted(times)


def a_kiosk(sitting: Sitting) -> Client:
    """A browser that holds the secret of a machine."""
    with moment.fixed(sitting.starts_at):
        _, secret = open_kiosk(sitting, by=staff(Role.EXAM_STAFF))
    browser = Client(SERVER_NAME="localhost")
    browser.cookies[COOKIE] = secret
    return browser


def people_of(sitting: Sitting) -> list[Visitor]:
    """Everybody who is expected, in the order of their times."""
    rows = Booking.objects.filter(sitting=sitting).select_related("case__person").order_by("slot__starts_at", "pk")
    return [Visitor(row.exam_code, row.case.person.id_number[-4:]) for row in rows]


def a_full_sitting(people: int, say: Say) -> Sitting:
    """Book so many invented cases by the platform's own act, and open the day."""
    cases = _accepted(people, say)
    begins, scheduler = moment.at(working_day_after(moment.today(), 10), 9), staff(Role.SCHEDULER)
    sitting = plan_sitting(committee(), _plan(begins, people), by=scheduler)
    for case in cases:
        book(case, sitting, by=scheduler)
    publish(sitting, by=scheduler)
    with moment.fixed(begins):
        return open_sitting(sitting, by=staff(Role.EXAM_STAFF))


def _accepted(people: int, say: Say) -> list[Case]:
    """So many cases of the committee that wait for a sitting; more are written until there are enough."""
    waiting = Case.objects.filter(procedure=INITIAL, state=State.ACCEPTED).select_related("office", "person")
    while waiting.count() < people:
        make(MADE, say)
    return list(waiting.order_by("pk")[:people])


def _plan(begins: datetime, people: int) -> Plan:
    """A hall with forty rooms, a slot every ten minutes."""
    scheduler = staff(Role.SCHEDULER)
    venue = add_venue(committee(), name="云溪市体育馆", address="云溪市体育路1号", by=scheduler)
    return Plan(
        venue=venue,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=10 * SLOTS),
        minutes=10,
        capacity=max(1, -(-people // SLOTS)),
        specialties=tuple(SPECIALTIES),
        rooms=[add_room(venue, name=f"{number}号诊室", by=scheduler) for number in range(1, ROOMS + 1)],
    )


def crowds(people: Sequence[Visitor], size: int) -> Iterator[Sequence[Visitor]]:
    """So many at a time."""
    return (people[start : start + size] for start in range(0, len(people), size))


def _lane(browser: Client, people: Sequence[Visitor]) -> list[float]:
    """Those who stand before one machine, one after the other."""
    try:
        return [once(lambda number: _receive(browser, people[number]), number) for number in range(len(people))]
    finally:
        connection.close()


def _receive(browser: Client, person: Visitor) -> None:
    asked = browser.get(reverse("reception:kiosk"))
    second = browser.post(reverse("reception:second"), {"who": person.code})
    done = browser.post(reverse("reception:attend"), {"who": person.code, "second": person.tail})
    if {asked.status_code, second.status_code, done.status_code} != {200}:
        raise RuntimeError(f"{asked.status_code} {second.status_code} {done.status_code}")
