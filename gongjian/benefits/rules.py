"""Which fact is asked for next, and which may be told beside it."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

MATTER = "matter"
FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "injury": ("injured_on", "grade", "self_care", "insured"),
        "death": ("injured_on", "died_on", "death", "insured"),
        "missing": ("injured_on", "missing_since", "in_hardship", "insured"),
        "illegal": ("injured_on",),
        "illness": ("totally_incapacitated",),
    }
)
"""What is asked before anything else, by matter. Law: 条例 art. 34-37, 39, 41, 66; 72号 art. 2."""
WAGE = ("wages", "average_wage_at_injury")
IN_HOSPITAL = ("nursing_needed", "hospital_days", "hospital_food_per_day")
STOP_WORK = ("stop_work_months", "stop_work_extended", "usual_wage")
TREATMENT = ("medical_cost", "travel_cost", "rehabilitation_cost", "device_cost")
PAYER = ("insured", "insured_later_on", "third_party", "third_party_medical", "region")
OFFERED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "injury": (
            *FIRST["injury"],
            *WAGE,
            "average_wage_now",
            "minimum_wage",
            "occupational_disease",
            "veteran_relapse",
            "relapse",
            *STOP_WORK,
            *IN_HOSPITAL,
            *TREATMENT,
            "work_arranged",
            "terminated_on",
            "termination_by",
            "retirement_on",
            "average_wage_at_termination",
            "retired_on",
            "pension",
            "earlier_grades",
            "benefits_stopped",
            *PAYER[1:],
        ),
        "death": (
            *FIRST["death"],
            *WAGE,
            "average_wage_at_death",
            "dependants",
            "grade",
            *STOP_WORK,
            *IN_HOSPITAL,
            *TREATMENT,
            *PAYER[1:],
        ),
        "missing": (*FIRST["missing"], *WAGE, "usual_wage", "dependants", "insured_later_on", "third_party", "region"),
        "illegal": (
            *FIRST["illegal"],
            "grade",
            "annual_average_wage",
            "died_on",
            "treatment_months",
            "average_wage_now",
            *IN_HOSPITAL,
            *TREATMENT,
            "region",
        ),
        "illness": (
            *FIRST["illness"],
            "applied_on",
            "retirement_on",
            "contribution_months",
            "minimum_contribution_months",
        ),
    }
)
"""Every fact that may say something to a matter, by matter; what is not told may be added by whoever knows it."""


def next_question(told: Mapping[str, Any], skipped: Collection[str], missing: Iterable[str]) -> str | None:
    """The fact to ask for now: the matter, what comes first, then what the statement misses; None when nothing is open.

    missing: names as the statement gives them; "dependants[2].born" is asked with everything about the second relative.
    Law: 条例 art. 34-41; 令18 art. 2, 3; 72号 art. 2 (what an item needs; the order of asking is our own care).
    """
    if MATTER not in told:
        return MATTER
    wanted = [*FIRST[told[MATTER]], *(name.partition(".")[0] for name in missing)]
    return next((name for name in wanted if name not in skipped and name not in told), None)


def offered(told: Mapping[str, Any]) -> list[str]:
    """What may still be added. Nothing before the matter is told; relatives one after another without end. Law: 条例 art. 30-45, 62, 66; 72号 art. 2."""
    return [name for name in OFFERED.get(told.get(MATTER, ""), ()) if name not in told or name == "dependants"]


ENTER = "claims.enter"
"""Handing a claim in at the window for who stands there."""


class Stage(StrEnum):
    TREATMENT = "treatment"
    DISABILITY = "disability"
    DEATH = "death"

    @property
    def label(self) -> str:
        """In words. Law: 条例 art. 30, 34, 39."""
        return STAGES[self]


STAGES = {Stage.TREATMENT: "治疗期间的待遇", Stage.DISABILITY: "伤残待遇", Stage.DEATH: "工亡待遇"}


def stage_of_recognition(*, favourable: bool, served: bool, died: bool) -> Stage | None:
    """What a recognition lets claim, without any grade: the costs of treatment, or what follows a death; None: nothing.

    It need not be in effect: a review or suit does not stop the benefits. Law: 条例 art. 30-33, 39; 社保法 art. 38; 行政复议法 art. 42.
    """
    if not (favourable and served):
        return None
    return Stage.DEATH if died else Stage.TREATMENT


def stage_of_conclusion(*, served: bool, effective: bool, graded: bool) -> Stage | None:
    """What a conclusion lets claim once it is in effect: the benefits of the grade; below the ten grades only treatment is left.

    Law: 条例 art. 30-33, 34-37; 令55 art. 19 (until it is in effect a second appraisal may change it).
    """
    if not (served and effective):
        return None
    return Stage.DISABILITY if graded else Stage.TREATMENT
