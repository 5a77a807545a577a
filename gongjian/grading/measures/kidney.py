"""Kidneys: stages of failure, hypertension after injury, trouble passing water, sperm."""

from typing import Final

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown
from gongjian.grading.measures.words import STAGES

# stage: clearance below, creatinine above. Two clauses bear the same name 尿毒症期; the lighter values stand here.
_LIMITS: Final = {"uremia": (25.0, 450.0), "decompensated": (50.0, 177.0), "compensated": (70.0, None)}
_ORDER: Final = tuple(_LIMITS)


def renal_stages(
    *, ccr_ml_min: float | None, scr_umol_l: float | None, stage: str | None = None
) -> Measured[tuple[str, ...]]:
    """Every stage reached, heaviest first: a heavier stage contains the lighter ones. None when nothing is known.

    ccr_ml_min: creatinine clearance; scr_umol_l: plasma creatinine; stage: as the physician names it, which lighter values do not undo.
    Law: GB/T 16180-2014 A.5.5, 5.1.2(23), 5.2.2(37), 5.5.2(62), 5.7.2(62).
    """
    if ccr_ml_min is None and scr_umol_l is None:
        return Measured(_from(stage), ()) if stage else Measured(None)
    steps = [Step(f"内生肌酐清除率{shown(ccr_ml_min)}mL/min", "A.5.5")] if ccr_ml_min is not None else []
    steps += [Step(f"血浆肌酐{shown(scr_umol_l)}μmol/L", "A.5.5")] if scr_umol_l is not None else []
    for name, (clearance, creatinine) in _LIMITS.items():
        low = ccr_ml_min is not None and ccr_ml_min < clearance
        high = scr_umol_l is not None and creatinine is not None and scr_umol_l > creatinine
        if low or high:
            return _heavier(name, stage, steps)
    return _heavier(None, stage, steps)


def _heavier(measured: str | None, named: str | None, steps: list[Step]) -> Measured[tuple[str, ...]]:
    by_values, by_name = (_from(each) if each else () for each in (measured, named))
    said = Step(STAGES[measured] if measured else "未达肾功能不全代偿期", "A.5.5")
    if named and len(by_name) > len(by_values):
        return Measured(by_name, (*steps, said, Step(f"医师判断为{STAGES[named]}，取较重者，请核对", "A.5.5")))
    return Measured(by_values, (*steps, said))


def _from(stage: str) -> tuple[str, ...]:
    return _ORDER[_ORDER.index(stage) :]


def renal_hypertension(*, sbp_mmhg: float | None, dbp_mmhg: float | None) -> Measured[bool]:
    """Whether the pressure after a kidney injury counts: systolic from 160 or diastolic from 95 mmHg.

    Law: GB/T 16180-2014 A.4.3.
    """
    if sbp_mmhg is None and dbp_mmhg is None:
        return Measured(None)
    reached = (sbp_mmhg or 0) >= 160 or (dbp_mmhg or 0) >= 95
    shown_pressure = "/".join("—" if each is None else shown(each) for each in (sbp_mmhg, dbp_mmhg))
    return Measured(reached, (Step(f"血压{shown_pressure}mmHg，标准为160或95mmHg以上", "A.4.3"),))


def urination(*, residual_ml: float | None, incontinence: str | None) -> Measured[str]:
    """ "severe" for true severe incontinence or 50 mL and more left, "mild" for true mild incontinence or less than 50 mL.

    No urine left and no incontinence is no trouble.
    Law: GB/T 16180-2014 A.4.7.
    """
    if residual_ml is None and incontinence is None:
        return UNMEASURED
    left = residual_ml or 0
    step = Step(f"残余尿{shown(left)}mL" if residual_ml is not None else "按尿失禁程度", "A.4.7")
    if left >= 50 or incontinence == "severe":
        return Measured("severe", (step, Step("重度排尿障碍", "A.4.7")))
    if left > 0 or incontinence == "mild":
        return Measured("mild", (step, Step("轻度排尿障碍", "A.4.7")))
    return Measured("normal", (step, Step("无排尿障碍", "A.4.7")))


def sperm_level(*, millions_per_ml: float, abnormal_pct: float = 0, dead_or_weak_pct: float = 0) -> Measured[str]:
    """Reproductive function of men: severe without sperm; mild below 5 million per mL, or over 30 % abnormal, dead or weak.

    Law: GB/T 16180-2014 A.4.8.
    """
    step = Step(
        f"精子{shown(millions_per_ml)}百万/mL，异常{shown(abnormal_pct)}%，死或弱{shown(dead_or_weak_pct)}%", "A.4.8"
    )
    if millions_per_ml == 0:
        return Measured("severe", (step, Step("精子缺如：重度损伤", "A.4.8")))
    mild = millions_per_ml < 5 or abnormal_pct > 30 or dead_or_weak_pct > 30
    return Measured("mild" if mild else "normal", (step, Step("轻度损伤" if mild else "未达轻度", "A.4.8")))
