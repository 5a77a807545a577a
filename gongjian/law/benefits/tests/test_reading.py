"""Facts from outside: each fault is one sentence that says where and what."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from gongjian.law.benefits.facts import asked, asked_of_dependants
from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.tests.builders import facts_of
from gongjian.law.command_line import law
from gongjian.law.errors import DayWrong, ToldWrong
from gongjian.law.told import READERS


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"grade": 0}, "grade"),
        ({"grade": 11}, "grade"),
        ({"grade": "9"}, "grade"),
        ({"grade": True}, "grade"),
        ({"earlier_grades": [9, 12]}, "earlier_grades"),
        ({"earlier_grades": 9}, "earlier_grades"),
        ({"wages": []}, "wages"),
        ({"wages": ["5000"] * 13}, "wages"),
        ({"wages": "5000"}, "wages"),
        ({"wages": ["5000", "-1"]}, "wages[2]"),
        ({"wages": ["5000.001"]}, "wages[1]"),
        ({"wages": [5000.5]}, "wages[1]"),
        ({"average_wage_at_injury": 0}, "average_wage_at_injury"),
        ({"average_wage_now": "0.00"}, "average_wage_now"),
        ({"minimum_wage": "二千"}, "minimum_wage"),
        ({"medical_cost": "99999999999"}, "medical_cost"),
        ({"insured": "yes"}, "insured"),
        ({"insured": 1}, "insured"),
        ({"hospital_days": -1}, "hospital_days"),
        ({"self_care": "severe"}, "self_care"),
        ({"region": 330000}, "region"),
        ({"region": "浙江"}, "region"),
        ({"stop_work_months": 13}, "stop_work_months"),
        ({"stop_work_months": 25, "stop_work_extended": True}, "stop_work_months"),
        ({"injured_on": "2010-12-31"}, "injured_on"),
        ({"terminated_on": "2026-03-01"}, "terminated_on"),
        ({"retired_on": "2026-03-01"}, "retired_on"),
        ({"grade": 4, "terminated_on": "2027-03-01"}, "terminated_on"),
        ({"insured": True, "insured_later_on": "2026-05-01"}, "insured_later_on"),
        ({"died_on": "2026-03-05"}, "died_on"),
        ({"missing_since": "2026-03-05"}, "missing_since"),
        ({"matter": "death", "death": "after_stop_work"}, "death"),
        ({"matter": "death", "death": "after_stop_work", "grade": 5}, "death"),
        ({"matter": "divorce"}, "matter"),
        ({"matter": "death", "died_on": "2026-03-05", "terminated_on": "2026-03-06"}, "terminated_on"),
        ({"matter": "illegal", "died_on": "2026-03-05", "grade": 5}, "grade"),
        ({"matter": "death", "dependants": [{"relation": "spouse"}, {"relation": "spouse"}]}, "dependants"),
        ({"matter": "death", "dependants": [{"relation": "cousin"}]}, "dependants[1].relation"),
        ({"matter": "death", "dependants": [{}]}, "dependants[1].relation"),
        ({"matter": "death", "dependants": [{"relation": "child", "name": "甲"}]}, "dependants[1].name"),
        ({"matter": "death", "dependants": ["spouse"]}, "dependants[1]"),
        ({"matter": "death", "dependants": "none"}, "dependants"),
        (
            {"matter": "death", "died_on": "2026-03-05", "dependants": [{"relation": "parent", "born": "2026-03-05"}]},
            "dependants[1].born",
        ),
        ({"salary": 5000}, "salary"),
    ],
)
def test_impossible_and_ill_written_facts_are_refused(told, field):
    with pytest.raises(ToldWrong) as refusal:
        statement(read_facts(facts_of(**told)))
    assert refusal.value.facts["field"] == field
    assert str(refusal.value).startswith(f"{field}：")


@pytest.mark.parametrize("day", ["2026-2-3", "2026-02-30", "yesterday", "", "2026-02-03T00:00"])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(DayWrong, match="injured_on"):
        read_facts(facts_of(injured_on=day))


@pytest.mark.parametrize("told", [[], "facts", 1, None])
def test_facts_are_a_mapping(told):
    with pytest.raises(ToldWrong, match="facts"):
        read_facts(told)


def test_null_is_not_known():
    assert read_facts(facts_of(grade=None)).grade is None


def test_money_is_exact():
    assert read_facts(facts_of(wages=["0.1", 5, Decimal("0.20")])).wages == (
        Decimal("0.1"),
        Decimal(5),
        Decimal("0.20"),
    )


def test_every_fact_has_a_question_and_a_reader():
    told = [*asked().values(), *asked_of_dependants().values()]
    assert [one.title for one in told if one.kind not in {*READERS, "people"} or not one.title] == []
    assert [one.title for one in told if (one.kind == "word") != bool(one.words)] == []


def run(tmp_path, text, *options):
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(law, ["benefits", str(path), *options])


def test_the_command_answers_in_json(tmp_path):
    result = run(tmp_path, json.dumps(facts_of(grade=9)))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["schema"] == "gongjian.benefits/1"


def test_the_names_of_the_answer_are_stable(tmp_path):
    answer = json.loads(run(tmp_path, json.dumps(facts_of(grade=9))).stdout)
    assert list(answer) == [
        "schema",
        "matter",
        "region",
        "own_wage",
        "items",
        "one_off_totals",
        "missing",
        "refused",
        "remarks",
        "confidence",
        "rounding",
        "lines",
    ]
    assert list(answer["items"][0]) == [
        "id",
        "title",
        "payer",
        "rhythm",
        "amount",
        "formula",
        "article",
        "confidence",
        "note",
    ]


def test_the_command_answers_in_lines_for_people(tmp_path):
    result = run(tmp_path, json.dumps(facts_of(grade=9)), "--text")
    assert result.stdout.splitlines()[0] == "本单根据所填事实估算，仅供参考；以社会保险经办机构核定的为准。"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"grade": 12}', "grade：伤残等级应为1至10级。"),
        ('{"grade": 9', "不是JSON"),
        ("", "不是JSON"),
        ('{"wages": [1e3]}', "wages[1]"),
        ('{"medical_cost": NaN}', "NaN 不是数"),
        ('{"injured_on": "x"}', "injured_on"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(tmp_path, text, what):
    result = run(tmp_path, text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert what in result.stderr


def test_money_in_json_may_have_a_point(tmp_path):
    result = run(tmp_path, json.dumps(facts_of(grade=9)).replace('"5000.00"', "5000.10"))
    assert json.loads(result.stdout)["own_wage"]["amount"] == "5000.10"


def test_a_file_that_is_not_there_is_one_line_and_exit_2():
    result = CliRunner().invoke(law, ["benefits", "nowhere.json"])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
