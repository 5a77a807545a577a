"""Who may be drawn on a day, and for how long an expert is appointed. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

from gongjian.experts.errors import SpecialtyUnknown, TermWrong, TitleTooLow, TrainingInFuture
from gongjian.experts.specialties import SPECIALTIES
from gongjian.law.parameters import parameter

TITLE_LEVELS = ("senior", "associate")


class Barrier(StrEnum):
    """Why an expert cannot be drawn; the code stands in a draw's list of those excluded."""

    DISMISSED = "dismissed"
    TERM_NOT_BEGUN = "term_not_begun"
    TERM_ENDED = "term_ended"
    UNTRAINED = "untrained"
    SUSPENDED = "suspended"
    UNHEALTHY = "unhealthy"
    NO_ANSWER = "no_answer"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        """Why somebody is not in a pool, in a word. Law: 令55 art. 11, 28."""
        return BARRIER_LABELS[self]


BARRIER_LABELS = {
    Barrier.DISMISSED: "已解聘",
    Barrier.TERM_NOT_BEGUN: "聘期未开始",
    Barrier.TERM_ENDED: "聘期已届满",
    Barrier.UNTRAINED: "未经培训合格",
    Barrier.SUSPENDED: "已暂停参加鉴定",
    Barrier.UNHEALTHY: "身体状况不能胜任",
    Barrier.NO_ANSWER: "未答复能否到场",
    Barrier.NOT_AVAILABLE: "本人不能到场",
}


@dataclass(frozen=True)
class Standing:
    """What decides whether an expert may be drawn. Term and suspension include their first and last day."""

    term_from: date
    term_until: date
    trained_on: date | None
    in_good_health: bool = True
    suspended_from: date | None = None
    suspended_until: date | None = None
    dismissed_on: date | None = None


def barriers(standing: Standing, *, on: date) -> tuple[Barrier, ...]:
    """Everything that keeps an expert out of a draw for a day; nothing means eligible.

    Law: 令55 art. 24 (trained and passed, term, good health), art. 35 (dismissal), art. 11 (drawn from the pool).
    """
    found = {
        Barrier.DISMISSED: standing.dismissed_on is not None and standing.dismissed_on <= on,
        Barrier.TERM_NOT_BEGUN: on < standing.term_from,
        Barrier.TERM_ENDED: on > standing.term_until,
        Barrier.UNTRAINED: standing.trained_on is None or standing.trained_on > on,
        Barrier.SUSPENDED: _is_suspended(standing, on),
        Barrier.UNHEALTHY: not standing.in_good_health,
    }
    return tuple(barrier for barrier, holds in found.items() if holds)


def answer_barriers(can_come: bool | None) -> tuple[Barrier, ...]:
    """What an expert's answer for a sitting keeps out: a no, and silence.

    Law: 令55 art. 27 (experts attend at the set time and place).
    """
    if can_come is None:
        return (Barrier.NO_ANSWER,)
    return () if can_come else (Barrier.NOT_AVAILABLE,)


def last_day_of_term(begins: date, *, region: str | None = None) -> date:
    """The last day of a full term that begins on a day: the day before its anniversary.

    Law: 令55 art. 24 (term normally three years, renewable). Raises: TermWrong for a year that no calendar has.
    """
    years = parameter("expert_term_years", on=begins, region=region).number
    if begins.year + years > MAXYEAR:
        raise TermWrong(years=years)
    try:
        anniversary = begins.replace(year=begins.year + years)
    except ValueError:  # 29 February
        anniversary = date(begins.year + years, 3, 1)
    return date.fromordinal(anniversary.toordinal() - 1)


def check_term(begins: date, ends: date, *, region: str | None = None) -> None:
    """Refuse a term that is out of order or longer than a full one.

    Law: 令55 art. 24. Raises: TermWrong.
    """
    if not begins < ends <= last_day_of_term(begins, region=region):
        raise TermWrong(years=parameter("expert_term_years", on=begins, region=region).number)


def check_qualification(title_level: str, specialties: Collection[str]) -> None:
    """Refuse who has no senior title, and who has no specialty of the list.

    Law: 令55 art. 24 (senior professional qualification). Raises: TitleTooLow, SpecialtyUnknown.
    """
    if title_level not in TITLE_LEVELS:
        raise TitleTooLow
    if not specialties or not set(specialties) <= set(SPECIALTIES):
        raise SpecialtyUnknown


def check_training(passed_on: date | None, *, today: date) -> None:
    """Refuse a training that is said to have been passed in the future.

    Law: 令55 art. 24 (trained and passed before entering the pool). Raises: TrainingInFuture.
    """
    if passed_on is not None and passed_on > today:
        raise TrainingInFuture


def _is_suspended(standing: Standing, on: date) -> bool:
    if standing.suspended_from is None or on < standing.suspended_from:
        return False
    return standing.suspended_until is None or on <= standing.suspended_until
