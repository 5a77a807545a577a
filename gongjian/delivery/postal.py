"""The table of a batch's results: pasted, or as a spreadsheet. Columns: 序号, 邮件号码, 签收日期, 签收人, 退回日期, 退回原因, 与收件人的关系."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook

from gongjian.delivery.errors import TableUnreadable
from gongjian.kernel.sheets import SheetBroken, damage_told, first_sheet, write_row

COLUMNS = ("序号", "邮件号码", "签收日期", "签收人", "退回日期", "退回原因", "与收件人的关系")
MOST_ROWS = 2000


@dataclass(frozen=True)
class Result:
    """One row: which line of the list, and what is known of its envelope. row: where it stands, for the refusal."""

    row: int
    line: int
    tracking: str = ""
    served_on: date | None = None
    received_by: str = ""
    returned_on: date | None = None
    reason: str = ""
    relation: str = ""


@dataclass(frozen=True)
class RowError:
    """Why a row was not taken."""

    row: int
    sentence: str


def read_pasted(text: str) -> tuple[list[Result], list[RowError]]:
    """Rows parted by tabs, commas or several spaces, as copied from a spreadsheet."""
    rows = [re.split(r"\t|，|,|\s{2,}", line.strip("\r\n ")) for line in text.splitlines()]
    return _read(rows)


def read_xlsx(content: bytes) -> tuple[list[Result], list[RowError]]:
    """The first sheet. Raises: TableUnreadable."""
    try:
        sheet = first_sheet(io.BytesIO(content), values=True)
        with damage_told():
            rows = [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=len(COLUMNS), values_only=True)]
    except SheetBroken as error:
        raise TableUnreadable from error
    return _read(rows)


def write_xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """A table to be filled in: its heading and the rows that are known."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line, row in enumerate((COLUMNS, *rows), start=1):
        write_row(sheet, line, ("" if value is None else str(value) for value in row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _read(rows: Iterable[Sequence[object]]) -> tuple[list[Result], list[RowError]]:
    results: list[Result] = []
    errors: list[RowError] = []
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row] + [""] * len(COLUMNS)
        if not any(cells) or cells[0] == COLUMNS[0]:
            continue
        found = _result(number, row, cells)
        (results if isinstance(found, Result) else errors).append(found)  # type: ignore[arg-type]
    return results[:MOST_ROWS], errors


def _result(number: int, row: Sequence[object], cells: list[str]) -> Result | RowError:
    if not cells[0].isdecimal():
        return RowError(number, f"第{number}行：序号应为清单上的数字。")
    try:
        served, returned = _day(cells[2]), _day(cells[4])
    except ValueError:
        return RowError(number, f"第{number}行：日期应写成2026-04-15这样。")
    if returned and not cells[5]:
        return RowError(number, f"第{number}行：退回的邮件应写明退回原因。")
    if served and returned:
        return RowError(number, f"第{number}行：签收日期和退回日期只能填一个。")
    return Result(number, int(cells[0]), cells[1], served, cells[3], returned, cells[5], cells[6])


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _day(text: str) -> date | None:
    """Raises: ValueError for what is no day."""
    if not text:
        return None
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if len(numbers) != len(("year", "month", "day")):
        raise ValueError(text)
    return date(*numbers)
