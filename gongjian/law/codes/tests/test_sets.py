"""Code sets: out and back again, on the day and for the region that are meant."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.codes.errors import CodeSetUnknown, CodeUnknown
from gongjian.law.codes.fields import all_fields
from gongjian.law.codes.sets import all_sets, code_set, read_sets
from gongjian.law.errors import LawDataWrong, NotInForce, RegionWrong
from gongjian.law.parameters import CONFIDENCES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "value", "code", "label"),
    [
        ("sex", "male", "1", "男性"),
        ("sex", "not_stated", "9", "未说明的性别"),
        ("disability_grade", "1", "01", "一级"),
        ("disability_grade", "10", "10", "十级"),
        ("disability_grade", "none", "11", "未达等级"),
        ("self_care", "complete", "1", "生活完全不能自理"),
        ("self_care", "none", "4", "未达等级"),
        ("recognition_outcome", "deemed", "2", "视同工伤"),
        ("recognition_outcome", "disease", "6", "职业病"),
        ("retirement", "working", "0", "在职"),
        ("appraisal_kind", "initial", "1", "初次鉴定"),
        ("harm", "missing", "4", "失踪"),
        ("occupational_disease_class", "mental", "11", "职业性精神和行为障碍"),
    ],
)
def test_a_word_goes_out_as_its_code_and_comes_back(name: str, value: str, code: str, label: str) -> None:
    found = code_set(name, on=TODAY)
    assert found.code_for(value) == code
    assert found.entry_of(code).value == value
    assert found.entry(value).label == label


@pytest.mark.parametrize("name", all_sets())
def test_every_code_of_every_version_comes_back_as_what_went_out(name: str) -> None:
    for version in all_sets()[name]:
        for region in (None, *version.export):
            for one in version.entries:
                assert version.entry_of(version.code_for(one.value, region=region), region=region) == one


@pytest.mark.parametrize("name", all_sets())
def test_every_set_says_where_it_comes_from_and_which_field_carries_it(name: str) -> None:
    for version in all_sets()[name]:
        assert version.field in all_fields()
        assert version.source
        assert version.checked <= TODAY
        assert version.confidence in CONFIDENCES


@pytest.mark.parametrize(
    ("region", "code"), [(None, "4"), ("370100", "4"), ("990000", "4"), ("990100", "9"), ("990121", "9")]
)
def test_a_place_may_know_a_value_by_another_code(region: str | None, code: str) -> None:
    found = code_set("self_care", on=TODAY)
    assert found.code_for("none", region=region) == code
    assert found.entry_of(code, region=region).value == "none"
    assert found.code_for("major", region=region) == "2"


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (date(2002, 4, 18), "尘肺"),
        (date(2025, 7, 31), "尘肺"),
        (date(2025, 8, 1), "职业性尘肺病及其他呼吸系统疾病"),
    ],
)
def test_the_list_of_the_day_counts(on: date, label: str) -> None:
    assert code_set("occupational_disease_class", on=on).entry_of("01").label == label


def test_a_day_before_the_first_list_is_refused() -> None:
    with pytest.raises(NotInForce):
        code_set("occupational_disease_class", on=date(2002, 4, 17))


def test_what_a_set_does_not_have_is_refused() -> None:
    with pytest.raises(CodeSetUnknown, match="lunch"):
        code_set("lunch", on=TODAY)
    found = code_set("self_care", on=TODAY)
    with pytest.raises(CodeUnknown, match="soup"):
        found.code_for("soup")
    with pytest.raises(CodeUnknown, match="7"):
        found.entry_of("7")
    with pytest.raises(CodeUnknown):
        found.entry_of("4", region="990100")
    with pytest.raises(RegionWrong):
        found.code_for("none", region="99")


FILE = """
[colour]
title = "颜色"
field = "aae013"
[[colour.versions]]
from = 2011-01-01
source = "某处"
checked = 2026-11-22
confidence = "seen-2"
entries = [{ value = "red", code = "1", label = "红" }, { value = "blue", code = "2", label = "蓝" }]
[colour.export.990100]
red = "7"
"""


def some_sets(folder: Path, text: str = FILE) -> None:
    (folder / "sets.toml").write_text(text, encoding="utf-8")
    assert read_sets(folder / "sets.toml")["colour"][0].code_for("red", region="990100") == "7"


def test_a_new_set_is_only_data(tmp_path: Path) -> None:
    some_sets(tmp_path)


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('title = "颜色"', "", "title is missing"),
        ('field = "aae013"', "", "field is missing"),
        ('confidence = "seen-2"', 'confidence = "sure"', "confidence must be one of"),
        ('code = "2"', 'code = "1"', "stands twice"),
        ('value = "blue"', 'value = "red"', "stands twice"),
        ('label = "蓝"', 'name = "蓝"', "unknown key name"),
        ('red = "7"', 'green = "7"', "green is no value"),
        ('red = "7"', 'red = "2"', "two values with one code"),
        ("from = 2011-01-01", 'from = "2011"', "from must be a date"),
        ("[[colour.versions]]", "[[colour.editions]]", "unknown key editions"),
    ],
)
def test_a_faulty_set_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in FILE
    with pytest.raises(LawDataWrong, match=fault):
        some_sets(tmp_path, FILE.replace(good, bad, 1))


def test_versions_stand_in_the_order_of_their_days(tmp_path: Path) -> None:
    version = FILE[FILE.index("[[colour.versions]]") : FILE.index("[colour.export")]
    with pytest.raises(LawDataWrong, match="in the order of their days"):
        some_sets(tmp_path, FILE.replace(version, version + version, 1))
