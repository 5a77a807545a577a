"""Check code, address and QR code: easily read, hard to guess, and silent about persons."""

import pytest
import segno
from PIL import Image

from gongjian.papers.check import ALPHABET, LENGTH, check_address, check_code, qr_svg, read_check_code, spaced
from gongjian.papers.errors import CheckCodeWrong
from gongjian.papers.tests.builders import CODE, a_conclusion
from gongjian.papers.tests.reading import made, picture

BASE = "https://gongjian.example"


@pytest.mark.parametrize(
    ("entropy", "code"),
    [
        (bytes(8), "000000000000"),
        (b"\xff" * 8, "ZZZZZZZZZZZZ"),
        (bytes(7) + b"\x01", "100000000000"),
        (bytes(7) + b"\x20", "010000000000"),
        (b"\x08" + bytes(7), "00000000000G"),
    ],
)
def test_a_code_is_made_of_the_chance_handed_in_and_of_nothing_else(entropy: bytes, code: str) -> None:
    assert check_code(entropy) == code


def test_every_bit_of_the_sixty_counts() -> None:
    codes = {check_code((1 << bit).to_bytes(8, "big")) for bit in range(60)}
    assert len(codes) == 60


def test_bytes_beyond_the_eighth_are_not_used() -> None:
    assert check_code(bytes(8) + b"\xff") == check_code(bytes(8))


def test_too_little_chance_makes_no_code() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        check_code(bytes(7))


def test_the_alphabet_has_no_signs_that_are_misread() -> None:
    assert len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    ["7K3M9QX2T4VB", "7k3m9qx2t4vb", "7K3M-9QX2-T4VB", " 7K3M 9QX2 T4VB\n", "7k3m - 9qx2 - t4vb"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_check_code(typed) == CODE


@pytest.mark.parametrize(("typed", "code"), [("IL0000000000", "110000000000"), ("OoO0-0000-0000", "0" * LENGTH)])
def test_look_alikes_are_read_as_the_sign_that_was_meant(typed: str, code: str) -> None:
    assert read_check_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M9QX2T4VBB", "7K3M9QX2T4V?", "林知远林知远林知远林知远", "../../../etc"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(CheckCodeWrong, match="12位"):
        read_check_code(typed)


def test_the_code_is_printed_in_groups_of_four() -> None:
    assert spaced(CODE) == "7K3M-9QX2-T4VB"


def test_the_address_is_the_platform_and_the_code_only() -> None:
    assert check_address(BASE, "7k3m-9qx2-t4vb") == "https://gongjian.example/check/7K3M9QX2T4VB"


def test_the_address_takes_nothing_but_a_code() -> None:
    with pytest.raises(CheckCodeWrong):
        check_address(BASE, "990101198805200011")


def test_the_address_of_a_paper_tells_nothing_about_persons() -> None:
    paper = a_conclusion()
    assert paper.imprint.check_url == f"{BASE}/check/{CODE}"
    assert not any(part in paper.imprint.check_url for part in (paper.appraisee.id_number, paper.case_number))


def test_the_qr_code_is_a_drawing_not_a_picture_of_dots() -> None:
    drawing = qr_svg(check_address(BASE, CODE)).decode()
    assert drawing.startswith("<svg")
    assert "<path" in drawing
    assert "<image" not in drawing


def test_the_same_address_gives_the_same_drawing() -> None:
    assert qr_svg("https://gongjian.example/check/0") == qr_svg("https://gongjian.example/check/0")


@pytest.mark.parametrize("page", [0, 1])
def test_the_qr_code_printed_on_each_page_is_that_of_the_address(page: int) -> None:
    expected = [
        [bool(cell) for cell in row] for row in segno.make(f"{BASE}/check/{CODE}", error="m", micro=False).matrix
    ]
    assert _modules(picture(made(a_conclusion()), page), len(expected)) == expected


def _modules(sheet: Image.Image, size: int) -> list[list[bool]]:
    """The dark and light modules of the code in the lower left corner of a page."""
    width, height = sheet.size
    corner = sheet.crop(
        (int(width * 26 / 210), int(height * 266 / 297), int(width * 42.8 / 210), int(height * 290 / 297))
    )
    dark = corner.point(lambda grey: 255 if grey < 60 else 0)
    code = dark.crop(dark.getbbox())
    step = code.width / size
    return [
        [code.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) == 255 for x in range(size)] for y in range(size)
    ]
