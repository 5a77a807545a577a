"""How a file was made: what is noticeable is told in words for a person, what is usual is not told at all."""

import io
from datetime import datetime
from typing import Any

import pytest
from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from gongjian.authenticity.oddities import TOLD, Oddity, editor_in, oddities_of
from gongjian.authenticity.tests.scenes import a_form, as_jpeg
from gongjian.kernel import moment
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.tests.files import a_pdf
from gongjian.papers import authority
from gongjian.papers.sign import LocalProvider

SCANNED, WRITTEN, HIDDEN = "q 595 0 0 842 0 0 cm /Scan Do Q", "BT /{font} 12 Tf 50 {top} Td ({text}) Tj ET", "3 Tr"


def a_written_pdf(content: str, *, scan: Image.Image | None = None, **told: str) -> bytes:
    """A page with a content stream, the types F1 (Helvetica) and F2 (Courier) and a scan at hand."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    types = {f"/F{n}": _type(name) for n, name in ((1, "Helvetica"), (2, "Courier"))}
    resources = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject(key): value for key, value in types.items()})}
    )
    if scan:
        resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Scan"): writer._add_object(_scan(scan))})
    page[NameObject("/Resources")] = resources
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{name}": value for name, value in told.items()})
    return written(writer)


def _type(name: str) -> DictionaryObject:
    told = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": f"/{name}"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in told.items()})


def _scan(picture: Image.Image) -> DecodedStreamObject:
    file = io.BytesIO()
    picture.save(file, "PDF")
    images: Any = PdfReader(file).pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    return next(iter(images.values())).get_object().clone(PdfWriter())


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def added_to(pdf: bytes) -> bytes:
    """The same with something added behind it, as a program that edits does."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_blank_page(200, 280)
    return written(writer)


@pytest.fixture(scope="module")
def signed(tmp_path_factory) -> bytes:
    """A page with the seal of an invented office."""
    folder, at = tmp_path_factory.mktemp("seal"), datetime(2026, 2, 10, 10, tzinfo=moment.ZONE)
    authority.ensure_office(folder, "YXYY", "演示医院", at=at)
    return LocalProvider.of(folder / "YXYY").sign(a_pdf(), at=at, reason="演示")


def codes(pdf: bytes, kind: Kind = Kind.PDF) -> list[str]:
    return [each.code for each in oddities_of(io.BytesIO(pdf), kind)]


def test_a_scan_and_a_printed_page_have_nothing_to_tell():
    assert codes(a_pdf(pages=3)) == []
    assert codes(a_written_pdf(SCANNED, scan=a_form(1))) == []
    assert codes(as_jpeg(a_form(1)), Kind.JPEG) == []


@pytest.mark.parametrize(
    ("told", "name"),
    [("Adobe Photoshop 25.1 (Windows)", "Photoshop"), ("GIMP 2.10", "GIMP"), ("美图秀秀", "美图"), ("Canon iR-ADV", ""), ("", "")],
)  # fmt: skip
def test_programs_that_change_pictures_are_known_by_the_name_they_write(told, name):
    assert editor_in(told) == name
    assert oddities_of(io.BytesIO(a_written_pdf("", Producer=told)), Kind.PDF) == [Oddity("editor", name)] * bool(name)


def test_a_photo_that_an_editor_has_saved_says_so():
    exif = Image.Exif()
    exif[0x0131] = "Adobe Photoshop 2024"
    assert oddities_of(io.BytesIO(as_jpeg(a_form(1), exif=exif)), Kind.JPEG) == [Oddity("editor", "Photoshop")]
    told, file = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("Software", "gimp")
    a_form(1).save(file, "PNG", pnginfo=told)
    assert oddities_of(file, Kind.PNG) == [Oddity("editor", "GIMP")]


@pytest.mark.parametrize(
    ("made", "changed", "odd"),
    [
        ("D:20260210102000+08'00'", "D:20260210105900+08'00'", []),
        ("D:20260210102000+08'00'", "D:20260215093000+08'00'", [Oddity("changed_later", "2026-02-15 09:30")]),
        ("D:20260210102000", "gestern", []),
        ("D:20261399000000", "D:20260215093000", []),
    ],
    ids=["the same hour", "days later", "no day", "no such day"],
)
def test_a_file_that_says_it_was_changed_after_it_was_made_is_told_of_with_the_day(made, changed, odd):
    assert oddities_of(io.BytesIO(a_written_pdf("", CreationDate=made, ModDate=changed)), Kind.PDF) == odd


def test_what_was_added_behind_the_first_version_is_counted():
    assert oddities_of(io.BytesIO(added_to(added_to(a_pdf()))), Kind.PDF) == [Oddity("revisions", "2")]


@pytest.mark.parametrize(
    ("content", "odd"),
    [
        (f"{SCANNED} {WRITTEN.format(font='F1', top=400, text='2026-02-10')}", ["text_over_scan"]),
        (f"{SCANNED} {HIDDEN} {WRITTEN.format(font='F1', top=400, text='recognised text')}", []),
        ("q 100 0 0 100 0 0 cm /Scan Do Q " + WRITTEN.format(font="F1", top=400, text="a letter with a seal"), []),
    ],
    ids=["text that shows", "text only for searching", "a small picture in a letter"],
)
def test_text_laid_over_a_scan_is_told_of_with_its_page(content, odd):
    assert codes(a_written_pdf(content, scan=a_form(1))) == odd


@pytest.mark.parametrize(
    ("lines", "odd"),
    [
        ([("F1", "2026-02-10 100.00 330102 5521")], []),
        ([("F1", "2026-02-10 100.00 330102 5521"), ("F2", "88")], ["digits_differ"]),
        ([("F1", "2026-02-10 100.00"), ("F2", "2026-02-10 100.00")], []),
        ([("F1", "2026"), ("F2", "8")], []),
    ],
    ids=["one type", "two of them in another", "half and half", "too few to tell"],
)
def test_a_few_digits_in_another_type_are_told_of(lines, odd):
    shown = (WRITTEN.format(font=font, top=700 - 40 * place, text=text) for place, (font, text) in enumerate(lines))
    assert codes(a_written_pdf(" ".join(shown))) == odd


def test_a_seal_that_still_covers_everything_is_nothing_to_tell(signed):
    assert codes(signed) == []


def test_what_was_added_behind_a_seal_is_told_of(signed):
    assert codes(added_to(signed)) == ["revisions", "changed_after_signing"]


def test_a_sealed_content_that_was_changed_is_told_of(signed):
    assert b"/MediaBox" in signed
    assert codes(signed.replace(b"280", b"281", 1)) == ["signed_content_differs"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing else", b"", b"\x89PNG broken"])
def test_a_file_that_cannot_be_read_is_told_of_as_such_and_stops_nothing(content):
    assert codes(content) == ["unreadable"]


def test_every_oddity_has_words_with_what_may_be_innocent_about_it():
    assert all(what and len(meaning) > 15 for what, meaning in TOLD.values())
    assert all("伪造" not in f"{what}{meaning}" and "造假" not in f"{what}{meaning}" for what, meaning in TOLD.values())


def a_layer(tops: range, *, words: str = "certificate 2026") -> str:
    """Text that is not shown, line below line, over the whole scan."""
    lines = (WRITTEN.format(font="F1", top=top, text=words) for top in tops)
    return f"{SCANNED} {HIDDEN} " + " ".join(lines)


def a_page_of(tops: range) -> Image.Image:
    """A scan with ink where those lines of text are."""
    sheet = Image.new("RGB", (595, 842), "white")
    pen = ImageDraw.Draw(sheet)
    for top in tops:
        pen.rectangle((50, 842 - top - 9, 140, 842 - top), fill="black")
    return sheet


def laid(pdf: bytes) -> list[Oddity]:
    return oddities_of(io.BytesIO(pdf), Kind.PDF)


UPPER, LOWER = range(760, 500, -40), range(340, 80, -40)


@pytest.mark.parametrize(
    ("ink", "text", "off"),
    [(UPPER, UPPER, False), (UPPER, LOWER, True), (UPPER, range(758, 498, -40), False), (LOWER, range(760, 740, -40), False)],
    ids=["over its ink", "over bare paper", "a little beside it", "too few signs to say"],
)  # fmt: skip
def test_an_unseen_text_lies_where_its_picture_has_ink_or_is_told_with_the_page(ink, text, off):
    pdf = a_written_pdf(a_layer(text), scan=a_page_of(ink))
    assert (Oddity("layer_off_scan", "1") in laid(pdf)) is off


def test_a_blank_scan_under_a_whole_text_is_told_and_a_page_without_a_text_layer_is_not():
    assert Oddity("layer_off_scan", "1") in laid(
        a_written_pdf(a_layer(UPPER), scan=Image.new("RGB", (595, 842), "white"))
    )
    assert laid(a_written_pdf(SCANNED, scan=a_form(1))) == []


def test_a_page_that_is_shown_turned_is_not_judged():
    writer = PdfWriter(clone_from=io.BytesIO(a_written_pdf(a_layer(UPPER), scan=a_page_of(LOWER))))
    writer.pages[0].rotate(90)
    assert Oddity("layer_off_scan", "1") not in laid(written(writer))
