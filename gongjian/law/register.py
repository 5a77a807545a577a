"""The limits and the dated parameters as tables for a lawyer's eye: part of the generated `docs/law/index.md`."""

from collections.abc import Iterator

from gongjian.law.events import vocabulary
from gongjian.law.limits import Limit, all_limits
from gongjian.law.parameters import NATIONAL, Parameter, Value, book
from gongjian.law.working import UNIT_LABELS

ROLLS = {"strict": "不顺延", "forward": "遇休息日顺延"}
LAST_DAYS = {"last_day": "", "earliest": "满期后方可办理", "lasts": "至该日期满"}
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
        "\n## 期限\n\n| 编号 | 期限 | 谁的期限 | 起算 | 参数 | 末日 | 不计入、延长、重算、改用 | 条文 |\n"
        "|---|---|---|---|---|---|---|---|\n"
        f"{limits}\n"
        "\n## 参数\n\n| 参数 | 名称 | 地区 | 自何日起 | 值 | 出处 | 核对日期 | 可靠程度 |\n|---|---|---|---|---|---|---|---|\n"
        f"{values}\n"
    )


def cited() -> Iterator[tuple[str, str, str]]:
    """Every article text of the data: the limit or parameter, what it is for, and the text."""
    for one in all_limits().values():
        for text in _article_texts(one):
            yield one.id, f"期限：{one.title}", text
    for value in _all_values():
        yield value.name, f"参数：{value.title}", value.source


def _article_texts(one: Limit) -> Iterator[str]:
    yield from (article for _, article in one.basis)
    yield from (ground.article for ground in one.pauses)
    yield from (rule.article for rule in (one.extension, one.restart, one.instead, one.transition) if rule)


def _all_values() -> Iterator[Parameter]:
    for name in book().descriptions:
        for region in (NATIONAL, *book().regions()):
            yield from book().history(name, region)


def _limit_row(one: Limit) -> str:
    articles = "；".join(f"{since}起：{article}" for since, article in one.basis)
    moved = "；".join(_moves(one)) or "—"
    return (
        f"| {one.id} | {one.title} | {one.bearer} | {one.start} | `{one.parameter}` | {LAST_DAYS[one.kind] or ROLLS[one.roll]} "
        f"| {moved} | {articles} |"
    )


def _moves(one: Limit) -> Iterator[str]:
    for ground in one.pauses:
        mark = "" if ground.confidence == "seen" else f"，{CONFIDENCES[ground.confidence]}"
        yield f"{ground.title}不计入（{ground.article}{mark}）"
    if one.extension:
        times = f"{one.extension.times}次，" if one.extension.times else ""
        yield f"{one.extension.by}可以延长，{times}最多 `{one.extension.most}`（{one.extension.article}）"
    words = vocabulary()
    if one.restart:
        yield f"{words.title(one.restart.event)}重新起算，依 `{one.restart.choice}`（{one.restart.article}）"
    if one.instead:
        yield f"{words.title(one.instead.event)}的，改用 `{one.instead.parameter}`（{one.instead.article}）"


def _value_row(one: Parameter) -> str:
    place = "全国" if one.region == NATIONAL else one.region
    value = f"{_written(one.value)}{UNIT_LABELS[one.unit]}"
    return (
        f"| `{one.name}` | {one.title} | {place} | {one.since} | {value} | {one.source} | {one.checked} "
        f"| {CONFIDENCES[one.confidence]} |"
    )


def _written(value: Value) -> str:
    return "、".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
