"""Whether a line is good enough to examine somebody by, and what still lacks before it may begin. Plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongjian.remote.states import Role, Verdict

FRESH = timedelta(seconds=20)
"""How long a measure, or a sign of life, counts."""
MOST_WORDS = 200
"""How much may be added to the ground on which the distance is given up."""
GOOD_KBPS, GOOD_LOSS, GOOD_MS, GOOD_LINES = 250, 5, 400, 360
LEAST_KBPS, MOST_LOSS, MOST_MS = 80, 35, 1500
"""Where a line is clear, and where it is of no use: three of ten packets lost is still talked through, with a smaller picture."""


@dataclass(frozen=True)
class Measure:
    """What a browser has measured of what it receives: the worst of its lines. lines: height of the picture."""

    kbps: int
    loss: int
    delay_ms: int
    lines: int


@dataclass(frozen=True)
class Present:
    """Somebody in the room, as the gate sees them."""

    role: Role
    is_admitted: bool
    seen_at: datetime
    measure: Measure | None
    measured_at: datetime | None


def verdict(measure: Measure | None) -> Verdict:
    """What a line is good for. Law: 令55 art. 13 (experts record the condition accurately, so they must see and hear it)."""
    if measure is None:
        return Verdict.NONE
    if measure.kbps < LEAST_KBPS or measure.loss > MOST_LOSS or measure.delay_ms > MOST_MS:
        return Verdict.BAD
    clear = measure.kbps >= GOOD_KBPS and measure.loss <= GOOD_LOSS and measure.delay_ms <= GOOD_MS
    return Verdict.GOOD if clear and measure.lines >= GOOD_LINES else Verdict.FAIR


def said(measure: Measure | None) -> str:
    """The same in plain words. Law: 令55 art. 13."""
    found = verdict(measure)
    if measure is None or found is Verdict.GOOD:
        return "声音和画面都清楚。" if measure else "正在测量，约需十秒。"
    lost = f"每一百个数据包丢{measure.loss}个" if measure.loss > GOOD_LOSS else ""
    slow = f"声音要过{measure.delay_ms / 1000:.1f}秒才到" if measure.delay_ms > GOOD_MS else ""
    thin = "画面数据太少" if measure.kbps < GOOD_KBPS else "画面偏小" if measure.lines < GOOD_LINES else ""
    why = "，".join(part for part in (lost, slow, thin) if part)
    then = (
        "可以进行，会自动缩小画面，听不清的请对方重说。"
        if found is Verdict.FAIR
        else "不能用来检查，请换网络再试，或者改用其他方式。"
    )
    return f"{why}：{then}"


def lacks(people: Sequence[Present], *, experts: int, is_identified: bool, now: datetime) -> list[str]:
    """What still lacks before the examination may begin; nothing where it may. experts: how many sit in the group.

    Law: 令55 art. 11, 12, 13 (the whole group examines; the person is identified; the condition is recorded accurately).
    """
    here = [one for one in people if one.is_admitted and now - one.seen_at <= FRESH]
    found = []
    if not any(one.role is Role.EXAMINER for one in here):
        found.append("检查员不在会场")
    missing = experts - sum(one.role is Role.EXPERT for one in here)
    if missing > 0:
        found.append(f"专家还有{missing}人没有进入会场")
    if missing < 0:
        found.append(f"会场里的专家比专家组多{-missing}人，请不在组内的退出")
    if not experts:
        found.append("专家组还没有抽取")
    if not is_identified:
        found.append("还没有在视频里核对身份")
    if any(_verdict_now(one, now) is Verdict.NONE for one in here):
        found.append("网络质量还在测量")
    if any(_verdict_now(one, now) is Verdict.BAD for one in here):
        found.append("有人的网络质量不够")
    return found


def _verdict_now(one: Present, now: datetime) -> Verdict:
    is_fresh = one.measured_at is not None and now - one.measured_at <= FRESH
    return verdict(one.measure if is_fresh else None)
