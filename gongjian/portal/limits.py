"""The limits that concern one person, each once: whose it is, until when, and how it ended."""

from dataclasses import dataclass, replace
from datetime import date

from gongjian.accounts.models import User
from gongjian.appraisal.endings import OVER
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import deadline_of, last_day_of, limits_of, sides_of
from gongjian.kernel import moment
from gongjian.law.clock import Deadline
from gongjian.law.working import written
from gongjian.portal.following import Owed
from gongjian.portal.procedures import face_of

REMEDY = "LA-REAPPEAL"
REMEDIES = frozenset({REMEDY, "WI-RECONS", "WI-SUIT"})
SIDES = ("worker", "employer")
WAITED_FOR = ("remedies", "await_post", "await_year")
"""What is owed while both sides' times for a second appraisal run or have just ended."""


@dataclass(frozen=True)
class Shown:
    """One limit as one person sees it. ended: the sentence that stands for the day count once nothing counts on; note: what may still change."""

    deadline: Deadline
    row: CaseLimit
    whose: str
    ended: str
    note: str

    @property
    def title(self) -> str:
        """The limit in words."""
        return self.deadline.title


def shown_to(case: Case, *, by: User, both: bool = False) -> list[Shown]:
    """The office's limits, and of the limits that run for each side those of the sides for which `by` speaks.

    Who stands on no side, as the staff, sees both sides', and the last of both where that is asked for. Law: 令55 art. 19 (each party's time runs from its own receipt).
    """
    sides = frozenset(map(str, sides_of(by, case)))
    rows = list(limits_of(case))
    by_side = any(row.limit in REMEDIES and row.about for row in rows) and (bool(sides) or not both)
    return [_shown(case, row) for row in rows if _concerns(row, sides, by_side=by_side)]


def told_to(owed: list[Owed], limits: list[Shown]) -> list[Owed]:
    """What is owed, with this person's own last day where the stored one is the last of all sides."""
    names = {label_of(kind) for kind in WAITED_FOR}
    return [_about_me(each, limits) if each.what in names else each for each in owed]


def _about_me(owed: Owed, limits: list[Shown]) -> Owed:
    own = [each for each in limits if each.row.limit == REMEDY]
    told = [
        f"{each.whose}申请再次鉴定：{each.ended or f'最后一日为{written(last_day_of(each.row))}'}。" for each in own
    ]
    return replace(owed, deadline=None, sentence="".join(told) or "送达以后，各方的再次鉴定期限分别起算。")


def _concerns(row: CaseLimit, sides: frozenset[str], *, by_side: bool) -> bool:
    if by_side and row.limit in REMEDIES and not row.about:
        return False  # the last of both: nobody's own
    return row.about not in SIDES or not sides or row.about in sides


def _shown(case: Case, row: CaseLimit) -> Shown:
    found = deadline_of(row)
    last = last_day_of(row, found)
    ended = _ended(case, row, last, is_partys=found.is_partys)
    note = "" if ended or not found.provisional else "所涉年份的放假安排尚未公布，这个日期可能变动；请尽早办理。"
    whose = {"worker": face_of(case).worker, "employer": "用人单位"}
    return Shown(found, row, whose.get(row.about, found.rule.bearer), ended, note)


def _ended(case: Case, row: CaseLimit, last: date, *, is_partys: bool) -> str:
    if row.met_on:
        return f"已于{written(row.met_on)}办结"
    if row.ended_on or row.paused_on:
        return "不再适用" if row.ended_on else "已中止，停止计算"
    if moment.today() > last and (is_partys or case.state in OVER) and case.state != "supplement":
        return f"期限已于{written(last)}届满"
    return "案件已经结束，不再计算" if case.state in OVER and row.limit not in REMEDIES else ""
