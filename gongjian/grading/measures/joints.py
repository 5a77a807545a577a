"""How much a joint lost. The standard names anchors only: about one third left, about two thirds left, more than two thirds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown
from gongjian.grading.measures.words import LEVELS

# How far from an anchor still counts as "about" (约). Ours, not the standard's: between the anchors the group decides.
ABOUT: Final = 0.05


class Plane(NamedTuple):
    """One direction of motion on both sides, in degrees; negative where the joint does not even reach neutral."""

    name: str
    hurt: float
    healthy: float


@dataclass(frozen=True, slots=True)
class JointMotion:
    """range_deg, healthy_deg: motion in all planes together, of the hurt and of the healthy side, in degrees; planes: each by itself."""

    range_deg: float | None = None
    healthy_deg: float | None = None
    ankylosis: str | None = None
    planes: Sequence[Plane] = ()


def total(planes: Sequence[Plane]) -> Measured[tuple[float, float]]:
    """The motion of both sides in all planes together; open without planes, or when the healthy side does not move at all.

    Law: GB/T 16180-2014 A.2.5 (the share that is left of the joint's motion).
    """
    hurt, healthy = sum(each.hurt for each in planes), sum(each.healthy for each in planes)
    if healthy <= 0:
        return Measured(None)
    on_hurt = "＋".join(f"{each.name}{shown(each.hurt)}" for each in planes)
    on_healthy = "＋".join(f"{each.name}{shown(each.healthy)}" for each in planes)
    text = f"伤侧：{on_hurt}；健侧：{on_healthy}；合计伤侧{shown(max(hurt, 0))}度、健侧{shown(healthy)}度"
    return Measured((max(hurt, 0.0), healthy), (Step(text, "A.2.5"),))


def loss_pct(*, range_deg: float, healthy_deg: float) -> Measured[float]:
    """How many percent of the healthy side's motion are lost, 0 … 100. Law: GB/T 16180-2014 A.2.5 (the share left)."""
    left = min(range_deg / healthy_deg, 1.0)
    lost = round((1 - left) * 100, 1)
    text = f"伤侧{shown(range_deg)}度 ÷ 健侧{shown(healthy_deg)}度 = 残留{left:.0%}，丧失{shown(lost)}%"
    return Measured(lost, (Step(text, "A.2.5"),))


def joint_degree(motion: JointMotion) -> Measured[str]:
    """complete, severe, moderate or mild; None between the anchors.

    Law: GB/T 16180-2014 A.2.5.
    """
    if motion.ankylosis in {"nonfunctional", "flail"}:
        return Measured("complete", (Step("僵直于非功能位，或连枷状、严重不稳：功能完全丧失", "A.2.5"),))
    if motion.ankylosis == "functional":
        return Measured("severe", (Step("僵直于功能位：重度障碍", "A.2.5"),))
    together = total(motion.planes)
    range_deg, healthy_deg = together.value or (motion.range_deg, motion.healthy_deg)
    if range_deg is None or healthy_deg is None:
        return UNMEASURED
    lost = loss_pct(range_deg=range_deg, healthy_deg=healthy_deg)
    measured = Measured(lost.value, (*together.steps, *lost.steps))
    left = 1 - (measured.value or 0) / 100
    if left >= 1:
        return Measured("normal", (*measured.steps, Step("活动度正常", "A.2.5")))
    degree = _by_anchor(left)
    if degree is None:
        return Measured(None, (*measured.steps, Step("标准只写“约1/3”“约2/3”，未写界限，由专家组决定", "A.2.5")))
    return Measured(degree, (*measured.steps, Step(f"{LEVELS[degree]}障碍", "A.2.5")))


def _by_anchor(left: float) -> str | None:
    if left > 2 / 3 + ABOUT:
        return "mild"
    if abs(left - 2 / 3) <= ABOUT:
        return "moderate"
    return "severe" if abs(left - 1 / 3) <= ABOUT else None
