"""What the law says of a report: until when it should come, the hours between first contact and death, what an application takes over from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongjian.law.clock import Deadline, deadline
from gongjian.law.working import written

LIMIT = "WI-DEATH-REPORT"
CERTIFICATE, RESCUE, OTHER = "death_certificate", "rescue_record", "other"
PAPERS = (CERTIFICATE, RESCUE, OTHER)
"""Kinds of papers that may come with a report, as `materials` names them; none is asked for."""
SINCE = date(2004, 1, 1)
"""From when on there is a sudden death to be reported: the day the 条例 came into force. An earlier year is a slip of the pen."""
LATE = "报告晚于原则上的期限。逾期报告本身不影响工伤认定的申请，也不影响认定。"
HOURS_BASIS = "48小时自医疗机构的初次诊断时间起算（劳社部函〔2004〕256号）。"


@dataclass(frozen=True)
class Hours:
    """How long somebody lived after the first contact with a hospital, and how that was counted. It is a number, not a judgement."""

    hours: int
    minutes: int
    working: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is read. Law: 劳社部函〔2004〕256号."""
        return f"{self.hours}小时{self.minutes}分"


def report_by(died_on: date, *, region: str) -> Deadline:
    """Until when an employer should in principle report, worked out from the day of the death, which does not count.

    Law: 人社部发〔2013〕34号 第六条 (five working days, "原则上应"). Raises: NotInForce before 2013-04-25.
    """
    return deadline(LIMIT, died_on, region=region)


def is_late(by: Deadline, reported_on: date) -> bool:
    """Whether a report came after that day: it is taken all the same. Law: 人社部发〔2013〕34号 第六条."""
    return reported_on > by.due


def hours_lived(first_seen_at: datetime | None, died_at: datetime) -> Hours | None:
    """The time from the first diagnosis to the death, in hours and minutes; None for who died before any doctor came.

    Both in one zone. Whether it is within forty-eight hours despite rescue is for the investigation to say.
    Law: 条例 art. 15 (1); 劳社部函〔2004〕256号.
    """
    if first_seen_at is None:
        return None
    whole = int((died_at - first_seen_at).total_seconds()) // 60
    hours, minutes = divmod(whole, 60)
    days, rest = divmod(hours, 24)
    told = f"{days}天{rest}小时{minutes}分" if days else f"{rest}小时{minutes}分"
    counted = f"{days}×24＋{rest}＝{hours}小时，另{minutes}分" if days else f"{hours}小时{minutes}分"
    return Hours(
        hours,
        minutes,
        (
            f"初次诊断：{_instant(first_seen_at)}",
            f"死亡：{_instant(died_at)}",
            f"相隔{told}，即{counted}",
        ),
    )


def course_faults(
    *, onset_at: datetime, first_seen_at: datetime | None, died_at: datetime, reported_at: datetime, now: datetime
) -> dict[str, str]:
    """What cannot have been so: field → sentence. A report tells of a death that has happened.

    Law: 人社部发〔2013〕34号 第六条; 条例 art. 15 (1).
    """
    found: dict[str, str] = {}
    if onset_at.date() < SINCE:
        found["onset_at"] = "发病的时间不能早于2004年1月1日《工伤保险条例》施行。请核对年份。"
    if first_seen_at and not onset_at <= first_seen_at:
        found["first_seen_at"] = "初次诊断的时间不能早于发病的时间。"
    if died_at < max(onset_at, first_seen_at or onset_at):
        found["died_at"] = "死亡的时间不能早于发病和初次诊断的时间。"
    if died_at > now:
        found["died_at"] = "死亡的时间不能晚于现在。还在抢救的，先全力抢救；去世以后再报告。"
    if reported_at > now:
        found["reported_at"] = "收到报告的时间不能晚于现在。"
    elif reported_at < died_at:
        found["reported_at"] = "收到报告的时间不能早于死亡的时间。"
    return found


def taken_over(told: Mapping[str, Any], *, by_employer: bool) -> dict[str, dict[str, Any]]:
    """The answers that an application begins with: step → field → answer. Nobody has decided on them, so each may be set right.

    told: the report's fields as plain values, its instants in the zone of this country. by_employer: who applies is the employer.
    Law: 人社厅发〔2018〕104号 part 2 (nothing is asked twice); 条例 art. 18.
    """
    onset, seen, died = told["onset_at"], told["first_seen_at"], told["died_at"]
    person = {name: told[name] for name in ("name", "id_type", "id_number", "telephone", "occupation")}
    employer = {name: told[name] for name in ("employer_name", "credit_code", "employer_address")}
    injury = {
        "kind": "accident",
        "injured_on": onset.date().isoformat(),
        "happened_at": f"{onset:%H:%M}",
        "place": told["place"],
        "cause": told["at_work"],
        "harm": "突发疾病死亡",
        "died_on": died.date().isoformat(),
    }
    medical = {"hospital": told["hospital"], "diagnosed_on": seen.date().isoformat() if seen else ""}
    found = {"person": person, "employer": employer, "injury": injury, "medical": medical}
    if by_employer:
        own = {"contact_name": told["reporter_name"], "employer_telephone": told["reporter_telephone"]}
        found["employer"] |= own
        found["applicant"] = {"capacity": "employer", "applicant_name": told["reporter_name"]}
    return {step: {field: value for field, value in fields.items() if value} for step, fields in found.items()}


def _instant(at: datetime) -> str:
    """An instant as it is read, to the minute."""
    return f"{written(at.date())}{at:%H:%M}"
