"""A table from somebody who means harm: whatever its bytes are it is read or refused in words, and no cell is more than a cell may be."""

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.sheet_rows import LONGEST, Row, day_meant, read_rows, text_meant
from gongjian.kernel.sheets import ACTING, SheetBroken, disarmed
from gongjian.kernel.tests.test_sheet_rows import COLUMNS, TITLES, a_sheet, read, remade

WAYS_TO_PACK = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
NOT_PARTS = (b"", b"<a/>", b"\x00", b"\xff\xfe<\x00", b"<?xml version='1.0'?><workbook/>", None)


def packed(change: Callable[[str, bytes], bytes | None], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A right table, each of its parts exchanged; None leaves a part out."""
    out = BytesIO()
    sheet = a_sheet(["林知远", "A1", "2026-03-02", "10:20"], joined=("A4:B5",))
    with zipfile.ZipFile(sheet) as old, zipfile.ZipFile(out, "w", way) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return out.getvalue()


def parts() -> list[str]:
    return zipfile.ZipFile(a_sheet()).namelist()


def is_answered(content: bytes) -> bool:
    """Whether a file is read, or refused in words; anything else that comes up is a fault of ours."""
    try:
        return all(isinstance(row, Row) for row in read(BytesIO(content)))
    except SheetBroken as refusal:
        return str(refusal) != ""


# Bytes.


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("way", WAYS_TO_PACK)
def test_a_file_with_some_of_its_bytes_changed_or_cut_off_is_read_or_refused_in_words(way: int):
    whole, chance = packed(lambda name, content: content, way), random.Random(100 + way)
    for _ in range(12):
        harmed = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3))):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        assert is_answered(bytes(harmed))
        assert is_answered(whole[: chance.randrange(len(whole))])


@pytest.mark.filterwarnings("ignore")
def test_a_file_packed_in_an_uncommon_way_and_damaged_is_no_sheet():
    whole = packed(lambda name, content: content, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(BytesIO(whole)) as old:
        places = [each.header_offset + 30 + len(each.filename) for each in old.infolist()]
    harmed = bytearray(whole)
    for place in places:
        harmed[place + 4 : place + 60] = b"\xff" * 56
    with pytest.raises(SheetBroken):
        read(BytesIO(bytes(harmed)))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("bad", NOT_PARTS)
def test_a_file_with_any_part_exchanged_or_missing_is_read_or_refused_in_words(bad: bytes | None):
    for part in parts():
        assert is_answered(packed(lambda name, content, part=part: bad if name == part else content))


def test_a_text_that_swells_by_names_within_names_does_not_swell_here():
    names = b"".join(b'<!ENTITY %c "%s">' % (98 + each, b"&%c;" % (97 + each) * 10) for each in range(9))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + names + b"]>"
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(SheetBroken):
        read(BytesIO(packed(lambda name, content: bomb if name.endswith("sheet1.xml") else content)))


@pytest.mark.parametrize("number", [b"NaN", b"INF", b"1e400", b"-1e300", b"99999999999999999999"])
def test_a_number_that_is_none_or_beyond_all_digits_never_passes_for_an_identity_number(number: bytes):
    sheet = remade(a_sheet(["林知远", 123456, "2026-03-02"]), number=(b"<v>123456</v>", b"<v>" + number + b"</v>"))
    try:
        (row,) = read(sheet)
    except SheetBroken:
        return
    assert row.faults.get("number") or not row.values["number"].isdigit()


# Cells.


def test_a_cell_longer_than_a_program_keeps_is_told_and_given_back_shortened():
    sheet = a_sheet(["林知远", "A1", "2026-03-02"])
    inline = b'<c r="A3" t="inlineStr"><is><t>' + "长".encode() * (LONGEST + 1) + b"</t></is></c>"
    sheet = remade(sheet, cell=(b"</sheetData>", b'<row r="3">' + inline + b"</row></sheetData>"))
    first, long = read(sheet)
    assert first.faults == {}
    assert (set(long.faults), long.values["name"], len(long.cells[0])) == ({"name"}, "", LONGEST)


def test_a_whole_column_that_is_joined_is_told_at_every_row():
    sheet = a_sheet(["林知远", "A1"], ["周若岚", "A2"], joined=("A2:A3",))
    rows = read(remade(sheet, joined=(b'"A2:A3"', b'"A2:A1048576"')))
    assert [set(row.faults) for row in rows] == [{"name"}] * 2
    assert rows[0].cells[0] == "林知远"


def test_rows_are_counted_before_they_are_looked_at_so_that_a_flood_ends_early():
    flood = a_sheet(*(["", "", "", "=1+1"] for _ in range(12)))
    with pytest.raises(SheetBroken, match="一次最多10行"):
        read_rows(flood, COLUMNS, most=10)


@pytest.mark.parametrize("titles", [[], ["姓名"], TITLES[::-1], [*TITLES[:3], " 时 间"], ["=1", *TITLES[1:]]])
def test_titles_that_are_not_ours_are_refused_before_any_row_is_read(titles: list[str]):
    with pytest.raises(SheetBroken, match="应当是"):
        read(a_sheet(["林知远"], titles=titles))


# What a value means.


@given(st.text(max_size=40))
def test_a_text_that_we_disarmed_and_read_again_is_what_it_was(text: str):
    assert text_meant(disarmed(text.strip())) == text.strip()


@given(st.builds(str.__add__, st.sampled_from(ACTING), st.text(max_size=40)))
def test_no_text_that_a_program_would_run_leaves_us_armed(text: str):
    assert not str(disarmed(text)).startswith(ACTING)


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_a_whole_number_within_the_digits_kept_keeps_each_of_them(number: int):
    assert text_meant(number) == text_meant(float(number)) == str(number)


@given(st.integers(min_value=10**15, max_value=10**18).map(float))
def test_a_number_of_sixteen_digits_and_more_is_never_taken(number: float):
    with pytest.raises(ValueError, match="已经丢失"):
        text_meant(number)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_in_each_of_its_writings_is_one_day(day: date):
    writings = (
        day, datetime.combine(day, time(10, 20)), day.isoformat(), f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}．{day.month}．{day.day}", int(f"{day:%Y%m%d}"), f"{day.isoformat()} 00:00:00",
    )  # fmt: skip
    assert {day_meant(each) for each in writings} == {day.isoformat()}


@given(st.text(max_size=12) | st.floats(allow_nan=True) | st.integers())
def test_whatever_stands_in_a_day_is_a_day_or_told(value: object):
    try:
        meant = day_meant(value)
    except ValueError as refusal:
        assert str(refusal).endswith("。")
    else:
        assert date.fromisoformat(meant).isoformat() == meant
