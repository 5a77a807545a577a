"""When a case file may be closed, how long it is kept, and how long a borrowing lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongjian.appraisal.states import INITIAL
from gongjian.law.clock import Deadline, deadline
from gongjian.recognition.states import RECOGNITION

DECISIONS = (
    "decision_recognised",
    "decision_deemed",
    "decision_refused",
    "recognition_rejection",
    "decision_revocation",
)
ENDINGS: dict[str, tuple[tuple[str, ...], str]] = {
    "effective": (("conclusion",), "鉴定结论书"),
    "abandoned": (("lapse_notice",), "视为放弃申请通知书"),
    "terminated": (("termination_notice",), "当次鉴定终止通知书"),
    "withdrawn": ((), ""),
    "refused": (("refusal_notice",), "不予受理决定书"),
    "deceased": (("death_notice",), "劳动能力鉴定终结通知书"),
}
"""State in which a case ends → the kinds of paper one of which ends it; a withdrawal is the party's own act and needs none."""
OF_RECOGNITION: dict[str, tuple[tuple[str, ...], str]] = {
    "effective": (DECISIONS, "工伤认定决定书"),
    "transferred": (("recognition_transfer",), "移送告知书"),
    "terminated": (("recognition_termination",), "终止通知书"),
    "withdrawn": ((), ""),
    "joined": ((), ""),
}
"""The same for a recognition; one that was joined ends in the paper of the other case. Law: 令8 art. 8, 18, 24."""
ENDED = frozenset({*ENDINGS, *OF_RECOGNITION})
"""Every state in which a case of some procedure ends."""
BORROWED_FOR = timedelta(hours=24)


class Purpose(StrEnum):
    """What a case file is borrowed for."""

    REVIEW = "review"
    COURT = "court"
    SUPERVISION = "supervision"
    PARTY = "party"
    CORRECTION = "correction"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """Its word in the register of loans. Law: none; the words are ours."""
        return PURPOSES[self]


PURPOSES = {
    Purpose.REVIEW: "再次鉴定、复查鉴定",
    Purpose.COURT: "行政复议、诉讼",
    Purpose.SUPERVISION: "监督检查、审计",
    Purpose.PARTY: "当事人申请查阅",
    Purpose.CORRECTION: "更正、补正文书",
    Purpose.TRANSFER: "向档案馆移交",
}


@dataclass(frozen=True)
class Served:
    """One paper for one recipient. day: None until it is served; proof_missing: its way of service needs a kept file and has none."""

    paper: str
    recipient: str
    day: date | None
    proof_missing: bool = False


@dataclass(frozen=True)
class Standing:
    """A case file as it stands. papers: kinds of papers issued; owed: what else is still to be done, in words."""

    state: str
    papers: frozenset[str]
    effective_on: date | None = None
    served: tuple[Served, ...] = ()
    owed: tuple[str, ...] = ()
    procedure: str = INITIAL


def lacks(standing: Standing) -> tuple[str, ...]:
    """What must still come before the file may be closed, in sentences without a full stop; nothing: it is complete.

    Law: 令55 art. 23 (files are kept after the appraisal has ended); 档案法 art. 37; 档案法实施条例 art. 39 (complete, traceable).
    """
    if standing.state not in endings_of(standing.procedure):
        return ("案件还没有办结",)
    found = [*_paper_lacks(standing), *_service_lacks(standing)]
    return tuple(found + [f"还有未办的事项“{label}”" for label in standing.owed])


def endings_of(procedure: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """How cases of a procedure end. Law: 令55 art. 23; 令8 art. 24."""
    return OF_RECOGNITION if procedure == RECOGNITION else ENDINGS


def _paper_lacks(standing: Standing) -> list[str]:
    kinds, title = endings_of(standing.procedure)[standing.state]
    found = [f"缺少{title}"] if kinds and standing.papers.isdisjoint(kinds) else []
    if standing.state == "effective" and standing.effective_on is None:
        decided = "决定" if standing.procedure == RECOGNITION else "结论"
        found.append(f"没有登记{decided}生效的日期")
    return found


def _service_lacks(standing: Standing) -> list[str]:
    if standing.state != "effective":
        return []
    title = "决定书" if standing.procedure == RECOGNITION else "结论书"
    found = [] if standing.served else [f"没有{title}的送达记录"]
    for one in standing.served:
        if one.day is None:
            found.append(f"{one.paper}还没有送达{one.recipient}")
        elif one.proof_missing:
            found.append(f"{one.paper}送达{one.recipient}的凭证没有上传")
    return found


def kept_until(archived_on: date, *, region: str, procedure: str = INITIAL) -> Deadline:
    """How long the file must be kept; on the day after, people decide what becomes of it: the platform destroys nothing by itself.

    Law: 令55 art. 23; 令21 art. 4 (50 years, until 2025-06-30); 令8 art. 24 (50 years); 档案法 art. 21; 档案法实施条例 art. 24 (no destruction without a decision).
    """
    limit = "WI-ARCHIVE" if procedure == RECOGNITION else "LA-ARCHIVE"
    return deadline(limit, archived_on, region=region)


def is_lent(borrowed_at: datetime, *, now: datetime) -> bool:
    """Whether a borrowing still opens the package. Law: 个保法 art. 6, 51 (no more access than the purpose needs)."""
    return borrowed_at <= now < borrowed_at + BORROWED_FOR
