"""Spine. Height loss of a vertebra's front edge as a part of its height, 0 … 1; angles in degrees."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import a_part, choice, flag, number, whole
from gongjian.grading.measures.vertebra import VertebralImage, stability


@dataclass(frozen=True, kw_only=True)
class Vertebra(Finding):
    """A vertebral fracture. Unstable when any one of the signs of A.2.7 is there."""

    kind: ClassVar[str] = "vertebra"
    title: ClassVar[str] = "脊椎骨折"
    anterior_height_loss: float | None = a_part("椎体前缘高度减少")
    displaced: bool | None = flag("明显移位")
    angulation_deg: float | None = number("后凸或侧向成角", "度", 0, 180)
    canal_left: float | None = a_part("残留管腔")
    posterior_elements: bool | None = flag("椎弓根、关节突或椎板骨折")

    def values(self) -> Values:
        found = dict(super().values())
        image = VertebralImage(
            height_loss=self.anterior_height_loss,
            displaced=self.displaced,
            angulation_deg=self.angulation_deg,
            canal_left=self.canal_left,
            posterior_elements=self.posterior_elements,
        )
        reached = stability(image).value
        return found | ({"stability": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class SpinalDeformity(Finding):
    kind: ClassVar[str] = "spine"
    title: ClassVar[str] = "脊柱骨折后遗畸形"
    deformity_deg: float | None = number("侧弯或后凸", "度", 0, 180)
    radicular_pain: str | None = choice("根性神经痛", none="无", moderate="有", severe="严重")


@dataclass(frozen=True, kw_only=True)
class SpineFixation(Finding):
    kind: ClassVar[str] = "spine_fixation"
    title: ClassVar[str] = "脊柱内固定术"
    segments: int | None = whole("内固定节段", "节", 1, 24)


@dataclass(frozen=True, kw_only=True)
class TransverseProcess(Finding):
    kind: ClassVar[str] = "transverse_process_fracture"
    title: ClassVar[str] = "横突骨折"
    count: int | None = whole("横突骨折", "处", 1, 24)


@dataclass(frozen=True, kw_only=True)
class Disc(Finding):
    """A disc injury. Evidence of B.2.10: an early MRI, or three months of watching when there is only a CT."""

    kind: ClassVar[str] = "disc_herniation"
    title: ClassVar[str] = "椎间盘髓核突出"
    acute_trauma: bool | None = flag("急性外伤所致")
    nerve_irritation: bool | None = flag("伴神经刺激征")
    nucleus_removed: bool | None = flag("已行髓核切除术")
    early_mri: bool | None = flag("一个月内的MRI提示急性损伤")
    months_since_injury: int | None = whole("伤后", "个月", 0, 1200)
