"""Liver function by the five items of table A.7."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown
from gongjian.grading.measures.words import LEVELS

_ASCITES: Final = {"none": 1, "little": 2, "much": 3}
_ENCEPHALOPATHY: Final = {"none": 1, "mild": 2, "severe": 3}


@dataclass(frozen=True, slots=True)
class LiverTest:
    """albumin_g_dl and bilirubin_mg_dl as in the table; prothrombin_longer_s: seconds longer than the control."""

    albumin_g_dl: float | None = None
    bilirubin_mg_dl: float | None = None
    ascites: str | None = None
    encephalopathy: str | None = None
    prothrombin_longer_s: float | None = None


def liver_score(test: LiverTest) -> Measured[tuple[int, int]]:
    """The lowest and the highest total of the five items. They differ where a value stands on the edge of two columns,
    or is better than the first column, which the table does not score.

    Law: GB/T 16180-2014 A.4.1, table A.7.
    """
    items = _items(test)
    if items is None:
        return Measured(None)
    totals = [sum(each) for each in product(*(points for _, points in items))]
    steps = tuple(Step(f"{text}：{'或'.join(map(str, points))}分", "表A.7") for text, points in items)
    low, high = min(totals), max(totals)
    return Measured((low, high), (*steps, Step(f"合计{low if low == high else f'{low}至{high}'}分", "表A.7")))


def liver_function(test: LiverTest) -> Measured[str]:
    """severe (10–15), moderate (7–9) or mild (5–6); None when an item is missing or the class stays open.

    Law: GB/T 16180-2014 A.4.1.
    """
    scored = liver_score(test)
    if scored.value is None:
        return UNMEASURED
    classes = {_class(total) for total in scored.value}
    if len(classes) > 1:
        return Measured(None, (*scored.steps, Step("边界值使合计跨越两档，由专家组决定", "表A.7")))
    reached = classes.pop()
    return Measured(reached, (*scored.steps, Step(f"{LEVELS[reached]}", "A.4.1")))


def _class(total: int) -> str:
    return "severe" if total >= 10 else "moderate" if total >= 7 else "mild" if total >= 5 else "normal"


def _items(test: LiverTest) -> list[tuple[str, tuple[int, ...]]] | None:
    if test.albumin_g_dl is None or test.bilirubin_mg_dl is None or test.prothrombin_longer_s is None:
        return None
    if test.ascites is None or test.encephalopathy is None:
        return None
    albumin, bilirubin, time = test.albumin_g_dl, test.bilirubin_mg_dl, test.prothrombin_longer_s
    return [
        (f"白蛋白{shown(albumin)}g/dL", _edges(-albumin, (-3.5, -3.0, -2.5))),
        (f"胆红素{shown(bilirubin)}mg/dL", _edges(bilirubin, (1.5, 2.0, 3.0))),
        ("腹水", (_ASCITES[test.ascites],)),
        ("脑症", (_ENCEPHALOPATHY[test.encephalopathy],)),
        (f"凝血酶原时间延长{shown(time)}s", _steps(time, (3, 6, 9))),
    ]


def _edges(value: float, limits: tuple[float, float, float]) -> tuple[int, ...]:
    """Points by closed columns: a value on the edge of two has both; one before the first has 0 or 1."""
    first, second, third = limits
    if value < first:
        return (0, 1)
    points: Iterable[tuple[int, bool]] = (
        (1, first <= value <= second),
        (2, second <= value <= third),
        (3, value > third),
    )
    return tuple(point for point, holds in points if holds)


def _steps(value: float, limits: tuple[float, float, float]) -> tuple[int, ...]:
    reached = sum(value > limit for limit in limits)
    return (reached,) if reached else (0, 1)
