"""Thyroid and parathyroid glands."""

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown
from gongjian.grading.measures.words import LEVELS


def calcium_level(calcium_mg_dl: float | None) -> Measured[str]:
    """Parathyroid function by fasting blood calcium in mg/dL: below 6 severe, 6 to 7 moderate, 7 to 8 mild, from 8 normal.

    Exactly 7 stands in both columns and stays open; symptoms are weighed with it.
    Law: GB/T 16180-2014 A.4.5.
    """
    if calcium_mg_dl is None:
        return UNMEASURED
    step = Step(f"空腹血钙{shown(calcium_mg_dl)}mg/dL", "A.4.5")
    if calcium_mg_dl == 7:
        return Measured(None, (step, Step("7mg/dL在中度与轻度之间，由专家组决定", "A.4.5")))
    limits = ((8, "normal"), (7, "mild"), (6, "moderate"))
    level = next((level for limit, level in limits if calcium_mg_dl >= limit), "severe")
    return Measured(level, (step, Step(LEVELS[level], "A.4.5")))
