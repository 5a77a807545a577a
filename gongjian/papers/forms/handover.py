"""The paper by which the parties learn that another office decides their case from now on."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from gongjian.papers.forms.base import IssuedPaper


@dataclass(frozen=True, kw_only=True)
class HandoverNotice(IssuedPaper):
    """Who decided until now, who does from now on, on which document. due_on: the day of the decision, which does not move."""

    recipient: Annotated[str, "受文人"]
    case_number: Annotated[str, "案件编号"]
    from_office: Annotated[str, "原办理机构"]
    to_office: Annotated[str, "现办理机构"]
    since: Annotated[date, "管辖变更日期"]
    ground: Annotated[str, "变更依据"]
    due_on: Annotated[date | None, "办理期限"] = None


@dataclass(frozen=True, kw_only=True)
class RecognitionHandover(HandoverNotice):
    """Law: 条例 art. 5, 17; 令8 art. 4: another department decides the recognition."""

    kind: ClassVar[str] = "recognition_handover"


@dataclass(frozen=True, kw_only=True)
class AppraisalHandover(HandoverNotice):
    """Law: 令55 art. 5: another committee appraises."""

    kind: ClassVar[str] = "appraisal_handover"
