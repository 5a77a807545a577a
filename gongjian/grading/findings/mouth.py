"""Jaws, teeth, tongue. Areas in cm², bone segments in cm, mouth opening as class 0 … 4 (4: not at all)."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.fields import a_part, a_side, choice, flag, number, subject, whole


@dataclass(frozen=True, kw_only=True)
class MouthOpening(Finding):
    """How far the mouth opens. Other findings of the jaw use the same class."""

    kind: ClassVar[str] = "mouth_opening"
    title: ClassVar[str] = "张口"
    mouth_opening: int | None = whole("张口困难", "度", 0, 4)

    @property
    def is_normal(self) -> bool:
        return self.mouth_opening == 0


@dataclass(frozen=True, kw_only=True)
class Tmj(Finding):
    kind: ClassVar[str] = "tmj"
    title: ClassVar[str] = "颞下颌关节强直"
    side: str | None = a_side()
    bony: bool | None = flag("骨性强直")
    mouth_opening: int | None = whole("张口困难", "度", 0, 4)


@dataclass(frozen=True, kw_only=True)
class Jaw(Finding):
    """Loss of jaw bone on one side. Two findings for two sides."""

    kind: ClassVar[str] = "jaw"
    title: ClassVar[str] = "上、下颌骨缺损"
    bones: str | None = subject(
        "部位",
        maxilla="一侧上颌骨",
        mandible="一侧下颌骨",
        both_maxillae="双侧上颌骨",
        both_mandibles="双侧下颌骨",
        same_side="同侧上、下颌骨",
        opposite_sides="一侧上颌骨及对侧下颌骨",
    )
    complete: bool | None = flag("完全缺损")
    loss_fraction: float | None = a_part("缺损比例")
    segment_cm: float | None = number("缺损区段长", "cm", 0, 30)
    soft_tissue_cm2: float | None = number("颜面软组织损伤", "cm²", 0, 1000)


@dataclass(frozen=True, kw_only=True)
class JawFracture(Finding):
    kind: ClassVar[str] = "jaw_fracture"
    title: ClassVar[str] = "上、下颌骨骨折牵引、固定治疗后"
    residual: bool | None = flag("有功能障碍")


@dataclass(frozen=True, kw_only=True)
class Condyle(Finding):
    kind: ClassVar[str] = "condyle"
    title: ClassVar[str] = "下颌骨髁状突颈部骨折"
    side: str | None = a_side()
    mouth_opening: int | None = whole("张口困难", "度", 0, 4)
    occlusion_changed: bool | None = flag("咬合关系改变")
    operated: bool | None = flag("经手术治疗")


@dataclass(frozen=True, kw_only=True)
class Zygoma(Finding):
    kind: ClassVar[str] = "zygoma"
    title: ClassVar[str] = "颧骨并颧弓骨折"
    side: str | None = a_side()
    mouth_opening: int | None = whole("张口困难", "度", 0, 4)
    deformed: bool | None = flag("颜面部畸形明显")
    reduced: bool | None = flag("经手术复位")


@dataclass(frozen=True, kw_only=True)
class Teeth(Finding):
    kind: ClassVar[str] = "teeth"
    title: ClassVar[str] = "牙槽骨、牙齿"
    alveolar_cm: float | None = number("牙槽骨损伤长度", "cm", 0, 30)
    teeth_lost: int | None = whole("牙齿脱落", "个", 0, 32)
    incisors_lost: int | None = whole("切牙脱落", "个", 0, 8)
    other_teeth_lost: int | None = whole("其他牙脱落（智齿除外）", "个", 0, 28)


@dataclass(frozen=True, kw_only=True)
class Tongue(Finding):
    kind: ClassVar[str] = "tongue"
    title: ClassVar[str] = "舌缺损"
    loss_fraction: float | None = a_part("舌缺损比例")


@dataclass(frozen=True, kw_only=True)
class DentalErosion(Finding):
    kind: ClassVar[str] = "dental_erosion"
    title: ClassVar[str] = "牙酸蚀病"
    degree: int | None = whole("牙酸蚀", "度", 1, 3)


@dataclass(frozen=True, kw_only=True)
class ForeignBody(Finding):
    kind: ClassVar[str] = "foreign_body"
    title: ClassVar[str] = "异物"
    site: str | None = subject(
        "部位",
        intracranial="颅内",
        orbit="眶内",
        intraocular="眼球内",
        sinus="鼻窦",
        cheek="面颊部",
        lung="肺内",
        heart="心脏",
    )
    status: str | None = choice("情况", retained="滞留", removed="已摘除")
    residual: str | None = choice("功能障碍", none="无", present="有")
