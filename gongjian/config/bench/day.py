"""The morning of the largest sitting: 600 people receive themselves at four kiosks within two hours; how long the system takes for each."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.urls import reverse

from gongjian.accounts.roles import Role
from gongjian.config.bench.measure import once, quantile
from gongjian.config.demo import walk
from gongjian.config.demo.cast import Worker, committee, engage_staff, found_offices, staff, worker
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.law.calendar import working_day_after
from gongjian.parties.models import Person
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
WORKERS = 999
"""How many invented workers there are; those who have a case already are left out."""
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
    """Apply, accept and book so many, by the acts of the platform, and open the day."""
    found_offices()
    engage_staff()
    today = moment.today()
    day = working_day_after(today, 10)
    plan_at, begins = moment.now(), moment.at(day, 9)
    cases = []
    for number, who in enumerate(islice(_free_workers(), people)):
        case = walk.apply(who, at=plan_at)
        walk.take_in(case, at=plan_at)
        cases.append(case)
        if number % 50 == 49:
            say(f"  {number + 1}/{people}")
    scheduler = staff(Role.SCHEDULER)
    venue = add_venue(committee(), name="云溪市体育馆", address="云溪市体育路1号", by=scheduler)
    rooms = [add_room(venue, name=f"{number}号诊室", by=scheduler) for number in range(1, 41)]
    plan = Plan(
        venue=venue,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=10 * SLOTS),
        minutes=10,
        capacity=max(1, -(-people // SLOTS)),
        specialties=("orthopaedics", "hand_foot", "neurology", "ophthalmology"),
        rooms=rooms,
    )
    sitting = plan_sitting(committee(), plan, by=scheduler)
    for case in cases:
        case.refresh_from_db()
        book(case, sitting, by=scheduler)
    publish(sitting, by=scheduler)
    with moment.fixed(begins):
        return open_sitting(sitting, by=staff(Role.EXAM_STAFF))


def _free_workers() -> Iterator[Worker]:
    for each in map(worker, range(1, WORKERS + 1)):
        if not Person.objects.filter(id_index=blind_index(each.id_number, "id_number")).exists():
            yield each


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
