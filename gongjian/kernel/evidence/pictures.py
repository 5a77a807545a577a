"""Pages of stored files as pictures for the screen: turned upright, on white, without what the camera wrote beside the picture."""

import io
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pypdfium2
from django.conf import settings
from PIL import Image, ImageOps
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from pydicom.pixels.utils import pixel_array

from gongjian.kernel.evidence.errors import EvidenceBroken, EvidenceUnreadable, PageNotFound, PageNotShown
from gongjian.kernel.evidence.inspection import FORMATS, PDFIUM, read_dicom
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.sealing import SealBroken, SealedReader, Sealer
from gongjian.kernel.evidence.storage import evidence_keys

NARROWEST, WIDEST, THUMBNAIL = 16, 2400, 240
TALLEST = 4  # times the width: what is longer is shown narrower
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    AttributeError,
    KeyError,
    NotImplementedError,
    EvidenceBroken,
)


def page_image(evidence: Evidence, page: int, width: int) -> bytes:
    """One page as PNG. page: from 1. width: pixels wished for; small pictures are not blown up, the answer has 16 to 2400.

    Raises: PageNotFound, EvidenceUnreadable, PageNotShown for a compression we cannot undo.
    """
    if not 1 <= page <= evidence.page_count:
        raise PageNotFound(page=page, pages=evidence.page_count)
    wished = min(max(width, NARROWEST), WIDEST)
    try:
        with open_evidence(evidence) as file:
            return as_png(fitted(PAINTERS[Kind(evidence.kind)](file, page - 1, wished), wished))
    except SealBroken as error:
        raise EvidenceUnreadable(sha256=evidence.sha256[:12]) from error
    except UNREADABLE as error:
        raise PageNotShown from error


def thumbnail(evidence: Evidence, page: int = 1) -> bytes:
    """A small PNG of one page, kept encrypted in a folder that may be lost at any time. Raises as `page_image`."""
    name = f"{evidence.sha256}-{page}-{THUMBNAIL}"
    kept = Path(settings.GONGJIAN_HOME) / "derived" / name[:2] / name
    with suppress(OSError, SealBroken), kept.open("rb") as file:
        return io.BufferedReader(SealedReader(file, evidence_keys(), name)).read()
    picture = page_image(evidence, page, THUMBNAIL)
    with suppress(OSError):  # a full disk costs speed, not the picture
        keep(kept, name, picture)
    return picture


def keep(path: Path, name: str, content: bytes) -> None:
    """Write a derived file at once and whole. Torn or lost ones are made again."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = io.BytesIO()
    sealer = Sealer(sealed, evidence_keys().newest)
    sealer.write(content)
    sealer.finish(name)
    path.write_bytes(sealed.getvalue())


def of_pdf(file: BinaryIO, page: int, width: int) -> Image.Image:
    with PDFIUM, pypdfium2.PdfDocument(file) as document:
        leaf = document[page]
        wide, tall = leaf.get_size()
        scale = min(width / max(wide, 1), width * TALLEST / max(tall, 1))
        return leaf.render(scale=scale, may_draw_forms=True).to_pil().copy()  # type: ignore[no-any-return]


def of_picture(kind: Kind) -> Callable[[BinaryIO, int, int], Image.Image]:
    def paint(file: BinaryIO, page: int, width: int) -> Image.Image:
        with Image.open(file, formats=[FORMATS[kind]]) as picture:
            picture.draft("RGB", (width * 2, width * 2))
            return ImageOps.exif_transpose(picture)

    return paint


def of_dicom(file: BinaryIO, page: int, width: int) -> Image.Image:
    image = read_dicom(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pixels = pixel_array(image, index=page)
    if pixels.ndim == 3:
        return Image.fromarray(to_bytes(pixels))
    grey = to_bytes(apply_voi_lut(apply_modality_lut(pixels, image), image))
    return Image.fromarray(255 - grey if image.PhotometricInterpretation == "MONOCHROME1" else grey)


def to_bytes(pixels: Any) -> Any:
    """The numbers stretched to 0…255: the window of the image, where it has one, has already cut off what lies outside."""
    low, high = float(np.min(pixels)), float(np.max(pixels))
    if pixels.dtype == np.uint8 and pixels.ndim == 3:
        return pixels
    return ((pixels - low) * (255 / (high - low or 1))).astype(np.uint8)


def fitted(picture: Image.Image, width: int) -> Image.Image:
    """At most `width` wide and four times as tall, on white, in plain colours."""
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        clear = picture.convert("RGBA")
        picture = Image.new("RGBA", clear.size, "white")
        picture.alpha_composite(clear)
    small = picture.convert("L" if picture.mode == "L" else "RGB")
    small.thumbnail((width, width * TALLEST))
    return small


def as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(
        file, "PNG"
    )  # anew: nothing but the pixels goes out
    return file.getvalue()


PAINTERS: dict[Kind, Callable[[BinaryIO, int, int], Image.Image]] = {
    Kind.PDF: of_pdf,
    Kind.DICOM: of_dicom,
    **{kind: of_picture(kind) for kind in FORMATS},
}
