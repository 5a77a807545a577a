"""Brain, nerves, mind. Muscle strength is the 0–5 scale of A.1.6."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import (
    At,
    a_level,
    a_side,
    choice,
    choice_at,
    choices,
    flag,
    number,
    subject,
    whole,
)
from gongjian.grading.measures.mind import epilepsy_level, mental_level


@dataclass(frozen=True, kw_only=True)
class MentalCapacity(Finding):
    kind: ClassVar[str] = "mental_capacity"
    title: ClassVar[str] = "智能损伤"
    iq: float | None = number("智商", "", 0, 200)
    mq: float | None = number("记忆商", "", 0, 200)
    months: int | None = whole("症状持续", "个月", 0, 1200)

    def values(self) -> Values:
        """The level by the lower of the two quotients, when the symptoms have lasted six months."""
        found = dict(super().values())
        reached = mental_level(iq=self.iq, mq=self.mq, months=self.months).value
        return found | ({"level": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class PersonalityChange(Finding):
    kind: ClassVar[str] = "personality_or_borderline"
    title: ClassVar[str] = "人格改变或边缘智能"
    sort: str | None = subject("种类", personality="人格改变", borderline="边缘智能")
    treated_years: float | None = number("系统治疗", "年", 0, 80)
    residual: str | None = choice("遗留", social_function_impaired="社会功能明显受损", none="无明显受损")


@dataclass(frozen=True, kw_only=True)
class Psychotic(Finding):
    kind: ClassVar[str] = "psychotic"
    title: ClassVar[str] = "精神病性症状"
    treated_years: float | None = number("系统治疗", "年", 0, 80)
    residual: str | None = choice(
        "遗留",
        dangerous_or_impulsive="危险或冲动行为",
        no_selfcare="缺乏生活自理能力",
        no_social_ability="缺乏社交能力",
        occupational_impact="影响职业劳动能力",
    )


@dataclass(frozen=True, kw_only=True)
class Epilepsy(Finding):
    kind: ClassVar[str] = "epilepsy"
    title: ClassVar[str] = "癫痫"
    treated_years: float | None = number("系统服药治疗", "年", 0, 80)
    grand_mal_per_month: float | None = number("大发作或精神运动性发作", "次/月", 0, 1000)
    other_per_week: float | None = number("失神及其他类型发作", "次/周", 0, 1000)
    needs_medicine: bool | None = flag("须系统服药方能控制")

    def values(self) -> Values:
        """The level of A.1.4, after a year of treatment."""
        found = dict(super().values())
        reached = epilepsy_level(
            treated_years=self.treated_years,
            grand_mal_per_month=self.grand_mal_per_month,
            other_per_week=self.other_per_week,
            needs_medicine=self.needs_medicine,
        ).value
        return found | ({"level": reached} if reached else {})


@dataclass(frozen=True, kw_only=True)
class Paralysis(Finding):
    """Strength by pattern: every limb named by the pattern is at most this strong."""

    kind: ClassVar[str] = "paralysis"
    title: ClassVar[str] = "瘫痪"
    pattern: str | None = subject(
        "类型",
        tetraplegia="四肢瘫",
        triplegia="三肢瘫",
        hemiplegia="偏瘫",
        paraplegia="截瘫",
        monoplegia="单肢瘫",
        hand_all="手全肌瘫",
        hand_part="手部分肌瘫",
        foot_all="足全肌瘫",
        foot_part="足部分肌瘫",
    )
    side: str | None = a_side()
    mrc: int | None = whole("肌力", "级", 0, 5)


@dataclass(frozen=True, kw_only=True)
class LimbStrength(Finding):
    """Strength of each limb, 0–5; from it follow all patterns that hold."""

    kind: ClassVar[str] = "limb_strength"
    title: ClassVar[str] = "四肢肌力"
    right_arm_mrc: int | None = whole("右上肢肌力", "级", 0, 5, at=At("上肢", "右"))
    left_arm_mrc: int | None = whole("左上肢肌力", "级", 0, 5, at=At("上肢", "左"))
    right_leg_mrc: int | None = whole("右下肢肌力", "级", 0, 5, at=At("下肢", "右"))
    left_leg_mrc: int | None = whole("左下肢肌力", "级", 0, 5, at=At("下肢", "左"))

    def expanded(self) -> tuple[Finding, ...]:
        """Each pattern with the strength that none of its limbs exceeds; a limb not given is taken as strong."""
        arms = {"right": _strength(self.right_arm_mrc), "left": _strength(self.left_arm_mrc)}
        legs = {"right": _strength(self.right_leg_mrc), "left": _strength(self.left_leg_mrc)}
        weakest = sorted([*arms.values(), *legs.values()])
        patterns = {
            "tetraplegia": weakest[3],
            "triplegia": weakest[2],
            "paraplegia": max(legs.values()),
            "hemiplegia": min(max(arms[each], legs[each]) for each in arms),
            "monoplegia": weakest[0],
        }
        return tuple(
            Paralysis(injury=self.injury, pattern=pattern, mrc=mrc) for pattern, mrc in patterns.items() if mrc < 5
        )


def _strength(found: int | None) -> int:
    return 5 if found is None else found


@dataclass(frozen=True, kw_only=True)
class MotorDisorder(Finding):
    kind: ClassVar[str] = "motor_disorder_nonparalytic"
    title: ClassVar[str] = "非肢体瘫运动障碍"
    level: str | None = a_level()


@dataclass(frozen=True, kw_only=True)
class Aphasia(Finding):
    kind: ClassVar[str] = "aphasia"
    title: ClassVar[str] = "失语"
    type: str | None = subject("类型", motor="运动性", sensory="感觉性", mixed="混合性")
    degree: str | None = choice("程度", complete="完全性", incomplete="不完全性")


@dataclass(frozen=True, kw_only=True)
class Cortical(Finding):
    kind: ClassVar[str] = "cortical"
    title: ClassVar[str] = "失用、失写、失读、失认"
    types: tuple[str, ...] = choices("项目", apraxia="失用", agraphia="失写", alexia="失读", agnosia="失认")
    degree: str | None = choice("程度", complete="完全性", incomplete="不完全性")

    def values(self) -> Values:
        return dict(super().values()) | {"count": len(self.types)}


@dataclass(frozen=True, kw_only=True)
class CranialNerve(Finding):
    kind: ClassVar[str] = "cranial_nerve"
    title: ClassVar[str] = "脑神经麻痹"
    nerve: int | None = whole("脑神经序号", "", 3, 6, subject=True)
    branch: str | None = choice("分支", ophthalmic="眼支", other="其他")


@dataclass(frozen=True, kw_only=True)
class FacialPalsy(Finding):
    kind: ClassVar[str] = "facial_palsy"
    title: ClassVar[str] = "外周性面瘫"
    right: str | None = choice_at(At("面瘫", "右侧"), "右侧面瘫", complete="完全性", incomplete="不完全性")
    left: str | None = choice_at(At("面瘫", "左侧"), "左侧面瘫", complete="完全性", incomplete="不完全性")

    def values(self) -> Values:
        """How many sides, and how many of them complete."""
        sides = [each for each in (self.right, self.left) if each]
        return {"sides": len(sides), "complete_sides": sides.count("complete")}


@dataclass(frozen=True, kw_only=True)
class ToxicNeuropathy(Finding):
    kind: ClassVar[str] = "toxic_neuropathy"
    title: ClassVar[str] = "中毒性周围神经病"
    sensory: str | None = choice("感觉障碍", deep="深感觉障碍", superficial="仅浅感觉障碍", none="无")


@dataclass(frozen=True, kw_only=True)
class BrainContusion(Finding):
    kind: ClassVar[str] = "brain_contusion"
    title: ClassVar[str] = "脑挫裂伤"
    residual: str | None = choice("功能障碍", none="无", present="有")


@dataclass(frozen=True, kw_only=True)
class Craniotomy(Finding):
    kind: ClassVar[str] = "craniotomy"
    title: ClassVar[str] = "开颅手术（含颅骨缺损修补、引流、分流）"
    residual: str | None = choice("功能障碍", none="无", present="有")


@dataclass(frozen=True, kw_only=True)
class CsfLeak(Finding):
    kind: ClassVar[str] = "csf_leak"
    title: ClassVar[str] = "脑脊液漏"
    skull_base_defect: bool | None = flag("颅底骨缺损")
    repair: str | None = choice("修补", impossible_or_failed="不能修复或反复手术失败", succeeded="已修复")


@dataclass(frozen=True, kw_only=True)
class Carotid(Finding):
    kind: ClassVar[str] = "carotid"
    title: ClassVar[str] = "颈总、颈内动脉狭窄"
    treatment: str | None = choice("治疗", stent_or_bypass="支架置入或血管搭桥", other="其他")
    residual: str | None = choice("功能障碍", none="无", present="有")
