"""Limbs: what is missing, what no longer works, joints, fractures, ligaments."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gongjian.grading.errors import LevelNotOfDigit, PlaneHalfMeasured
from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import (
    At,
    Only,
    a_part,
    a_side,
    choice,
    flag,
    needed_side,
    number,
    subject,
    whole,
)
from gongjian.grading.measures.joints import JointMotion, Plane, joint_degree

DIGITS = {
    "thumb": "拇指",
    "index": "食指",
    "middle": "中指",
    "ring": "环指",
    "little": "小指",
    "hallux": "拇趾",
    "toe2": "第2趾",
    "toe3": "第3趾",
    "toe4": "第4趾",
    "toe5": "第5趾",
}
JOINTS = {"shoulder": "肩", "elbow": "肘", "wrist": "腕", "hip": "髋", "knee": "膝", "ankle": "踝"}
PARTS = {
    "upper_limb": "上肢",
    "above_elbow": "肘关节以上",
    "hand": "手",
    "lower_limb": "下肢",
    "below_knee": "膝以下",
    "foot": "足",
    "forefoot": "前足",
}
PLANES = {
    "flexion": "屈曲",
    "extension": "伸展",
    "abduction": "外展",
    "adduction": "内收",
    "inward": "内旋",
    "outward": "外旋",
}
_ALSO_CALLED = {
    "flexion": "腕掌屈、踝跖屈",
    "extension": "腕、踝背伸",
    "abduction": "腕桡偏、踝外翻",
    "adduction": "腕尺偏、踝内翻",
    "inward": "前臂旋前",
    "outward": "前臂旋后",
}
_SPREADING = Only("joint", ("shoulder", "wrist", "hip", "ankle"))
_TURNING = Only("joint", ("shoulder", "elbow", "hip"))
_TWO_JOINTED = {"thumb", "hallux"}


def _plane(plane: str, side: str, only: Only | None) -> Any:
    name = PLANES[plane]
    return number(f"{side}{name}", "度", -180, 180, at=At(name, side, _ALSO_CALLED[plane]), only=only)


def _hurt(plane: str, only: Only | None = None) -> Any:
    return _plane(plane, "伤侧", only)


def _healthy(plane: str, only: Only | None = None) -> Any:
    return _plane(plane, "健侧", only)


@dataclass(frozen=True, kw_only=True)
class Amputation(Finding):
    """A limb missing at a level; the heavier level contains the lighter ones."""

    kind: ClassVar[str] = "amputation"
    title: ClassVar[str] = "肢体缺失"
    side: str | None = needed_side()
    level: str | None = subject(
        "平面",
        arm="肘上",
        forearm="前臂（腕上）",
        hand="手",
        thigh="膝以上",
        leg="膝以下（含踝上）",
        foot="踝以下",
        forefoot="前足",
    )


@dataclass(frozen=True, kw_only=True)
class DigitLoss(Finding):
    """A finger or toe missing. dip: the end phalanx (thumb and big toe: 指间关节 or 趾间关节); half_tip: half of it."""

    kind: ClassVar[str] = "digit_loss"
    title: ClassVar[str] = "指、趾缺失"
    side: str | None = needed_side()
    digit: str | None = subject("指、趾", **DIGITS)
    level: str | None = subject(
        "平面", whole="全指（趾）", pip="近侧指间关节", dip="远侧指（趾）间关节", half_tip="末节1/2"
    )

    def __post_init__(self) -> None:
        """Raises: LevelNotOfDigit."""
        if self.level == "pip" and self.digit in _TWO_JOINTED:
            raise LevelNotOfDigit(digit=DIGITS[str(self.digit)])


@dataclass(frozen=True, kw_only=True)
class FunctionLoss(Finding):
    """A limb, hand or foot that no longer works, as the expert judges it."""

    kind: ClassVar[str] = "function_loss"
    title: ClassVar[str] = "肢体功能丧失"
    side: str | None = needed_side()
    part: str | None = subject("部位", **PARTS)
    degree: str | None = choice("程度", complete="功能完全丧失", partial="部分功能丧失", deformed="畸形、行走困难")
    scar: bool | None = flag("系瘢痕畸形所致")


@dataclass(frozen=True, kw_only=True)
class DigitFunction(Finding):
    """A finger or toe that no longer works from a joint on; whole: the whole digit."""

    kind: ClassVar[str] = "digit_function"
    title: ClassVar[str] = "指、趾功能丧失"
    side: str | None = needed_side()
    digit: str | None = subject("指、趾", **DIGITS)
    level: str | None = subject("关节", whole="全指（趾）", pip="近侧指间关节", dip="远侧指（趾）间关节")
    degree: str | None = choice(
        "程度", complete="功能完全丧失", functional_position="僵直于功能位", partial="功能不全", deformed="畸形"
    )

    def __post_init__(self) -> None:
        """Raises: LevelNotOfDigit."""
        if self.level == "pip" and self.digit in _TWO_JOINTED:
            raise LevelNotOfDigit(digit=DIGITS[str(self.digit)])


@dataclass(frozen=True, kw_only=True)
class Joint(Finding):
    """One of the six large joints: judged, or measured against the healthy side, plane by plane or in all planes together."""

    kind: ClassVar[str] = "joint"
    title: ClassVar[str] = "关节功能"
    side: str | None = needed_side()
    joint: str | None = subject("关节", **JOINTS)
    degree: str | None = choice(
        "功能障碍", absent="关节缺失", complete="完全丧失", severe="重度", moderate="中度", mild="轻度"
    )
    flexion_deg: float | None = _hurt("flexion")
    healthy_flexion_deg: float | None = _healthy("flexion")
    extension_deg: float | None = _hurt("extension")
    healthy_extension_deg: float | None = _healthy("extension")
    abduction_deg: float | None = _hurt("abduction", _SPREADING)
    healthy_abduction_deg: float | None = _healthy("abduction", _SPREADING)
    adduction_deg: float | None = _hurt("adduction", _SPREADING)
    healthy_adduction_deg: float | None = _healthy("adduction", _SPREADING)
    inward_deg: float | None = _hurt("inward", _TURNING)
    healthy_inward_deg: float | None = _healthy("inward", _TURNING)
    outward_deg: float | None = _hurt("outward", _TURNING)
    healthy_outward_deg: float | None = _healthy("outward", _TURNING)
    range_deg: float | None = number("伤侧活动度", "度", 0, 800, at=At("各方向合计", "伤侧"))
    healthy_deg: float | None = number("健侧活动度", "度", 1, 800, at=At("各方向合计", "健侧"))
    ankylosis: str | None = choice(
        "僵直", functional="僵直于功能位", nonfunctional="僵直于非功能位", flail="连枷状或严重不稳"
    )

    def __post_init__(self) -> None:
        """Raises: PlaneHalfMeasured."""
        for plane, name in PLANES.items():
            if (self._deg(plane) is None) != (self._deg(f"healthy_{plane}") is None):
                raise PlaneHalfMeasured(plane=name)

    def _deg(self, plane: str) -> float | None:
        found: float | None = getattr(self, f"{plane}_deg")
        return found

    @property
    def motion(self) -> JointMotion:
        """What was measured; planes measured by themselves go before a total."""
        pairs = [(name, self._deg(plane), self._deg(f"healthy_{plane}")) for plane, name in PLANES.items()]
        planes = [Plane(name, hurt, well) for name, hurt, well in pairs if hurt is not None and well is not None]
        return JointMotion(self.range_deg, self.healthy_deg, self.ankylosis, planes)

    @property
    def is_normal(self) -> bool:
        return self.values().get("degree") == "normal"

    def values(self) -> Values:
        """The degree: as judged; else as measured, where the standard's anchors decide it."""
        found = dict(super().values())
        reached = self.degree or joint_degree(self.motion).value
        return found | ({"degree": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class Arthroplasty(Finding):
    kind: ClassVar[str] = "arthroplasty"
    title: ClassVar[str] = "人工关节术后"
    side: str | None = a_side()
    joint: str | None = choice("关节", **JOINTS)
    residual: str | None = choice("遗留", severe="重度功能障碍", basic_selfcare="基本能生活自理")


@dataclass(frozen=True, kw_only=True)
class TraumaticArthritis(Finding):
    kind: ClassVar[str] = "intra_articular_fracture"
    title: ClassVar[str] = "关节内骨折致创伤性关节炎"
    side: str | None = a_side()
    joint: str | None = choice("关节", **JOINTS)
    residual: str | None = choice("遗留功能障碍", none="无", mild="轻度", moderate="中度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class TendonLigament(Finding):
    kind: ClassVar[str] = "tendon_ligament"
    title: ClassVar[str] = "关节肌腱、韧带撕裂伤"
    side: str | None = a_side()
    joint: str | None = choice("关节", **JOINTS)
    operated: bool | None = flag("已手术")
    residual: str | None = choice("遗留功能障碍", none="无", mild="轻度", moderate="中度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class KneeInjury(Finding):
    kind: ClassVar[str] = "knee_injury"
    title: ClassVar[str] = "膝关节半月板、韧带、髌骨损伤"
    side: str | None = a_side()
    structure: str | None = subject(
        "结构", meniscus="半月板", cruciate="交叉韧带", collateral="侧副韧带", patella="髌骨"
    )
    treatment: str | None = choice("治疗", none="未手术", removed="切除", repaired="修补、重建")
    stability: str | None = choice("稳定性", stable="稳定", unstable="不稳定")
    motion: str | None = choice("伸屈功能", normal="正常", limited="受限")


@dataclass(frozen=True, kw_only=True)
class Fracture(Finding):
    kind: ClassVar[str] = "fracture"
    title: ClassVar[str] = "骨折"
    side: str | None = a_side()
    bone: str | None = choice(
        "骨",
        humerus="肱骨",
        ulna="尺骨",
        radius="桡骨",
        femur="股骨",
        tibia="胫骨",
        fibula="腓骨",
        patella="髌骨",
        calcaneus="跟骨",
        talus="距骨",
        mandible="下颌骨",
        pelvis="骨盆",
        clavicle="锁骨",
        scapula="肩胛骨",
        carpal="腕骨",
        metacarpal="掌骨",
        phalanx="指、趾骨",
        metatarsal="跖骨",
        tarsal="其他跗骨",
        rib="肋骨",
        sternum="胸骨",
        skull="颅骨",
        vertebra="椎骨",
        other="其他骨",
    )
    treatment: str | None = choice(
        "治疗", conservative="保守", internal_fixation="内固定", external_fixation="外固定支架", other="其他手术"
    )
    healed: bool | None = flag("已愈合")
    residual: str | None = choice("功能障碍", none="无", mild="轻度", moderate="中度", severe="重度")
    arch_affected: bool | None = flag("影响足弓")


@dataclass(frozen=True, kw_only=True)
class Pelvis(Finding):
    kind: ClassVar[str] = "pelvis"
    title: ClassVar[str] = "骨盆环"
    internal_fixation: bool | None = flag("内固定术后")
    ring_unstable: bool | None = flag("骨盆环不稳定")
    si_joint_separated: bool | None = flag("骶髂关节分离")


@dataclass(frozen=True, kw_only=True)
class LowerLimbDeformity(Finding):
    kind: ClassVar[str] = "lower_limb_deformity"
    title: ClassVar[str] = "下肢成角、短缩"
    side: str | None = a_side()
    angulation_deg: float | None = number("成角", "度", 0, 180)
    shortening_cm: float | None = number("短缩", "cm", 0, 60)


@dataclass(frozen=True, kw_only=True)
class HeelUlcer(Finding):
    kind: ClassVar[str] = "heel_ulcer"
    title: ClassVar[str] = "跟骨足底软组织缺损瘢痕"
    side: str | None = a_side()
    recurrent: bool | None = flag("反复破溃")


@dataclass(frozen=True, kw_only=True)
class Osteomyelitis(Finding):
    kind: ClassVar[str] = "osteomyelitis"
    title: ClassVar[str] = "开放骨折后骨髓炎"
    chronic: bool | None = flag("慢性")
    recurrent: bool | None = flag("反复发作")


@dataclass(frozen=True, kw_only=True)
class Graft(Finding):
    kind: ClassVar[str] = "graft"
    title: ClassVar[str] = "手、足植皮"
    side: str | None = a_side()
    site: str | None = subject(
        "部位", fingertip="指端", hand_dorsum="手背", palm="手掌", sole="足掌", foot_dorsum="足背"
    )
    area_cm2: float | None = number("植皮面积", "cm²", 0, 2000)
    area_fraction: float | None = a_part("植皮占该部位的比例")
    scar_cm2: float | None = number("增生性瘢痕面积", "cm²", 0, 2000)
    obvious_scar: bool | None = flag("明显瘢痕")


@dataclass(frozen=True, kw_only=True)
class Bursitis(Finding):
    kind: ClassVar[str] = "bursitis"
    title: ClassVar[str] = "滑囊炎"
    occupation: str | None = choice("工种", underground_worker="井下工人", other="其他")


@dataclass(frozen=True, kw_only=True)
class HandArmVibration(Finding):
    kind: ClassVar[str] = "hand_arm_vibration"
    title: ClassVar[str] = "职业性手臂振动病"
    level: str | None = choice("程度", mild="轻度", moderate="中度", severe="重度")


@dataclass(frozen=True, kw_only=True)
class DysbaricOsteonecrosis(Finding):
    kind: ClassVar[str] = "dysbaric_osteonecrosis"
    title: ClassVar[str] = "减压性骨坏死"
    stage: int | None = whole("期别", "期", 1, 3)
