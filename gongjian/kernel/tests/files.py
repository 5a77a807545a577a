"""Files for the tests, made in code: what people really hand in, and what they had better not."""

import io
import zipfile

import numpy as np
import pydicom
import pypdfium2
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, generate_uid
from pypdf import PdfWriter


def a_photo(
    *, width: int = 60, height: int = 40, colour: str = "red", orientation: int = 1, kind: str = "JPEG"
) -> bytes:
    """A picture of one colour whose left half is white."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste("white", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, kind, exif=exif)
    return file.getvalue()


def a_png(**told: int) -> bytes:
    """The same picture as PNG."""
    return a_photo(kind="PNG", **told)  # type: ignore[arg-type]


def a_pdf(*, pages: int = 1, width: int = 200, height: int = 280) -> bytes:
    """A PDF of empty pages."""
    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(width, height)
    document.save(file)
    document.close()
    return file.getvalue()


def a_large_pdf(size: int) -> bytes:
    """A PDF of about `size` bytes: an unused stream stands between header and pages."""
    body = a_pdf()
    end = body.index(b"\n") + 1
    return body[:end] + b"% " + b"x" * size + b"\n" + body[end:]


def a_dicom(
    *,
    frames: int = 1,
    rows: int = 32,
    columns: int = 48,
    monochrome: int = 2,
    window: bool = True,
    syntax: str = ExplicitVRLittleEndian,
) -> bytes:
    """A CT-like image: dark on the left, bright on the right, in Hounsfield-like units. syntax: how the file is written."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["gongjian"])
    meta.TransferSyntaxUID = UID(syntax)
    image = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    image.SOPClassUID, image.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    image.Rows, image.Columns, image.SamplesPerPixel = rows, columns, 1
    image.BitsAllocated = image.BitsStored = 16
    image.HighBit, image.PixelRepresentation = 15, 1
    image.PhotometricInterpretation = f"MONOCHROME{monochrome}"
    image.RescaleIntercept, image.RescaleSlope = -1024, 1
    if window:
        image.WindowCenter, image.WindowWidth = 40, 400
    if frames > 1:
        image.NumberOfFrames = frames
    line = np.linspace(0, 2048, columns).astype(np.int16)
    image.PixelData = np.tile(line, (frames, rows, 1)).tobytes()
    file = io.BytesIO()
    pydicom.dcmwrite(file, image, enforce_file_format=True)
    return file.getvalue()


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return file.getvalue()


def a_locked_pdf() -> bytes:
    """A PDF that opens only with a password."""
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf()))
    writer.encrypt(user_password="secret", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
