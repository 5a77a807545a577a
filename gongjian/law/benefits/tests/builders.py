"""A worker's facts from no arguments; a test names only what it is about."""

from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.wording import as_answer

KNOWN = {
    "region": "330000",
    "injured_on": "2026-03-02",
    "insured": True,
    "wages": ["5000.00"] * 12,
    "average_wage_at_injury": "8000.00",
    "average_wage_now": "8400.00",
    "minimum_wage": "2490",
}


def facts_of(**told):
    """Plain facts; a fact given as ... is left out."""
    return {name: value for name, value in {**KNOWN, **told}.items() if value is not ...}


def answer_of(**told):
    """The answer for programs."""
    return as_answer(statement(read_facts(facts_of(**told))))


def items_of(**told):
    """The items by their ids."""
    return {item["id"]: item for item in answer_of(**told)["items"]}


def missing_of(**told):
    """The names of the facts that are asked for."""
    return [one["fact"] for one in answer_of(**told)["missing"]]
