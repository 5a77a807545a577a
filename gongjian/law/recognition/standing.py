"""Who may apply and until when: thirty days for the employer, one year for the worker's side, five grounds that do not count."""

from datetime import date
from typing import Any, NamedTuple

from gongjian.law import asking
from gongjian.law.recognition.answers import Answers

EMPLOYER, WORKER = "WI-EMP-APPLY", "WI-WRK-APPLY"
ZHEJIANG = "33"
NO_GROUND = "住院治疗、不知道用人单位的名称，本身不属于不计入一年的情形；有法定的五种情形之一的，请一并填写。"
BEFORE_THE_REGULATION = date(2004, 1, 1)
OLD_INJURY = "2004年1月1日以前的伤害，尚未完成工伤认定的，按《工伤保险条例》的规定办理；申请时限从哪一天起算，各地掌握不一，由受理机关审查。"
LATE_COSTS = "用人单位未在时限内申请的，此期间发生的符合规定的工伤待遇等有关费用由该用人单位负担。"


class Note(NamedTuple):
    """A sentence with its source and its mark."""

    text: str
    source: str
    confidence: str


class TimeLimit(NamedTuple):
    """One side's limit: the answer of the clock, and in time or not on the day of the application (None: not told)."""

    side: str
    clock: asking.Answer
    in_time: bool | None


def time_limits(answers: Answers) -> tuple[TimeLimit, ...]:
    """Both sides' limits; none while the day of the injury is not known. Law: 条例 art. 17; 令8 art. 4, 5; 法释9 art. 7.

    Raises: StillPaused while a ground lasts and no day is asked about; NotInForce; ExtensionTooLong.
    """
    if "injured_on" not in answers:
        return ()
    return (
        _limit("employer", EMPLOYER, _extension(answers), answers),
        _limit("worker", WORKER, _grounds(answers), answers),
    )


def notes(answers: Answers, limits: tuple[TimeLimit, ...]) -> tuple[Note, ...]:
    """What the applicant should know about the limits. Law: 条例 art. 17, 67."""
    found = []
    employer = next((one for one in limits if one.side == "employer"), None)
    if employer and employer.in_time is False and answers.get("applicant") != "employer":
        found.append(Note(LATE_COSTS, "条例 第十七条", "seen"))
    if employer and employer.in_time and answers.get("applicant") in ("worker", "relative", "union"):
        found.append(_inside_the_employers_limit(answers))
    worker = next((one for one in limits if one.side == "worker"), None)
    if worker and worker.in_time is False:
        found.append(Note(NO_GROUND, "法释9 第七条", "seen-2"))
    if answers.get("relation_disputed"):
        text = "劳动关系有争议无法确认的，可以申请仲裁；申请仲裁或者起诉的时间不计入一年。"
        found.append(Note(text, "意见一 第五条、法释9 第七条", "seen-2"))
    if answers.get("died_at_once_or_within_48_hours"):
        found.append(Note("突发疾病死亡的，用人单位原则上在5个工作日内报告。", "意见一 第六条", "seen-2"))
    if "injured_on" in answers and answers["injured_on"] < BEFORE_THE_REGULATION:
        found.append(Note(OLD_INJURY, "条例 第六十七条", "memory"))
    return tuple(found)


def missing(answers: Answers) -> tuple[str, ...]:
    """The questions about standing that are still open."""
    return tuple(name for name in ("injured_on", "applicant", "applied_on") if name not in answers)


def _limit(side: str, limit: str, events: list[str], answers: Answers) -> TimeLimit:
    on = answers.get("asked_on") or answers.get("applied_on")
    told: dict[str, Any] = {"events": events, "region": answers.get("region"), "today": on and on.isoformat()}
    clock = asking.due(limit, answers["injured_on"].isoformat(), **told)
    applied = answers.get("applied_on")
    return TimeLimit(side, clock, None if applied is None else applied.isoformat() <= clock["act_by"])


def _grounds(answers: Answers) -> list[str]:
    found = []
    for one in answers.get("not_counted", ()):
        found.append(f"{one['from']}:{one['ground']}")
        if one["until"]:
            found.append(f"{one['until']}:{one['ground']}_ended")
    return found


def _extension(answers: Answers) -> list[str]:
    if "employer_extended_on" not in answers:
        return []
    return [f"{answers['employer_extended_on']}:employer_period_extended={answers['employer_extension_days']}"]


def _inside_the_employers_limit(answers: Answers) -> Note:
    if str(answers.get("region", "")).startswith(ZHEJIANG):
        return Note("浙江：用人单位的时限之内，职工一方也可以申请，以先申请者为申请人。", "浙江条例 第十二条", "seen")
    return Note("职工一方的申请权以用人单位未在时限内申请为前提；当地允许提前申请的除外。", "条例 第十七条", "seen")
