"""A place in a film, as players write it."""

from django import template

from gongjian.recordings.chain import clock

register = template.Library()


@register.filter
def film_time(milliseconds: int) -> str:
    """02:03 of 123456 milliseconds."""
    return clock(milliseconds)
