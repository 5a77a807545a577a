"""The shipped fonts are those the list beside them says, and their licence lies with them."""

import re
from hashlib import sha256

import pytest

from gongjian.papers.render import FONTS

LISTED = dict(re.findall(r"\| `([^`]+)` \| 0\.4\.3 \| `([0-9a-f]{64})` \|", (FONTS / "README.md").read_text()))


@pytest.mark.parametrize("name", ["NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf", "OFL.txt"])
def test_each_file_is_the_one_listed(name: str) -> None:
    assert sha256((FONTS / name).read_bytes()).hexdigest() == LISTED[name]


def test_no_font_lies_there_unlisted() -> None:
    assert {path.name for path in FONTS.iterdir() if path.suffix == ".ttf"} == {n for n in LISTED if n.endswith(".ttf")}


def test_the_licence_is_the_open_font_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()
