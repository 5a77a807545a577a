"""Every table of appendices A and B, cell by cell and on both sides of each of its limits, read from the data and asked of the measures."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongjian.grading.measures.breathing import LungTest, hypoxemia, lung_function
from gongjian.grading.measures.eyesight import (
    aphakic_pct,
    blindness,
    compensation_rate,
    decimal_acuity,
    five_point,
    rate_grade,
)
from gongjian.grading.measures.hand_foot import COLUMNS, joint_points, points_grade
from gongjian.grading.measures.hearing import age_correction
from gongjian.grading.measures.liver import LiverTest, liver_function, liver_score
from gongjian.grading.measures.tables import _tables, table

Asked = tuple[str, Any, Any]
"""What is asked, what the measure answers, what the table says."""
LIVER = {
    "albumin_g_dl": 3.2,
    "bilirubin_mg_dl": 1.8,
    "ascites": "none",
    "encephalopathy": "none",
    "prothrombin_longer_s": 4,
}


def acuities() -> Iterator[Asked]:
    held = table("A1_visual_acuity_to_5point")
    for row in [*held["decimal_with_walk_distance_m"], *held["decimal"]]:
        yield f"{row['decimal']}", five_point(row["decimal"]).value, row["five"]
        yield f"{row['five']}", decimal_acuity(row["five"]).value, row["decimal"]


def blindness_limits() -> Iterator[Asked]:
    names = [row["level"] for row in table("A2_blindness")] + [""]
    for number, row in enumerate(table("A2_blindness")):
        limit = row["bcva_lt"]
        yield f"below {limit}", blindness(bcva=limit - 1e-6).value, names[number]
        yield f"at {limit}", blindness(bcva=limit).value, names[number + 1]
        if "or_field_radius_lt_deg" in row:
            radius = row["or_field_radius_lt_deg"]
            yield f"field below {radius}", blindness(bcva=1.0, radius_deg=radius - 0.1).value, names[number]
            yield f"field at {radius}", blindness(bcva=1.0, radius_deg=radius).value != names[number], True


def compensation_cells() -> Iterator[Asked]:
    held = table("A3_vision_compensation_rate_pct")
    at = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 1 / 15, 1 / 20, 0.049]
    columns = held["axis_right_eye"]
    for row, left in zip(columns, at, strict=True):
        for column, right in enumerate(at):
            yield (
                f"{row} × {columns[column]}",
                compensation_rate(left=left, right=right).value,
                held["rows_left_eye"][row][column],
            )
    for column, right in enumerate(at[:-1]):
        below = compensation_rate(left=1.0, right=right - 1e-6).value
        yield f"below {columns[column]}", below, held["rows_left_eye"]["1~0.9"][column + 1]


def rates() -> Iterator[Asked]:
    for row in table("A4_rate_to_grade"):
        for edge in (row["min"], row["max"]):
            yield f"{edge} %", rate_grade(edge).value, row["grade"]


def aphakia() -> Iterator[Asked]:
    for row in table("A5_aphakia_effective_pct"):
        for both, column in ((False, "one_aphakic"), (True, "both_aphakic")):
            if row[column] is not None:
                yield f"{row['va']} {column}", aphakic_pct(row["va"], both=both).value, row[column]


def ages() -> Iterator[Asked]:
    for sex in ("male", "female"):
        rows = table("A6_age_correction_db")[sex]
        before: Any = [0, 0, 0]
        for age, taken_off in rows.items():
            yield f"{sex} {age}", list(age_correction(int(age), sex).value), taken_off
            yield f"{sex} {int(age) - 1}", list(age_correction(int(age) - 1, sex).value), before
            before = taken_off
        yield f"{sex} 99", list(age_correction(99, sex).value), rows["70"]


def liver() -> Iterator[Asked]:
    """One item is moved at a time; a value on the edge of two columns has the points of both."""
    moved: dict[str, dict[Any, tuple[int, int]]] = {
        "albumin_g_dl": {3.6: (0, 1), 3.5: (1, 1), 3.1: (1, 1), 3.0: (1, 2), 2.9: (2, 2), 2.5: (2, 2), 2.4: (3, 3)},
        "bilirubin_mg_dl": {1.4: (0, 1), 1.5: (1, 1), 1.9: (1, 1), 2.0: (1, 2), 2.1: (2, 2), 3.0: (2, 2), 3.1: (3, 3)},
        "prothrombin_longer_s": {3: (0, 1), 3.1: (1, 1), 6: (1, 1), 6.1: (2, 2), 9: (2, 2), 9.1: (3, 3)},
        "ascites": {"none": (1, 1), "little": (2, 2), "much": (3, 3)},
        "encephalopathy": {"none": (1, 1), "mild": (2, 2), "severe": (3, 3)},
    }
    for name, values in moved.items():
        for value, (low, high) in values.items():
            found = liver_score(LiverTest(**{**LIVER, name: value})).value
            yield f"{name} {value}", found, (4 + low, 4 + high)
    for name, total in (("mild", 5), ("mild", 6), ("moderate", 7), ("moderate", 9), ("severe", 10), ("severe", 15)):
        yield f"{total} points", liver_function(LiverTest(**_scoring(total))).value, name


def _scoring(total: int) -> dict[str, Any]:
    """A test of the liver that comes to a total."""
    at: list[list[Any]] = [
        [3.2, 2.8, 2.4],
        [1.8, 2.5, 3.1],
        ["none", "little", "much"],
        ["none", "mild", "severe"],
        [4, 7, 10],
    ]
    points = [1] * 5
    while sum(points) < total:
        points[points.index(min(points))] += 1
    return dict(zip(LIVER, (values[point - 1] for values, point in zip(at, points, strict=True)), strict=True))


def lungs() -> Iterator[Asked]:
    held = table("A8_lung_function_pct")
    names = ["fvc", "fev1", "mvv", "fev1_fvc", "rv_tlc", "dlco"]
    for column, name in enumerate(names):
        rising = name == "rv_tlc"
        for level in ("mild", "moderate"):
            low, high = map(int, held[level][column].split("-"))
            for edge in (low, high):
                yield f"{name} {edge}", lung_function(LungTest(**{name: edge})).value, level
        normal, severe = (int(held[level][column].lstrip("<>")) for level in ("normal", "severe"))
        yield (
            f"{name} beside {normal}",
            lung_function(LungTest(**{name: normal + (-1 if rising else 1)})).value,
            "normal",
        )
        yield f"{name} at {normal}", lung_function(LungTest(**{name: normal})).value, None
        yield (
            f"{name} beside {severe}",
            lung_function(LungTest(**{name: severe + (1 if rising else -1)})).value,
            "severe",
        )


def oxygen() -> Iterator[Asked]:
    for level, held in table("hypoxemia_po2").items():
        for unit in ("kpa", "mmhg"):
            if unit in held:
                for edge in held[unit]:
                    yield f"{edge} {unit}", hypoxemia(**{unit: edge}).value, level
            else:
                below = held[f"{unit}_lt"] - (0.1 if unit == "kpa" else 1)
                yield f"{below} {unit}", hypoxemia(**{unit: below}).value, level


def points() -> Iterator[Asked]:
    for row in table("B1_hand_foot_score_to_grade"):
        for edge in (row["min"] or 1, row["max"]):
            yield f"{edge} points", points_grade(edge).value, row["grade"]


def joints() -> Iterator[Asked]:
    for digit, hurt, *held in table("B2_hand_wrist_score")["rows"]:
        for state, column in COLUMNS.items():
            yield f"{digit} {hurt} {state}", joint_points(digit, hurt, state=state).value, held[column]


TABLES: dict[str, Callable[[], Iterator[Asked]]] = {
    "A1_visual_acuity_to_5point": acuities,
    "A2_blindness": blindness_limits,
    "A3_vision_compensation_rate_pct": compensation_cells,
    "A4_rate_to_grade": rates,
    "A5_aphakia_effective_pct": aphakia,
    "A6_age_correction_db": ages,
    "A7_liver_score": liver,
    "A8_lung_function_pct": lungs,
    "hypoxemia_po2": oxygen,
    "B1_hand_foot_score_to_grade": points,
    "B2_hand_wrist_score": joints,
}
WITHOUT_VALUES = {"_meta", "figB1_hand_figB2_foot"}
"""What the file holds beside tables: its origin, and two figures whose values no source gives."""


def test_every_table_of_the_appendices_is_asked():
    assert set(TABLES) | WITHOUT_VALUES == set(_tables())


@pytest.mark.parametrize("name", TABLES)
def test_each_cell_and_both_sides_of_each_limit_answer_as_the_table_says(name: str):
    asked = list(TABLES[name]())
    assert len(asked) >= 8
    assert [one for one in asked if one[1] != one[2]] == []
