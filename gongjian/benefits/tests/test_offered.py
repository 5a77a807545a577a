"""Nothing is asked of a person in vain: each fact that a matter offers can change what its statement says."""

import pytest

from gongjian.benefits.rules import OFFERED
from gongjian.law.benefits.facts import MATTERS
from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer
from gongjian.law.errors import ToldWrong

WIFE = {"relation": "spouse", "sex": "female", "born": "1960-01-01", "lived_on_deceased": True}
WAGES = {"wages": ["5000"] * 12, "average_wage_at_injury": "8000"}
TREATED = {"medical_cost": "1000", "third_party": True, "third_party_medical": "100", "region": "410000"}
STOPPED_WORK = {"stop_work_months": 2, "usual_wage": "5200", "hospital_days": 2, "hospital_food_per_day": "30"}
HURT = {"injured_on": "2026-03-02", "insured": False, "insured_later_on": "2026-05-01"}
LEAVING = {
    "terminated_on": "2026-09-01",
    "termination_by": "worker",
    "retirement_on": "2030-05-01",
    "average_wage_at_termination": "8000",
    "work_arranged": True,
}
TOLD: dict[str, list[dict[str, object]]] = {
    "injury": [
        {**HURT, **WAGES, **TREATED, **STOPPED_WORK, **LEAVING, "grade": 6, "self_care": "major", "average_wage_now": "8400"},
        {**HURT, **WAGES, "grade": 4, "retired_on": "2026-06-01", "pension": "1000"},
        {**HURT, **WAGES, "grade": 6, "work_arranged": False, "minimum_wage": "3500"},
        {"stop_work_months": 14, "stop_work_extended": True},
    ],
    "death": [
        {**HURT, **WAGES, **TREATED, **STOPPED_WORK, "died_on": "2026-03-05", "death": "direct", "average_wage_at_death": "8000", "dependants": [WIFE]},
        {**HURT, **WAGES, "died_on": "2026-03-05", "death": "after_stop_work", "grade": 4},
        {"stop_work_months": 14, "stop_work_extended": True},
    ],
    "missing": [
        {**HURT, **WAGES, "missing_since": "2026-03-02", "usual_wage": "5200", "dependants": [WIFE], "third_party": True, "region": "330000"},
    ],
    "illegal": [
        {"hospital_days": 2, "hospital_food_per_day": "30", "injured_on": "2026-03-02", "grade": 9, "annual_average_wage": "96000", "treatment_months": 2, "average_wage_now": "8000", "region": "330000", "nursing_needed": True},
    ],
    "illness": [
        {"totally_incapacitated": True, "applied_on": "2026-03-02", "retirement_on": "2046-01-01", "contribution_months": 90, "minimum_contribution_months": 180},
    ],
}  # fmt: skip
OTHERWISE: dict[str, object] = {
    "self_care": "complete",
    "region": "440000",
    "termination_by": "expiry",
    "death": "in_stop_work",
    "benefits_stopped": "refuses_treatment",
    "dependants": [],
    "earlier_grades": [5],
    "wages": ["6000"] * 12,
    "grade": 10,
    "died_on": "2026-12-31",
    "injured_on": "2010-12-31",
    "retirement_on": "2026-02-01",
    "missing_since": "2026-05-01",
    "applied_on": "2024-12-31",
}
"""Another word, day or list than was told; of all else what `another` makes."""


def another(name, value):
    """Something else that may be told of a fact."""
    if name in OTHERWISE:
        return OTHERWISE[name]
    if isinstance(value, bool) or (value is None and name in FLAGS):
        return not value
    if name.endswith("_on"):
        return "2031-12-31"
    return 7 if isinstance(value, int) or name in ("hospital_days", "stop_work_months") else "12345.67"


FLAGS = {
    "insured", "occupational_disease", "veteran_relapse", "relapse", "stop_work_extended", "nursing_needed",
    "work_arranged", "third_party", "in_hardship", "totally_incapacitated",
}  # fmt: skip


def said(matter, told):
    """The whole statement, or why the facts cannot be."""
    try:
        return as_answer(statement(read_facts({"matter": matter, **told})))
    except ToldWrong as refusal:
        return str(refusal)


@pytest.mark.parametrize("matter", MATTERS)
def test_each_fact_that_a_matter_offers_changes_what_its_statement_says(matter):
    assert [name for name in OFFERED[matter] if not any(_matters(matter, name, base) for base in TOLD[matter])] == []


def _matters(matter, name, base):
    """Whether leaving the fact out, or telling it otherwise, changes the statement."""
    without = {other: value for other, value in base.items() if other != name}
    told = said(matter, base)
    return told != said(matter, without) or told != said(matter, {**base, name: another(name, base.get(name))})


@pytest.mark.parametrize("matter", MATTERS)
def test_what_a_full_sheet_tells_is_offered_by_its_matter(matter):
    assert {name for base in TOLD[matter] for name in base} <= set(OFFERED[matter])
    assert all(isinstance(said(matter, base), dict) for base in TOLD[matter])
