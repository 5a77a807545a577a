"""Pictures for the tests, made in code: scenes, and sheets of a form filled in by hand. Another number, another picture."""

import io
from random import Random

import numpy as np
from numpy.random import default_rng
from PIL import Image, ImageDraw, ImageEnhance

WIDE, TALL = 480, 360


def a_scene(number: int) -> Image.Image:
    """Light and shade with things in it, like a photo of an accident's place."""
    chance, shapes = default_rng(number), Random(number)
    levels = np.zeros((TALL, WIDE))
    for octave in range(2, 7):
        patch = Image.fromarray((chance.random((2**octave, 2**octave)) * 255).astype("uint8"))
        levels += np.asarray(patch.resize((WIDE, TALL), Image.Resampling.BICUBIC)) / octave
    scene = Image.fromarray((levels / levels.max() * 255).astype("uint8")).convert("RGB")
    pen = ImageDraw.Draw(scene)
    for _ in range(12):
        left, top = shapes.randrange(WIDE), shapes.randrange(TALL)
        colour = tuple(shapes.randrange(256) for _ in range(3))
        pen.rectangle((left, top, left + shapes.randrange(120), top + shapes.randrange(120)), fill=colour)
    return scene


def a_form(number: int | None) -> Image.Image:
    """A printed form of seventeen lines; filled in by hand, unless number is None."""
    sheet = Image.new("RGB", (600, 850), "white")
    pen, printed, hand = ImageDraw.Draw(sheet), Random(99), Random(number)
    for line in range(18):
        top = 90 + line * 36
        pen.line((40, top, 560, top), fill="black", width=2)
        pen.rectangle((50, top + 11, 50 + printed.randrange(40, 90), top + 24), fill=(90, 90, 90))
    for left in (40, 160, 365, 560):
        pen.line((left, 90, left, 702), fill="black", width=2)
    for place in [(line, left) for line in range(17) for left in (170, 372)] if number is not None else []:
        _write(pen, hand, place[1], 90 + place[0] * 36)
    return sheet


def _write(pen: ImageDraw.ImageDraw, hand: Random, left: int, top: int) -> None:
    for sign in range(hand.randrange(3, 12)):
        at = left + sign * 13
        pen.line((at, top + 11 + hand.randrange(10), at + 9, top + 11 + hand.randrange(14)), fill="black", width=2)
        pen.line((at + 4, top + 9, at + hand.randrange(9), top + 26), fill="black", width=2)


def trimmed(picture: Image.Image, share: float) -> Image.Image:
    """The same without so much of each edge."""
    wide, tall = picture.size
    return picture.crop((int(wide * share), int(tall * share), int(wide * (1 - share)), int(tall * (1 - share))))


def recompressed(picture: Image.Image, quality: int = 30) -> Image.Image:
    """The same as a telephone sends it on."""
    return Image.open(io.BytesIO(as_jpeg(picture, quality))).convert("RGB")


def as_jpeg(picture: Image.Image, quality: int = 85, **told: object) -> bytes:
    """The bytes of a photo."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, **told)
    return file.getvalue()


CHANGES = {
    "sent on": recompressed,
    "smaller": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.25),
    "darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.75),
    "more contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(1.4),
    "without colour": lambda picture: picture.convert("L").convert("RGB"),
}
"""What happens to a picture that is used once more."""
