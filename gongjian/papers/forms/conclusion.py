"""The conclusion of a first appraisal: the five contents that the law asks for, one record each."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, ClassVar

from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.base import Filled, IssuedPaper
from gongjian.papers.forms.wording import GRADE_WORDS


class SelfCare(Enum):
    """Impairment of self-care, in the words of 条例 art. 22."""

    COMPLETE = "生活完全不能自理"
    MAJOR = "生活大部分不能自理"
    PARTIAL = "生活部分不能自理"
    NONE = "无生活自理障碍"


@dataclass(frozen=True, kw_only=True)
class Appraisee(Filled):
    """The person appraised (first content, Law: 令55 art. 16). A foreign document may tell neither sex nor birth date."""

    name: Annotated[str, "被鉴定人姓名"]
    id_type: Annotated[str, "证件类型"]
    id_number: Annotated[str, "证件号码"]
    sex: Annotated[str | None, "被鉴定人性别"] = None
    born: Annotated[date | None, "被鉴定人出生日期"] = None


@dataclass(frozen=True, kw_only=True)
class Employer(Filled):
    """The employer (first content, Law: 令55 art. 16). A small employer may have no credit code."""

    name: Annotated[str, "用人单位名称"]
    credit_code: Annotated[str | None, "统一社会信用代码"] = None
    address: Annotated[str | None, "用人单位地址"] = None


@dataclass(frozen=True, kw_only=True)
class Recognition(Filled):
    """The recognition decision within whose scope the experts work (Law: 令55 art. 13)."""

    number: Annotated[str, "工伤认定决定书文号"]
    decided_on: Annotated[date, "工伤认定日期"]
    parts: Annotated[str, "认定的伤害部位"]


@dataclass(frozen=True, kw_only=True)
class Injury(Filled):
    """One line of the condition: part, impairment of organ and function, diagnosis (second content, Law: 令55 art. 16)."""

    part: Annotated[str, "伤残部位"]
    impairment: Annotated[str, "器官功能障碍情况"]
    diagnosis: Annotated[str, "医疗诊断情况"]


@dataclass(frozen=True, kw_only=True)
class CitedClause(Filled):
    """One clause of the standard; number such as 5.9.2(23), grade 1 to 10."""

    number: Annotated[str, "标准条款号"]
    grade: Annotated[int, "条款等级"]
    text: Annotated[str, "标准条款内容"]

    @property
    def grade_word(self) -> str:
        """一级 … 十级."""
        return GRADE_WORDS[self.grade - 1]


@dataclass(frozen=True, kw_only=True)
class Basis(Filled):
    """The standard, its clauses and, if one was applied, the rule of promotion (third content, Law: 令55 art. 16)."""

    standard: Annotated[str, "鉴定标准"]
    clauses: Annotated[tuple[CitedClause, ...], "标准条款"] = ()
    promotion: Annotated[str | None, "晋级说明"] = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Filled):
    """What was concluded (fourth content, Law: 令55 art. 16). grade: 1 to 10, or None: no grade reached."""

    grade: Annotated[int | None, "伤残等级"] = None
    self_care: Annotated[SelfCare, "生活自理障碍"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.grade is not None and not 1 <= self.grade <= len(GRADE_WORDS):
            raise PaperFieldWrong(field="伤残等级", why="应当为一级至十级，或者未达等级")
        if self.grade is None and self.self_care is not SelfCare.NONE:
            raise PaperFieldWrong(field="生活自理障碍", why="未达等级的结论不能同时载明生活自理障碍")

    @property
    def grade_word(self) -> str:
        """一级 … 十级, or 未达等级."""
        return GRADE_WORDS[self.grade - 1] if self.grade else "未达等级"


@dataclass(frozen=True, kw_only=True)
class Rights(Filled):
    """What the parties may do next (fifth content, Law: 令55 art. 16, 19, 20)."""

    provincial_committee: Annotated[str, "再次鉴定机关"]
    second_appraisal_days: Annotated[int, "申请再次鉴定的期限"]
    review_after_years: Annotated[int, "申请复查鉴定的期限"]


@dataclass(frozen=True, kw_only=True)
class ConclusionPaper(IssuedPaper):
    """Law: 令55 art. 16: the conclusion with its five contents. `imprint.issued_on` is the day the conclusion was made."""

    kind: ClassVar[str] = "conclusion"
    case_number: Annotated[str, "案件编号"]
    applied_on: Annotated[date, "申请日期"]
    examined_on: Annotated[date, "鉴定日期"]
    appraisee: Annotated[Appraisee, "被鉴定人基本信息"]
    employer: Annotated[Employer, "用人单位基本信息"]
    recognition: Annotated[Recognition, "工伤认定"]
    injuries: Annotated[tuple[Injury, ...], "伤残情况"]
    basis: Annotated[Basis, "鉴定依据"]
    outcome: Annotated[Outcome, "鉴定结论"]
    rights: Annotated[Rights, "权益告知"]
    copies_to: Annotated[tuple[str, ...], "抄送机关"]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.outcome.grade is not None and not self.basis.clauses:
            raise PaperFieldWrong(field="标准条款", why="载明伤残等级的结论应当列出所依据的条款")
