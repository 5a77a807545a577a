"""Invented papers of the story: pictures that say in large letters that they are invented."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from gongjian.papers.render import FONTS

TITLES = {
    "diagnosis": "诊断证明书",
    "medical_records": "住院病历",
    "identity": "身份证件",
    "delivery_record": "送达回证",
    "recognition_form": "工伤认定申请表",
    "labour_relation": "劳动合同",
    "medical_diagnosis": "诊断证明书",
    "death_certificate": "死亡医学证明",
    "signed_page": "调查笔录签名页",
    "complaint": "行政起诉状副本",
    "arbitration": "仲裁裁决书",
}
PAGES = {"diagnosis": 1, "medical_records": 3, "identity": 2}
SIZE = (1000, 1400)


def page_of(kind: str, name: str, number: int) -> BytesIO:
    """One page of a paper as a JPEG. The same arguments give the same picture."""
    picture = Image.new("RGB", SIZE, "#fdfcf7")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, SIZE[0] - 40, SIZE[1] - 40), outline="#8a8a80", width=3)
    pen.text((SIZE[0] / 2, 130), TITLES[kind], fill="#1a1a1a", font=font(64), anchor="mm")
    pen.text((SIZE[0] / 2, 210), f"第{number}页 共{PAGES.get(kind, 1)}页", fill="#555555", font=font(30), anchor="mm")
    for line in range(14):
        pen.text((110, 300 + line * 62), _line(kind, name, number, line), fill="#2a2a2a", font=font(34))
    pen.text((SIZE[0] / 2, SIZE[1] - 120), "演示用虚构材料，不是真实文件", fill="#b3261e", font=font(44), anchor="mm")
    answer = BytesIO()
    picture.save(answer, "JPEG", quality=75)
    answer.seek(0)
    return answer


def _line(kind: str, name: str, number: int, line: int) -> str:
    told = (f"姓名：{name}", "单位：云溪恒信机械有限公司", "医院：云溪市人民医院（虚构）")
    return (
        told[line]
        if line < len(told)
        else f"{TITLES[kind]}内容第{(number - 1) * 14 + line}行，供演示查看、翻页和放大。"
    )


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The type in which the invented papers are written."""
    return ImageFont.truetype(str(FONTS / "NotoSerifSC_400Regular.ttf"), size)
