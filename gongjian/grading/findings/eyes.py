"""Eyes. Best corrected acuity as a decimal; field radius in degrees (mean of eight meridians)."""

from dataclasses import dataclass
from typing import ClassVar

from gongjian.grading.errors import FieldTwice
from gongjian.grading.findings.base import Finding, Values
from gongjian.grading.findings.fields import At, a_part, a_side, choice, choice_at, flag, number, subject, whole
from gongjian.grading.measures.base import Measured
from gongjian.grading.measures.eyesight import decimal_acuity, field_pct

STATES = {
    "seeing": "有视力",
    "light_perception": "有光感",
    "light_perception_mislocalized": "仅有光感且光定位不准",
    "no_light_perception": "无光感",
    "atrophy_nlp": "眼球明显萎缩、无光感",
    "removed": "眼球摘除或内容物剜出",
}
_UNMEASURED: Measured[float] = Measured(None)
_SAME_SUM = 1
"""Degrees by which eight radii and the sum of the meridians may differ: both are rounded when they are written down."""
_SIGHTLESS = frozenset(STATES) - {"seeing"}
_NO_PROJECTION = frozenset({"no_light_perception", "atrophy_nlp", "removed", "light_perception_mislocalized"})


@dataclass(frozen=True, kw_only=True)
class Vision(Finding):
    """Both eyes together. An eye that does not see has acuity 0 and no field."""

    kind: ClassVar[str] = "vision"
    title: ClassVar[str] = "视力、视野"
    quiet: ClassVar[frozenset[str]] = frozenset({"better_bcva", "better_field_pct", "worse", "both"})
    right_state: str | None = choice_at(At("状态", "右眼"), "右眼", **STATES)
    left_state: str | None = choice_at(At("状态", "左眼"), "左眼", **STATES)
    right_bcva: float | None = number("右眼矫正视力", "", 0, 10, at=At("矫正视力", "右眼"))
    left_bcva: float | None = number("左眼矫正视力", "", 0, 10, at=At("矫正视力", "左眼"))
    right_field_radius_deg: float | None = number("右眼视野半径", "度", 0, 62.5, at=At("视野半径", "右眼"))
    left_field_radius_deg: float | None = number("左眼视野半径", "度", 0, 62.5, at=At("视野半径", "左眼"))
    right_field_sum_deg: float | None = number("右眼八条子午线之和", "度", 0, 500, at=At("八条子午线之和", "右眼"))
    left_field_sum_deg: float | None = number("左眼八条子午线之和", "度", 0, 500, at=At("八条子午线之和", "左眼"))
    notation: str | None = choice("视力记录法", five="五分", decimal="小数")
    better_objectively_normal: bool | None = flag("另眼各种客观检查正常")

    def __post_init__(self) -> None:
        """Raises: AcuityNotInTable, FieldTwice."""
        self.converted()
        for eye, radius, total in (
            ("右", self.right_field_radius_deg, self.right_field_sum_deg),
            ("左", self.left_field_radius_deg, self.left_field_sum_deg),
        ):
            if radius is not None and total is not None and abs(radius * 8 - total) > _SAME_SUM:
                raise FieldTwice(eye=eye)

    def converted(self) -> dict[str, Measured[float]]:
        """The decimal acuity of each eye that was measured: as it stands, or by table A.1. Raises: AcuityNotInTable."""
        measured = {"right": self.right_bcva, "left": self.left_bcva}
        return {eye: self._decimal(acuity) for eye, acuity in measured.items() if acuity is not None}

    def _decimal(self, acuity: float) -> Measured[float]:
        return decimal_acuity(acuity) if self.notation == "five" and acuity else Measured(acuity)

    @property
    def right_acuity(self) -> float | None:
        """As a decimal; 0 for an eye that does not see."""
        return self._acuity("right", self.right_state)

    @property
    def left_acuity(self) -> float | None:
        """As a decimal; 0 for an eye that does not see."""
        return self._acuity("left", self.left_state)

    @property
    def right_radius_deg(self) -> float | None:
        """As measured, or an eighth of the eight meridians."""
        return _mean(self.right_field_radius_deg, self.right_field_sum_deg)

    @property
    def left_radius_deg(self) -> float | None:
        """As measured, or an eighth of the eight meridians."""
        return _mean(self.left_field_radius_deg, self.left_field_sum_deg)

    def _acuity(self, eye: str, state: str | None) -> float | None:
        measured = self.converted().get(eye, _UNMEASURED)
        return 0.0 if state in _SIGHTLESS else measured.value

    def values(self) -> Values:
        """Worse and better eye in the words of the clauses: `worse` holds every state the worse eye is in."""
        found: Values = {}
        acuities = [self.right_acuity, self.left_acuity]
        radii = [
            _radius(self.right_state, self.right_radius_deg),
            _radius(self.left_state, self.left_radius_deg),
        ]
        known = [each for each in acuities if each is not None]
        if len(known) == 2:
            found |= {"worse_bcva": min(known), "better_bcva": max(known)}
        seen = [each for each in radii if each is not None]
        if len(seen) == 2:
            found |= {
                "better_field_radius_deg": max(seen),
                "better_field_pct": field_pct(sum_deg=max(seen) * 8).certain,
            }
        states = [
            _state(self.right_state, self.right_bcva or self.right_radius_deg),
            _state(self.left_state, self.left_bcva or self.left_radius_deg),
        ]
        if all(states):
            found |= {"worse": _words(states[0]) | _words(states[1]), "both": _words(states[0]) & _words(states[1])}
        if self.better_objectively_normal is not None:
            found["better_objectively_normal"] = self.better_objectively_normal
        return found


def _mean(radius: float | None, total: float | None) -> float | None:
    return total / 8 if radius is None and total is not None else radius


def _radius(state: str | None, radius: float | None) -> float | None:
    return 0.0 if state in _SIGHTLESS else radius


def _state(state: str | None, seen: float | None) -> str | None:
    return state or ("seeing" if seen else None)


def _words(state: str | None) -> frozenset[str]:
    words = {str(state)}
    if state in _SIGHTLESS:
        words.add("lp_or_nlp")
    if state in _NO_PROJECTION:
        words.add("no_projection")
    return frozenset(words)


@dataclass(frozen=True, kw_only=True)
class Glaucoma(Finding):
    kind: ClassVar[str] = "glaucoma"
    title: ClassVar[str] = "外伤性青光眼"
    side: str | None = a_side()
    operated: bool | None = flag("已手术")
    pressure: str | None = choice("眼压", needs_medicine="需用药物控制", controlled="控制正常")


@dataclass(frozen=True, kw_only=True)
class Diplopia(Finding):
    kind: ClassVar[str] = "diplopia"
    title: ClassVar[str] = "复视"
    cause: str | None = choice("原因", extraocular_muscle="眼外肌损伤", other="其他")


@dataclass(frozen=True, kw_only=True)
class Eyelid(Finding):
    kind: ClassVar[str] = "eyelid"
    title: ClassVar[str] = "眼睑"
    side: str | None = a_side()
    status: str | None = subject("情况", obvious_defect="明显缺损", ectropion="外翻", lagophthalmos="闭合不全")
    corrected: bool | None = flag("成形手术后矫正")


@dataclass(frozen=True, kw_only=True)
class Ptosis(Finding):
    kind: ClassVar[str] = "ptosis"
    title: ClassVar[str] = "上睑下垂"
    side: str | None = a_side()
    pupil_covered: float | None = a_part("盖及瞳孔")
    corrected: bool | None = flag("成形手术后矫正")


@dataclass(frozen=True, kw_only=True)
class Symblepharon(Finding):
    kind: ClassVar[str] = "symblepharon"
    title: ClassVar[str] = "睑球粘连"
    side: str | None = a_side()
    motion_affected: bool | None = flag("影响眼球转动")
    corrected: bool | None = flag("成形手术后矫正")


@dataclass(frozen=True, kw_only=True)
class Orbit(Finding):
    kind: ClassVar[str] = "orbit"
    title: ClassVar[str] = "眶壁骨折"
    side: str | None = a_side()
    exophthalmos_diff_mm: float | None = number("两眼突出度相差", "mm", 0, 30)
    cosmetic_deformity: bool | None = flag("错位变形影响外观")


@dataclass(frozen=True, kw_only=True)
class Lacrimal(Finding):
    kind: ClassVar[str] = "lacrimal"
    title: ClassVar[str] = "泪器损伤"
    epiphora_not_improvable: bool | None = flag("手术无法改进溢泪")


@dataclass(frozen=True, kw_only=True)
class Cataract(Finding):
    kind: ClassVar[str] = "cataract"
    title: ClassVar[str] = "职业性、外伤性白内障"
    side: str | None = a_side()
    artificial_lens: bool | None = flag("术后人工晶状体眼")
    degree: int | None = whole("白内障", "度", 1, 4)
    corrected_normal: bool | None = flag("矫正视力正常")


@dataclass(frozen=True, kw_only=True)
class EyeChange(Finding):
    """Changes of the eye that are a clause by themselves."""

    kind: ClassVar[str] = "eye_change"
    title: ClassVar[str] = "眼球结构改变"
    side: str | None = a_side()
    change: str | None = subject(
        "改变",
        lens_partly_dislocated="晶状体部分脱位",
        traumatic_mydriasis="外伤性瞳孔放大",
        corneoscleral_perforation_healed="角巩膜穿通伤治愈",
    )
