"""Chinese words for what a clause asks and for what was found."""

from functools import cache
from typing import Any, Final

from gongjian.grading.findings.base import Value
from gongjian.grading.findings.eyes import STATES
from gongjian.grading.findings.fields import Field
from gongjian.grading.findings.limbs import DIGITS, JOINTS, PARTS
from gongjian.grading.measures.base import shown
from gongjian.grading.measures.words import LEVELS, STAGES

# Values that follow from others and have no field of their own: label and unit.
DERIVED: Final = {
    "level": ("程度", ""),
    "count": ("项数", "项"),
    "sides": ("面瘫侧数", "侧"),
    "complete_sides": ("完全性面瘫侧数", "侧"),
    "disfigurement": ("毁容", ""),
    "disfigurement_items": ("毁容标准项数", "项"),
    "severe_items": ("重度毁容项数", "项"),
    "moderate_items": ("中度毁容项数", "项"),
    "stability": ("骨折", ""),
    "worse": ("较差眼", ""),
    "both": ("双眼", ""),
    "worse_bcva": ("较差眼矫正视力", ""),
    "better_bcva": ("较好眼矫正视力", ""),
    "better_field_pct": ("较好眼视野有效值", "%"),
    "better_field_radius_deg": ("较好眼视野半径", "度"),
    "both_db": ("双耳听力损失", "dB"),
    "ear_db": ("一耳听力损失", "dB"),
    "lung_function": ("肺功能损伤", ""),
    "hypoxemia": ("低氧血症", ""),
    "dyspnea": ("呼吸困难", "级"),
    "liver_function": ("肝功能损害", ""),
    "urination": ("排尿障碍", ""),
    "stage": ("肾功能不全", ""),
    "hypertension": ("肾损伤性高血压", ""),
    "limited_large_joints": ("活动受限的四肢大关节", "个"),
    "limited_joints": ("活动受限的关节", "个"),
    "mouth_opening": ("张口困难", "度"),
}
_WORDS: Final = {
    **LEVELS,
    **STAGES,
    **STATES,
    "lp_or_nlp": "有或无光感",
    "no_projection": "无光感，或仅有光感且光定位不准",
    "unstable": "不稳定性骨折",
    "stable": "稳定性骨折",
    "single": "一侧",
    "single_or_both": "一侧或双侧",
}
_OPS: Final = {"<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于", "==": "为"}
_STATES: Final = {
    "lost": "缺失",
    "dead": "功能完全丧失",
    "gone": "缺失或功能完全丧失",
    "scar": "瘢痕畸形、功能完全丧失",
    "partial": "部分功能丧失",
    "deformed": "畸形",
    "functional": "指间关节僵直于功能位",
    "complete": "功能完全丧失",
    "severe": "重度功能障碍",
}
_LEVELS: Final = {"": "", "pip": "近侧指间关节以远", "dip": "末节（远侧指、趾间关节以远）", "half": "末节1/2"}
_PARTS: Final = {
    **DIGITS,
    **PARTS,
    **{joint: f"{name}关节" for joint, name in JOINTS.items()},
    "arm": "肘上",
    "forearm": "前臂",
    "thigh": "膝以上",
    "leg": "膝以下",
    "foot": "踝以下（足）",
    "fingers": "除拇指外的手指",
    "inner": "除拇、食指外的手指",
    "lesser": "除拇趾外的足趾",
    "large": "四肢大关节",
}


@cache
def body_word(word: str) -> str:
    """ "lost.pip:fingers>=2" in Chinese."""
    if word.startswith("hipknee"):
        return "髋、膝关节之一缺失或功能完全丧失，且另一关节重度功能障碍"
    state, part = word.split(":")
    state, _, level = state.partition(".")
    part, _, count = part.partition(">=")
    number = f"{count}{'个' if part == 'large' else '趾' if part == 'lesser' else '指'}以上" if count else ""
    return f"{_PARTS.get(part, part)}{number}{_LEVELS[level]}{_STATES[state]}"


def constraint_words(name: str, field: Field | None, constraint: Any) -> str:
    """What is asked: "切除比例不少于0.75"."""
    label, unit = _label(name, field)
    if isinstance(constraint, dict):
        constraint = [constraint]
    if isinstance(constraint, list) and isinstance(constraint[0], dict):
        return label + "且".join(f"{_OPS[each['op']]}{shown(each['value'])}{unit}" for each in constraint)
    if isinstance(constraint, bool):
        return label if constraint else f"无：{label}"
    several = constraint if isinstance(constraint, list) else [constraint]
    return f"{label}为{'或'.join(_word(field, each) for each in several)}"


def value_words(name: str, field: Field | None, value: Value) -> str:
    """What was found."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return f"{shown(value)}{_label(name, field)[1]}"
    if isinstance(value, (frozenset, tuple)):
        return "、".join(_word(field, each) for each in sorted(value)) or "无"
    return _word(field, value)


def _label(name: str, field: Field | None) -> tuple[str, str]:
    return (field.label, field.unit) if field else DERIVED[name]


def _word(field: Field | None, code: object) -> str:
    choices = (field.choices if field else None) or {}
    return choices.get(str(code)) or _WORDS.get(str(code), str(code))
