"""A person's own page of the day, for who holds its key: number, stage, how many are before them, and when about."""

from dataclasses import dataclass
from datetime import datetime

from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.reception.errors import DayNotFound
from gongjian.reception.models import Attendance
from gongjian.reception.queries.day import Day, Place, day_of
from gongjian.reception.states import AHEAD, WALK, Stage
from gongjian.sittings.states import LIVE


@dataclass(frozen=True)
class Mine:
    """What the person sees. steps: for the stepper; expected: None where nothing is before them."""

    attendance: Attendance
    ticket: int | None
    stage: Stage
    room: str
    desk: str
    ahead: int
    expected: datetime | None
    late: int
    cause: str
    steps: list[tuple[str, str, str]]

    @property
    def is_over(self) -> bool:
        """Whether they may go, and may say how it was."""
        return self.stage is Stage.FINISHED

    @property
    def is_waiting(self) -> bool:
        return self.stage in AHEAD


def attendance_by(key: str) -> Attendance:
    """The attendance that a key opens, on its own day only. Raises: DayNotFound."""
    rows = Attendance.objects.select_related("sitting__venue", "sitting__office", "booking__slot", "feedback")
    found = rows.filter(key=key, sitting__day=moment.today()).first()
    if found is None:
        raise DayNotFound
    return found


def attendance_of(case: Case) -> Attendance | None:
    """That the person of a case has come today and is still part of the day; None else."""
    rows = Attendance.objects.select_related("sitting__venue", "booking__slot", "feedback")
    return rows.filter(booking__case=case, booking__state__in=LIVE, sitting__day=moment.today()).first()


def mine_of(attendance: Attendance, day: Day | None = None) -> Mine:
    """The page of one person. Raises: DayNotFound for who has been moved to another day."""
    day = day or day_of(attendance.sitting)
    place = next((one for one in day.places if one.id == attendance.booking_id), None)
    if place is None:
        raise DayNotFound
    return Mine(
        attendance=attendance,
        ticket=place.ticket,
        stage=place.stage,
        room=place.room,
        desk=attendance.desk if place.stage is Stage.ARRIVED else "",
        ahead=day.ahead_of(place),
        expected=day.expected.get(place.id),
        late=day.late(place),
        cause=day.cause,
        steps=_steps(place),
    )


def _steps(place: Place) -> list[tuple[str, str, str]]:
    """The walk from the arrival on; where the person is now is not done yet, unless it is the end."""
    labels = ("到达", "核验身份", "抽取专家组", "候检", "检查", "完成")
    at = WALK.index(place.stage) if place.stage in WALK else 0
    done = len(labels) if place.stage is Stage.FINISHED else at
    return [(label, _when(number, done), "") for number, label in enumerate(labels)]


def _when(number: int, done: int) -> str:
    return "done" if number < done else "now" if number == done else "later"
