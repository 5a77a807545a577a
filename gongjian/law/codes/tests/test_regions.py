"""Regions: a code means one region on one day, and retired codes stay known for the days they held."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.codes.errors import RegionUnknown
from gongjian.law.codes.regions import province_of, read_regions, region
from gongjian.law.errors import LawDataWrong, RegionWrong
from gongjian.law.identity import first_two_digits

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110000", "北京市"),
        ("330000", "浙江省"),
        ("410000", "河南省"),
        ("820000", "澳门特别行政区"),
        ("990100", "云溪市（虚构）"),
    ],
)
def test_a_code_has_its_name(code: str, name: str) -> None:
    assert region(code, on=TODAY).name == name


def test_an_identity_number_begins_with_a_real_province_or_as_a_residence_permit_does() -> None:
    assert len(first_two_digits()) == 34 + 1  # 83 stands only in residence permits
    assert {"11", "33", "65", "71", "81", "83"} <= first_two_digits()
    assert not {"99", "00", "10", "66"} & first_two_digits()


@pytest.mark.parametrize(
    ("code", "on", "is_known"),
    [
        ("510200", date(1997, 3, 13), True),
        ("510200", date(1997, 3, 14), False),
        ("500000", date(1997, 3, 13), False),
        ("500000", date(1997, 3, 14), True),
        ("460000", date(1988, 4, 12), False),
        ("460000", date(1988, 4, 13), True),
    ],
)
def test_a_code_holds_from_its_first_day_and_not_on_the_day_it_ends(code: str, on: date, is_known: bool) -> None:
    if is_known:
        assert region(code, on=on).holds_on(on)
    else:
        with pytest.raises(RegionUnknown):
            region(code, on=on)


def test_a_retired_code_names_what_followed_it() -> None:
    old = region("510200", on=date(1990, 1, 1))
    assert old.successors == ("500000",)
    assert all(region(code, on=old.until or TODAY) for code in old.successors)


@pytest.mark.parametrize(
    ("code", "name"), [("330106", "浙江省"), ("330000", "浙江省"), ("990121", "云岭省（虚构）"), ("500103", "重庆市")]
)
def test_every_code_lies_in_a_province(code: str, name: str) -> None:
    assert province_of(code, on=TODAY).name == name


@pytest.mark.parametrize("code", ["000000", "999999", "840000"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(RegionUnknown):
        region(code, on=TODAY)


@pytest.mark.parametrize("code", ["", "33", "33000a", "3300001", "３３００００"])
def test_what_is_not_six_digits_is_refused(code: str) -> None:
    with pytest.raises(RegionWrong):
        region(code, on=TODAY)
    with pytest.raises(RegionWrong):
        province_of(code, on=TODAY)


FILE = """
source = "某处"
checked = 2026-11-22
confidence = "memory"
regions = [{ code = "990000", name = "甲", from = 2011-01-01, until = 2020-01-01 }, { code = "990000", name = "乙", from = 2020-01-01 }]
"""


def read(folder: Path, text: str) -> int:
    (folder / "regions.toml").write_text(text, encoding="utf-8")
    return len(read_regions(folder / "regions.toml"))


def test_a_code_may_be_given_to_another_region_later(tmp_path: Path) -> None:
    assert read(tmp_path, FILE) == 2


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("until = 2020-01-01", "until = 2020-01-02", "990000 means two regions at once"),
        ("until = 2020-01-01", "until = 2011-01-01", "990000 ends before it begins"),
        ('code = "990000", name = "甲"', 'code = "99000", name = "甲"', "99000 is not six digits"),
        ('name = "甲"', 'title = "甲"', "unknown key title"),
        ('source = "某处"', "", "source is missing"),
    ],
)
def test_a_faulty_file_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in FILE
    with pytest.raises(LawDataWrong, match=fault):
        read(tmp_path, FILE.replace(good, bad, 1))
