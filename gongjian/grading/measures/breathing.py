"""Lung function by six values (table A.8) and oxygen of arterial blood."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown, tenth, whole
from gongjian.grading.measures.words import LEVELS

_KPA_PER_MMHG: Final = 0.133322
_NAMES: Final = {
    "fvc": "FVC",
    "fev1": "FEV1",
    "mvv": "MVV",
    "fev1_fvc": "FEV1/FVC",
    "rv_tlc": "RV/TLC",
    "dlco": "DLco",
}


@dataclass(frozen=True, slots=True)
class LungTest:
    """All in percent: fvc, fev1, mvv, dlco of the expected value; fev1_fvc, rv_tlc as ratios."""

    fvc: float | None = None
    fev1: float | None = None
    mvv: float | None = None
    fev1_fvc: float | None = None
    rv_tlc: float | None = None
    dlco: float | None = None


def _falling(normal_above: float, mild: float, moderate: float) -> Callable[[int], str | None]:
    def class_of(percent: int) -> str | None:
        if percent > normal_above:
            return "normal"
        if percent == normal_above:
            return None
        return "mild" if percent >= mild else "moderate" if percent >= moderate else "severe"

    return class_of


def _rising(percent: int) -> str | None:
    if percent == 35:
        return None
    return "normal" if percent < 35 else "mild" if percent <= 45 else "moderate" if percent <= 55 else "severe"


_CLASSES: Final[dict[str, Callable[[int], str | None]]] = {
    "fvc": _falling(80, 60, 40),
    "fev1": _falling(80, 60, 40),
    "mvv": _falling(80, 60, 40),
    "fev1_fvc": _falling(70, 55, 35),
    "rv_tlc": _rising,
    "dlco": _falling(80, 60, 45),
}


def lung_function(test: LungTest) -> Measured[str]:
    """normal, mild, moderate or severe; None when the values do not agree or one stands on a gap of the table (80 %, 70 %, 35 %).

    Values are rounded to whole percent, as the table is written. Which value leads when they differ the standard does not say.
    Law: GB/T 16180-2014 A.5.1.2, table A.8.
    """
    measured = {name: found for name, found in asdict(test).items() if found is not None}
    if not measured:
        return UNMEASURED
    classes = {name: _CLASSES[name](whole(found)) for name, found in measured.items()}
    steps = tuple(
        Step(f"{_NAMES[name]} {shown(measured[name])}%：{LEVELS.get(reached or '', '表内无此值')}", "表A.8")
        for name, reached in classes.items()
    )
    if len(set(classes.values())) == 1 and None not in classes.values():
        return Measured(next(iter(classes.values())), steps)
    return Measured(None, (*steps, Step("各项不在同一档，或落在表的空档，标准未写取哪一项，由专家组决定", "表A.8")))


def hypoxemia(*, kpa: float | None = None, mmhg: float | None = None) -> Measured[str]:
    """normal, mild, moderate or severe by the oxygen pressure, rounded as the table is (0.1 kPa, 1 mmHg).

    Given both, they must come to the same class, else it stays open.
    Law: GB/T 16180-2014 A.5.1.3.
    """
    found: list[tuple[str, str]] = []
    if kpa is not None:
        found.append((f"PO2 {shown(kpa)}kPa", _oxygen(tenth(kpa), (10.6, 8.0, 5.3))))
    if mmhg is not None:
        found.append((f"PO2 {shown(mmhg)}mmHg（{mmhg * _KPA_PER_MMHG:.1f}kPa）", _oxygen(whole(mmhg), (80, 60, 40))))
    if not found:
        return UNMEASURED
    steps = tuple(
        Step(f"{text}：{'正常' if level == 'normal' else LEVELS[level] + '低氧血症'}", "A.5.1.3")
        for text, level in found
    )
    if len({level for _, level in found}) > 1:
        return Measured(None, (*steps, Step("两种单位的值不一致，请核对化验单", "A.5.1.3")))
    return Measured(found[0][1], steps)


def _oxygen(pressure: float, limits: tuple[float, float, float]) -> str:
    levels = ("normal", "mild", "moderate")
    return next((level for limit, level in zip(limits, levels, strict=True) if pressure >= limit), "severe")
