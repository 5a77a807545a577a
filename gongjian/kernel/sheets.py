"""Spreadsheets that strangers hand us and that strangers open: nothing swells when it is read, no cell acts when it is opened."""

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
ACTING = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First signs by which a spreadsheet program takes a text for a formula."""
UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, zlib.error, KeyError, ValueError, TypeError, OSError, IndexError, SyntaxError,
    OverflowError, EOFError, NotImplementedError, RuntimeError, lzma.LZMAError,
)  # fmt: skip
"""What comes up while a file is read that was damaged, made up, or locked with a password."""


class SheetBroken(ValueError):
    """A file that is no spreadsheet we read; str() says in Chinese why."""


def first_sheet(stream: BinaryIO, *, values: bool = False) -> Any:
    """The first sheet of an .xlsx file, to be read row by row. values: what formulas came to, not the formulas.

    Raises: SheetBroken.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise SheetBroken("文件超过5MB")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SheetBroken("文件解开后过大")
        return load_workbook(BytesIO(content), read_only=True, data_only=values, keep_links=False).worksheets[0]
    except SheetBroken:
        raise
    except UNREADABLE as error:
        raise SheetBroken("不是 .xlsx 表格") from error


@contextmanager
def damage_told() -> Iterator[None]:
    """Around the reading of rows, which are parsed one after another: whatever a damaged file does there is one refusal. Raises: SheetBroken."""
    try:
        yield
    except SheetBroken:
        raise
    except UNREADABLE as error:
        raise SheetBroken("文件内容有损坏，读不出来。请在表格软件里另存为 .xlsx 后再上传") from error


def write_row(sheet: Any, line: int, values: Iterable[Any]) -> Sequence[Any]:
    """Write one row. Texts stay texts: the leading sign of a formula is disarmed. line: from 1."""
    cells = [sheet.cell(line, number, disarmed(value)) for number, value in enumerate(values, start=1)]
    for cell in cells:
        if isinstance(cell.value, str):
            cell.data_type = "s"
    return cells


def disarmed(value: Any) -> Any:
    """A text that a spreadsheet program would take for a formula, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(ACTING) else value
