"""Field names: what others call what we keep."""

from pathlib import Path

import pytest

from gongjian.law.codes.errors import FieldUnknown
from gongjian.law.codes.fields import all_fields, exported, field, fields_for, read_fields
from gongjian.law.errors import LawDataWrong


@pytest.mark.parametrize(
    ("name", "ours", "title"),
    [
        ("aac002", "id_number", "社会保障号码（公民身份号码）"),
        ("AAC003", "name", "姓名"),
        ("ala040", "disability_grade", "伤残等级"),
        ("alc060", "self_care", "生活自理障碍等级"),
        ("alc035", "conclusion_number", "鉴定结论书编号"),
        ("aac157", "death_lump_sum", "一次性工亡补助金"),
    ],
)
def test_a_field_has_our_name_and_chinese_words(name: str, ours: str, title: str) -> None:
    assert (field(name).name, field(name).title) == (ours, title)


@pytest.mark.parametrize(
    ("ours", "fields"),
    [
        ("employer_name", ("aab004", "aae044")),
        ("recognition_outcome", ("ala015", "alc029")),
        ("reported_on", ("alc026", "alc203")),
        ("sex", ("aac004",)),
    ],
)
def test_several_fields_may_hold_the_same(ours: str, fields: tuple[str, ...]) -> None:
    assert fields_for(ours) == fields


def test_values_go_out_under_the_preferred_fields() -> None:
    values = {"name": "林知远", "disability_grade": "09", "employer_name": "云溪恒信机械有限公司"}
    assert exported(values) == {"aac003": "林知远", "ala040": "09", "aab004": "云溪恒信机械有限公司"}


@pytest.mark.parametrize("name", all_fields())
def test_every_field_is_written_as_real_systems_write_it(name: str) -> None:
    assert len(name) == 6
    assert name[:3].isalpha() and name[3:].isdigit()
    assert field(name).is_local is (name[0] in "by" or name == "aab998")
    assert field(name).confidence == "seen-2"


@pytest.mark.parametrize("name", ["", "aac999", "lunch"])
def test_an_unknown_field_is_refused(name: str) -> None:
    with pytest.raises(FieldUnknown):
        field(name)
    with pytest.raises(FieldUnknown):
        fields_for(name)
    with pytest.raises(FieldUnknown):
        exported({name: "x"})


FILE = """
source = "某处"
checked = 2026-11-22
confidence = "seen-2"
fields = [{ field = "aac003", name = "name", title = "姓名" }]
"""


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('source = "某处"', "", "source is missing"),
        ("checked = 2026-11-22", "", "checked is missing"),
        ('confidence = "seen-2"', 'confidence = "sure"', "confidence must be one of"),
        ('title = "姓名"', "", "title is missing|cannot be read"),
        ("fields = [", 'fields = [{ field = "aac003", name = "name", title = "姓" }, ', "aac003 stands twice"),
        ('title = "姓名"', 'title = "姓名", local = 1', "local must be true or false"),
    ],
)
def test_a_faulty_file_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in FILE
    (tmp_path / "fields.toml").write_text(FILE.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(LawDataWrong, match=fault):
        read_fields(tmp_path / "fields.toml")
