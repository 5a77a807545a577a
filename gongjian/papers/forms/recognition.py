"""Papers of the recognition of work injuries up to the decision: receipt, acceptance or not, evidence, suspension, and the record of an interview."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.base import Filled, IssuedPaper
from gongjian.papers.forms.intake import ApplicationReceipt, MissingItem, SupplementNotice


@dataclass(frozen=True, kw_only=True)
class RecognitionReceipt(ApplicationReceipt):
    """Law: 令8 art. 8: what arrived and when; the day from which the fifteen days are counted."""

    kind: ClassVar[str] = "recognition_receipt"


@dataclass(frozen=True, kw_only=True)
class RecognitionSupplement(SupplementNotice):
    """Law: 令8 art. 8: everything that is missing, told once and in writing."""

    kind: ClassVar[str] = "recognition_supplement"
    missing: Annotated[tuple[MissingItem, ...], "需补正的材料"]


@dataclass(frozen=True, kw_only=True)
class RecognitionLetter(IssuedPaper):
    """What each letter of this procedure names; none says more of the injury than its day."""

    recipient: Annotated[str, "受文人"]
    worker: Annotated[str, "职工姓名"]
    employer: Annotated[str, "用人单位名称"]
    case_number: Annotated[str, "案件编号"]


@dataclass(frozen=True, kw_only=True)
class Remedies(Filled):
    """What may be done against a decision: where and until when. online: how a review is asked for over the network.

    Law: 条例 art. 55; 令8 art. 19, 23; 复议法 art. 20, 22, 24; 行诉法 art. 46.
    """

    government: Annotated[str, "行政复议机关"]
    review_days: Annotated[int, "申请行政复议的期限"]
    suit_months: Annotated[int, "提起行政诉讼的期限"]
    online: Annotated[str, "网上申请行政复议的渠道"]


@dataclass(frozen=True, kw_only=True)
class RecognitionAcceptance(RecognitionLetter):
    """Law: 令8 art. 8: accepted; the day by which the decision is due."""

    kind: ClassVar[str] = "recognition_acceptance"
    own_motion: Annotated[bool, "是否依职权启动"] = False
    received_on: Annotated[date, "收到申请日期"]
    accepted_on: Annotated[date, "受理日期"]
    decide_days: Annotated[int, "认定期限"]
    decide_due_on: Annotated[date, "认定期限届满日"]


@dataclass(frozen=True, kw_only=True)
class RecognitionRejection(RecognitionLetter):
    """Law: 令8 art. 8, 23; 条例 art. 55: not accepted, why, on which article, and what may be done against it."""

    kind: ClassVar[str] = "recognition_rejection"
    received_on: Annotated[date, "收到申请日期"]
    reason: Annotated[str, "不予受理的理由"]
    article: Annotated[str, "不予受理的依据"]
    remedies: Annotated[Remedies, "救济途径"]


@dataclass(frozen=True, kw_only=True)
class RecognitionTransfer(RecognitionLetter):
    """Law: 令8 art. 4, 7; 条例 art. 17: another department is competent; the papers go there."""

    kind: ClassVar[str] = "recognition_transfer"
    received_on: Annotated[date, "收到申请日期"]
    to_office: Annotated[str, "有管辖权的机关"]
    reason: Annotated[str, "移送的理由"]


@dataclass(frozen=True, kw_only=True)
class EvidenceNotice(RecognitionLetter):
    """Law: 令8 art. 17; 条例 art. 19: the employer who denies must prove, until when, and what follows from silence."""

    kind: ClassVar[str] = "evidence_notice"
    applicant: Annotated[str, "申请人"]
    own_motion: Annotated[bool, "是否依职权启动"] = False
    injured_on: Annotated[date, "事故发生或者诊断的日期"]
    days: Annotated[int, "举证期限"]


@dataclass(frozen=True, kw_only=True)
class SuspensionNotice(RecognitionLetter):
    """Law: 令8 art. 20; 条例 art. 20; 意见一 art. 5: why the clock stands still, what is waited for, what the sides may do, how it goes on."""

    kind: ClassVar[str] = "suspension_notice"
    ground: Annotated[str, "中止的情形"]
    awaited: Annotated[str, "等待的结论"]
    advice: Annotated[str | None, "当事人可以做什么"] = None
    article: Annotated[str, "中止的依据"]
    from_on: Annotated[date, "中止日期"]
    days_used: Annotated[int, "已用天数"]


@dataclass(frozen=True, kw_only=True)
class ResumptionNotice(RecognitionLetter):
    """Law: 令8 art. 20; 条例 art. 20: the awaited document has come; the new last day."""

    kind: ClassVar[str] = "resumption_notice"
    suspended_on: Annotated[date, "中止日期"]
    resumed_on: Annotated[date, "恢复日期"]
    document: Annotated[str, "收到的法律文书"]
    decide_due_on: Annotated[date, "认定期限届满日"]


@dataclass(frozen=True, kw_only=True)
class RecognitionTermination(RecognitionLetter):
    """The procedure ends without a decision: why. Law: 令8 art. 7 (what must be so that it goes on); local rules."""

    kind: ClassVar[str] = "recognition_termination"
    reason: Annotated[str, "终止的理由"]
    ended_on: Annotated[date, "终止日期"]


@dataclass(frozen=True, kw_only=True)
class Exchange(Filled):
    """One question and its answer, as the record numbers them."""

    number: Annotated[int, "序号"]
    asked: Annotated[str, "问"]
    answered: Annotated[str, "答"]


@dataclass(frozen=True, kw_only=True)
class InterviewRecord(IssuedPaper):
    """Law: 令8 art. 9, 10, 11: who asked (two at least, with their cards), whom, when and where, and word for word what was said."""

    kind: ClassVar[str] = "interview_record"
    case_number: Annotated[str, "案件编号"]
    asked: Annotated[str, "被调查人"]
    role: Annotated[str, "被调查人身份"]
    started_at: Annotated[datetime, "开始时间"]
    ended_at: Annotated[datetime, "结束时间"]
    place: Annotated[str, "调查地点"]
    investigators: Annotated[tuple[str, ...], "调查人及证件号"]
    lines: Annotated[tuple[Exchange, ...], "笔录"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.investigators) < 2:
            raise PaperFieldWrong(field="调查人及证件号", why="应当有两名以上工作人员")
