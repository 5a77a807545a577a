"""How a file was made, as far as the file itself tells: facts for a person, never a verdict.

Whether an unseen text says what its picture shows is not looked for, only whether it lies where the picture has ink: the machine does not read pictures.
"""

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, BinaryIO, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.errors import SignatureValidationError

from gongjian.authenticity.layers import lies_off
from gongjian.kernel.evidence.inspection import FORMATS, PDFIUM
from gongjian.kernel.evidence.kinds import Kind

EDITORS = (
    "Photoshop", "GIMP", "Illustrator", "CorelDRAW", "Affinity", "Paint.NET", "Inkscape", "Canva", "Pixelmator", "PicsArt", "Snapseed",
    "Lightroom", "美图", "Meitu", "醒图", "MS Paint", "Krita",
)  # fmt: skip
"""Programs with which pictures are changed, by the names they write into files."""
SOFTWARE = 0x0131
LATER = timedelta(hours=1)
MOST_PAGES, MOST_OBJECTS = 40, 4000
COVERS = 0.6
"""Of a page: how much a picture covers that is the scan of it."""
FEW, DIGITS = 0.15, 20
"""Digits in another type are few if they are less than this share of the page's, and there are so many at least."""
UNREADABLE = (
    PdfError, SignatureValidationError, pypdfium2.PdfiumError, Image.DecompressionBombError, struct.error, zlib.error, OSError, EOFError, ValueError,
    LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, SyntaxError, RecursionError,
)  # fmt: skip
"""What the readers of files raise over a broken one: Pillow calls a bad chunk of a PNG a SyntaxError, pyHanko asserts."""


class Oddity(NamedTuple):
    """Something about a file. code: see `TOLD`; about: a name of a program, a number or a day; nothing about a person."""

    code: str
    about: str = ""


TOLD = {
    "editor": ("由图像编辑软件保存", "文件写明的软件是{about}。裁剪、旋转、调整明暗也会留下这个记录；重要内容请核对原件。"),
    "changed_after_signing": ("签名以后有改动", "文件带有电子签名，签名没有覆盖现在的全部内容。请要求提供签名时的原文件，或者向签名单位核实。"),
    "signed_content_differs": ("签名与内容不符", "文件带有电子签名，但签名所保护的内容已经不是签名时的内容。请向签名单位核实。"),
    "changed_later": ("生成以后又被修改", "文件写明生成以后又修改过，最后修改于{about}。扫描软件整理页面也会这样；请看修改是否在出具之后。"),
    "revisions": ("分多次保存", "文件在原有内容之后追加保存过{about}次。填写表单、添加批注也会这样。"),
    "text_over_scan": ("扫描件上叠加了文字", "第{about}页是扫描图像，图像上面另有可以看见的文字。加盖页码、水印也会这样；请看叠加的是什么。"),
    "layer_off_scan": ("文字层与画面对不上", "第{about}页是扫描图像，可以复制和搜索的文字有不少落在画面的空白处。识别软件错位、重新排过页也会这样；请以画面为准，必要时核对原件。"),
    "digits_differ": ("数字的字体不一致", "第{about}页有少数数字与其他数字字体不同。请看日期、金额、编号等处。"),
    "unreadable": ("无法检查", "文件的内部结构无法读取，没有作检查。这本身不说明问题。"),
}  # fmt: skip
"""Code → (what is seen, what it may mean and what may be innocent about it)."""


def oddities_of(file: BinaryIO, kind: Kind) -> list[Oddity]:
    """What is noticeable about a file, by code."""
    try:
        return list(_of_pdf(file)) if kind is Kind.PDF else list(_of_picture(file, kind)) if kind in FORMATS else []
    except UNREADABLE:
        return [Oddity("unreadable")]


def editor_in(told: str) -> str:
    """The name of the picture editor that a file names, or "". Law: 令8 art. 9; the list is ours."""
    return next((name for name in EDITORS if name.casefold() in told.casefold()), "")


def _of_picture(file: BinaryIO, kind: Kind) -> Iterator[Oddity]:
    with Image.open(file, formats=[FORMATS[kind]]) as picture:
        told = f"{picture.getexif().get(SOFTWARE, '')} {picture.info.get('Software', '')}"
    if name := editor_in(told):
        yield Oddity("editor", name)


def _of_pdf(file: BinaryIO) -> Iterator[Oddity]:
    content = file.read()
    with PDFIUM, pypdfium2.PdfDocument(content) as document:
        told = document.get_metadata_dict()
        on_pages = list(_of_pages(document))
    if name := editor_in(f"{told.get('Producer', '')} {told.get('Creator', '')}"):
        yield Oddity("editor", name)
    made, changed = (_when(told.get(name, "")) for name in ("CreationDate", "ModDate"))
    if made and changed and changed - made > LATER:
        yield Oddity("changed_later", f"{changed:%Y-%m-%d %H:%M}")
    yield from _of_structure(content)
    yield from on_pages


def _of_structure(content: bytes) -> Iterator[Oddity]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    signed = reader.embedded_regular_signatures
    added = reader.xrefs.total_revisions - 1 - (b"/Linearized" in content[:1024]) - len(signed)
    if added > 0:
        yield Oddity("revisions", str(added))
    for code in dict.fromkeys(code for each in signed if (code := _of_signature(each))):
        yield Oddity(code)


def _of_signature(signature: EmbeddedPdfSignature) -> str:
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    stated = find_unique_cms_attribute(signature.signer_info["signed_attrs"], "message_digest").native
    if signature.compute_digest() != stated:
        return "signed_content_differs"
    told = signature.summarise_integrity_info()
    whole = told["coverage"] is SignatureCoverageLevel.ENTIRE_FILE or told["docmdp_ok"]
    return "" if whole else "changed_after_signing"


def _of_pages(document: Any) -> Iterator[Oddity]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        if _is_scan(page) and _shows_text(page):
            yield Oddity("text_over_scan", str(number + 1))
        elif _is_scan(page) and lies_off(page):
            yield Oddity("layer_off_scan", str(number + 1))
        elif _digits_differ(page):
            yield Oddity("digits_differ", str(number + 1))


def _objects(page: Any, kind: int) -> list[Any]:
    found = page.get_objects(filter=[kind])
    return [each for each, _ in zip(found, range(MOST_OBJECTS), strict=False)]


def _is_scan(page: Any) -> bool:
    whole = page.get_width() * page.get_height()
    bounds = (each.get_bounds() for each in _objects(page, pdfium.FPDF_PAGEOBJ_IMAGE))
    return any((right - left) * (top - bottom) > whole * COVERS for left, bottom, right, top in bounds)


def _shows_text(page: Any) -> bool:
    modes = (pdfium.FPDFTextObj_GetTextRenderMode(each) for each in _objects(page, pdfium.FPDF_PAGEOBJ_TEXT))
    return any(mode not in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP) for mode in modes)


def _digits_differ(page: Any) -> bool:
    text = page.get_textpage()
    types = Counter(
        _font(text, place) for place, sign in enumerate(text.get_text_range()[:20_000]) if sign in "0123456789"
    )
    whole = types.total()
    return whole >= DIGITS and len(types) > 1 and 0 < whole - max(types.values()) < whole * FEW


def _font(text: Any, place: int) -> tuple[bytes, int]:
    name, flags = (pdfium.c_char * 128)(), pdfium.c_int()
    pdfium.FPDFText_GetFontInfo(text, place, name, 128, flags)
    return name.value, round(pdfium.FPDFText_GetFontSize(text, place))


def _when(told: str) -> datetime | None:
    """A day of a PDF ("D:20260210102000+08'00'") as it is written, without its zone."""
    found = re.match(r"D:(\d{14})", told)
    try:
        return datetime.strptime(found[1], "%Y%m%d%H%M%S") if found else None  # noqa: DTZ007 compared with its own kind only
    except ValueError:
        return None
