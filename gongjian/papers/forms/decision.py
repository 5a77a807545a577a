"""The decisions of a recognition: recognised, deemed, refused; every field that 令8 art. 19 asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.base import Filled, IssuedPaper
from gongjian.papers.forms.recognition import Remedies

PENDING = "【待核实】"
"""Marks a sentence that rests on nothing yet; nothing with this mark goes out."""


@dataclass(frozen=True, kw_only=True)
class Worker(Filled):
    """The worker. A foreign document may tell neither sex nor age. Law: 令8 art. 19(2)."""

    name: Annotated[str, "职工姓名"]
    sex: Annotated[str | None, "职工性别"] = None
    age: Annotated[int | None, "职工年龄"] = None
    occupation: Annotated[str, "职工职业"]
    id_type: Annotated[str, "证件类型"]
    id_number: Annotated[str, "证件号码"]


@dataclass(frozen=True, kw_only=True)
class Decision(IssuedPaper):
    """What every decision states. applied_by: who applied; facts: what was established, sentence by sentence; grounds: articles with their words,
    of a refusal the clauses that say which exclusion is met or which head is not.

    Law: 令8 art. 19, 22.
    """

    case_number: Annotated[str, "案件编号"]
    employer: Annotated[str, "用人单位全称"]
    worker: Annotated[Worker, "职工基本情况"]
    applied_by: Annotated[str, "申请人"]
    own_motion: Annotated[bool, "是否依职权启动"] = False
    received_on: Annotated[date, "收到申请日期"]
    accepted_on: Annotated[date, "受理日期"]
    facts: Annotated[tuple[str, ...], "核实的事实"]
    grounds: Annotated[tuple[str, ...], "认定依据"]
    remedies: Annotated[Remedies, "救济途径"]
    copies_to: Annotated[tuple[str, ...], "抄送机关"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(PENDING in sentence for sentence in self.facts):
            raise PaperFieldWrong(field="核实的事实", why=f"还有标着{PENDING}的内容")


@dataclass(frozen=True, kw_only=True)
class Injured(Decision):
    """What a decision in the worker's favour states besides. happened_on and diagnosed_on, or the occupational disease by name.

    Law: 令8 art. 19 (认定工伤决定书).
    """

    parts: Annotated[str, "受伤害部位"]
    happened_on: Annotated[date | None, "事故时间"] = None
    diagnosed_on: Annotated[date | None, "诊断时间"] = None
    disease: Annotated[str | None, "职业病名称"] = None
    treatment: Annotated[str, "医疗救治的基本情况和诊断结论"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.disease and not (self.happened_on and self.diagnosed_on):
            raise PaperFieldWrong(field="事故时间", why="应当载明事故时间和诊断时间，或者职业病名称")


@dataclass(frozen=True, kw_only=True)
class Recognised(Injured):
    """Law: 条例 art. 14; 令8 art. 18, 19."""

    kind: ClassVar[str] = "decision_recognised"


@dataclass(frozen=True, kw_only=True)
class Deemed(Injured):
    """Law: 条例 art. 15; 令8 art. 18, 19. benefits: what the article says of them."""

    kind: ClassVar[str] = "decision_deemed"
    benefits: Annotated[str, "待遇说明"]


@dataclass(frozen=True, kw_only=True)
class Refused(Decision):
    """Law: 条例 art. 14, 15, 16; 令8 art. 18, 19 (不予认定工伤决定书). reason: why what was established is not a work injury."""

    kind: ClassVar[str] = "decision_refused"
    reason: Annotated[str, "不予认定的理由"]
