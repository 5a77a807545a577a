"""The employer's table as a file: the empty template with what each column asks, and the rows that were given back."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gongjian.applications.filing import MOST_ROWS, TO_MEND
from gongjian.kernel.sheets import write_row
from gongjian.recognition.sheet import ASKED, TITLES, part_codes

FIRST_LINE, LAST_LINE = 2, MOST_ROWS + 1
AS_TEXT = "@"
"""The format in which a spreadsheet program leaves a text as it was typed, an identity number too."""
HEAD = PatternFill("solid", start_color="FFE6F0F1")
RULES = (
    "每名职工的一次伤害填一行，从第2行开始，中间可以空行，一次最多2000行。",
    "不要改动第一行和列的次序，不要合并单元格，不要用公式。",
    "单位名称、经办人、送达地址等各行相同的内容，上传时在网页上填写一次。",
    "上传后逐行检查：正确的行各生成一份草稿，不正确的行连同原因退回，可以下载改正后再上传。",
)
"""What stands above the list of columns."""


def template() -> bytes:
    """The empty table and the page that explains it."""
    return _bytes(_book(()))


def given_back(rows: Iterable[tuple[Sequence[str], Mapping[str, str]]]) -> bytes:
    """The rows that became no draft, as they came, each with what to mend beside it. rows: (cells, column → sentence)."""
    return _bytes(_book([[*cells, mend_text(faults)] for cells, faults in rows]))


def mend_text(faults: Mapping[str, str]) -> str:
    """What to mend in one row: column by column."""
    return "\n".join(f"{TITLES.get(name, '整行')}：{sentence}" for name, sentence in faults.items())


def _book(rows: Sequence[Sequence[Any]]) -> Workbook:
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "填写"
    _head(sheet, [each.title for each in ASKED] + [TO_MEND] * bool(rows))
    for number, each in enumerate(ASKED, start=1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = each.width, AS_TEXT
        if each.choices:
            _offer(sheet, get_column_letter(number), list(each.choices))
    sheet.column_dimensions[get_column_letter(len(ASKED) + 1)].width = 60
    for line, row in enumerate(rows, start=FIRST_LINE):
        for cell in write_row(sheet, line, row):
            cell.number_format = AS_TEXT
        sheet.cell(line, len(ASKED) + 1).alignment = Alignment(wrap_text=True, vertical="top")
    _explain(book.create_sheet("填写说明"))
    return book


def _head(sheet: Any, titles: Sequence[str]) -> None:
    for cell in write_row(sheet, 1, titles):
        cell.font, cell.fill = Font(bold=True), HEAD
    sheet.freeze_panes = "B2"


def _offer(sheet: Any, letter: str, words: Sequence[str]) -> None:
    """A list to choose from in every cell of a column."""
    listed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    listed.add(f"{letter}{FIRST_LINE}:{letter}{LAST_LINE}")
    sheet.add_data_validation(listed)


def _explain(sheet: Any) -> None:
    for line, rule in enumerate(RULES, start=1):
        write_row(sheet, line, [rule])
    start = len(RULES) + 2
    for cell in write_row(sheet, start, ("列", "要不要填", "怎么填", "可以填写的内容", "例子", "依据")):
        cell.font, cell.fill = Font(bold=True), HEAD
    for line, each in enumerate(ASKED, start=start + 1):
        must = "必填" if each.required else "选填"
        write_row(sheet, line, (each.title, must, each.how, "、".join(each.choices), each.example, each.basis))
    write_row(sheet, start + len(ASKED) + 2, ("部位名称", "", "、".join(part_codes())))
    for letter, width in zip("ABCDEF", (20, 10, 50, 50, 24, 36), strict=True):
        sheet.column_dimensions[letter].width = width


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
