"""Tables that people filled in: what each kind of cell means, and what is told rather than guessed."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from gongjian.kernel.sheet_rows import Column, Row, day_meant, read_rows, text_meant, time_meant
from gongjian.kernel.sheets import SheetBroken, write_row

COLUMNS = (
    Column("name", "姓名"),
    Column("number", "证件号码"),
    Column("on", "日期", "day"),
    Column("at", "时间", "time"),
)
TITLES = ["姓名", "证件号码", "日期", "时间"]


def a_sheet(*rows: list[Any], titles: list[str] = TITLES, joined: tuple[str, ...] = ()) -> BytesIO:
    book, out = Workbook(), BytesIO()
    for row in (titles, *rows):
        book.worksheets[0].append(row)
    for each in joined:
        book.worksheets[0].merge_cells(each)
    book.save(out)
    out.seek(0)
    return out


def remade(sheet: BytesIO, **changes: tuple[bytes, bytes]) -> BytesIO:
    """The same file, with bytes of its sheet exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(sheet) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                for before, after in changes.values():
                    assert before in content
                    content = content.replace(before, after)
            new.writestr(name, content)
    out.seek(0)
    return out


def read(sheet: BytesIO, **told: Any) -> list[Row]:
    return read_rows(sheet, COLUMNS, **{"most": 2000, **told})


def test_a_filled_row_is_read_with_its_number_and_empty_rows_are_left_out():
    rows = read(a_sheet(["林知远", "A1", date(2026, 3, 2), time(10, 20)], [], ["周若岚", "A2", "2026/3/4", "上午10点"]))
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].values == {"name": "林知远", "number": "A1", "on": "2026-03-02", "at": "10:20"}
    assert rows[1].values == {"name": "周若岚", "number": "A2", "on": "2026-03-04", "at": "上午10点"}
    assert rows[0].faults == rows[1].faults == {}


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (datetime(2026, 3, 2), "2026-03-02"),
        (date(2026, 3, 2), "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("2026/3/2", "2026-03-02"),
        ("2026.3.2", "2026-03-02"),
        (" 2026年3月2日 ", "2026-03-02"),
        ("2026 年 3 月 2 日", "2026-03-02"),
        ("２０２６－３－２", "2026-03-02"),
        ("2026-03-02 00:00:00", "2026-03-02"),
        (20260302, "2026-03-02"),
    ],
)
def test_a_day_is_read_however_it_was_written(value: object, meant: str):
    assert day_meant(value) == meant


@pytest.mark.parametrize(
    "value", ["3/2/2026", "02.03.26", "昨天", 46083, 46083.5, "2026-02-30", 20260230, "2026-3", True]
)
def test_a_day_that_can_be_read_in_two_ways_or_is_none_is_told(value: object):
    with pytest.raises(ValueError, match="日期看不懂，请写成2026-03-02这样"):
        day_meant(value)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (19900000001, "19900000001"),
        (19900000001.0, "19900000001"),
        (1.5, "1.5"),
        (True, "是"),
        (" 车工 ", "车工"),
        ("'+8619900000001", "+8619900000001"),
        ("'甲'", "'甲'"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(10, 20), "10:20"),
    ],
)
def test_a_cell_means_its_text(value: object, meant: str):
    assert text_meant(value) == meant


def test_a_time_of_day_may_come_with_a_day():
    assert time_meant(datetime(2026, 3, 2, 10, 20)) == "10:20"


@pytest.mark.parametrize("number", [990101199001011234, 9.90101199001011e17])
def test_an_identity_number_that_was_taken_for_a_number_has_lost_its_digits_and_is_told(number: float):
    (row,) = read(a_sheet(["林知远", number, "2026-03-02", ""]))
    assert set(row.faults) == {"number"}
    assert "后面几位已经丢失" in row.faults["number"]
    assert row.values["number"] == ""


@pytest.mark.parametrize("formula", ["=A1", "=VLOOKUP(A2,Sheet2!A:B,2,0)"])
def test_a_formula_is_told(formula: str):
    (row,) = read(a_sheet(["林知远", formula, "", ""]))
    assert "公式" in row.faults["number"]


def test_a_formula_over_several_cells_is_told_and_given_back_as_its_text():
    book, out = Workbook(), BytesIO()
    for row in (TITLES, ["林知远", "", "", ""]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"] = ArrayFormula("B2:B3", "=A2:A3")
    book.save(out)
    (found,) = read(BytesIO(out.getvalue()))
    assert "公式" in found.faults["number"]
    assert found.cells[1] == "=A2:A3"


def test_a_text_that_begins_like_a_formula_and_was_written_by_us_is_read_as_it_was():
    book, out = Workbook(), BytesIO()
    write_row(book.worksheets[0], 1, TITLES)
    write_row(book.worksheets[0], 2, ["=1+1", "+86", "", "-"])
    book.save(out)
    (row,) = read(BytesIO(out.getvalue()))
    assert (row.values["name"], row.values["number"], row.values["at"]) == ("=1+1", "+86", "-")


def test_joined_cells_are_told_at_every_row_they_cover():
    rows = read(a_sheet(["林知远", "A1", "", ""], ["", "A2", "", ""], ["周若岚", "A3", "", ""], joined=("A2:A3",)))
    assert [list(row.faults) for row in rows] == [["name"], ["name"], []]
    assert "合并单元格" in rows[0].faults["name"]


def test_too_many_joined_cells_are_refused_at_once():
    many = tuple(f"E{line}:F{line}" for line in range(2, 300))
    with pytest.raises(SheetBroken, match="处合并单元格"):
        read(a_sheet(["林知远", "A1", "", ""], joined=many))


def test_rows_beyond_the_size_that_the_file_says_it_has_are_not_lost():
    sheet = a_sheet(["林知远", "A1", "", ""], ["周若岚", "A2", "", ""])
    assert len(read(remade(sheet, size=(b'<dimension ref="A1:D3"', b'<dimension ref="A1:D2"')))) == 2


def test_a_row_far_below_is_found_and_counts_as_one():
    sheet = a_sheet(["林知远", "A1", "", ""])
    for cell in (b'"A2"', b'"B2"'):
        sheet = remade(sheet, far=(cell, cell.replace(b"2", b"900000")))
    assert [row.line for row in read(remade(sheet, far=(b'<row r="2"', b'<row r="900000"')), most=1)] == [900000]


def test_two_thousand_rows_are_read_and_one_more_is_refused():
    rows = [["林知远", f"A{number}", "2026-03-02", "10:20"] for number in range(2001)]
    assert len(read(a_sheet(*rows[:2000]))) == 2000
    with pytest.raises(SheetBroken, match="一次最多2000行"):
        read(a_sheet(*rows))


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["姓名", "身份证", "日期", "时间"], "第2列应当是“证件号码”"),
        ([], "第1列应当是“姓名”"),
        ([*TITLES, "", "备注"], "还有别的列"),
    ],
)
def test_another_table_is_refused_with_the_column_that_differs(titles: list[str], told: str):
    with pytest.raises(SheetBroken, match=told):
        read(a_sheet(["林知远", "A1", "", ""], titles=titles), ignored=("哪里要改",))


def test_the_column_that_told_what_was_wrong_may_come_back():
    (row,) = read(
        a_sheet(["林知远", "A1", "2026-03-02", "", "日期：…"], titles=[*TITLES, "哪里要改"]), ignored=("哪里要改",)
    )
    assert row.values["name"] == "林知远"
    assert row.cells == ["林知远", "A1", "2026-03-02", ""]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"</sheetData>", b""), (b'<row r="2"', b'<row r="two"'), (b't="inlineStr"', b't="s"><v>77777</v></c><c t="s"')],
)
def test_a_damaged_sheet_is_refused_in_words(before: bytes, after: bytes):
    with pytest.raises(SheetBroken):
        read(remade(a_sheet(["林知远", "A1", "", ""]), damage=(before, after)))


def test_nothing_but_titles_are_no_rows():
    assert read(a_sheet()) == []
