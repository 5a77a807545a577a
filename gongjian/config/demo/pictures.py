"""The story of a photo that stands in two cases, and of a paper that a picture editor has saved: shown to the investigators, decided by nobody."""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageEnhance

from gongjian.authenticity.examining import examine_due
from gongjian.authenticity.finding import owe_comparing
from gongjian.cases.models import Case
from gongjian.config.demo import recognising
from gongjian.config.demo.cast import Worker
from gongjian.config.demo.papers import font
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of

WIDE, TALL = 1200, 900
KIND, SOFTWARE = "errand_proof", 0x0131
ELSEWHERE = {"employer_name": "云溪远达物流有限公司", "credit_code": ""}


def tell(people: Iterator[Worker], days: recognising.Days) -> None:
    """Two people of two firms hand in the same photo of a road; the second one's was made brighter and saved anew."""
    first = recognising.begun(next(people), days, before=9)
    second = recognising.begun(next(people), days, before=5, **ELSEWHERE)
    for case, before, picture in ((first, 8, a_road()), (second, 4, ImageEnhance.Brightness(a_road()).enhance(1.15))):
        with moment.fixed(moment.at(days.before(before), 10)):
            hand_in(case, picture)
    with moment.fixed(moment.at(days.before(3), 9)):
        examine_due(limit=12)  # the rest is looked at in the background
        owe_comparing()


def hand_in(case: Case, picture: Image.Image) -> None:
    """A photo with what its program has written into it."""
    exif, file = Image.Exif(), io.BytesIO()
    exif[SOFTWARE] = "Adobe Photoshop 25.0"
    picture.save(file, "JPEG", quality=80, exif=exif)
    file.seek(0)
    add_page(material_of(KIND, case=case), file, name="现场照片.jpg", by=recognising.investigator())


def a_road() -> Image.Image:
    """A drawn crossing with houses, a lorry and its load; it says that it is invented."""
    picture = Image.new("RGB", (WIDE, TALL), "#b9d3e6")
    pen = ImageDraw.Draw(picture)
    for place, (left, height, colour) in enumerate(((60, 330, "#a58f7a"), (330, 420, "#8f6f62"), (690, 360, "#77808c"), (960, 450, "#9a8c68"))):  # fmt: skip
        pen.rectangle((left, 560 - height, left + 220, 560), fill=colour)
        for window in range(9):
            at = (left + 25 + window % 3 * 65, 590 - height + window // 3 * 90)
            pen.rectangle((*at, at[0] + 40, at[1] + 55), fill="#e8e2c8" if (window + place) % 2 else "#4c5a66")
    pen.rectangle((0, 560, WIDE, TALL), fill="#5d5d5f")
    for left in range(0, WIDE, 160):
        pen.rectangle((left, 715, left + 90, 730), fill="#e9e4d2")
    pen.rectangle((420, 520, 760, 690), fill="#2f5d8a")
    pen.rectangle((760, 580, 880, 690), fill="#c8452f")
    for middle in (490, 690, 820):
        pen.ellipse((middle - 38, 660, middle + 38, 736), fill="#1d1d1f")
    for left, top in ((250, 690), (300, 740), (210, 760), (350, 700)):
        pen.rectangle((left, top, left + 60, top + 45), fill="#a9793f", outline="#5e4321", width=4)
    pen.text((WIDE / 2, TALL - 60), "演示用虚构照片", fill="#f5d9d5", font=font(44), anchor="mm")
    return picture
