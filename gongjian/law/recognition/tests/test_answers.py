"""Answers from outside, and the whole answer back: stable names, one line for each fault, never a decision."""

import json

import pytest
from click.testing import CliRunner

from gongjian.law.command_line import law
from gongjian.law.errors import DayWrong, ToldWrong
from gongjian.law.recognition.answers import read_answers
from gongjian.law.recognition.heads import KINDS, questions
from gongjian.law.recognition.wording import as_answer
from gongjian.law.told import READERS

AT_WORK = {"in_work_time": True, "in_workplace": True, "work_cause": True, "accident": True}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"in_work_time": "yes"}, "in_work_time"),
        ({"in_work_time": 1}, "in_work_time"),
        ({"weather": True}, "weather"),
        ({"applicant": "neighbour"}, "applicant"),
        ({"employment": ["dual"]}, "employment"),
        ({"region": 330000}, "region"),
        ({"region": "3300"}, "region"),
        ({"proofs": "application_form"}, "proofs"),
        ({"proofs": ["application_form", "hearsay"]}, "proofs[2]"),
        ({"employer_extension_days": 0, "employer_extended_on": "2026-03-03"}, "employer_extension_days"),
        ({"employer_extension_days": 30}, "employer_extension_days"),
        ({"employer_extended_on": "2026-03-03"}, "employer_extension_days"),
        ({"injured_on": "2026-03-02", "applied_on": "2026-03-01"}, "applied_on"),
        ({"injured_on": "2026-03-02", "died_on": "2026-03-01"}, "died_on"),
        ({"injured_on": "2026-03-02", "asked_on": "2026-03-01"}, "asked_on"),
        ({"sudden_illness": False, "died_at_once_or_within_48_hours": True}, "died_at_once_or_within_48_hours"),
        ({"not_counted": "all"}, "not_counted"),
        ({"not_counted": ["force_majeure"]}, "not_counted[1]"),
        ({"not_counted": [{"ground": "in_hospital", "from": "2026-03-03"}]}, "not_counted[1].ground"),
        ({"not_counted": [{"ground": "force_majeure"}]}, "not_counted[1]"),
        ({"not_counted": [{"ground": "force_majeure", "from": "2026-03-03", "to": "2026-03-04"}]}, "not_counted[1]"),
        (
            {"not_counted": [{"ground": "force_majeure", "from": "2026-03-03", "until": "2026-03-03"}]},
            "not_counted[1].until",
        ),
        ({"not_counted": [{"ground": "force_majeure", "from": "2026-03-03"}]}, "asked_on"),
    ],
)
def test_impossible_and_ill_written_answers_are_refused(told, field):
    with pytest.raises(ToldWrong) as refusal:
        read_answers(told)
    assert refusal.value.facts["field"] == field


@pytest.mark.parametrize("day", ["2026-02-30", "x"])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(DayWrong, match="injured_on"):
        read_answers({"injured_on": day})


@pytest.mark.parametrize("told", [[], "answers", None])
def test_answers_are_a_mapping(told):
    with pytest.raises(ToldWrong, match="answers"):
        read_answers(told)


def test_null_is_no_answer():
    assert read_answers({"in_work_time": None}) == {}


def test_every_kind_of_question_has_a_reader():
    assert {*READERS, "periods"} >= set(KINDS) >= {one.kind for one in questions().values()}


def test_the_answer_is_never_a_decision():
    found = as_answer(read_answers({**AT_WORK, "proofs": list(questions()["proofs"].words)}))
    assert (found["decision"], found["may_apply"]) == (None, ["14-1"])
    assert (
        found["lines"][0]
        == "本答复只列出可能适用的情形、尚缺的事实和需要的证明，不是工伤认定决定；由社会保险行政部门依法认定。"
    )


def test_the_names_of_the_answer_are_stable():
    found = as_answer(read_answers(AT_WORK))
    assert list(found) == [
        "schema",
        "decision",
        "other_procedure",
        "may_apply",
        "heads",
        "exclusions",
        "time_limits",
        "jurisdiction",
        "liable_unit",
        "notes",
        "missing",
        "notice",
        "lines",
    ]
    assert list(found["heads"][0]) == [
        "code",
        "title",
        "article",
        "stands",
        "missing",
        "against",
        "proofs",
        "benefits",
        "guidance",
    ]


def test_nobody_is_asked_everything_about_every_head():
    asked = [one["question"] for one in as_answer(read_answers({"commuting": True}))["missing"]]
    assert asked == [
        "traffic_accident",
        "rail_ferry_train_accident",
        "mainly_own_responsibility",
        "intentional_crime",
        "drunk_or_drugs",
        "self_harm",
        "injured_on",
        "applicant",
        "applied_on",
        "employment",
        "insured",
    ]


def test_the_guidance_stands_beside_the_head_with_its_mark():
    head = as_answer(read_answers(AT_WORK))["heads"][0]
    assert head["guidance"][1]["source"] == "法释9 第四条"
    assert {one["confidence"] for one in head["guidance"]} == {"seen", "seen-2"}


def test_the_lines_name_the_proof_that_an_exclusion_needs():
    found = "".join(as_answer(read_answers({**AT_WORK, "drunk_or_drugs": True}))["lines"])
    assert "有人主张醉酒或者吸毒：须有" in found
    assert "并证明与伤害有因果关系" in found


def test_an_old_soldiers_relapse_says_which_benefit_it_lacks():
    found = as_answer(read_answers({"disabled_veteran": True, "old_wound_relapse": True}))
    assert [one["benefits"] for one in found["heads"] if one["code"] == "15-3"] == [
        "享受除一次性伤残补助金以外的工伤保险待遇。"
    ]


def run(tmp_path, text, *options):
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(law, ["recognition", str(path), *options])


def test_the_command_answers_in_json_and_in_lines(tmp_path):
    told = json.dumps(AT_WORK)
    assert json.loads(run(tmp_path, told).stdout)["schema"] == "gongjian.recognition/1"
    assert "14-1" in run(tmp_path, told, "--text").stdout


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"in_work_time": 1}', "in_work_time"),
        ("{", "不是JSON"),
        ('{"injured_on": "x"}', "injured_on"),
        ('{"not_counted": [{"ground": "labour_dispute", "from": "2026-03-03"}]}', "asked_on"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(tmp_path, text, what):
    result = run(tmp_path, text)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert what in result.stderr
