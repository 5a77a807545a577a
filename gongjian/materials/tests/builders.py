"""Small files that are what they say they are."""

import io

from PIL import Image
from pypdf import PdfWriter


def a_picture(number: int = 0) -> io.BytesIO:
    """A small PNG; another number, another content."""
    file = io.BytesIO()
    Image.new("RGB", (8 + number % 7, 8 + number // 7), (number % 251, 120, 90)).save(file, "PNG")
    file.seek(0)
    return file


def a_pdf(pages: int = 1) -> io.BytesIO:
    """A PDF of blank pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=210, height=297)
    file = io.BytesIO()
    writer.write(file)
    file.seek(0)
    return file
