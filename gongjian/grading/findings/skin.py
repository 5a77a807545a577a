"""Skin, face, burns. Areas of hyperplastic scars in percent of the body surface or in cm²; parts of the face 0 … 1."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import a_part, a_side, choice, choices, flag, number, whole
from gongjian.grading.measures.face import disfigurement

_SEVERE = {
    "eyebrow": "眉毛缺失",
    "eyelid": "双睑外翻或缺失",
    "ear": "外耳缺失",
    "nose": "鼻缺失",
    "lip": "上下唇外翻、缺失或小口畸形",
    "neck": "颈颏粘连",
}
_MODERATE = {
    "eyebrow": "眉毛部分缺失",
    "eyelid": "眼睑外翻或部分缺失",
    "ear": "耳廓部分缺失",
    "nose": "鼻部分缺失",
    "lip": "唇外翻或小口畸形",
    "neck": "颈部瘢痕畸形",
}


@dataclass(frozen=True, kw_only=True)
class Disfigurement(Finding):
    """Items of A.2.1. A heavy item is not to be named among the moderate ones, too; it counts there by itself."""

    kind: ClassVar[str] = "disfigurement"
    title: ClassVar[str] = "颜面毁容"
    scarred_face: bool | None = flag("面部瘢痕畸形")
    severe: tuple[str, ...] = choices("重度毁容六项", **_SEVERE)
    moderate: tuple[str, ...] = choices("中度毁容六项", **_MODERATE)

    def values(self) -> Values:
        """How many items of each list, and the levels reached; a heavier level contains the lighter ones."""
        reached = disfigurement(severe=self.severe, moderate=self.moderate, scarred_face=bool(self.scarred_face))
        return {
            "severe_items": len(set(self.severe)),
            "moderate_items": len({*self.severe, *self.moderate}),
            "disfigurement": frozenset(reached.value or ()),
        }


@dataclass(frozen=True, kw_only=True)
class Scar(Finding):
    kind: ClassVar[str] = "scar"
    title: ClassVar[str] = "全身瘢痕（增生性）"
    bsa_pct: float | None = number("瘢痕占体表面积", "%", 0, 100)
    severe: bool | None = flag("重度瘢痕")
    spine_and_joints_mostly_lost: bool | None = flag("脊柱及四肢大关节活动功能基本丧失")
    limited_large_joints: int | None = whole("活动受限的四肢大关节", "个", 0, 12)


@dataclass(frozen=True, kw_only=True)
class FaceScar(Finding):
    kind: ClassVar[str] = "face_scar"
    title: ClassVar[str] = "面部瘢痕、植皮、色素改变"
    fraction: float | None = a_part("占面部的比例")
    area_cm2: float | None = number("面积", "cm²", 0, 1000)
    spots: int | None = whole("1cm²以上的瘢痕", "处", 0, 100)
    pigment_change: bool | None = flag("伴色素改变")
    burn_graft: bool | None = flag("系烧伤植皮")


@dataclass(frozen=True, kw_only=True)
class FacePigment(Finding):
    kind: ClassVar[str] = "face_pigment"
    title: ClassVar[str] = "面部异物色素沉着或脱失"
    fraction: float | None = a_part("占颜面的比例")


@dataclass(frozen=True, kw_only=True)
class FaceSoftTissue(Finding):
    kind: ClassVar[str] = "face_soft_tissue"
    title: ClassVar[str] = "面部软组织缺损"
    area_cm2: float | None = number("缺损面积", "cm²", 0, 1000)
    salivary_fistula: bool | None = flag("伴发涎瘘")


@dataclass(frozen=True, kw_only=True)
class CheekPerforation(Finding):
    kind: ClassVar[str] = "cheek_perforation"
    title: ClassVar[str] = "面颊部洞穿性缺损"
    area_cm2: float | None = number("缺损面积", "cm²", 0, 1000)


@dataclass(frozen=True, kw_only=True)
class Scalp(Finding):
    kind: ClassVar[str] = "scalp"
    title: ClassVar[str] = "头皮撕脱伤"
    loss_fraction: float | None = a_part("头皮缺失比例")


@dataclass(frozen=True, kw_only=True)
class Alopecia(Finding):
    kind: ClassVar[str] = "alopecia"
    title: ClassVar[str] = "瘢痕性秃发"
    wig_needed: bool | None = flag("需戴假发")


@dataclass(frozen=True, kw_only=True)
class Auricle(Finding):
    kind: ClassVar[str] = "auricle"
    title: ClassVar[str] = "耳廓缺损"
    side: str | None = a_side()
    extent: str | None = choice("范围", partial="部分", most="大部分")


@dataclass(frozen=True, kw_only=True)
class SkullDefect(Finding):
    kind: ClassVar[str] = "skull_defect"
    title: ClassVar[str] = "烧伤后颅骨全层缺损、硬脑膜上植皮"
    skull_cm2: float | None = number("颅骨全层缺损", "cm²", 0, 2000)
    dural_graft_cm2: float | None = number("硬脑膜上植皮", "cm²", 0, 2000)


@dataclass(frozen=True, kw_only=True)
class NeckScar(Finding):
    kind: ClassVar[str] = "neck_scar"
    title: ClassVar[str] = "颈部瘢痕"
    contracture: bool | None = flag("挛缩")
    motion_limited: bool | None = flag("影响颈部活动")


@dataclass(frozen=True, kw_only=True)
class RadiationSkin(Finding):
    kind: ClassVar[str] = "radiation_skin"
    title: ClassVar[str] = "放射性皮肤损伤"
    on_hand: bool | None = flag("位于手部")
    acute_degree: int | None = whole("急性损伤", "度", 1, 4)
    chronic_degree: int | None = whole("慢性损伤", "度", 1, 3)
    operated: bool | None = flag("已手术治疗")
    limb_function_affected: bool | None = flag("影响肢体功能")
    nonhealing_ulcer: bool | None = flag("溃疡经久不愈")


@dataclass(frozen=True, kw_only=True)
class Dermatosis(Finding):
    kind: ClassVar[str] = "occupational_dermatosis"
    title: ClassVar[str] = "职业性皮肤病"
    nonhealing: bool | None = flag("久治不愈")
