"""Why this day, in sentences: the reasons of all earlier sittings, like ones together. Nothing here names a person."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gongjian.experts.specialties import labels
from gongjian.planner.aims import Aim
from gongjian.planner.explaining import Earlier, Kept, Why
from gongjian.planner.fitting import Obstacle

NAMED = 6
"""How many days a sentence names before it says how many more."""
STANDS = {
    Obstacle.LOCKED: "本案已由工作人员指定场次",
    Obstacle.TOO_SOON: "早于当事人经同意改期后可以到场的日期",
    Obstacle.MODE: "鉴定方式与本案不同",
    Obstacle.NEEDS: "场地没有本案需要的无障碍条件",
}
WORSE = {
    Aim.LATE: "预计超期的件数会增加",
    Aim.UNPLACED: "会有人没有场次",
    Aim.OVERDUE: "超期的天数会增加",
    Aim.MOVED: "要改动已经排好的人",
    Aim.TRAVEL: "路程更远",
    Aim.UNMET: "缺少需要的专业",
    Aim.REPEAT: "要多跑一次",
    Aim.UNEVEN: "各场忙闲会更不均匀",
    Aim.WAITING: "等候更久",
}


def said(why: Why) -> list[str]:
    """The sentences, the most important first."""
    return [_head(why), *_reasons(why)]


def _head(why: Why) -> str:
    due = _day(why.case.due)
    if why.at is None:
        return f"没有能排入的场次；最迟应在{due}检查。"
    if why.case.lock:
        return f"由工作人员指定在{_day(why.at.day)}；最迟应在{due}检查。"
    if (why.spare or 0) < 0:
        return f"排在{_day(why.at.day)}，比最迟检查日{due}晚{-(why.spare or 0)}天。"
    return f"排在{_day(why.at.day)}，最迟检查日是{due}，还余{why.spare}天。"


def _reasons(why: Why) -> Iterator[str]:
    if why.case.lock:
        return
    if why.at and not why.earlier:
        yield "这是仍可通知到人的最早一场。"
    alike: defaultdict[str, list[Earlier]] = defaultdict(list)
    for each in why.earlier:
        alike[_reason(each)].append(each)
    for reason, where in alike.items():
        yield f"{_days(where)}：{reason}。"


def _reason(each: Earlier) -> str:
    if each.reason == Obstacle.SPECIALTY:
        return f"没有本案需要的{labels(sorted(each.missing))}"
    if isinstance(each.reason, Obstacle):
        return STANDS[each.reason]
    if each.reason == Kept.FULL and each.people == each.as_urgent:
        return "余下的名额已全部排给期限不晚于本案的人" if each.people else "已没有名额"
    if each.reason == Kept.FULL:
        return "名额已满，与那里的人对调也不会使整体安排更好"
    if each.reason == Kept.WORSE and each.worse is not None:
        return f"仍有名额，但改到那里{WORSE[each.worse]}"
    return "仍有名额，可以人工改到那里"


def _days(where: list[Earlier]) -> str:
    days = [_day(each.sitting.day) for each in where]
    more = f"等{len(days)}场" if len(days) > NAMED else ""
    return "、".join(days[:NAMED]) + more


def _day(day: date) -> str:
    return "（未定期限）" if day == date.max else f"{day.month}月{day.day}日"
