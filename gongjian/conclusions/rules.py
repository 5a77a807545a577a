"""What the law asks of a conclusion, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.conclusions.errors import OpinionNotFollowed
from gongjian.grading.clauses import Clause, ground
from gongjian.grading.outcomes import grade_label
from gongjian.grading.parts import RecognisedPart, outside_recognised
from gongjian.opinions.rules import Named


@dataclass(frozen=True, slots=True)
class Result:
    """What is concluded. grade: 1 … 10 or None for 未达等级; selfcare: code of `SelfCareLevel`; clauses: numbers, worst first."""

    grade: int | None
    selfcare: str
    clauses: tuple[str, ...]
    opinion_hash: str


def must_follow(result: Result, opinion: Result, *, what: str) -> None:
    """Refuse whatever differs from the group's opinion in grade, self-care, clauses or in the sealed opinions behind them.

    what: whose paper differs, for the refusal. Law: 令55 art. 4, 15, 34(5) (the conclusion follows the group's opinion). Raises: OpinionNotFollowed.
    """
    if result != opinion:
        raise OpinionNotFollowed(what=what)


def defects(opinion: Result, *, members: int, sealed: int) -> list[str]:
    """What makes an opinion one on which no conclusion can stand, in sentences: it goes back to the group, nobody mends it.

    A grade stands on its worst clause, or one above it (4.2). members, sealed: seats and sealed opinions.
    Law: 令55 art. 15 (every member signs), 16(3) (basis); GB/T 16180-2014 4.2.
    """
    found = [] if sealed == members else [f"专家组有{members}名成员，封存的意见只有{sealed}份。"]
    grades = [ground(number).grade for number in opinion.clauses]
    if opinion.grade is not None and not grades:
        found.append("意见确定了伤残等级，但没有一个条款是认定该等级的成员中过半数人共同写明的。")
    elif opinion.grade is not None and opinion.grade < min(grades) - 1:
        told, worst = grade_label(opinion.grade), grade_label(min(grades))
        found.append(f"意见确定的{told}比所引条款中最重的{worst}高出一级以上，条款撑不起这个等级。")
    return found


def doubts(
    opinion: Result,
    *,
    recognised: Sequence[RecognisedPart],
    reasons: Sequence[str],
    alone: Sequence[Named],
) -> list[str]:
    """What a reviewer must look at beside the defects, in sentences; none of it changes the opinion.

    reasons: those that members wrote for clauses outside the recognised parts; alone: clauses that too few of the majority named.
    Law: 令55 art. 13 (within the recognised scope), 15 (the majority's opinion), 16 (basis).
    """
    found = [_said_alone(each) for each in alone]
    for number in opinion.clauses:
        clause = ground(number)
        warning = outside_recognised(clause, recognised) if isinstance(clause, Clause) else None
        if warning and not reasons:
            found.append(warning)
        elif warning:
            found.append(f"{warning}专家已说明理由，请核对。")
    return found + _about_grade(opinion)


def _said_alone(named: Named) -> str:
    seats = "、".join(f"第{seat}席" for seat in named.seats)
    return f"条款{named.clause}只有{seats}写明，在认定该等级的{named.of}名成员中没有过半数，不是专家组的意见，不写入结论书。"


def _about_grade(opinion: Result) -> list[str]:
    grades = sorted(ground(number).grade for number in opinion.clauses)
    if opinion.grade is None:
        return ["结论为未达等级，但意见中引用了标准条款。"] if grades else []
    if grades and opinion.grade > grades[0]:
        return [f"意见确定的{grade_label(opinion.grade)}轻于所引条款中最重的{grade_label(grades[0])}。"]
    return []


def promotion_told(opinion: Result) -> str | None:
    """The sentence of the conclusion where the group raised the grade by one above its worst clause; None where it did not.

    Law: GB/T 16180-2014 4.2 (equal worst grades may be raised by one, at most).
    """
    grades = [ground(number).grade for number in opinion.clauses]
    if opinion.grade is None or not grades or opinion.grade != min(grades) - 1:
        return None
    return (
        f"被鉴定人有多项伤残，其中最重的为{grade_label(min(grades))}，专家组依据标准4.2综合评定，"
        f"晋升一级，定为{grade_label(opinion.grade)}。"
    )


def is_late(done_on: date, due_on: date) -> bool:
    """Whether an act came after its last day. Law: 令55 art. 10 (decision), 17 (delivery)."""
    return done_on > due_on
