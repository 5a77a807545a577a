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


FEWEST_MARKS = 60
"""A picture of fewer marks is as good as empty: white pages, bare forms and blank backs are alike without telling anything."""
PICTURE_DIFFERS, SHEET_DIFFERS = 0.38, 0.20
"""How many of its marks, as a share, may differ where two are the same picture; sheets of paper share their print, and so must agree in more."""
MOST_ELSEWHERE = 5
"""A picture that stands in more other cases than this is a form or a licence that many hand in: said, and nobody's task."""
WORDS = {"lawful": "合理使用，无异常", "asked": "已向当事人或者出具单位核实", "taken_up": "存疑，已列入调查"}


@dataclass(frozen=True)
class Print:
    """What a picture looks like, in few bytes. rough: 64 marks, by which candidates are found; fine: 1,024, by which they are confirmed."""

    rough: int
    fine: bytes
    is_sheet: bool

    @property
    def marks(self) -> int:
        """How much there is to be seen. Law: 令8 art. 9; the measure is ours."""
        return int.from_bytes(self.fine, "big").bit_count()

    @property
    def bands(self) -> tuple[int, ...]:
        """The rough marks in four parts, each from -32768: a picture changed a little keeps at least one of them.

        Law: 令8 art. 9; the measure is ours.
        """
        return tuple((self.rough >> shift & 0xFFFF) - 0x8000 for shift in (48, 32, 16, 0))


def difference(one: bytes, other: bytes) -> float:
    """The share of marks, of all that either has, that only one of them has: 0 the same, 1 nothing in common. Law: 令8 art. 9; the measure is ours."""
    left, right = int.from_bytes(one, "big"), int.from_bytes(other, "big")
    return (left ^ right).bit_count() / ((left | right).bit_count() or 1)


def is_same(one: Print, other: Print) -> bool:
    """Whether a person should look at two pictures beside each other. What they mean is for that person to say. Law: 令8 art. 9; 条例 art. 19."""
    if min(one.marks, other.marks) < FEWEST_MARKS:
        return False
    most = SHEET_DIFFERS if one.is_sheet or other.is_sheet else PICTURE_DIFFERS
    return difference(one.fine, other.fine) <= most
