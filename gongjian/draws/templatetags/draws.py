"""How the pages of the draw write codes and hashes."""

from django import template

from gongjian.sittings.codes import shown

register = template.Library()
QUARTER = 16


@register.filter
def dr_quarters(hash: str) -> list[str]:
    """A hash of 64 digits in four parts of sixteen, each in fours, so that it can be compared by eye."""
    parts = [hash[start : start + QUARTER] for start in range(0, len(hash), QUARTER)]
    return [" ".join(part[start : start + 4] for start in range(0, len(part), 4)) for part in parts]


@register.filter
def dr_code(code: str) -> str:
    """ "K7M4 Q2XP"."""
    return shown(code)
