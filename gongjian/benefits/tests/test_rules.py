"""Which fact is asked for next; everything the law may want to know can be told."""

import pytest

from gongjian.benefits.forms import FIELDS, PLAIN
from gongjian.benefits.rules import (
    FIRST,
    OFFERED,
    Stage,
    next_question,
    offered,
    stage_of_conclusion,
    stage_of_recognition,
)
from gongjian.benefits.sheet import Sheet
from gongjian.law.benefits.facts import MATTERS, asked, asked_of_dependants
from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.words import LABELS, in_words

FULL: dict[str, dict[str, object]] = {
    "injury": {"grade": 5, "terminated_on": "2026-09-01", "self_care": "major", "third_party": True, "medical_cost": "1", "hospital_days": 3, "stop_work_months": 2, "occupational_disease": True, "insured_later_on": "2026-04-01", "retired_on": "2026-08-01"},
    "death": {"medical_cost": "1", "third_party": True},
    "missing": {"in_hardship": True},
    "illegal": {"treatment_months": 2},
    "illness": {"totally_incapacitated": True},
}  # fmt: skip


def test_the_matter_comes_first_then_its_own_facts_then_what_the_statement_misses():
    assert next_question({}, (), ()) == "matter"
    told = {"matter": "injury"}
    assert next_question(told, (), ("wages",)) == "injured_on"
    known = {**told, **dict.fromkeys(FIRST["injury"], "x")}
    assert next_question(known, (), ("wages", "average_wage_at_injury")) == "wages"
    assert next_question(known, ("wages",), ("wages", "average_wage_at_injury")) == "average_wage_at_injury"
    assert next_question(known, ("wages",), ("wages",)) is None


def test_what_one_relative_lacks_is_asked_with_everything_about_that_relative():
    told = {"matter": "death", **dict.fromkeys(FIRST["death"], "x")}
    assert next_question(told, (), ("dependants[2].born", "dependants[2].sex")) == "dependants[2]"


def test_every_fact_the_law_knows_belongs_to_a_matter_and_can_be_told():
    assert set(OFFERED) == set(FIRST) == set(MATTERS)
    assert {name for names in OFFERED.values() for name in names} | {"matter"} == set(asked())
    assert [names for names in OFFERED.values() if len(set(names)) < len(names)] == []


@pytest.mark.parametrize("matter", MATTERS)
def test_whatever_a_statement_asks_for_is_among_what_its_matter_offers(matter):
    found = statement(read_facts({"matter": matter, "injured_on": "2026-03-02", **FULL[matter]}))
    assert {one.fact for one in found.missing} <= set(OFFERED[matter])


def test_what_is_told_is_not_offered_again_but_relatives_are():
    told = {"matter": "death", "grade": 3, "dependants": []}
    assert "grade" not in offered(told)
    assert "dependants" in offered(told)
    assert offered({}) == []


def test_each_kind_of_fact_has_an_input_and_each_word_a_label():
    told = {**asked(), **asked_of_dependants()}
    assert {one.kind for one in told.values()} - {"people"} == set(FIELDS) == set(PLAIN)
    assert {name: set(one.words) for name, one in told.items() if one.kind == "word"} == {
        name: set(labels) for name, labels in LABELS.items()
    }


def test_values_are_told_in_words():
    facts = read_facts({"matter": "death", "insured": True, "wages": ["5000"] * 12, "injured_on": "2026-03-02", "grade": 3, "earlier_grades": [9, 10]})  # fmt: skip
    assert [in_words(name, getattr(facts, name)) for name in ("matter", "insured", "wages", "injured_on", "grade", "earlier_grades")] == [
        "因工死亡", "是", "每月5,000.00元，共12个月", "2026年3月2日", "3", "9、10",
    ]  # fmt: skip


def test_a_relative_takes_the_place_of_its_number_or_comes_last():
    sheet = Sheet({}).answered("dependants[1]", {"relation": "spouse"}).answered("dependants[2]", {"relation": "child"})
    sheet = sheet.answered("dependants[1]", {"relation": "parent"})
    assert [one["relation"] for one in sheet.people] == ["parent", "child"]
    assert [one["relation"] for one in sheet.without("dependants[1]").people] == ["child"]


def test_no_more_relatives_leaves_the_list_as_it_is_also_when_it_is_empty():
    assert Sheet({}).skipping("dependants[1]").told == {"dependants": []}
    one = Sheet({"dependants": [{"relation": "child"}]})
    assert one.skipping("dependants[2]").told == one.told
    assert one.skipping("dependants[1]").skipped == ("dependants[1]",)


@pytest.mark.parametrize(
    ("favourable", "served", "died", "stage"),
    [
        (True, True, False, Stage.TREATMENT),
        (True, True, True, Stage.DEATH),
        (True, False, False, None),
        (True, False, True, None),
        (False, True, False, None),
        (False, True, True, None),
    ],
)
def test_a_recognition_in_favour_lets_claim_treatment_or_what_follows_a_death_without_any_grade(
    favourable, served, died, stage
):
    assert stage_of_recognition(favourable=favourable, served=served, died=died) == stage


@pytest.mark.parametrize(
    ("served", "effective", "graded", "stage"),
    [
        (True, True, True, Stage.DISABILITY),
        (True, True, False, Stage.TREATMENT),
        (True, False, True, None),
        (False, True, True, None),
    ],
)
def test_a_conclusion_in_effect_lets_claim_by_its_grade_and_below_the_ten_grades_treatment(
    served, effective, graded, stage
):
    assert stage_of_conclusion(served=served, effective=effective, graded=graded) == stage
    assert all(each.label for each in Stage)
