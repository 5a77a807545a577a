"""Exact money: the one place where an amount is rounded, and how it is written."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ROUNDING = "每一个金额（本人工资和各项待遇）在算出时四舍五入到分，此外不取整；一次性待遇与按月待遇不相加。"


def to_cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent(share: Decimal, amount: Decimal) -> Decimal:
    """So many per cent of an amount, rounded to the cent."""
    return to_cents(amount * share / HUNDRED)


def written(amount: Decimal) -> str:
    """An amount as people read it: 12,345.60元."""
    return f"{amount:,.2f}元"


def plain(number: Decimal) -> str:
    """A number of months or per cent without useless noughts: 19.5, 30."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
