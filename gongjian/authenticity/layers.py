"""The text that lies unseen over a scan, and the ink under it. What is recognised from a picture lies where the picture has ink; words are not compared."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

WIDTH = 800
DARKER = 0.8
"""Of the light of the paper: what is darker is ink."""
FEWEST_SIGNS, MOST_SIGNS, BARE = 40, 4000, 0.3
"""Signs of a layer that are enough to say something, and that are looked at; the share of them over bare paper that is noticeable."""


def lies_off(page: Any) -> bool:
    """Whether a good part of the unseen text of a scanned page lies where the picture is bare. A page that is shown turned is not judged."""
    if page.get_rotation():
        return False
    boxes = list(_boxes(page))
    if len(boxes) < FEWEST_SIGNS:
        return False
    ink = _ink(page)
    bare = sum(not ink[top:bottom, left:right].any() for left, top, right, bottom in boxes)
    return bool(bare > len(boxes) * BARE)


def _ink(page: Any) -> Any:
    levels = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_numpy()
    levels = levels.reshape(levels.shape[:2])
    return levels < np.percentile(levels, 95) * DARKER


def _boxes(page: Any) -> Iterator[tuple[int, int, int, int]]:
    """Where each sign lies in the picture, a little wider than the sign: recognised boxes are never exact."""
    text, scale = page.get_textpage(), WIDTH / page.get_width()
    left0, _, _, top0 = page.get_bbox()
    for place in range(min(text.count_chars(), MOST_SIGNS)):
        if chr(pdfium.FPDFText_GetUnicode(text, place)).isspace():
            continue
        left, bottom, right, top = text.get_charbox(place)
        slack = max(right - left, top - bottom)
        box = (left - left0 - slack, top0 - top - slack, right - left0 + slack, top0 - bottom + slack)
        wide = tuple(max(round(edge * scale), 0) for edge in box)
        yield wide[0], wide[1], wide[2] + 1, wide[3] + 1
