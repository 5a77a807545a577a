"""When a case file may be closed, how long it is kept, and how long a borrowing lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongjian.law.clock import Deadline, deadline

ENDINGS = {
    "effective": ("conclusion", "鉴定结论书"),
    "abandoned": ("lapse_notice", "视为放弃申请通知书"),
    "terminated": ("termination_notice", "当次鉴定终止通知书"),
    "withdrawn": ("", ""),
    "refused": ("refusal_notice", "不予受理决定书"),
    "deceased": ("death_notice", "劳动能力鉴定终结通知书"),
}
"""State in which a case ends → the kind of paper that ends it; a withdrawal is the party's own act and needs none."""
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


def lacks(standing: Standing) -> tuple[str, ...]:
    """What must still come before the file may be closed, in sentences without a full stop; nothing: it is complete.

    Law: 令55 art. 23 (files are kept after the appraisal has ended); 档案法 art. 37; 档案法实施条例 art. 39 (complete, traceable).
    """
    if standing.state not in ENDINGS:
        return ("案件还没有办结",)
    found = [*_paper_lacks(standing), *_service_lacks(standing)]
    return tuple(found + [f"还有未办的事项“{label}”" for label in standing.owed])


def _paper_lacks(standing: Standing) -> list[str]:
    kind, title = ENDINGS[standing.state]
    found = [f"缺少{title}"] if kind and kind not in standing.papers else []
    if standing.state == "effective" and standing.effective_on is None:
        found.append("没有登记结论生效的日期")
    return found


def _service_lacks(standing: Standing) -> list[str]:
    if standing.state != "effective":
        return []
    found = [] if standing.served else ["没有结论书的送达记录"]
    for one in standing.served:
        if one.day is None:
            found.append(f"{one.paper}还没有送达{one.recipient}")
        elif one.proof_missing:
            found.append(f"{one.paper}送达{one.recipient}的凭证没有上传")
    return found


def kept_until(archived_on: date, *, region: str) -> Deadline:
    """How long the file must be kept; on the day after, people decide what becomes of it: the platform destroys nothing by itself.

    Law: 令55 art. 23; 令21 art. 4 (50 years, until 2025-06-30); 档案法 art. 21; 档案法实施条例 art. 24 (no destruction without a decision).
    """
    return deadline("LA-ARCHIVE", archived_on, region=region)


def is_lent(borrowed_at: datetime, *, now: datetime) -> bool:
    """Whether a borrowing still opens the package. Law: 个保法 art. 6, 51 (no more access than the purpose needs)."""
    return borrowed_at <= now < borrowed_at + BORROWED_FOR
