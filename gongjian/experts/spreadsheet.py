"""The pool as a spreadsheet: reading one row by row, and writing one in which no cell can act. Pure of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from gongjian.experts.errors import SheetUnreadable
from gongjian.experts.rules import check_qualification, check_term, check_training, last_day_of_term
from gongjian.experts.specialties import code_of_label, labels
from gongjian.kernel.sheets import ACTING, SheetBroken, damage_told, first_sheet, write_row
from gongjian.law.errors import RuleError

MOST_ROWS = 2000
LEVELS = {"正高级": "senior", "正高": "senior", "副高级": "associate", "副高": "associate"}
LEVEL_LABELS = {"senior": "正高级", "associate": "副高级"}


@dataclass(frozen=True)
class Column:
    """One column. name: the key of its value; width in characters."""

    name: str
    title: str
    width: int
    required: bool = True
    longest: int = 100


COLUMNS = (
    Column("number", "专家编号", 16, required=False, longest=30),
    Column("name", "姓名", 12, longest=60),
    Column("title", "职称", 14, longest=40),
    Column("title_level", "职称级别", 10, longest=10),
    Column("hospital", "所在医院", 28),
    Column("department", "科室", 16, longest=60),
    Column("specialties", "专业", 24, longest=200),
    Column("telephone", "联系电话", 16, required=False, longest=20),
    Column("recommended_by", "推荐单位", 28, required=False),
    Column("trained_on", "培训合格日期", 14, required=False),
    Column("term_from", "聘期开始", 14),
    Column("term_until", "聘期结束", 14, required=False),
)
DATES = ("trained_on", "term_from", "term_until")


@dataclass
class Row:
    """One line of a sheet: its number as the program shows it, what it says (dates as ISO text), and what is wrong with it."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def read_rows(stream: BinaryIO, *, today: date, region: str | None = None, known: Iterable[str] = ()) -> list[Row]:
    """Every filled row of the first sheet, each with its errors. known: expert numbers in use already.

    Raises: SheetUnreadable for what is no such sheet, too large, or without the columns.
    """
    cells = _cells(stream)
    rows = [_row(line, dict(zip(COLUMNS, row, strict=False)), today, region) for line, row in cells]
    if not rows:
        raise SheetUnreadable(what="表格里没有一行专家")
    _note_twice(rows, set(known))
    return rows


def write_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """A sheet with our columns and these rows of values. Texts stay texts: a leading sign of a formula is disarmed."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.title = "专家库"
    sheet.append([column.title for column in COLUMNS])
    for number, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, number)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FFE6F0F1")
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    for line, row in enumerate(rows, start=2):
        write_row(sheet, line, row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def specialties_text(codes: Iterable[str]) -> str:
    """Codes as the sheet says them: 骨科、眼科."""
    return labels(codes)


def _cells(stream: BinaryIO) -> list[tuple[int, tuple[Any, ...]]]:
    try:
        with damage_told():
            return _filled(first_sheet(stream))
    except SheetBroken as error:
        raise SheetUnreadable(what=str(error)) from error


def _filled(sheet: Any) -> list[tuple[int, tuple[Any, ...]]]:
    lines = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=len(COLUMNS))
    titles = [str(cell.value or "").strip() for cell in next(lines, ())]
    if titles != [column.title for column in COLUMNS]:
        raise SheetUnreadable(what="第一行的列名与模板不一致")
    filled = [
        (line, row) for line, row in enumerate(lines, start=2) if any(cell.value not in (None, "") for cell in row)
    ]
    if len(filled) > MOST_ROWS:
        raise SheetUnreadable(what=f"一次最多导入{MOST_ROWS}行")
    return filled


def _row(line: int, cells: dict[Column, Any], today: date, region: str | None) -> Row:
    row = Row(line)
    for column in COLUMNS:
        _take(row, column, cells.get(column))
    if not row.errors:
        _judge(row, today, region)
    return row


def _take(row: Row, column: Column, cell: Any) -> None:
    value = None if cell is None else cell.value
    if cell is not None and cell.data_type == "f":
        row.errors.append(f"“{column.title}”是公式，请改为填写内容")
    elif value in (None, ""):
        if column.required:
            row.errors.append(f"缺少“{column.title}”")
        row.values[column.name] = None if column.name in DATES else ""
    elif column.name in DATES:
        _take_day(row, column, value)
    else:
        _take_text(row, column, value)


def _take_day(row: Row, column: Column, value: Any) -> None:
    if isinstance(value, datetime):
        row.values[column.name] = value.date().isoformat()
        return
    try:
        row.values[column.name] = date.fromisoformat(str(value).strip().replace("/", "-").replace(".", "-")).isoformat()
    except ValueError:
        row.errors.append(f"“{column.title}”应为日期，如2026-07-01")


def _take_text(row: Row, column: Column, value: Any) -> None:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = " ".join(text.split()).removeprefix("'")
    if text.startswith(ACTING) or not text.isprintable():
        row.errors.append(f"“{column.title}”不能以等号、加减号等符号开头")
    elif len(text) > column.longest:
        row.errors.append(f"“{column.title}”不能超过{column.longest}个字")
    else:
        row.values[column.name] = text


def _judge(row: Row, today: date, region: str | None) -> None:
    values = row.values
    names = [part for part in values["specialties"].replace(",", "、").replace("，", "、").split("、") if part.strip()]
    codes = [code_of_label(name) for name in names]
    unknown = [name for name, code in zip(names, codes, strict=True) if code is None]
    if unknown:
        row.errors.append(f"专业“{'、'.join(unknown)}”不在目录中")
        return
    values["specialties"] = [code for code in codes if code]
    values["title_level"] = LEVELS.get(values["title_level"], values["title_level"])
    begins = date.fromisoformat(values["term_from"])
    trained = date.fromisoformat(values["trained_on"]) if values["trained_on"] else None
    try:
        ends = (
            date.fromisoformat(values["term_until"])
            if values["term_until"]
            else last_day_of_term(begins, region=region)
        )
        check_qualification(values["title_level"], values["specialties"])
        check_term(begins, ends, region=region)
        check_training(trained, today=today)
    except RuleError as refusal:
        row.errors.append(str(refusal))


def _note_twice(rows: list[Row], known: set[str]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        number = row.values.get("number", "")
        if not number:
            continue
        if number in known:
            row.errors.append(f"专家编号{number}已在专家库中")
        if number in seen:
            row.errors.append(f"专家编号{number}与第{seen[number]}行重复")
        seen.setdefault(number, row.line)
