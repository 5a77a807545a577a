"""Papers between application and acceptance: receipt, what is missing, acceptance, lapse, and a longer limit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from gongjian.papers.errors import PaperFieldMissing, PaperFieldWrong
from gongjian.papers.forms.base import Filled, IssuedPaper, label
from gongjian.papers.forms.letters import Letter

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, kw_only=True)
class ReceivedFile(Filled):
    """One file as it lies in the evidence store. sha256: 64 hexadecimal digits, computed when the file was read back."""

    name: Annotated[str, "材料名称"]
    pages: Annotated[int | None, "页数"] = None
    sha256: Annotated[str, "数字指纹"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.sha256) != 64 or set(self.sha256) - _HEX:
            raise PaperFieldWrong(field="数字指纹", why="应当是64位十六进制数字")

    @property
    def sha256_lines(self) -> str:
        """The digest in two lines of four groups each, so that it can be compared by eye."""
        groups = [self.sha256[start : start + 8] for start in range(0, 64, 8)]
        return " ".join(groups[:4]) + "\n" + " ".join(groups[4:])


@dataclass(frozen=True, kw_only=True)
class ApplicationReceipt(IssuedPaper):
    """Law: 令55 art. 9, 10: what arrived and when; the instant from which the office's limits are counted."""

    kind: ClassVar[str] = "application_receipt"
    case_number: Annotated[str, "案件编号"]
    applicant: Annotated[str, "申请人"]
    appraisee: Annotated[str, "被鉴定人姓名"]
    employer: Annotated[str, "用人单位名称"]
    received_at: Annotated[datetime, "收件时间"]
    way: Annotated[str, "申请方式"]
    files: Annotated[tuple[ReceivedFile, ...], "申请材料"]
    review_due_on: Annotated[date, "审核期限"]


@dataclass(frozen=True, kw_only=True)
class MissingItem(Filled):
    """One thing to be supplied: what it is, what is wrong, and on which legal basis it is asked."""

    name: Annotated[str, "需补正的材料"]
    reason: Annotated[str, "补正要求"]
    article: Annotated[str, "材料依据"]


@dataclass(frozen=True, kw_only=True)
class SupplementNotice(Letter):
    """Law: 令55 art. 10: all that is missing, told once, with a reasonable period."""

    kind: ClassVar[str] = "supplement_notice"
    received_on: Annotated[date, "收到申请日期"]
    missing: Annotated[tuple[MissingItem, ...], "需补正的材料"]
    due_on: Annotated[date, "补正期限"]


@dataclass(frozen=True, kw_only=True)
class AcceptanceNotice(Letter):
    """Law: 令55 art. 10: the papers are complete; the day by which the conclusion is due."""

    kind: ClassVar[str] = "acceptance_notice"
    employer: Annotated[str, "用人单位名称"]
    received_on: Annotated[date, "收到申请日期"]
    accepted_on: Annotated[date, "受理日期"]
    decide_days: Annotated[int, "鉴定期限"]
    decide_due_on: Annotated[date, "鉴定期限届满日"]


@dataclass(frozen=True, kw_only=True)
class LapseNotice(Letter):
    """Law: 令55 art. 10: nothing came in time without good reason, or what came was still incomplete; so it counts as given up.

    supplemented_on: the day on which papers came; None: none came. still_missing: what was lacking then, in the office's words.
    """

    kind: ClassVar[str] = "lapse_notice"
    received_on: Annotated[date, "收到申请日期"]
    supplement_number: Annotated[str, "补正材料告知书编号"]
    supplement_due_on: Annotated[date, "补正期限"]
    supplemented_on: Annotated[date | None, "收到补正材料日期"] = None
    still_missing: Annotated[str, "补正后仍不齐全之处"] = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.supplemented_on and not self.still_missing:
            raise PaperFieldMissing(field=label(type(self), "still_missing"))


@dataclass(frozen=True, kw_only=True)
class RefusalNotice(Letter):
    """Law: 令55 art. 5, 7, 13, 20: the application is not accepted. No national rule gives such a decision a form or a remedy of its own; the
    paper says so.

    ground, article: of the table of grounds; reasons: the facts, without a diagnosis; then: what can be done now; competent: the committee it
    belongs to, with where it is found, "" where it is this one; supervisor: the department that supervises this office (art. 3).
    """

    kind: ClassVar[str] = "refusal_notice"
    received_on: Annotated[date, "收到申请日期"]
    ground: Annotated[str, "不予受理的理由"]
    article: Annotated[str, "不予受理的依据"]
    reasons: Annotated[str, "查明的事实"]
    then: Annotated[str, "可以怎么办"]
    competent: Annotated[str, "有管辖权的机关"] = ""
    supervisor: Annotated[str, "指导监督的部门"]


@dataclass(frozen=True, kw_only=True)
class DeathNotice(Letter):
    """Law: 令55 art. 12, 13; 条例 art. 39; 社保法 art. 17: the appraisal ends with the person's death; what the family may claim, and where."""

    kind: ClassVar[str] = "death_notice"
    received_on: Annotated[date, "收到申请日期"]
    died_on: Annotated[date, "死亡日期"]
    proof: Annotated[str, "死亡证明"]
    ended_on: Annotated[date, "终结日期"]
    agency: Annotated[str, "社会保险经办机构"]


@dataclass(frozen=True, kw_only=True)
class ExtensionNotice(Letter):
    """Law: 令55 art. 10: a complex condition or many specialties; once, by 30 days. reason names no diagnosis."""

    kind: ClassVar[str] = "extension_notice"
    received_on: Annotated[date, "收到申请日期"]
    former_due_on: Annotated[date, "原期限届满日"]
    reason: Annotated[str, "延长理由"]
    days: Annotated[int, "延长天数"]
    due_on: Annotated[date, "延长后期限届满日"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.due_on <= self.former_due_on:
            raise PaperFieldWrong(field="延长后期限届满日", why="应当晚于原期限届满日")
