"""What the law and the office's rules say about appearing: which specialties, how early a notice, what counts as absence. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongjian.experts.specialties import SPECIALTIES, in_order, specialty_of_part
from gongjian.grading.parts import RecognisedPart
from gongjian.law.bounds import Bound, check_coming
from gongjian.law.calendar import working_day_after, working_days_between
from gongjian.law.counting import period_end
from gongjian.law.parameters import Parameter, parameter
from gongjian.sittings.assistance import ASSISTANCE, NEEDS_STEP_FREE
from gongjian.sittings.errors import (
    AbsenceNotEstablished,
    ConsentMissing,
    FactsMissing,
    HeadUnknown,
    NeedUnknown,
    NoShowsTooFew,
    NoticeNotGiven,
    NoticeTooLate,
    PlanWrong,
    ReasonMissing,
)

HEAD_ABSENCE = 1
HEADS = {
    1: "无正当理由不按时参加现场鉴定",
    2: "拒不接受劳动能力鉴定委员会安排的检查、诊断",
    3: "采取伪装等手段，致使不能真实反映伤残情况",
    4: "有其他拒不配合鉴定的情形",
}
"""The four heads of 令55 art. 14, in its order."""
LARGEST_SITTING = 600
PLANNED_AHEAD_DAYS = 366
"""How far ahead a sitting may be planned: a later day is a slip of the pen."""
BRING = ("本人居民身份证或者社会保障卡等有效身份证件原件", "全部病历资料、检查报告和影像资料")


class Flag(StrEnum):
    """What no longer fits a booking."""

    SPECIALTY = "specialty"
    STEP_FREE = "step_free"
    ASSISTANCE = "assistance"
    MODE = "mode"
    CANNOT_JUDGE = "cannot_judge"
    EMPLOYER = "employer"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        """What no longer fits, in words. Law: 令55 art. 11, 12, 13, 18."""
        return {
            "mode": "鉴定方式已改变，与本场不同",
            "cannot_judge": "伤情已变化，不能用本场的方式鉴定",
            "employer": "本场在另一家单位的地点举行",
            "address": "上门的地址已更改，请核对路线",
            "specialty": "需要的专业已变化，本场没有该专业",
            "step_free": "需要无障碍通道，本场场地没有",
            "assistance": "便利需求有变化，请现场准备",
        }[self.value]


BLOCKING = frozenset({Flag.SPECIALTY, Flag.STEP_FREE, Flag.MODE, Flag.CANNOT_JUDGE, Flag.EMPLOYER, Flag.ADDRESS})
"""Flags with which a booking cannot stand: somebody must move it."""


def specialties_for(parts: Iterable[RecognisedPart]) -> list[str]:
    """The specialties that recognised parts call for, in the order of the table; none means that any group may judge.

    A finer part goes to the specialty of the part it belongs to; 其他 and an injury without parts call for no particular one.
    Law: 令55 art. 11 (experts of the specialties concerned), art. 13 (within the recognised injury).
    """
    wanted = (specialty_of_part(each.part.code) for each in parts)
    return in_order(code for code in wanted if code)


def missing_specialties(needs: Collection[str], offered: Collection[str]) -> list[str]:
    """What a person needs and a sitting does not offer.

    Law: 令55 art. 11 (relevant experts).
    """
    return in_order(set(needs) - set(offered))


def flags_for(
    needs: Collection[str], assistance: Collection[str], *, offered: Collection[str], step_free: bool
) -> list[Flag]:
    """What of a person's needs a sitting cannot meet.

    Law: 令55 art. 11, art. 18 (accessible environment).
    """
    found = {
        Flag.SPECIALTY: bool(missing_specialties(needs, offered)),
        Flag.STEP_FREE: bool(NEEDS_STEP_FREE & set(assistance)) and not step_free,
    }
    return [flag for flag, holds in found.items() if holds]


def check_assistance(codes: Collection[str]) -> list[str]:
    """Codes of special needs, once each and in order.

    Law: 令55 art. 18 (accessible environment). Raises: NeedUnknown.
    """
    if not set(codes) <= set(ASSISTANCE):
        raise NeedUnknown
    return [code for code in ASSISTANCE if code in set(codes)]


def check_notice(*, sent_on: date, day: date, region: str | None, consent: str = "") -> None:
    """Refuse a notice that would come too late, unless the person has agreed to it.

    sent_on is not counted, the working days after it up to the day before the sitting are.
    Law: 令55 art. 12 (told in advance; the number of days is the locality's). Raises: NoticeTooLate.
    """
    left = notice_days(sent_on, day)
    wanted = parameter("notice_lead_days", on=sent_on, region=region).number
    if left < wanted and not consent.strip():
        raise NoticeTooLate(days=wanted, left=left)


def notice_days(sent_on: date, day: date) -> int:
    """Whole working days between the day a notice goes out and the day of the sitting.

    Law: 令55 art. 12.
    """
    return working_days_between(sent_on, day - timedelta(days=1))


def check_request(
    *, reason: str, available_from: date, consent: bool, former: date, on: date, region: str | None
) -> None:
    """Refuse a request for another day without a reason, without a later day, for a day too far off, or without consent to the longer limit.

    Law: 令55 art. 12 (cannot attend for cause; with consent another day; the limit is postponed accordingly).
    Raises: ReasonMissing, DayOutOfBounds, ConsentMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    check_wait(available_from, former=former, on=on, region=region)
    if not consent:
        raise ConsentMissing


def check_wait(available_from: date, *, former: date, on: date, region: str | None) -> None:
    """Refuse a day that is not later than the former one, and to wait longer for a person than the locality lets one; nearer the day one may
    ask again.

    Law: 令55 art. 12 (another day; how far off it may be is the locality's). Raises: DayOutOfBounds.
    """
    longest = parameter("reschedule_wait_days", on=on, region=region)
    asking = "到时仍不能参加的，请在新安排的时间之前再次申请改期。"
    last = Bound(period_end(former, longest.number, longest.unit), f"原定日期之后{longest.number}日", asking)
    check_coming("可以到场的日期", available_from, after=Bound(former, "原定日期"), until=last)


def check_planned_day(day: date, *, today: date) -> None:
    """A sitting is planned for a day after today, within a year. Law: 令55 art. 12 (told in advance). Raises: DayOutOfBounds."""
    last = Bound(today + timedelta(days=PLANNED_AHEAD_DAYS), "今天之后一年")
    check_coming("场次日期", day, after=Bound(today, "今天"), until=last)


def postponed_until(available_from: date, *, day: date, on: date, region: str | None) -> date:
    """The day up to which a granted request lets the days not count: what the person asked for, and the notice of the other day.

    What passes beyond that before the other day is the office's own time. available_from: from when the person can come; day: the other sitting.
    Law: 令55 art. 12 (the limit is postponed accordingly), art. 30.
    """
    lead = parameter("notice_lead_days", on=on, region=region).number
    return min(day, working_day_after(available_from, lead))


@dataclass(frozen=True)
class NoShow:
    """What is known about an absence when this appraisal is to end for it."""

    is_unjustified: bool
    was_noticed: bool
    count: int


def check_termination(head: int, *, facts: str, proof: str, no_show: NoShow, on: date, region: str | None) -> None:
    """Refuse to end this appraisal on a head that is not in the article, without facts and proof, or for an absence not made out.

    no_show.count: unjustified absences of the case, this one included.
    Law: 令55 art. 14 (four heads); how many no-shows is the locality's.
    Raises: HeadUnknown, FactsMissing, AbsenceNotEstablished, NoticeNotGiven, NoShowsTooFew.
    """
    if head not in HEADS:
        raise HeadUnknown
    if not facts.strip() or not proof.strip():
        raise FactsMissing
    if head == HEAD_ABSENCE:
        _check_absence(no_show, parameter("no_show_limit", on=on, region=region))


def _check_absence(no_show: NoShow, limit: Parameter) -> None:
    if not no_show.is_unjustified:
        raise AbsenceNotEstablished
    if not no_show.was_noticed:
        raise NoticeNotGiven
    if no_show.count < limit.number:
        raise NoShowsTooFew(limit=limit.number, count=no_show.count)


def slot_times(starts_at: datetime, ends_at: datetime, *, minutes: int, capacity: int) -> Sequence[datetime]:
    """The times to which people are called: every `minutes` from the start, the last before the end.

    Law: 令55 art. 12 (told the time and the place).
    Raises: PlanWrong for a sitting out of order, without a slot, or larger than a day can hold.
    """
    if not 5 <= minutes <= 240 or not 1 <= capacity <= 100:
        raise PlanWrong(what="每个时段应为5至240分钟，每个时段的名额应为1至100人")
    if ends_at <= starts_at or ends_at.date() != starts_at.date():
        raise PlanWrong(what="结束时间应当在同一天的开始时间之后")
    count = -(-int((ends_at - starts_at).total_seconds()) // (minutes * 60))
    if count * capacity > LARGEST_SITTING:
        raise PlanWrong(what=f"一个场次最多安排{LARGEST_SITTING}人，现在是{count * capacity}人")
    return [starts_at + timedelta(minutes=minutes * number) for number in range(count)]


def check_specialties(codes: Collection[str]) -> list[str]:
    """The specialties of a sitting, in order.

    Law: 令55 art. 11. Raises: PlanWrong for none, or for one that is not in the table.
    """
    if not codes or not set(codes) <= set(SPECIALTIES):
        raise PlanWrong(what="请从目录中选择本场至少一个专业")
    return in_order(codes)
