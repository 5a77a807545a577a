"""Spreadsheets: what swells is refused before it does, and what would act is written as text."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from gongjian.kernel.sheets import MOST_BYTES, SheetBroken, disarmed, first_sheet, write_row


def a_book(*rows: tuple[object, ...]) -> BytesIO:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(out)
    out.seek(0)
    return out


def swelling(size: int) -> BytesIO:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"0" * size)
    out.seek(0)
    return out


def test_the_rows_of_the_first_sheet_are_read():
    rows = first_sheet(a_book(("甲", 1), ("乙", 2))).iter_rows(values_only=True)
    assert list(rows) == [("甲", 1), ("乙", 2)]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (BytesIO(b""), "不是 .xlsx 表格"),
        (BytesIO("姓名,职称".encode()), "不是 .xlsx 表格"),
        (BytesIO(b"PK\x03\x04broken"), "不是 .xlsx 表格"),
        (BytesIO(b"x" * (MOST_BYTES + 1)), "文件超过5MB"),
        (swelling(61 * 1024 * 1024), "文件解开后过大"),
    ],
    ids=["empty", "csv", "broken", "large", "swelling"],
)
def test_what_is_no_sheet_or_too_much_of_one_is_refused(file: BytesIO, told: str):
    with pytest.raises(SheetBroken, match=told):
        first_sheet(file)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx", "\nx"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str):
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("value", ["骨科", "", None, date(2026, 1, 1), 7])
def test_anything_else_is_left_as_it_is(value: object):
    assert disarmed(value) == value


def test_a_written_formula_is_a_text_in_the_file():
    book, out = Workbook(), BytesIO()
    write_row(book.worksheets[0], 1, ["=1+1", 2, None])
    book.save(out)
    found = load_workbook(BytesIO(out.getvalue())).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in found[1]][:2] == [("'=1+1", "s"), (2, "n")]
