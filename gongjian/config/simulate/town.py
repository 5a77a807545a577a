"""The town of a year: its pool of experts, its hall, and who applies on which day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.accounts.roles import Role
from gongjian.config.demo import walk
from gongjian.config.demo.cast import Doctor, Worker, committee, engage_staff, found_offices, party, staff, worker
from gongjian.config.simulate.years import Year
from gongjian.kernel import moment
from gongjian.law.calendar import is_working_day
from gongjian.law.modes import Mode
from gongjian.sittings.actions.planning import add_room, add_venue
from gongjian.sittings.models import Venue

POOL = (
    ("骨科", ("orthopaedics",)),
    ("手足外科", ("hand_foot",)),
    ("骨科", ("orthopaedics", "hand_foot")),
    ("神经外科", ("neurology",)),
    ("骨科", ("orthopaedics", "rehabilitation")),
    ("手足外科", ("hand_foot", "orthopaedics")),
    ("眼科", ("ophthalmology",)),
    ("普外科", ("general_surgery",)),
)
"""Departments and specialties of the pool, one after another."""
EMPLOYERS = ("周若岚", "19900008001")
LEAD = 15
"""Working days before the last sitting in which nobody applies any more: nobody would be examined in the year."""


def found(year: Year, rooms: int, *, on: date) -> Venue:
    """Offices, staff, the pool, and a hall with a room for each group; the same towns for the same year."""
    hospitals = [f"云溪市第{number}医院" for number in range(1, year.hospitals + 1)]
    with moment.fixed(moment.at(on, 9)):
        found_offices()
        engage_staff()
        party(*EMPLOYERS)
        by = staff(Role.SCHEDULER)
        hall = add_venue(
            committee(),
            name="云溪市劳动能力鉴定中心",
            address="云溪市临江路8号三楼",
            directions="乘2路到临江路站",
            by=by,
        )
        for number in range(1, rooms + 1):
            add_room(hall, name=f"{number}号诊室", by=by)
    walk.fill_pool(doctors(year), hospitals, at=moment.at(on, 10))
    return hall


def doctors(year: Year) -> list[Doctor]:
    """As many experts as the year has; each hospital has some of each department."""
    return [
        Doctor(
            f"expert{number:03d}",
            f"专家{number:03d}",
            number % year.hospitals,
            *POOL[number // year.hospitals % len(POOL)],
        )
        for number in range(year.experts)
    ]


def working_days(first: date) -> list[date]:
    """The working days of the twelve months that begin on a day."""
    following = first.replace(year=first.year + 1)
    days = (first + timedelta(days=number) for number in range((following - first).days))
    return [day for day in days if is_working_day(day)]


def sitting_days(days: list[date], count: int) -> list[date]:
    """So many days, evenly over the year, the last one on its last working day."""
    return [days[number * len(days) // count - 1] for number in range(1, count + 1)]


@dataclass(frozen=True)
class Applicant:
    """Who applies, on which working day (index), and how they are examined."""

    who: Worker
    day: int
    mode: Mode


def applicants(year: Year, days: int, chance: random.Random) -> Iterator[Applicant]:
    """Everybody of a year, each on a day by chance, early enough for the last sitting."""
    last = max(days - LEAD - 1, 0)
    posted = set(chance.sample(range(year.people), year.by_post))
    modes = [Mode.HOME] * year.homes + [Mode.VIDEO] * (year.videos * year.beside)
    for number in range(year.people):
        mode = modes[number] if number < len(modes) else Mode.HALL
        who = worker(number + 1, is_online=number not in posted)
        # who is visited or examined by video applies in the first half: a day for them is found afterwards
        yield Applicant(who, chance.randint(0, last if mode is Mode.HALL else last // 2), mode)
