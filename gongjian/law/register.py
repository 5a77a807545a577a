"""The limits and the dated parameters as tables for a lawyer's eye: part of the generated `docs/law/index.md`."""

from collections.abc import Iterator

from gongjian.law.limits import Limit, all_limits
from gongjian.law.parameters import NATIONAL, Parameter, Value, book
from gongjian.law.working import UNIT_LABELS

WHOSE = {"own": "本单位", "party": "当事人"}
ROLLS = {"strict": "不顺延", "forward": "遇休息日顺延"}
CONFIDENCES = {
    "seen": "已与原文核对",
    "seen-2": "引自间接资料",
    "memory": "未与原文核对",
    "inference": "按通行理解",
    "local": "由当地规定",
}


def register() -> str:
    """Both tables as Markdown."""
    limits = "\n".join(_limit_row(one) for one in all_limits().values())
    values = "\n".join(_value_row(one) for one in _all_values())
    return (
        "\n## 期限\n\n| 编号 | 期限 | 谁的期限 | 起算 | 参数 | 末日 | 条文 |\n|---|---|---|---|---|---|---|\n"
        f"{limits}\n"
        "\n## 参数\n\n| 参数 | 名称 | 地区 | 自何日起 | 值 | 出处 | 核对日期 | 可靠程度 |\n|---|---|---|---|---|---|---|---|\n"
        f"{values}\n"
    )


def _all_values() -> Iterator[Parameter]:
    for name in book().descriptions:
        for region in (NATIONAL, *book().regions()):
            yield from book().history(name, region)


def _limit_row(one: Limit) -> str:
    articles = "；".join(f"{since}起：{article}" for since, article in one.basis)
    roll = "满期后方可办理" if one.kind == "earliest" else ROLLS[one.roll]
    return f"| {one.id} | {one.title} | {WHOSE[one.who]} | {one.start} | `{one.parameter}` | {roll} | {articles} |"


def _value_row(one: Parameter) -> str:
    place = "全国" if one.region == NATIONAL else one.region
    value = f"{_written(one.value)}{UNIT_LABELS[one.unit]}"
    return (
        f"| `{one.name}` | {one.title} | {place} | {one.since} | {value} | {one.source} | {one.checked} "
        f"| {CONFIDENCES[one.confidence]} |"
    )


def _written(value: Value) -> str:
    return "、".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
