"""Chips of due days that lead to the page where the day is worked out: no query, however long the list. `{% load days %}`."""

from datetime import date
from typing import Any

from django import template

from gongjian.cases.models import Case, Obligation
from gongjian.cases.working import DECISION, limit_address, owed_address
from gongjian.kernel.templatetags.frame import days_left

register = template.Library()
CHIP = "kernel/components/days_left.html"


@register.inclusion_tag(CHIP)
def owed_day(owed: Obligation) -> dict[str, Any]:
    """Until when something is owed. The obligation comes with its case."""
    return days_left(owed.due_on, url=owed_address(owed))


@register.inclusion_tag(CHIP)
def kind_day(number: str, kind: str, due: date, about: str = "") -> dict[str, Any]:
    """The same by kind of obligation, where the row is not at hand. number: the case's."""
    return days_left(due, url=owed_address(number=number, kind=kind, about=about))


@register.inclusion_tag(CHIP)
def decision_day(case: Case) -> dict[str, Any]:
    """The day by which the case is to be decided."""
    return days_left(case.due_on, url=limit_address(case.number, DECISION))


@register.inclusion_tag(CHIP)
def limit_day(number: str, limit: str, due: date) -> dict[str, Any]:
    """The last day of a case's limit, by the limit's id in the law. number: the case's."""
    return days_left(due, url=limit_address(number, limit))
