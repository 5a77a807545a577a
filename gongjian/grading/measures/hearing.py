"""Hearing loss: three frequencies, age corrected, the better ear weighing four times."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean
from typing import Final

from gongjian.grading.measures.base import Measured, Step, exactly, shown, whole
from gongjian.grading.measures.tables import table

_MOST: Final = 100
_FREQUENCIES: Final = (500, 1000, 2000)
_EARS: Final = {"right": "右耳", "left": "左耳"}


class AgePolicy(StrEnum):
    """Which correction holds between the ages of table A.6. The standard does not say; the reading is kept with the answer."""

    REACHED = "reached"
    INTERPOLATED = "interpolated"

    @property
    def label(self) -> str:
        return {"reached": "取已满的年龄档", "interpolated": "在两档之间按年龄插值"}[self.value]


@dataclass(frozen=True, slots=True)
class HearingTest:
    """Thresholds in dB HL at 500, 1000, 2000 Hz by air conduction. Without age or sex nothing is corrected."""

    right: Sequence[float]
    left: Sequence[float]
    age: int | None = None
    sex: str | None = None
    unrelated_ear: str | None = None


def age_correction(
    age: int | None, sex: str | None, *, policy: AgePolicy = AgePolicy.REACHED
) -> Measured[tuple[float, ...]]:
    """What is taken off each of the three thresholds, in dB: nothing below 30, the row of 70 from 70 on.

    Law: GB/T 16180-2014 A.3.6, table A.6.
    """
    if age is None or sex is None:
        return Measured((0.0, 0.0, 0.0), (Step("未填年龄或性别，未作年龄修正", "A.3.6"),))
    if age < 30:
        return Measured((0.0, 0.0, 0.0), (Step(f"{age}岁，不足30岁，不作年龄修正", "A.3.6"),))
    rows: dict[str, list[float]] = table("A6_age_correction_db")[sex]
    decade = min(age // 10 * 10, 70)
    low, high = rows[str(decade)], rows[str(min(decade + 10, 70))]
    share = (min(age, 70) - decade) / 10 if policy is AgePolicy.INTERPOLATED else 0.0
    found = tuple(round(a + (b - a) * share, 1) for a, b in zip(low, high, strict=True))
    text = f"{age}岁，减{'、'.join(map(shown, found))}dB（500、1000、2000Hz；标准未写中间年龄，{policy.label}）"
    return Measured(found, (Step(text, "表A.6"),))


def ear_losses(test: HearingTest, *, policy: AgePolicy = AgePolicy.REACHED) -> Measured[tuple[int, int]]:
    """Loss of the right and of the left ear, in whole dB: the mean of three corrected thresholds, each at most 100.

    Corrected first, then cut at 100 (the order is not written).
    Law: GB/T 16180-2014 A.3.6.
    """
    correction = age_correction(test.age, test.sex, policy=policy)
    steps = [*correction.steps]
    losses = []
    for ear, thresholds in (("right", test.right), ("left", test.left)):
        corrected = [min(max(each - less, 0), _MOST) for each, less in zip(thresholds, correction.certain, strict=True)]
        losses.append(whole(mean(map(exactly, corrected))))
        steps.append(Step(f"{_EARS[ear]}（{'+'.join(map(shown, corrected))}）÷3 = {losses[-1]}dB", "A.3.6"))
    return Measured((losses[0], losses[1]), tuple(steps))


def binaural(test: HearingTest, *, policy: AgePolicy = AgePolicy.REACHED) -> Measured[int]:
    """Loss of both ears, in whole dB: (better × 4 + worse) ÷ 5; the better ear alone when the worse is deaf for another reason.

    Law: GB/T 16180-2014 A.3.6.
    """
    measured = ear_losses(test, policy=policy)
    right, left = measured.certain
    better, worse = min(right, left), max(right, left)
    worse_ear = "right" if right > left else "left"
    if test.unrelated_ear == worse_ear:
        return Measured(better, (*measured.steps, Step(f"较差耳致聋与工伤无关，取较好耳{better}dB", "A.3.6")))
    loss = whole((better * 4 + worse) / 5)
    return Measured(loss, (*measured.steps, Step(f"双耳（{better}×4+{worse}）÷5 = {loss}dB", "A.3.6")))
