"""Grades and self-care levels in words."""

from django import template

from gongjian.grading.outcomes import SelfCareLevel, grade_label

register = template.Library()


@register.filter
def grade(value: int | None) -> str:
    """九级, or 未达到伤残等级 for None."""
    return grade_label(value)


@register.filter
def selfcare(value: str) -> str:
    """生活部分不能自理 for "partial"."""
    return SelfCareLevel(value).label
