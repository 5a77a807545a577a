"""The words of the facts in Chinese: what a page shows where a file says `worker` or `none`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from gongjian.law.benefits.dependants import NAMES
from gongjian.law.benefits.disability import CARE, STOPPED
from gongjian.law.benefits.facts import asked, asked_of_dependants
from gongjian.law.benefits.money import written
from gongjian.law.told import Asked
from gongjian.law.working import written as written_day

LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "matter": {
            "injury": "受伤或者患职业病，已认定工伤",
            "death": "因工死亡",
            "missing": "因工外出或者抢险救灾中下落不明",
            "illegal": "单位没有营业执照，或者使用童工",
            "illness": "不是工伤：因病或者非因工致残（病残津贴）",
        },
        "self_care": {
            **{word: f"生活{level}不能自理" for word, (_, level) in CARE.items()},
            "none": "没有生活自理障碍",
        },
        "benefits_stopped": STOPPED,
        "termination_by": {"worker": "本人提出", "expiry": "合同期满", "employer": "单位解除"},
        "death": {
            "direct": "工伤直接造成死亡",
            "in_stop_work": "停工留薪期内因工伤死亡",
            "after_stop_work": "一级至四级伤残，停工留薪期满后死亡",
        },
        "relation": NAMES,
        "sex": {"male": "男", "female": "女"},
    }
)
"""Field → its words → how they are read. A test holds it against the words of the facts."""


def in_words(name: str, value: Any) -> str:
    """A value as read by `read_facts`, for people: 是, 三级 as a number, 8,000.00元, 2026年3月2日."""
    return _of({**asked(), **asked_of_dependants()}[name], name, value)


def _of(asked_: Asked, name: str, value: Any) -> str:
    if asked_.kind == "flag":
        return "是" if value else "否"
    if asked_.kind == "word":
        return LABELS[name][value]
    if asked_.kind == "money":
        return written(value)
    if asked_.kind == "day":
        return written_day(value)
    if asked_.kind == "moneys":
        same = len(set(value)) == 1
        return f"每月{written(value[0])}，共{len(value)}个月" if same else "、".join(written(one) for one in value)
    return "、".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
