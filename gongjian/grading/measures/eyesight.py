"""Acuity, field, compensation rate (tables A.1–A.5)."""

import math
from typing import Final

from gongjian.grading.errors import AcuityNotInTable
from gongjian.grading.measures.base import Measured, Step, shown, tenth
from gongjian.grading.measures.tables import table

_FULL_FIELD: Final = 500
_STEPS: Final = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 1 / 15, 0.05)
"""Lower ends of the columns of table A.3 after the first, which begins at 0.9."""


def field_pct(*, sum_deg: float) -> Measured[float]:
    """Effective field in percent, from the sum of eight meridians in degrees; the radius is an eighth of the sum.

    The divisor 500 follows from the pairs the clauses name (5° and 8 %, … 50° and 80 %).
    Law: GB/T 16180-2014 A.3.2.
    """
    percent = tenth(min(sum_deg / _FULL_FIELD * 100, 100))
    text = f"八条子午线之和{shown(sum_deg)}° ÷ 500 = {shown(percent)}%，平均半径{shown(sum_deg / 8)}°"
    return Measured(percent, (Step(text, "A.3.2"),))


def five_point(decimal: float) -> Measured[float]:
    """The five-point record of a decimal acuity: 5 + lg V, to one decimal (0.05 below the table's half steps).

    Law: GB/T 16180-2014 A.3.1, table A.1. Raises: AcuityNotInTable below 0.001 or above 10.
    """
    if not 0.001 <= decimal <= 10:
        raise AcuityNotInTable(acuity=shown(decimal))
    rows = [
        *table("A1_visual_acuity_to_5point")["decimal_with_walk_distance_m"],
        *table("A1_visual_acuity_to_5point")["decimal"],
    ]
    found = next((row["five"] for row in rows if math.isclose(row["decimal"], decimal)), None)
    if found is not None:
        return Measured(found, (Step(f"小数视力{shown(decimal)} → 五分记录{found}", "表A.1"),))
    computed = round(5 + math.log10(decimal), 2)
    return Measured(computed, (Step(f"5 + lg{shown(decimal)} = {computed}（表中无此值，按公式）", "A.3.1"),))


def decimal_acuity(five: float) -> Measured[float]:
    """The decimal acuity of a five-point record; fingers counted (2.1 … 2.95) by the formula of A.3.1.

    Law: GB/T 16180-2014 A.3.1, table A.1. Raises: AcuityNotInTable.
    """
    known = table("A1_visual_acuity_to_5point")
    fingers = [{"five": row["five"], "decimal": round(10 ** (row["five"] - 5), 4)} for row in known["finger_count_cm"]]
    least = {"five": known["decimal_0.001"], "decimal": 0.001}
    rows = [least, *fingers, *known["decimal_with_walk_distance_m"], *known["decimal"]]
    found = next((row["decimal"] for row in rows if math.isclose(row["five"], five)), None)
    if found is None:
        raise AcuityNotInTable(acuity=shown(five))
    return Measured(found, (Step(f"五分记录{shown(five)} → 小数视力{shown(found)}", "表A.1"),))


def blindness(*, bcva: float, radius_deg: float | None = None) -> Measured[str]:
    """盲 or 低视力 by table A.2; the better eye is asked. "" above the table.

    Law: GB/T 16180-2014 A.3.1, table A.2.
    """
    radius = 90.0 if radius_deg is None else radius_deg
    step = Step(f"视力{shown(bcva)}" + ("" if radius_deg is None else f"，视野半径{shown(radius)}°"), "表A.2")
    classes = (("一级盲", bcva < 0.02 or radius < 5), ("二级盲", bcva < 0.05 or radius < 10))
    low = (("一级低视力", bcva < 0.1), ("二级低视力", bcva < 0.3))
    name = next((name for name, holds in (*classes, *low) if holds), "")
    return Measured(name, (step, Step(name or "未达低视力", "表A.2")))


def compensation_rate(*, left: float, right: float) -> Measured[int]:
    """Rate of lost acuity in percent by table A.3, rows for the left eye; a value between two columns goes to the worse.

    Two pairs of cells of the table differ when the eyes are swapped; the step says so.
    Law: GB/T 16180-2014 A.3.4, table A.3.
    """
    held = table("A3_vision_compensation_rate_pct")
    columns: list[str] = held["axis_right_eye"]
    row, column = _column(left), _column(right)
    rate: int = held["rows_left_eye"][columns[row]][column]
    mirror: int = held["rows_left_eye"][columns[column]][row]
    steps = [
        Step(f"左眼{shown(left)}（{columns[row]}档）、右眼{shown(right)}（{columns[column]}档）：{rate}%", "表A.3")
    ]
    if mirror != rate:
        steps.append(Step(f"左右互换为{mirror}%，表内两格不对称，疑为排印问题，须专家组复核", "表A.3"))
    return Measured(rate, tuple(steps))


def rate_grade(rate: int) -> Measured[int]:
    """The grade 3 … 10 that table A.4 gives to a rate. Only where the clauses give no certain answer.

    Law: GB/T 16180-2014 A.3.4, table A.4.
    """
    grade = next(row["grade"] for row in table("A4_rate_to_grade") if row["min"] <= rate <= row["max"])
    return Measured(grade, (Step(f"{rate}% 对应{grade}级", "表A.4"),))


def aphakic_pct(acuity: float, *, both: bool) -> Measured[int]:
    """Effective acuity in percent without lens, of one eye or of both, by table A.5.

    Law: GB/T 16180-2014 A.3.5, table A.5. Raises: AcuityNotInTable.
    """
    column = "both_aphakic" if both else "one_aphakic"
    row = next((each for each in table("A5_aphakia_effective_pct") if math.isclose(each["va"], acuity)), None)
    if row is None or row[column] is None:
        raise AcuityNotInTable(acuity=shown(acuity))
    return Measured(
        row[column], (Step(f"视力{shown(acuity)}，{'双' if both else '单'}眼无晶状体：{row[column]}%", "表A.5"),)
    )


def _column(acuity: float) -> int:
    """0 for 0.9 and better … 12 for worse than 1/20."""
    if acuity >= 0.9:
        return 0
    return next((n for n, lower in enumerate(_STEPS, start=1) if acuity >= lower - 1e-9), len(_STEPS) + 1)
