"""The working of a deadline in words: one line per step, each with its day and its article."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gongjian.law import calendar
from gongjian.law.counting import DAY
from gongjian.law.parameters import Unit

UNIT_LABELS: dict[Unit, str] = {
    "calendar day": "日（自然日）",
    "working day": "个工作日",
    "month": "个月",
    "year": "年",
    "time": "次",
    "person": "人",
    "choice": "",
    "time of day": "",
}
PROVISIONAL = "{year}年的节假日安排尚未录入，该年的休息日暂按周末和放假办法固定的日子推算，结果为暂定；国务院办公厅公布安排并录入后应重新计算。"
WEEKDAYS = "一二三四五六日"
MIDNIGHT = "24:00"


class Line(NamedTuple):
    """One step: the day it is about (None for a remark), the Chinese sentence, the article ("" for a remark)."""

    day: date | None
    text: str
    article: str


def written(day: date) -> str:
    """A day as it is written in a paper: 2026年2月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def started(start: date, event: str) -> Line:
    """The first line: what happened, and from what day is counted."""
    text = f"{written(start)}{event}；当日不计入，自{written(start + DAY)}起计算。"
    return Line(start, text, "民法典 第二百零一条")


def lasts(length: int, unit: Unit, title: str, end: date, article: str) -> Line:
    """The length by law, and where the period would end if nothing moved it."""
    label = f"{length}{UNIT_LABELS[unit]}"
    return Line(end, f"{title}的期限为{label}，计至{written(end)}。", article)


def first_started(start: date) -> Line:
    """The day it ran from at first, before it ran anew."""
    return Line(start, "最初自这一天起算。", "")


def restarted(on: date, reason: str, article: str) -> Line:
    """A new start, and why."""
    return Line(on, f"自这一天重新起算：{reason}。", article)


def transition(since: date, article: str) -> Line:
    """The limit still ran on the day a new law came into force."""
    return Line(since, f"{written(since)}新规定施行时尚未办结，自该日起按新规定办理。", article)


def extended(length: int, unit: Unit, on: date, reason: str, end: date, article: str) -> Line:
    """An extension: decided when, how long, why, to what day."""
    why = f"（理由：{reason.strip()}）" if reason.strip() else ""
    label = UNIT_LABELS[unit].partition("（")[0]
    return Line(on, f"{written(on)}决定延长{length}{label}{why}，计至{written(end)}。", article)


def postponed(first: date, last: date, reason: str, article: str, *, is_open: bool = False) -> Line:
    """Days that do not count. is_open: they go on, and are told up to the day that is asked about."""
    days = (last - first).days + 1
    if is_open:
        text = f"{reason}：自{written(first)}起中止，尚未恢复；算至{written(last)}，共{days}日不计入期限。"
        return Line(first, text, article)
    return Line(first, f"{reason}：{written(first)}至{written(last)}共{days}日不计入期限。", article)


def postponed_in_all(days: int, end: date) -> Line:
    """What all postponements together did to the end."""
    return Line(end, f"重叠的日子只算一次，期限之外的日子不算，共顺延{days}日，计至{written(end)}。", "")


def stepped_over(start: date, end: date, unit: Unit) -> Iterator[Line]:
    """For working days only: each run of rest days that was not counted, and each weekend that was worked."""
    if unit != "working day":
        return
    days = (start + DAY * step for step in range(1, (end - start).days + 1))
    for resting, run in groupby(days, key=lambda day: not calendar.is_working_day(day)):
        if resting:
            yield _rest(list(run))
        else:
            yield from (_worked(day) for day in run if day.weekday() >= calendar.SATURDAY)


def last_day(due: date, strict: date, *, forward: bool, ends: str = MIDNIGHT) -> Line:
    """The result for a limit that is kept by acting on the day or before; `ends` is the time at which the day is over."""
    rest = calendar.rest_name(strict)
    over = "24时" if ends == MIDNIGHT else f"{ends}（停止业务活动的时间）"
    if rest is None:
        return Line(due, f"最后一日为{written(due)}（星期{_weekday(due)}），当日{over}截止。", "民法典 第二百零三条")
    if forward:
        close = "" if ends == MIDNIGHT else f"，当日{over}截止"
        text = f"期限的最后一日{written(strict)}是休息日（{rest}），以其后的第一个工作日{written(due)}（星期{_weekday(due)}）为最后一日{close}。"
        return Line(due, text, "民法典 第二百零三条")
    before = written(calendar.working_day_on_or_before(due))
    text = f"最后一日为{written(due)}，是休息日（{rest}）；本单位的期限不向后顺延，请在{before}（此前最后一个工作日）或之前办结。"
    return Line(due, text, "民法典 第二百零三条")


def earliest(due: date, end: date) -> Line:
    """The result for an act that becomes possible when the period is over."""
    return Line(due, f"期间于{written(end)}届满，自{written(due)}起可以办理。", "民法典 第二百零二条")


def over(due: date) -> Line:
    """The result for a time that lasts through its last day."""
    return Line(due, f"期间至{written(due)}（含当日）届满。", "民法典 第二百零二条")


def standing(state: str, today: date, finished_on: date | None, days_left: int, late_by: int) -> Line:
    """How a limit stands on a day."""
    late = f"，逾期{late_by}日" if late_by else ""
    words = {
        "running": f"期限进行中，距到期日还有{days_left}日。",
        "paused": f"当日不计入期限；照现有情况推算，距到期日还有{days_left}日。",
        "late": f"已逾期{late_by}日，尚未办结。",
        "open": "期间已经届满，可以办理。",
        "over": "期间已经届满。",
    }
    if finished_on and state in ("met", "ended"):
        text = f"已于{written(finished_on)}办结{late}。" if state == "met" else "本期限因程序结束而不再进行。"
        return Line(finished_on, text, "")
    return Line(today, f"截至{written(today)}：{words[state]}", "")


def unknown_years(years: Iterable[int]) -> Iterator[Line]:
    """The years without holiday data through which was counted."""
    for year in years:
        yield Line(None, PROVISIONAL.format(year=year), "")


def _rest(run: list[date]) -> Line:
    names = "、".join(dict.fromkeys(name for day in run if (name := calendar.rest_name(day))))
    span = written(run[0]) if len(run) == 1 else f"{written(run[0])}至{written(run[-1])}"
    return Line(run[0], f"{span}是休息日（{names}），不计入工作日。", "民法典 第二百零三条")


def _worked(day: date) -> Line:
    return Line(day, f"{written(day)}（星期{_weekday(day)}）调休上班，计入工作日。", "")


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]
