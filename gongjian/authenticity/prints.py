"""What a picture looks like, as marks: where it grows darker from left to right, in 8 by 8 fields and in 32 by 32.

The difference hash of N. Krawetz, with a dead zone so that paper without ink has no marks. Twenty lines of Pillow and NumPy, which are here already;
the library `imagehash` would bring SciPy and PyWavelets for them.
"""

from typing import Any

import numpy as np
from PIL import Image

from gongjian.authenticity.rules import Print

ROUGH, FINE = 8, 32
FLAT = 4
"""Levels of grey, of 256, that are no difference: noise of paper and of compression."""
INSIDE = 0.03
"""How much of each edge is left away for the second print: a copy that was trimmed resembles the inside of its original."""
TURNS = tuple(Image.Transpose)
LIGHT, MOSTLY = 0.88, 0.55
"""A sheet of paper: more than half of it is nearly as light as its lightest parts."""


def prints_of(picture: Image.Image) -> list[Print]:
    """The print of the whole picture and that of its inside."""
    grey = picture.convert("L")
    sheet = is_sheet(grey)
    return [Print(_rough(part), _fine(part), sheet) for part in (grey, _inside(grey))]


def turned_prints_of(picture: Image.Image) -> list[Print]:
    """The prints of the picture in the seven other ways it can lie: turned by quarters, and mirrored.

    They are looked for and never kept: of two pictures that lie differently, the later one lies in one of these ways as the earlier does.
    """
    return [each for turn in TURNS for each in prints_of(picture.transpose(turn))]


def is_sheet(grey: Image.Image) -> bool:
    """Whether it shows a page of writing more than a scene."""
    small = np.asarray(grey.resize((64, 64), Image.Resampling.BOX))
    return bool((small >= np.percentile(small, 95) * LIGHT).mean() > MOSTLY)


def _inside(grey: Image.Image) -> Image.Image:
    wide, tall = grey.size
    left, top = round(wide * INSIDE), round(tall * INSIDE)
    return grey.crop((left, top, max(wide - left, left + 1), max(tall - top, top + 1)))


def _rough(grey: Image.Image) -> int:
    return int.from_bytes(np.packbits(_steps(grey, ROUGH) > 0).tobytes(), "big")


def _fine(grey: Image.Image) -> bytes:
    return np.packbits(_steps(grey, FINE) > FLAT).tobytes()


def _steps(grey: Image.Image, size: int) -> Any:
    levels = np.asarray(grey.resize((size + 1, size), Image.Resampling.LANCZOS)).astype(np.int16)
    return levels[:, 1:] - levels[:, :-1]
