"""What is asked of another body and what counts as its answer: pure functions of plain values."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongjian.authenticity.errors import AnswerWrong, InquiryIncomplete

SOURCES = {"health": "卫生健康行政部门", "insurance": "医疗保障经办机构", "hospital": "医疗机构"}
SUBJECTS = {"visit": "是否在该日就诊", "diagnosis": "诊断证明是否由其出具"}
FINDINGS = {"confirmed": "相符", "differs": "不一致", "not_found": "没有查到"}
MOST_DAYS = 60
MOST_FACTS, LONGEST = 20, 200


@dataclass(frozen=True)
class Finding:
    """What another body has answered. facts: (what, value) in its own words."""

    finding: str
    facts: tuple[tuple[str, str], ...]


def check_inquiry(purpose: str, hospital: str, on: date, due_on: date, *, today: date) -> None:
    """An inquiry has its purpose, a hospital, a day that is not to come, and leaves time to answer.

    Law: 令8 art. 9 (investigation); 个保法 art. 6, 13(3) (purpose, statutory duty). Raises: InquiryIncomplete.
    """
    timely = on <= today < due_on <= today + timedelta(days=MOST_DAYS)
    if not (purpose.strip() and hospital.strip() and timely):
        raise InquiryIncomplete(most=MOST_DAYS)


def finding_of(told: Any, *, key: str) -> Finding:
    """An answer as the interface describes it, about this very inquiry.

    Law: 令8 art. 9; the form is ours. Raises: AnswerWrong; what is not understood is never read as a finding.
    """
    if not isinstance(told, dict) or told.get("key") != key:
        raise AnswerWrong(fault="不是对这次协查的答复")
    if not isinstance(told.get("finding"), str) or told["finding"] not in FINDINGS:
        raise AnswerWrong(fault="没有写明核对结果")
    facts = told.get("facts", [])
    if not isinstance(facts, list) or len(facts) > MOST_FACTS:
        raise AnswerWrong(fault="事项不是清单")
    return Finding(told["finding"], tuple(_fact(each) for each in facts))


def _fact(told: Any) -> tuple[str, str]:
    values = (told.get("name"), told.get("value")) if isinstance(told, dict) else (None, None)
    if not all(isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable() for value in values):
        raise AnswerWrong(fault="事项的写法不合规定")
    return str(values[0]), str(values[1])
