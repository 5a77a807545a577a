"""The index of a case file."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from gongjian.papers.forms.base import Filled, IssuedPaper


@dataclass(frozen=True, kw_only=True)
class DossierEntry(Filled):
    """One paper in the file. pages: as printed, such as 3—5; sha256: of the electronic original, shown by its first 16 digits."""

    title: Annotated[str, "文件名称"]
    number: Annotated[str | None, "文书编号"] = None
    author: Annotated[str, "责任者"]
    dated: Annotated[date, "文件日期"]
    pages: Annotated[str, "页次"]
    sha256: Annotated[str, "数字指纹"]

    @property
    def sha256_head(self) -> str:
        """The first 16 digits in groups of 8."""
        return f"{self.sha256[:8]} {self.sha256[8:16]}"


@dataclass(frozen=True, kw_only=True)
class DossierIndex(IssuedPaper):
    """Law: 令55 art. 23: what lies in the file, in order. retention_years: from the archive rules (a parameter)."""

    kind: ClassVar[str] = "dossier_index"
    case_number: Annotated[str, "案件编号"]
    appraisee: Annotated[str, "被鉴定人姓名"]
    employer: Annotated[str, "用人单位名称"]
    retention_years: Annotated[int, "保管期限"]
    entries: Annotated[tuple[DossierEntry, ...], "卷内文件"]
    compiled_by: Annotated[str, "立卷人"]
