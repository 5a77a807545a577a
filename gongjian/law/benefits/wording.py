"""The statement in words that a worker can read, and as plain values for programs (names stable: docs/guide/benefits.md)."""

from collections.abc import Iterator
from typing import Any

from gongjian.law.benefits.money import ROUNDING, written
from gongjian.law.benefits.sheet import Item, Remark
from gongjian.law.benefits.statement import Statement
from gongjian.law.register import CONFIDENCES

SCHEMA = "gongjian.benefits/1"
PAYERS = {"fund": "工伤保险基金", "employer": "用人单位", "unit": "非法用工单位", "pension_fund": "基本养老保险基金"}
RHYTHMS = {"one_off": "一次性", "monthly": "按月", "cost": "按实际发生的费用"}
ESTIMATE = "本单根据所填事实估算，仅供参考；以社会保险经办机构核定的为准。"


def lines(found: Statement) -> Iterator[str]:
    """The statement line by line: wage, items by rhythm and payer, what is missing, what is refused, remarks."""
    yield ESTIMATE
    if found.wage:
        yield "【本人工资】（条例 第六十四条）"
        yield from (f"  {line}" for line in found.wage.lines)
    for rhythm, label in RHYTHMS.items():
        items = [one for one in found.items if one.rhythm == rhythm]
        if items:
            yield f"【{label}】"
            yield from (f"  {line}" for one in items for line in _of_item(one))
        if rhythm == "one_off":
            yield from (
                f"  {PAYERS[payer]}支付的一次性待遇合计：{written(total)}"
                for payer, total in found.one_off_totals.items()
            )
    yield from _section(
        "【还需要知道】", [f"{one.title}（{one.fact}）：用于{'、'.join(one.needed_for)}。" for one in found.missing]
    )
    yield from _section("【不能计算】", [one.text for one in found.refused])
    yield from _section("【说明】", [_of_remark(one) for one in found.remarks])
    yield ROUNDING


def as_answer(found: Statement) -> dict[str, Any]:
    """The statement in plain values: money as texts ("45000.00"), days as 2026-02-10."""
    return {
        "schema": SCHEMA,
        "matter": found.facts.matter,
        "region": found.facts.region,
        "own_wage": _wage(found),
        "items": [_item(one) for one in found.items],
        "one_off_totals": {payer: str(total) for payer, total in found.one_off_totals.items()},
        "missing": [
            {"fact": one.fact, "title": one.title, "needed_for": list(one.needed_for)} for one in found.missing
        ],
        "refused": [one.text for one in found.refused],
        "remarks": [{"text": one.text, "article": one.article, "confidence": one.confidence} for one in found.remarks],
        "confidence": found.confidence,
        "rounding": ROUNDING,
        "lines": list(lines(found)),
    }


def _wage(found: Statement) -> dict[str, Any] | None:
    wage = found.wage
    if wage is None:
        return None
    return {
        "amount": str(wage.amount),
        "average": str(wage.average),
        "floor": str(wage.floor),
        "cap": str(wage.cap),
        "bound": wage.bound,
        "months": wage.months,
        "article": "条例 第六十四条",
        "confidence": wage.confidence,
        "working": list(wage.lines),
    }


def _item(one: Item) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "payer": one.payer,
        "rhythm": one.rhythm,
        "amount": None if one.amount is None else str(one.amount),
        "formula": one.formula,
        "article": one.article,
        "confidence": one.confidence,
        "note": one.note,
    }


def _of_item(one: Item) -> Iterator[str]:
    amount = "金额由经办机构或者单位确定" if one.amount is None else written(one.amount)
    yield f"{one.title}：{amount}，由{PAYERS[one.payer]}支付。［{one.article}］"
    sure = "" if one.confidence == "seen" else f"（{CONFIDENCES[one.confidence]}）"
    yield f"  {one.formula}{sure}"
    if one.note:
        yield f"  {one.note}"


def _of_remark(one: Remark) -> str:
    return f"{one.text}［{one.article}］" if one.article else one.text


def _section(head: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield head
        yield from (f"  {text}" for text in texts)
