"""Eyes for the tests: the words of a PDF, its pages as pictures, and the program that other people check with."""

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import DocumentInformation, PdfReader

from gongjian.papers.forms.base import Paper
from gongjian.papers.render import renderer
from gongjian.papers.tests.builders import AT


@cache
def made(paper: Paper) -> bytes:
    """The PDF of a paper, made once for all tests."""
    return renderer().render(paper, at=AT)


def words(pdf: bytes) -> str:
    """All text of a PDF without any white space, so that line breaks do not matter."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def said(paper: Paper) -> str:
    """The words of a paper."""
    return words(made(paper))


def pages(pdf: bytes) -> list[str]:
    """The words page by page."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def about(pdf: bytes) -> DocumentInformation:
    """What the file says about itself: title, author, moment of making."""
    found = PdfReader(io.BytesIO(pdf)).metadata
    assert found is not None
    return found


def root(pdf: bytes) -> Any:
    """The catalogue of a PDF, from which its other objects hang."""
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def picture(pdf: bytes, page: int = 0, scale: float = 4.0) -> Image.Image:
    """One page in grey, `scale` pixels to the point."""
    sheet: Image.Image = pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil()
    return sheet.convert("L")


def told_by(program: str, pdf: bytes, folder: Path) -> str:
    """What a command-line program of poppler says about a PDF."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run([program, str(path)], capture_output=True, text=True, check=False).stdout
