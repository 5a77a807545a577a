"""Specialties of experts (code → Chinese label), and which injured parts and body systems of the standard call for which."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Specialty:
    """One specialty. parts: codes of injured parts (grading.parts) it judges first; systems: body systems of GB/T 16180-2014."""

    code: str
    label: str
    parts: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()


_TABLE = (
    Specialty("orthopaedics", "骨科", ("070", "100", "110", "120", "140"), ("脊柱损伤", "上肢", "下肢", "上下肢")),
    Specialty("hand_foot", "手足外科", ("130", "150"), ("上肢", "下肢", "上下肢", "周围神经损伤")),
    Specialty(
        "neurology",
        "神经科",
        ("010", "011", "012"),
        (
            "颅脑损伤",
            "脑损伤",
            "脊髓损伤",
            "癫痫",
            "非肢体瘫运动障碍",
            "特殊皮层功能障碍",
            "周围神经损伤",
            "面神经损伤",
        ),
    ),
    Specialty("psychiatry", "精神科", (), ("智能损伤", "精神症状")),
    Specialty("ophthalmology", "眼科", ("030",), ("眼损伤与视功能障碍",)),
    Specialty(
        "ent",
        "耳鼻喉科",
        ("040", "050"),
        ("听功能障碍", "前庭性平衡障碍", "嗅觉障碍和铬鼻病", "喉源性呼吸困难及发声障碍"),
    ),
    Specialty("stomatology", "口腔颌面科", ("060",), ("口腔颌面损伤", "吞咽功能障碍")),
    Specialty("burns_plastic", "烧伤整形科", ("013", "020"), ("头面部毁容",)),
    Specialty("thoracic", "胸外科", ("080",), ("胸壁、气管、支气管、肺", "心脏与大血管", "食管", "乳腺")),
    Specialty(
        "general_surgery",
        "普外科",
        ("090",),
        ("胃", "十二指肠", "小肠", "结肠、直肠", "肝", "胆道", "胰、脾", "腹壁、腹腔", "甲状腺", "甲状旁腺"),
    ),
    Specialty("urology", "泌尿外科", (), ("肾脏", "肾上腺", "输尿管", "膀胱", "尿道", "睾丸", "输精管", "阴茎")),
    Specialty("gynaecology", "妇科", (), ("子宫", "输卵管", "卵巢", "阴道")),
    Specialty("cardiology", "心内科", (), ("心脏",)),
    Specialty("respiratory", "呼吸与职业病科", (), ("肺部疾患", "其他")),
    Specialty("internal", "内科", (), ("肝脏", "血液", "内分泌", "免疫功能")),
    Specialty("rehabilitation", "康复科"),
)
TABLE = MappingProxyType({each.code: each for each in _TABLE})
SPECIALTIES = MappingProxyType({each.code: each.label for each in _TABLE})
"""Code → label, in the order in which lists show them."""
_OF_PART = MappingProxyType({part: each.code for each in _TABLE for part in each.parts})


def specialty_of_part(part: str) -> str | None:
    """The specialty that judges an injured part first: by its own code, else by the part it belongs to ("143" → "140"); None: any."""
    return _OF_PART.get(part) or _OF_PART.get(f"{part[:2]}0")


def in_order(codes: Iterable[str]) -> list[str]:
    """Specialty codes once each, in the order of the table. Unknown codes are left out."""
    wanted = set(codes)
    return [code for code in SPECIALTIES if code in wanted]


def labels(codes: Iterable[str]) -> str:
    """ "骨科、眼科" in the order of the table."""
    return "、".join(SPECIALTIES[code] for code in in_order(codes))


def code_of_label(label: str) -> str | None:
    """The code of a label as people write it, blanks ignored; None if there is no such specialty."""
    plain = "".join(label.split())
    return next((code for code, known in SPECIALTIES.items() if plain in (known, code)), None)
