"""What a received file is, by its content alone: one of the kinds we take, whole, readable, and nothing else beside it."""

import io
import re
import warnings
import wave
import zipfile
from collections.abc import Callable
from threading import Lock
from typing import Any, BinaryIO

import pydicom
import pypdfium2
from PIL import Image
from pydicom.errors import InvalidDicomError
from pydicom.filereader import data_element_generator
from pydicom.uid import DeflatedExplicitVRLittleEndian

from gongjian.kernel.evidence.errors import EvidenceBroken, KindNotAllowed, PictureTooLarge
from gongjian.kernel.evidence.kinds import KIND_LABELS, Kind

HEAD = 4096
MOST_PAGES = 2000
MOST_PIXELS = {Kind.JPEG: 170_000_000}  # a JPEG is checked at an eighth of its size, which costs little memory
MOST_PIXELS_ELSE = 64_000_000
LONGEST_SIDE = 14_400
"""Points of a page of PDF: what the format itself allows."""
DICOM_HEAD = 132
TRANSFER_SYNTAX = 0x00020010
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
END_MARKS = {Kind.PDF: b"%%EOF", Kind.PNG: b"IEND"}
KNOWN_OTHERS = (
    (4, b"ftyphei", "是苹果手机的 HEIC 照片，请在手机上转存为 JPEG"),
    (4, b"ftypmif", "是苹果手机的 HEIC 照片，请在手机上转存为 JPEG"),
    (4, b"ftyp", "是视频"),
    (0, b"PK\x03\x04", "是压缩包或办公文档，请另存为 PDF"),
    (0, b"\xd0\xcf\x11\xe0", "是办公文档，请另存为 PDF"),
    (0, b"Rar!", "是压缩包"),
    (0, b"7z\xbc\xaf", "是压缩包"),
    (0, b"II*\x00", "是 TIFF 图片，请另存为 PDF 或 JPEG"),
    (0, b"MM\x00*", "是 TIFF 图片，请另存为 PDF 或 JPEG"),
    (0, b"GIF8", "是 GIF 图片，请另存为 PNG 或 JPEG"),
    (0, b"BM", "是 BMP 图片，请另存为 PNG 或 JPEG"),
    (0, b"MZ", "是程序"),
    (0, b"\x7fELF", "是程序"),
)
FILM_BRANDS = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4A ",
        b"M4V ",
        b"3gp4",
        b"3gp5",
        b"3gp6",
    }
)
"""Makers of the first box of an MP4 as telephones, recorders and cameras write them."""
FOREIGN = (b"%PDF-", b"<html", b"<!doctype", b"<script", b"<svg", b"<?php")
"""What may not stand near the beginning of a picture: some programs would take the file for something else."""
PDFIUM = Lock()
"""pdfium serves one thread at a time."""


def inspect(file: BinaryIO, *, name: str, allowed: frozenset[Kind]) -> tuple[Kind, int]:
    """(kind, number of pages) of a whole received file. Raises: KindNotAllowed, EvidenceBroken, PictureTooLarge.

    name: what the sender calls it; only its ending is used, to say what is wrong with a file we do not know.
    """
    head = file.read(HEAD)
    kind = kind_of(head)
    if kind is None or kind not in allowed:
        raise KindNotAllowed(found=said_of(head, kind) + ending_of(name, kind), allowed=labels_of(allowed))
    file.seek(0)
    if zipfile.is_zipfile(file) or is_two_things(head, kind):
        raise KindNotAllowed(found="里面还藏有另一种文件", allowed=labels_of(allowed))
    file.seek(0)
    return kind, PAGES[kind](file)


def kind_of(head: bytes) -> Kind | None:
    """The kind that the first bytes say."""
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Kind.WAV
    if head[4:8] == b"ftyp" and head[8:12] in FILM_BRANDS:
        return Kind.MP4
    return Kind.DICOM if head[128:132] == b"DICM" else None


def said_of(head: bytes, kind: Kind | None) -> str:
    """What the refusal says the file is."""
    if kind is not None:
        return f"是{kind.label}"
    for at, mark, words in KNOWN_OTHERS:
        if head[at : at + len(mark)] == mark:
            return words
    return "的类型认不出来"


def ending_of(name: str, kind: Kind | None) -> str:
    """The ending of an unknown file's name, in words; nothing longer, since names of files tell about persons."""
    ending = re.search(r"\.([A-Za-z0-9]{1,5})$", name)
    return f"（文件名以 .{ending[1].lower()} 结尾）" if ending and kind is None else ""


def labels_of(allowed: frozenset[Kind]) -> str:
    """The allowed kinds in words, in one order."""
    return "、".join(label for kind, label in KIND_LABELS.items() if kind in allowed)


def is_two_things(head: bytes, kind: Kind) -> bool:
    """Whether a program that looks for other marks would find them: a DICOM's empty preamble and a picture's head are favourite places."""
    if kind is Kind.PDF:
        return head[128:132] == b"DICM"
    if kind is Kind.DICOM and any(head[:128]) and said_of(head, None) != "的类型认不出来":
        return True
    if kind is not Kind.DICOM and head[128:132] == b"DICM":
        return True
    return any(mark in head[:1024].lower() for mark in (mark.lower() for mark in FOREIGN))


def check_end(file: BinaryIO, kind: Kind) -> None:
    """What ends with a mark must have it near its end: readers are too kind to files that are cut. Raises: EvidenceBroken."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 2048))
    if END_MARKS[kind] not in file.read():
        raise EvidenceBroken(reason=f"{kind.label}不完整，可能没有传完")
    file.seek(0)


def lasts_of_wav(file: BinaryIO) -> int:
    """One recording, whole: its header agrees with what is there. Raises: EvidenceBroken."""
    try:
        with wave.open(file, "rb") as sound:
            wanted = sound.getnframes() * sound.getsampwidth() * sound.getnchannels()
            got = sum(len(piece) for piece in iter(lambda: sound.readframes(65536), b""))
    except (wave.Error, EOFError) as error:
        raise EvidenceBroken(reason="录音文件读不出来") from error
    if not wanted or got != wanted:
        raise EvidenceBroken(reason=f"{Kind.WAV.label}不完整，可能没有传完")
    return 1


def lasts_of_mp4(file: BinaryIO) -> int:
    """One recording, whole: its boxes fill the file to the last byte, the index among them. Raises: EvidenceBroken."""
    file.seek(0, io.SEEK_END)
    end, place, boxes = file.tell(), 0, set()
    while place < end:
        file.seek(place)
        head = file.read(16)
        size = int.from_bytes(head[:4], "big")
        size = int.from_bytes(head[8:16], "big") if size == 1 else size or end - place
        if len(head) < 8 or size < 8 or place + size > end:
            raise EvidenceBroken(reason=f"{Kind.MP4.label}不完整，可能没有传完")
        boxes.add(head[4:8])
        place += size
    if not {b"moov", b"mdat"} <= boxes:
        raise EvidenceBroken(reason=f"{Kind.MP4.label}里没有声音或者画面")
    return 1


def pages_of_pdf(file: BinaryIO) -> int:
    check_end(file, Kind.PDF)
    with PDFIUM:
        return _pages_by_pdfium(file)


def _pages_by_pdfium(file: BinaryIO) -> int:
    try:
        with pypdfium2.PdfDocument(file) as document:
            count = len(document)
            if not 0 < count <= MOST_PAGES:
                raise EvidenceBroken(reason=f"页数应在 1 到 {MOST_PAGES} 之间")
            for number in range(count):
                check_page_size(number, document.get_page_size(number))
            document[0].render(scale=0.1).close()
            return count
    except MemoryError as error:
        raise EvidenceBroken(reason="PDF 里的图像过大") from error
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise EvidenceBroken(reason="PDF 设有打开密码，请先取消密码" if locked else "PDF 已损坏") from error


def check_page_size(number: int, size: tuple[float, float]) -> None:
    """A page that is drawn takes memory by its size, not by the file's. Raises: EvidenceBroken."""
    if max(size) > LONGEST_SIDE:
        raise EvidenceBroken(reason=f"第 {number + 1} 页的版面超过 5 米")


def pages_of_picture(kind: Kind) -> Callable[[BinaryIO], int]:
    def check(file: BinaryIO) -> int:
        if kind in END_MARKS:
            check_end(file, kind)
        try:
            with Image.open(file, formats=[FORMATS[kind]]) as picture:
                check_pixels(picture.width * picture.height, kind)
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                picture.load()
        except Image.DecompressionBombError as error:
            raise PictureTooLarge(limit_million=most_pixels(kind) // 10**6) from error
        except (OSError, SyntaxError, ValueError) as error:
            raise EvidenceBroken(reason="图片已损坏或没有传完") from error
        return 1

    return check


def pages_of_dicom(file: BinaryIO) -> int:
    try:
        return frames_of(read_dicom(file))
    except (AttributeError, TypeError, ValueError) as error:  # what is read of a damaged header shows only on use
        raise EvidenceBroken(reason="DICOM 文件已损坏") from error


def frames_of(image: Any) -> int:
    """Raises: EvidenceBroken without a whole picture, PictureTooLarge."""
    rows, columns = (int(image.get(name) or 0) for name in ("Rows", "Columns"))
    frames = int(image.get("NumberOfFrames") or 1)
    if not rows or not columns or "PixelData" not in image or not 0 < frames <= MOST_PAGES:
        raise EvidenceBroken(reason="DICOM 文件里没有可以显示的影像")
    check_pixels(rows * columns, Kind.DICOM)
    if not image.file_meta.TransferSyntaxUID.is_compressed:
        bits = int(image.BitsAllocated) * int(image.get("SamplesPerPixel") or 1)
        if len(image.PixelData) * 8 < rows * columns * frames * bits:
            raise EvidenceBroken(reason="DICOM 文件没有传完")
    return frames


def read_dicom(file: BinaryIO) -> Any:
    """The data set, long values left in the file. Raises: EvidenceBroken."""
    try:
        if _transfer_syntax(file) == DeflatedExplicitVRLittleEndian:
            raise EvidenceBroken(reason="DICOM 文件是压缩传输格式，请另存为未压缩的 DICOM")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pydicom.dcmread(file)
    except (InvalidDicomError, EOFError, OSError, ValueError, KeyError, NotImplementedError) as error:
        raise EvidenceBroken(reason="DICOM 文件已损坏或没有传完") from error


def _transfer_syntax(file: BinaryIO) -> str:
    """How the data set is written, by the head of the file alone: one that is deflated may be a thousand times as large as the file."""
    file.seek(DICOM_HEAD)
    head = data_element_generator(file, False, True, stop_when=lambda tag, *_: tag.group != 2)
    told = next((element.value for element in head if element.tag == TRANSFER_SYNTAX), None)
    file.seek(0)
    return told.rstrip(b"\0 ").decode("ascii", "replace") if isinstance(told, bytes) else ""


def check_pixels(pixels: int, kind: Kind) -> None:
    """Raises: PictureTooLarge."""
    if pixels > most_pixels(kind):
        raise PictureTooLarge(limit_million=most_pixels(kind) // 10**6)


def most_pixels(kind: Kind) -> int:
    return MOST_PIXELS.get(kind, MOST_PIXELS_ELSE)


PAGES: dict[Kind, Callable[[BinaryIO], int]] = {
    Kind.PDF: pages_of_pdf,
    Kind.DICOM: pages_of_dicom,
    Kind.WAV: lasts_of_wav,
    Kind.MP4: lasts_of_mp4,
    **{kind: pages_of_picture(kind) for kind in FORMATS},
}
