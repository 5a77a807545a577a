"""A letter: a paper that addresses one person or body about one case."""

from dataclasses import dataclass
from typing import Annotated

from gongjian.papers.forms.base import IssuedPaper


@dataclass(frozen=True, kw_only=True)
class Letter(IssuedPaper):
    """What each letter names. No letter says anything about the injury: it may be opened by somebody else."""

    recipient: Annotated[str, "受文人"]
    appraisee: Annotated[str, "被鉴定人姓名"]
    case_number: Annotated[str, "案件编号"]
