"""The empty table of an accident's victims, to be filled in with a spreadsheet program."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gongjian.recognition.victims import ASKED, MOST_VICTIMS

TEXT = "@"
"""The format under which a spreadsheet program keeps all digits of a number, and a day as it was written."""


def victims_sheet() -> bytes:
    """Titles with what to write as their notes; every cell below is text, so that no document number loses its last digits."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "伤亡职工名单"
    for number, asked in enumerate(ASKED, start=1):
        cell = sheet.cell(1, number, asked.title)
        cell.font, cell.comment = Font(bold=True), Comment(asked.how, "公鉴")
        sheet.column_dimensions[get_column_letter(number)].width = asked.width
    for line in range(2, MOST_VICTIMS + 2):
        for number in range(1, len(ASKED) + 1):
            sheet.cell(line, number).number_format = TEXT
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
