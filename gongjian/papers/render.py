"""From the fields of a paper to PDF/A-2b: same fields, same moment, same fonts give the same bytes.

Nothing is fetched: fonts are those shipped beside this file (and folders the operator names), system fonts are not
looked at, and a template cannot read outside its own folder.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from gongjian.papers.check import qr_svg
from gongjian.papers.errors import GlyphMissing, TemplateBroken
from gongjian.papers.forms.base import IssuedPaper, Paper
from gongjian.papers.forms.wording import plain
from gongjian.papers.kinds import kind_of

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "typst"
FAMILY = "Noto Serif SC"
BLANK = "□"
"""Stands for a character that cannot be shown."""
_NOT_DISPLAYED = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_PLACE = re.compile(r"([\w-]+\.typ:\d+:\d+)")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class Renderer:
    """A compiler that is kept: the first paper takes a tenth of a second, the next ones a few milliseconds. Thread-safe.

    fallback_fonts: folders with further fonts (TTF, OTF) for characters that the shipped face lacks.
    templates: the folder of `*.typ` files, for an office that words its papers differently.
    """

    def __init__(self, *, fallback_fonts: Sequence[Path] = (), templates: Path = TEMPLATES) -> None:
        folders = [str(FONTS), *map(str, fallback_fonts)]
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
        self._families = [FAMILY, *(family for family in fonts.families() if family != FAMILY)]
        self._templates = templates
        self._compiler = typst.Compiler(root=str(templates), font_paths=fonts)
        self._lock = Lock()

    def render(self, paper: Paper, *, at: datetime, draft: bool = False) -> bytes:
        """The PDF of a paper. at: the moment of making (aware), kept in the file's metadata; draft: watermarked, without seal and code.

        Raises: GlyphMissing, TemplateBroken.
        """
        kind = kind_of(paper.kind)
        given = {**self._given(paper), "draft": draft}
        try:
            return self._compiled(kind.template, given, at)
        except typst.TypstError as error:
            missing = _not_displayed(error)
            if not missing or not kind.must_print:
                raise _refusal(error, kind.template) from None
        return self._compiled(kind.template, _blanked(given, missing), at)

    def _compiled(self, template: str, given: dict[str, object], at: datetime) -> bytes:
        with self._lock:
            made = self._compiler.compile(
                input=str(self._templates / template),
                format="pdf",
                sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
                pdf_standards=["a-2b"],
                timestamp=int(at.timestamp()),
            )
        assert isinstance(made, bytes)
        return made

    def _given(self, paper: Paper) -> dict[str, object]:
        kind = kind_of(paper.kind)
        given = {"title": kind.title, "basis": kind.basis, "fonts": self._families, "paper": plain(paper)}
        if isinstance(paper, IssuedPaper):
            given["qr"] = qr_svg(paper.imprint.check_url).decode()
        return given


def _refusal(error: typst.TypstError, template: str) -> GlyphMissing | TemplateBroken:
    """Only the characters are taken out of the compiler's report: the rest may quote the paper."""
    missing = _not_displayed(error)
    if not missing:
        place = _PLACE.search(error.diagnostic)
        return TemplateBroken(template=place[1] if place else template)
    return GlyphMissing(
        characters="、".join(f"{sign if sign.isprintable() else BLANK}（U+{ord(sign):04X}）" for sign in missing)
    )


def _not_displayed(error: typst.TypstError) -> list[str]:
    return sorted({sign for text in _NOT_DISPLAYED.findall(error.diagnostic) for sign in _unescaped(text)})


def _blanked(given: dict[str, object], missing: Sequence[str]) -> dict[str, object]:
    """The same with each of these characters as a blank square, wherever it stands."""
    blanks = str.maketrans(dict.fromkeys(missing, BLANK))

    def without(value: object) -> object:
        if isinstance(value, str):
            return value.translate(blanks)
        if isinstance(value, dict):
            return {key: without(one) for key, one in value.items()}
        return [without(one) for one in value] if isinstance(value, list | tuple) else value

    return {key: without(value) for key, value in given.items()}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@cache
def renderer(*fallback_fonts: Path) -> Renderer:
    """The one renderer of this process for the given extra font folders."""
    return Renderer(fallback_fonts=fallback_fonts)
