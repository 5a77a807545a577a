"""A table that somebody filled in with a spreadsheet program: each cell read as the text it means, or told in Chinese why it cannot be.

Nothing is guessed: a formula, a joined cell, a number that has lost its last digits and a day that can be read in two ways are told.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl.utils import range_boundaries

from gongjian.kernel.sheets import ACTING, SheetBroken, damage_told, first_sheet

DIGITS_KEPT = 15
"""A spreadsheet program keeps so many digits of a number; those that follow are lost."""
LAST_LINE = 1_048_576
LONGEST = 32_767
"""A spreadsheet program keeps so many signs in a cell; no person typed more."""
MOST_JOINED = 200
JOINED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")


@dataclass(frozen=True)
class Column:
    """One column. kind: "text", "day" (2026-03-02) or "time" (10:20)."""

    name: str
    title: str
    kind: str = "text"


@dataclass
class Row:
    """One filled line: its number as the program shows it, each cell's text as it was, what it means, and what cannot be read of it."""

    line: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read_rows(stream: BinaryIO, columns: Sequence[Column], *, most: int, ignored: Iterable[str] = ()) -> list[Row]:
    """Every filled row below the titles. most: rows at the most; ignored: titles of columns that may follow ours. Raises: SheetBroken."""
    sheet = first_sheet(stream)
    with damage_told():
        return _rows(sheet, columns, most, set(ignored))


def _rows(sheet: Any, columns: Sequence[Column], most: int, ignored: set[str]) -> list[Row]:
    joined, rows = _joined(sheet), list[Row]()
    lines = enumerate(sheet.iter_rows(max_row=LAST_LINE, max_col=len(columns) + 5), start=1)
    _check_titles(next(lines, (1, ()))[1], columns, ignored)
    for line, cells in lines:
        if any(_is_filled(cell) for cell in cells[: len(columns)]):
            if len(rows) == most:
                raise SheetBroken(f"一次最多{most}行，请分成几个文件")
            rows.append(_row(line, cells, columns, joined))
    return rows


def text_meant(value: Any) -> str:
    """What a cell says, as text. Raises: ValueError with the sentence of what cannot be taken."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    text = str(value).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(ACTING) else text


def day_meant(value: Any) -> str:
    """A day as 2026-03-02, from a cell that is a date, or a text that can be read in one way only. Raises: ValueError with the sentence."""
    text = text_meant(value)
    if isinstance(value, int | float) and re.fullmatch(r"(19|20)\d{6}", text, re.ASCII):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found is None:
            raise ValueError
        return date(*(int(each) for each in found.groups())).isoformat()
    except ValueError:
        raise ValueError("日期看不懂，请写成2026-03-02这样。") from None


def time_meant(value: Any) -> str:
    """A time of day as a person wrote it, or as 10:20 from a cell that is one. Raises: ValueError with the sentence."""
    return value.strftime("%H:%M") if isinstance(value, datetime) else text_meant(value)


MEANT = {"text": text_meant, "day": day_meant, "time": time_meant}


def _number(value: float) -> str:
    if abs(value) >= 10**DIGITS_KEPT:
        raise ValueError("这一格被当作数字，后面几位已经丢失。请把这一格设为“文本”格式，再重新填写。")
    return str(int(value)) if float(value).is_integer() else str(value)


def _row(line: int, cells: Sequence[Any], columns: Sequence[Column], joined: Sequence[tuple[int, ...]]) -> Row:
    row = Row(line, [_raw(cell) for cell in cells[: len(columns)]])
    for number, column in enumerate(columns, start=1):
        cell = cells[number - 1] if number <= len(cells) else None
        if any(left <= number <= right and top <= line <= bottom for left, top, right, bottom in joined):
            row.faults[column.name] = "这一格是合并单元格，请取消合并，每人一行分别填写。"
        else:
            _take(row, column, cell)
    return row


def _take(row: Row, column: Column, cell: Any) -> None:
    row.values[column.name] = ""
    if not _is_filled(cell):
        return
    if cell.data_type in ("f", "e"):
        row.faults[column.name] = "这一格是公式或者出错的值，请改为直接填写内容。"
        return
    if isinstance(cell.value, str) and len(cell.value) > LONGEST:
        row.faults[column.name] = f"这一格超过{LONGEST}个字，请只填写这一列要的内容。"
        return
    try:
        row.values[column.name] = MEANT[column.kind](cell.value)
    except ValueError as error:
        row.faults[column.name] = str(error)


def _raw(cell: Any) -> str:
    """What stands in a cell, to be given back as it came; a formula over several cells as its text."""
    return str(getattr(cell.value, "text", cell.value))[:LONGEST] if _is_filled(cell) else ""


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell.value is not None and str(cell.value).strip() != ""


def _check_titles(cells: Sequence[Any], columns: Sequence[Column], ignored: set[str]) -> None:
    told = [str(cell.value or "").strip() for cell in cells]
    for number, column in enumerate(columns, start=1):
        found = told[number - 1] if number <= len(told) else ""
        if found != column.title:
            raise SheetBroken(f"第一行第{number}列应当是“{column.title}”。请使用下载的模板，不要改动第一行和列的次序")
    more = told[len(columns) :]
    if any(more) and not set(more) <= {*ignored, ""}:
        raise SheetBroken("模板的各列之后还有别的列，不会读取。请删去多出的列")


def _joined(sheet: Any) -> list[tuple[int, ...]]:
    """The joined cells of a sheet: (left, top, right, bottom). They are read for themselves: a sheet read row by row does not tell them."""
    with sheet._get_source() as source:
        found = JOINED.findall(source.read())
    if len(found) > MOST_JOINED:
        raise SheetBroken(f"表格里有{len(found)}处合并单元格，请先取消合并，每人一行")
    boundaries: Any = range_boundaries  # the whole of a column or a row is no joined cell
    return [boundaries(each.decode()) for each in found]
