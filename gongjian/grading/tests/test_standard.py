"""The two data files are read strictly, and what is wrong in them is refused with the place named."""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongjian.grading.outcomes import GRADES, SelfCareLevel
from gongjian.grading.standard import COLUMNS, Clause, Standard, StandardDataWrong, read_standard

DATA = Path(__file__).parents[1] / "data"
COUNTS = [23, 39, 47, 55, 65, 76, 63, 74, 42, 46]


@pytest.fixture(scope="module")
def held() -> Standard:
    return read_standard(DATA / "gbt16180_2014.toml")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of both files to spoil; gives the path of the TOML file."""
    for ending in ("toml", "csv"):
        shutil.copy(DATA / f"gbt16180_2014.{ending}", tmp_path / f"gbt16180_2014.{ending}")
    return tmp_path / "gbt16180_2014.toml"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_standard_says_what_it_is_and_how_sure_we_are(held: Standard) -> None:
    assert held.name == "GB/T 16180-2014"
    assert held.in_force_on == date(2015, 1, 1)
    assert held.checked_on == date(2026, 11, 22)
    assert held.confidence == "transcription"
    assert held.source
    assert held.title == "劳动能力鉴定 职工工伤与职业病致残等级"


def test_there_are_530_clauses_as_many_per_grade_as_the_standard_has(held: Standard) -> None:
    found = Counter(each.grade for each in held.clauses)
    assert [found[grade] for grade in GRADES] == COUNTS
    assert sum(COUNTS) == len(held.clauses) == 530


def test_every_number_is_unique_and_says_grade_and_ordinal(held: Standard) -> None:
    assert len({each.number for each in held.clauses}) == 530
    assert [each.number for each in held.clauses] == [f"5.{each.grade}.2({each.ordinal})" for each in held.clauses]


def test_every_clause_has_text_place_sources_and_machine_form(held: Standard) -> None:
    incomplete = [
        each.number
        for each in held.clauses
        if not (each.text and each.body_system and each.chapters and each.parameters and each.witnesses in {1, 2})
    ]
    assert incomplete == []


def test_no_note_speaks_of_where_the_data_was_prepared(held: Standard) -> None:
    assert [each.number for each in held.clauses if "criteria" in each.notes or "memory" in each.notes] == []


def test_every_clause_stands_in_one_or_two_of_the_five_chapters(held: Standard) -> None:
    assert {len(each.chapters) for each in held.clauses} == {1, 2}
    assert {name for each in held.clauses for name in each.chapters} == set(held.chapters)
    assert [each.number for each in held.clauses if len(each.chapters) == 2] == [
        "5.2.2(20)",
        "5.3.2(30)",
        "5.4.2(32)",
        "5.7.2(57)",
    ]


def test_parameters_cannot_be_changed_by_who_reads_them(held: Standard) -> None:
    with pytest.raises(TypeError):
        held.clauses[0].parameters["kind"] = "other"  # type: ignore[index]


def test_clauses_can_be_kept_in_sets(held: Standard) -> None:
    assert len(set(held.clauses)) == 530


def test_each_grade_has_its_principle_and_each_says_which_self_care_levels_it_knows(held: Standard) -> None:
    known = {each.grade: each.selfcare for each in held.principles}
    nothing = frozenset({SelfCareLevel.NONE})
    assert known == {
        1: {SelfCareLevel.COMPLETE, SelfCareLevel.MAJOR, SelfCareLevel.PARTIAL},
        2: {SelfCareLevel.MAJOR, SelfCareLevel.PARTIAL},
        3: {SelfCareLevel.PARTIAL},
        4: {SelfCareLevel.PARTIAL, SelfCareLevel.NONE},
        5: nothing,
        6: nothing,
        7: nothing,
        8: nothing,
        9: nothing,
        10: nothing,
    }


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        (1, ["器官缺失或功能完全丧失", "其他器官不能代偿", "特殊医疗依赖"]),
        (2, ["严重缺损或畸形", "严重功能障碍", "特殊医疗依赖"]),
        (3, ["严重缺损或畸形", "严重功能障碍", "特殊医疗依赖"]),
        (4, ["严重缺损或畸形", "严重功能障碍", "特殊医疗依赖"]),
        (5, ["大部缺损或明显畸形", "较重功能障碍", "一般医疗依赖"]),
        (6, ["大部缺损或明显畸形", "中等功能障碍", "一般医疗依赖"]),
        (7, ["大部缺损或畸形", "轻度功能障碍", "一般医疗依赖"]),
        (8, ["部分缺损，形态异常", "轻度功能障碍", "存在一般医疗依赖"]),
        (9, ["部分缺损，形态异常", "轻度功能障碍", "无医疗依赖或者存在一般医疗依赖"]),
        (10, ["部分缺损，形态异常", "无功能障碍", "无医疗依赖或者存在一般医疗依赖"]),
    ],
)
def test_a_principle_names_organ_function_and_medical_dependence(held: Standard, grade: int, words: list[str]) -> None:
    text = held.principles[grade - 1].text
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("csv", "grade,number,", "grade,item,", "columns"),
        ("csv", "1,5.1.2(2),", "1,5.1.2(1),", "out of order"),
        ("csv", "1,5.1.2(2),", "2,5.1.2(2),", "do not agree"),
        ("csv", "1,5.1.2(2),", "1,5.1.2(2a),", "do not agree"),
        ("csv", "1,5.1.2(2),", "1,5.1.1(2),", "do not agree"),
        ("csv", "1,5.1.2(2),", "1,5.1.2(99),", "out of order"),
        ("csv", ",智能损伤,极重度智能损伤,", ",,极重度智能损伤,", "an empty field"),
        ("csv", ",智能损伤,极重度智能损伤,", ",智能损伤,,", "an empty field"),
        ("csv", ",小肠切除≥90%,", ",全胰切除,", "the same text twice"),
        ("csv", "1,5.1.2(1),神经内科神经外科精神科", "1,5.1.2(1),神经科", "chapters do not agree"),
        ("csv", '"{""kind"":""mental_capacity""', '"{kind:""mental_capacity""', "Expecting property name"),
        ("csv", '"{""kind"":""mental_capacity""', '"{""sort"":""mental_capacity""', "parameters"),
        ("csv", '""kind"":""motor_disorder_nonparalytic"",""level"":""severe""}",2', '""kind"":""x""}",3', "witnesses"),
        ("toml", "clauses     = [23,", "clauses     = [24,", "missing"),
        ("toml", "46]     # how", "46, 1]     # how", "zip()"),
        ("toml", 'selfcare = ["complete",', 'selfcare = ["whole",', "whole"),
        ("toml", "grade    = 10", "grade    = 9", "principles"),
        ("toml", 'numbers = ["5.10.1"]', 'numbers = ["5.11.1"]', "5.11.1"),
        ("toml", 'title       = "劳', 'titel       = "劳', "title"),
        ("toml", '"职业病内科"]', '"职业病内科", "职业病内科"]', "named twice"),
        ("toml", '"职业病内科"]', '"中医科"]', "chapters do not agree"),
    ],
)
def test_spoiled_data_is_refused_at_load(copied: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(copied.with_suffix(f".{file}"), old, new)
    with pytest.raises(StandardDataWrong) as refusal:
        read_standard(copied)
    assert said in str(refusal.value)
    assert "gbt16180_2014.toml" in str(refusal.value)


def test_a_lost_line_is_noticed(copied: Path) -> None:
    table = copied.with_suffix(".csv")
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines[:200], *lines[201:]]), encoding="utf-8")
    with pytest.raises(StandardDataWrong, match="missing"):
        read_standard(copied)


def test_a_line_with_too_few_fields_is_noticed(copied: Path) -> None:
    table = copied.with_suffix(".csv")
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines[:-1], "10,5.10.2(46)\n"]), encoding="utf-8")
    with pytest.raises(StandardDataWrong):
        read_standard(copied)


def test_the_untouched_copy_loads(copied: Path, held: Standard) -> None:
    assert read_standard(copied) == held


def test_the_file_keeps_its_columns_for_later_readers() -> None:
    with (DATA / "gbt16180_2014.csv").open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == COLUMNS


# The ladders of the standard: the figure in the words and the figure in the machine form must be the same.
LADDERS = [
    ("5.1.2(5)", "≥体表90%", "bsa_pct", {"op": ">=", "value": 90}),
    ("5.2.2(7)", "≥体表80%", "bsa_pct", {"op": ">=", "value": 80}),
    ("5.3.2(8)", "≥体表70%", "bsa_pct", {"op": ">=", "value": 70}),
    ("5.4.2(8)", "≥60%", "bsa_pct", {"op": ">=", "value": 60}),
    ("5.5.2(9)", "≥体表50%", "bsa_pct", {"op": ">=", "value": 50}),
    ("5.6.2(14)", "≥40%", "bsa_pct", {"op": ">=", "value": 40}),
    ("5.7.2(13)", "≥30%", "bsa_pct", {"op": ">=", "value": 30}),
    ("5.8.2(11)", "≥20%", "bsa_pct", {"op": ">=", "value": 20}),
    ("5.9.2(9)", "≥体表5%", "bsa_pct", {"op": ">=", "value": 5}),
    ("5.10.2(3)", "<5%且≥1%", "bsa_pct", [{"op": ">=", "value": 1}, {"op": "<", "value": 5}]),
    ("5.4.2(19)", "双耳听力损失≥91dB", "both_db", {"op": ">=", "value": 91}),
    ("5.5.2(28)", "双耳听力损失≥81dB", "both_db", {"op": ">=", "value": 81}),
    ("5.6.2(33)", "双耳听力损失≥71dB", "both_db", {"op": ">=", "value": 71}),
    ("5.7.2(32)", "双耳听力损失≥56dB", "both_db", {"op": ">=", "value": 56}),
    ("5.1.2(12)", "小肠切除≥90%", "removed", {"op": ">=", "value": 0.9}),
    ("5.2.2(22)", "小肠切除3/4", "removed", {"op": ">=", "value": 0.75}),
    ("5.2.2(23)", "肝切除3/4", "removed", {"op": ">=", "value": 0.75}),
    ("5.3.2(31)", "肝切除2/3", "removed", {"op": ">=", "value": 0.6667}),
    ("5.9.2(15)", "1/2", "one", ["lost.half:thumb"]),
    ("5.2.2(2)", "三肢瘫肌力3级", "mrc", {"op": "==", "value": 3}),
    ("5.2.2(3)", "偏瘫肌力≤2级", "mrc", {"op": "<=", "value": 2}),
    ("5.3.2(3)", "偏瘫肌力3级", "mrc", {"op": "==", "value": 3}),
    ("5.7.2(1)", "偏瘫肌力4级", "mrc", {"op": "==", "value": 4}),
    ("5.2.2(4)", "截瘫肌力≤2级", "mrc", {"op": "<=", "value": 2}),
    ("5.3.2(4)", "截瘫肌力3级", "mrc", {"op": "==", "value": 3}),
    ("5.7.2(2)", "截瘫肌力4级", "mrc", {"op": "==", "value": 4}),
    ("5.4.2(4)", "单肢瘫肌力≤2级", "mrc", {"op": "<=", "value": 2}),
    ("5.5.2(2)", "单肢瘫肌力3级", "mrc", {"op": "==", "value": 3}),
    ("5.8.2(1)", "单肢体瘫肌力4级", "mrc", {"op": "==", "value": 4}),
    ("5.8.2(28)", "等于0.4", "worse_bcva", {"op": "==", "value": 0.4}),
    ("5.9.2(28)", "等于0.5", "worse_bcva", {"op": "==", "value": 0.5}),
    ("5.10.2(16)", "≤0.8", "better_bcva", {"op": "<=", "value": 0.8}),
    ("5.9.2(14)", "1～2节", "segments", [{"op": ">=", "value": 1}, {"op": "<=", "value": 2}]),
    ("5.10.2(2)", ">2cm²", "area_cm2", {"op": ">", "value": 2}),
    ("5.10.2(10)", ">100cm²", "area_cm2", {"op": ">", "value": 100}),
    ("5.10.2(7)", ">50cm²", "area_cm2", {"op": ">", "value": 50}),
    ("5.8.2(45)", "≥3根", "ribs", {"op": ">=", "value": 3}),
]


@pytest.mark.parametrize(("number", "words", "name", "value"), LADDERS, ids=[row[0] for row in LADDERS])
def test_words_and_machine_form_hold_the_same_figure(
    held: Standard, number: str, words: str, name: str, value: object
) -> None:
    found = next(each for each in held.clauses if each.number == number)
    assert words in found.text
    assert found.parameters[name] == value


def test_a_clause_is_cited_with_its_standard_and_named_as_experts_do(held: Standard) -> None:
    found: Clause = next(each for each in held.clauses if each.number == "5.9.2(23)")
    assert found.citation == "GB/T 16180-2014 5.9.2(23)"
    assert found.label == "九级23）"
    assert held.principles[8].citation == "GB/T 16180-2014 5.9.1"
    assert held.principles[8].label == "九级定级原则"
