"""Chinese words for the classes that measurements end in."""

from typing import Final

LEVELS: Final = {
    "normal": "正常",
    "borderline": "边缘",
    "mild": "轻度",
    "moderate": "中度",
    "severe": "重度",
    "profound": "极重度",
}
STAGES: Final = {"compensated": "代偿期", "decompensated": "失代偿期", "uremia": "尿毒症期"}
