"""A year from its first application to its last paper served: each step by the person whose step it is, through the rooms' own actions."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.config.demo import ending, modes, walk
from gongjian.config.demo.cast import committee, staff
from gongjian.config.simulate.agenda import Agenda
from gongjian.config.simulate.posting import Postbag
from gongjian.config.simulate.town import Applicant, applicants, found, sitting_days, working_days
from gongjian.config.simulate.years import Year
from gongjian.draws.actions.preparing import settle_tasks
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after, working_day_before
from gongjian.law.modes import Mode
from gongjian.scheduling.actions import accept, propose
from gongjian.scheduling.errors import NothingToPlan
from gongjian.sittings.actions.planning import Plan, plan_sitting, publish
from gongjian.sittings.models import Booking, Sitting, Venue
from gongjian.sittings.states import LIVE, BookingState
from gongjian.sittings.sweeping import send_notices

SLOTS = 18
"""Half hours of a sitting, from half past eight to half past five."""
SPARE = 1.15
"""Places for each person expected: applications do not come evenly."""
PLANNED, FILLED, ARRANGED = 18, 11, 8
"""Working days before a sitting on which it is planned, and filled; and before a visit on which it is arranged."""
STAYS_AWAY, COMES_NOT = 0.02, 0.1
"""How many people stay away without a word, and how many experts cannot come to a sitting."""
GRADES: Sequence[tuple[int | None, ...]] = (
    (10, 10, 10), (10, 10, 9), (9, 9, 9), (9, 9, 10), (8, 8, 8), (None, None, 10), (None, None, None), (7, 7, 7),
)  # fmt: skip
"""What three experts find; two at least agree, so that an opinion carries."""


@dataclass
class Play:
    """One year. begin: its first day. seed: the same seed brings the same people on the same days; the lots are drawn anew."""

    year: Year
    begin: date
    seed: int = 1
    say: Callable[[str], None] = lambda _: None
    agenda: Agenda = field(default_factory=Agenda)
    beside: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = working_days(self.begin)
        self.chance = random.Random(self.seed)  # noqa: S311  # who comes when; the lots are drawn by `draws`
        self.places = max(1, -(-round((self.year.people - self.year.elsewhere) * SPARE) // (self.year.halls * SLOTS)))
        self.groups = max(1, min(self.places, self.year.experts // 10))
        self.postbag = Postbag(self.agenda)

    def run(self) -> None:
        """Play it to the end."""
        hall = found(self.year, self.groups, on=working_day_before(self.begin, 1))
        for each in applicants(self.year, len(self.days), self.chance):
            at = self._within(self.days[each.day])
            self.agenda.add(at, "申请", partial(self._apply, each, hall))
        for day in sitting_days(self.days, self.year.halls):
            self.agenda.add(moment.at(working_day_before(day, PLANNED), 14), "排场次", partial(self._plan, hall, day))
        for day in sitting_days(self.days, self.year.videos):
            self.agenda.add(
                moment.at(working_day_before(day, ARRANGED), 15), "视频", partial(self._by_video, hall, day)
            )
        self.agenda.run()

    def _within(self, day: date) -> datetime:
        return moment.at(day, 9) + timedelta(minutes=self.chance.randint(0, 420))

    def _later(self, at: datetime, least: int, most: int) -> datetime:
        """A time on one of the next working days."""
        return self._within(working_day_after(at.date(), self.chance.randint(least, most)))

    def _apply(self, each: Applicant, hall: Venue, at: datetime) -> None:
        case = walk.apply(each.who, at=at)
        if not each.who.is_online:
            self.postbag.addressees.add(case.pk)
        self.agenda.add(self._later(at, 1, 3), "受理", partial(self._take_in, case, each.mode, hall))

    def _take_in(self, case: Case, mode: Mode, hall: Venue, at: datetime) -> None:
        walk.take_in(case, at=at)
        if mode is not Mode.HALL:
            case.refresh_from_db()
            modes.ask(case, mode, at=at, is_granted=True)
        if mode is Mode.HOME:
            visit = partial(self._visit, hall, case)
            self.agenda.add(self._later(at, 1, 2), "上门", visit)
        if mode is Mode.VIDEO:
            self.beside.append(case)

    def _visit(self, hall: Venue, case: Case, at: datetime) -> None:
        self._of_mode(Mode.HOME, hall, working_day_after(at.date(), ARRANGED), [case], at)

    def _by_video(self, hall: Venue, day: date, at: datetime) -> None:
        called, self.beside = self.beside[: self.year.beside], self.beside[self.year.beside :]
        self._of_mode(Mode.VIDEO, hall, day, called, at)

    def _of_mode(self, mode: Mode, hall: Venue, day: date, cases: Sequence[Case], at: datetime) -> None:
        if cases:
            [sitting] = modes.arrange(mode, day, hall, cases, at=at)
            self.agenda.add(moment.at(day, 7, 40), "抽取专家", partial(self._begin_day, sitting))

    def _plan(self, hall: Venue, day: date, at: datetime) -> None:
        with moment.fixed(at):
            plan = Plan(
                venue=hall,
                starts_at=moment.at(day, 8, 30),
                ends_at=moment.at(day, 17, 30),
                minutes=30,
                capacity=self.places,
                specialties=("orthopaedics", "hand_foot"),
                rooms=list(hall.rooms.order_by("pk")),
            )
            sitting = plan_sitting(committee(), plan, by=staff(Role.SCHEDULER))
            for expert in Expert.objects.filter(office=committee()).select_related("user"):
                comes = self.chance.random() >= COMES_NOT
                answer(expert, sitting, comes, by=expert.user or staff(Role.SCHEDULER))
        self.agenda.add(moment.at(working_day_before(day, FILLED), 14), "排期", partial(self._fill, sitting))

    def _fill(self, sitting: Sitting, at: datetime) -> None:
        """The planner proposes, the scheduler accepts; the sitting is published, the notices go out."""
        by = staff(Role.SCHEDULER)
        with moment.fixed(at):
            try:
                accept(propose(sitting.office, by=by), by=by)
            except NothingToPlan:
                return
            booked = Booking.objects.filter(sitting=sitting, state=BookingState.BOOKED).count()
            if not booked:
                return
            publish(sitting, by=by)
            send_notices()
            settle_tasks()
        self.say(f"{sitting.day}：{booked}人")
        self.agenda.add(moment.at(sitting.day, 7, 40), "抽取专家", partial(self._begin_day, sitting))

    def _begin_day(self, sitting: Sitting, at: datetime) -> None:
        walk.draw_groups(sitting, at=at)
        walk.open_day(sitting, at=moment.at(sitting.day, 8))
        live = Booking.objects.filter(sitting=sitting, state__in=[state.value for state in LIVE])
        for booking in live.select_related("slot", "case").order_by("slot__starts_at", "pk"):
            if self.chance.random() < STAYS_AWAY:
                gone = partial(self._stayed_away, booking.case)
                self.agenda.add(moment.at(sitting.day, 18, 5), "缺席", gone)
            else:
                self.agenda.add(booking.slot.starts_at, "鉴定", partial(self._examine, booking.case))
        self.agenda.add(moment.at(sitting.day, 18), "收场", lambda at: ending.end_day(sitting, at=at))

    def _stayed_away(self, case: Case, at: datetime) -> None:
        ending.stay_away(case, at=at, decided=moment.at(working_day_after(at.date(), 6), 15))

    def _examine(self, case: Case, at: datetime) -> None:
        walk.receive(case, at=at)
        walk.send_to_group(case, at=at + timedelta(minutes=1))
        walk.call_in(case, at=at + timedelta(minutes=2))
        walk.examine(case, self.chance.choice(GRADES), at=at + timedelta(minutes=15))
        self.agenda.add(self._later(at, 2, 4), "复核", partial(self._review, case))

    def _review(self, case: Case, at: datetime) -> None:
        ending.review(case, at=at)
        self.agenda.add(self._later(at, 1, 2), "签发", partial(self._sign, case))

    def _sign(self, case: Case, at: datetime) -> None:
        ending.put_signature(case, at=at)
        if case.pk in self.postbag.addressees:
            self.postbag.put(case, at)
        else:
            hand_over = partial(ending.deliver, case)
            self.agenda.add(self._later(at, 1, 3), "送达", lambda at: hand_over(at=at))
