"""Pages on the screen: upright, on white, windowed, and of a size that fits."""

import io
from pathlib import Path

import pytest
from PIL import Image

from gongjian.kernel.evidence import pictures
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.errors import EvidenceUnreadable, PageNotFound, PageNotShown
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.pictures import page_image, thumbnail
from gongjian.kernel.evidence.storage import place_of
from gongjian.kernel.tests.files import a_dicom, a_pdf, a_photo, a_png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def put(content: bytes) -> Evidence:
    return store(io.BytesIO(content), name="x", by=None)


def shown(content: bytes, *, page: int = 1, width: int = 1000) -> Image.Image:
    return Image.open(io.BytesIO(page_image(put(content), page, width)))


def brightness(picture: Image.Image, x: float, y: float) -> int:
    grey = picture.convert("L")
    return grey.tobytes()[int(y * (grey.height - 1)) * grey.width + int(x * (grey.width - 1))]


@pytest.mark.parametrize("content", [a_photo(), a_png(), a_photo(kind="WEBP")], ids=["jpeg", "png", "webp"])
def test_a_photo_is_shown_as_it_is(content: bytes):
    picture = shown(content)
    assert (picture.format, picture.size) == ("PNG", (60, 40))
    assert brightness(picture, 0.1, 0.5) > 240 > brightness(picture, 0.9, 0.5)


@pytest.mark.parametrize(("asked", "given"), [(1, 16), (30, 30), (60, 60), (5000, 60)])
def test_it_gets_as_wide_as_asked_but_not_blown_up(asked: int, given: int):
    assert shown(a_photo(), width=asked).width == given


def test_no_page_gets_wider_than_the_widest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "WIDEST", 40)
    assert shown(a_photo(), width=10_000).width == 40


@pytest.mark.parametrize(
    ("orientation", "size", "white_at"),
    [(1, (60, 40), (0.1, 0.5)), (3, (60, 40), (0.9, 0.5)), (6, (40, 60), (0.5, 0.1)), (8, (40, 60), (0.5, 0.9))],
)
def test_a_photo_taken_with_a_turned_telephone_is_upright(
    orientation: int, size: tuple[int, int], white_at: tuple[float, float]
):
    picture = shown(a_photo(orientation=orientation))
    assert picture.size == size
    assert brightness(picture, *white_at) > 240


def test_what_the_camera_wrote_beside_the_picture_does_not_go_out():
    assert not shown(a_photo(orientation=6)).getexif()


def test_a_transparent_picture_stands_on_white():
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert brightness(shown(file.getvalue()), 0.5, 0.5) == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_mode_of_colours_becomes_a_png(mode: str):
    file = io.BytesIO()
    Image.new(mode, (20, 20)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert shown(file.getvalue()).mode in {"RGB", "L"}


class TestPdf:
    def test_a_page_is_drawn_at_the_asked_width(self):
        picture = shown(a_pdf(), width=400)
        assert picture.size == (400, 560)
        assert brightness(picture, 0.5, 0.5) == 255

    def test_every_page_can_be_shown_and_no_other(self):
        row = put(a_pdf(pages=3))
        assert len({len(page_image(row, page, 100)) for page in (1, 2, 3)}) == 1
        for page in (0, 4, -1):
            with pytest.raises(PageNotFound, match="共3页"):
                page_image(row, page, 100)

    def test_a_strip_of_a_page_does_not_become_a_giant(self):
        picture = shown(a_pdf(width=10, height=10_000), width=2000)
        assert picture.height <= 2000 * pictures.TALLEST


class TestDicom:
    def test_the_image_is_shown_through_its_window(self):
        picture = shown(a_dicom())
        assert picture.size == (48, 32)
        assert brightness(picture, 0, 0.5) == brightness(picture, 0.3, 0.5) == 0
        assert brightness(picture, 1, 0.5) == brightness(picture, 0.8, 0.5) == 255

    def test_without_a_window_the_whole_range_is_shown(self):
        picture = shown(a_dicom(window=False))
        assert 0 < brightness(picture, 0.3, 0.5) < brightness(picture, 0.8, 0.5) < 255

    def test_an_inverted_image_is_turned(self):
        picture = shown(a_dicom(monochrome=1))
        assert brightness(picture, 0, 0.5) == 255
        assert brightness(picture, 1, 0.5) == 0

    def test_each_frame_is_a_page(self):
        row = put(a_dicom(frames=3))
        assert page_image(row, 3, 100)
        with pytest.raises(PageNotFound):
            page_image(row, 4, 100)

    def test_an_image_that_cannot_be_unpacked_is_offered_as_a_file(self, monkeypatch: pytest.MonkeyPatch):
        def no_decoder(*_: object, **__: object) -> None:
            raise RuntimeError("Unable to decompress")

        monkeypatch.setattr(pictures, "pixel_array", no_decoder)
        with pytest.raises(PageNotShown, match="下载原文件"):
            shown(a_dicom())


class TestThumbnails:
    def test_it_is_small(self):
        assert Image.open(io.BytesIO(thumbnail(put(a_pdf())))).width == pictures.THUMBNAIL

    def test_it_is_drawn_once(self, monkeypatch: pytest.MonkeyPatch):
        row = put(a_photo())
        first = thumbnail(row)
        monkeypatch.delattr(pictures, "page_image")
        assert thumbnail(row) == first

    def test_what_is_kept_of_it_is_encrypted(self, home: Path):
        drawn = thumbnail(put(a_photo()))
        (kept,) = [path for path in (home / "derived").rglob("*") if path.is_file()]
        assert b"PNG" not in kept.read_bytes()
        assert drawn[20:60] not in kept.read_bytes()

    @pytest.mark.parametrize("left", [0, 50, -1])
    def test_a_torn_one_is_drawn_again(self, home: Path, left: int):
        row = put(a_photo())
        first = thumbnail(row)
        (kept,) = [path for path in (home / "derived").rglob("*") if path.is_file()]
        kept.write_bytes(kept.read_bytes()[:left])
        assert thumbnail(row) == first

    def test_a_folder_that_cannot_be_written_costs_nothing_but_time(self, home: Path):
        (home / "derived").write_bytes(b"in the way")
        assert thumbnail(put(a_photo()))

    def test_each_page_has_its_own(self, home: Path):
        row = put(a_pdf(pages=2))
        thumbnail(row, 1)
        thumbnail(row, 2)
        assert len([path for path in (home / "derived").rglob("*") if path.is_file()]) == 2
        with pytest.raises(PageNotFound):
            thumbnail(row, 3)


def test_a_lost_or_damaged_file_is_said_plainly(home: Path):
    row = put(a_photo())
    path = home / "evidence" / place_of(row.sha256)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(EvidenceUnreadable):
        page_image(row, 1, 100)
    path.unlink()
    with pytest.raises(EvidenceUnreadable):
        page_image(row, 1, 100)
