"""What a file is, by its content: the kinds we take, the ones we name in the refusal, and those that pretend."""

import io
import zlib
from contextlib import suppress

import pypdfium2
import pytest
from PIL import Image
from pydicom.uid import DeflatedExplicitVRLittleEndian

from gongjian.kernel.evidence import inspection
from gongjian.kernel.evidence.errors import EvidenceBroken, KindNotAllowed, PictureTooLarge
from gongjian.kernel.evidence.inspection import inspect
from gongjian.kernel.evidence.kinds import KIND_LABELS, MATERIALS, MEDIA_TYPES, RECORDINGS, Kind
from gongjian.kernel.tests.files import a_dicom, a_locked_pdf, a_pdf, a_photo, a_png, a_zip


def looked_at(content: bytes, name: str = "x") -> tuple[Kind, int]:
    return inspect(io.BytesIO(content), name=name, allowed=MATERIALS)


def a_huge_png(side: int) -> bytes:
    """A PNG that says it is `side` by `side` and packs its lines to nearly nothing."""

    def part(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    lines = zlib.compress(bytes(side + 1) * 100)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", lines) + part(b"IEND", b"")


def a_header_only_jpeg(side: int) -> bytes:
    """A JPEG whose frame header is rewritten to a giant size."""
    photo = bytearray(a_photo())
    at = photo.index(b"\xff\xc0") + 5
    photo[at : at + 4] = side.to_bytes(2, "big") * 2
    return bytes(photo)


@pytest.mark.parametrize(
    ("content", "kind", "pages"),
    [
        (a_photo(), Kind.JPEG, 1),
        (a_png(), Kind.PNG, 1),
        (a_photo(kind="WEBP"), Kind.WEBP, 1),
        (a_pdf(), Kind.PDF, 1),
        (a_pdf(pages=12), Kind.PDF, 12),
        (a_dicom(), Kind.DICOM, 1),
        (a_dicom(frames=5), Kind.DICOM, 5),
    ],
)
def test_the_content_says_kind_and_pages(content: bytes, kind: Kind, pages: int):
    assert looked_at(content, "called.exe") == (kind, pages)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmif1", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4 录音录像"),
        (b"\x00\x00\x00\x18ftypqt  ", "是视频"),
        (a_zip(), "另存为 PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "办公文档"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"II*\x00", "TIFF"),
        (b"GIF89a", "GIF"),
        (b"BM" + bytes(60), "BMP"),
        (b"MZ\x90\x00", "程序"),
        (b"\x7fELF", "程序"),
        (b"<html><script>alert(1)</script>", "认不出来"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "认不出来"),
        (b"hello", "认不出来"),
        (b" %PDF-1.7", "认不出来"),
        (b"x", "认不出来"),
    ],
)
def test_other_kinds_are_refused_and_named(content: bytes, words: str):
    with pytest.raises(KindNotAllowed, match=words) as refused:
        looked_at(content)
    assert "可以上传的是：PDF 文件、JPEG 照片、PNG 图片、WebP 图片、DICOM 影像。" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("林知远病历.DOCX", "（文件名以 .docx 结尾）"),
        ("病历", "认不出来，"),
        ("病历.很长的结尾", "认不出来，"),
        ("a.b.", "认不出来，"),
    ],
)
def test_of_an_unknown_files_name_only_the_ending_is_repeated(name: str, said: str):
    with pytest.raises(KindNotAllowed) as refused:
        looked_at(b"hello", name)
    assert said in str(refused.value)
    assert "病历" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        a_photo() + a_zip(),
        a_pdf() + a_zip(),
        a_png() + a_zip(),
        b"MZ" + a_dicom()[2:],
        b"%PDF-1.7\n" + a_dicom()[9:],
        b"\xff\xd8\xff" + a_dicom()[3:],
        a_photo()[:20] + b"<SCRIPT>" + a_photo()[20:],
        a_photo()[:20] + b"%PDF-1.4" + a_photo()[20:],
    ],
    ids=[
        "jpeg+zip",
        "pdf+zip",
        "png+zip",
        "program in dicom",
        "pdf in dicom",
        "jpeg in dicom",
        "script",
        "pdf in jpeg",
    ],
)
def test_a_file_that_is_two_things_is_refused(content: bytes):
    with pytest.raises(KindNotAllowed, match="藏有另一种文件"):
        looked_at(content)


@pytest.mark.parametrize(
    "whole", [a_photo(), a_png(), a_photo(kind="WEBP"), a_pdf(), a_dicom()], ids=["jpeg", "png", "webp", "pdf", "dicom"]
)
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_file_that_was_not_transmitted_whole_is_refused(whole: bytes, part: float):
    with pytest.raises(EvidenceBroken, match="重新上传"):
        looked_at(whole[: int(len(whole) * part)])


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP", b"%PDF-1.7\n", bytes(128) + b"DICM"]
)
def test_a_true_beginning_with_nonsense_behind_it_is_refused(head: bytes):
    with pytest.raises(EvidenceBroken):
        looked_at(head + bytes(range(256)) * 8 + b"%%EOF")


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize(
    "whole", [a_photo(), a_png(), a_photo(kind="WEBP"), a_pdf(), a_dicom()], ids=["jpeg", "png", "webp", "pdf", "dicom"]
)
def test_a_damaged_file_is_taken_or_refused_but_never_an_accident(whole: bytes, step: int):
    for at in range(20 + step, len(whole), max(1, len(whole) // 40)):
        content = bytearray(whole)
        content[at] ^= 0xFF >> step
        with suppress(EvidenceBroken, PictureTooLarge, KindNotAllowed):
            kind, pages = looked_at(bytes(content))
            assert pages >= 1
            assert kind in Kind


def test_a_pdf_with_a_password_says_so():
    with pytest.raises(EvidenceBroken, match="打开密码"):
        looked_at(a_locked_pdf())


def test_a_pdf_without_its_end_says_so():
    with pytest.raises(EvidenceBroken, match="没有传完"):
        looked_at(a_pdf().replace(b"%%EOF", b"%%XXX"))


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inspection, "MOST_PAGES", 2)
    assert looked_at(a_pdf(pages=2)) == (Kind.PDF, 2)
    with pytest.raises(EvidenceBroken, match="页数"):
        looked_at(a_pdf(pages=3))


@pytest.mark.parametrize(("width", "height"), [(14_401, 10), (10, 200_000), (10**7, 10**7)])
def test_a_page_that_would_be_drawn_as_large_as_a_house_is_refused_before_it_is_drawn(width: int, height: int):
    with pytest.raises(EvidenceBroken, match="第 1 页的版面超过"):
        looked_at(a_pdf(width=width, height=height))


def test_a_page_of_the_largest_plan_is_taken():
    assert looked_at(a_pdf(width=14_400, height=10)) == (Kind.PDF, 1)


def test_a_pdf_that_takes_more_memory_than_there_is_is_refused(monkeypatch: pytest.MonkeyPatch):
    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pypdfium2.PdfPage, "render", no_memory)
    with pytest.raises(EvidenceBroken, match="图像过大"):
        looked_at(a_pdf())


def test_a_dicom_that_must_be_inflated_is_refused_before_it_is():
    with pytest.raises(EvidenceBroken, match="压缩传输格式"):
        looked_at(a_dicom(syntax=DeflatedExplicitVRLittleEndian))


def test_a_dicom_without_a_picture_is_refused():
    with pytest.raises(EvidenceBroken, match="没有可以显示的影像"):
        looked_at(a_dicom(rows=0))


@pytest.mark.parametrize(
    "content", [a_huge_png(30_000), a_huge_png(9_000), a_header_only_jpeg(60_000)], ids=["png", "smaller png", "jpeg"]
)
def test_a_small_file_that_unpacks_to_a_giant_picture_is_refused(content: bytes):
    assert len(content) < 10_000
    with pytest.raises(PictureTooLarge, match="百万像素"):
        looked_at(content)


def test_the_largest_picture_is_taken_and_one_more_line_is_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inspection, "MOST_PIXELS_ELSE", 60 * 40)
    assert looked_at(a_png()) == (Kind.PNG, 1)
    with pytest.raises(PictureTooLarge):
        looked_at(a_png(height=41))


def test_a_picture_in_printers_colours_is_taken():
    file = io.BytesIO()
    Image.new("CMYK", (20, 20)).save(file, "JPEG")
    assert looked_at(file.getvalue()) == (Kind.JPEG, 1)


def test_every_kind_has_its_words_its_type_and_its_check():
    assert set(KIND_LABELS) == set(MEDIA_TYPES) == set(Kind)
    assert set(inspection.PAGES) == MATERIALS | RECORDINGS
    assert "text/html" not in MEDIA_TYPES.values()
