"""All reading of draws: who sits where, who must not judge whom, what a page may show."""

from gongjian.draws.queries.access import draw_by_key, draw_for, published_receipt, visible_to
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.groups import cases_of_group, group_of, live_draw, members

__all__ = [
    "cases_of_group",
    "conflicts_of",
    "draw_by_key",
    "draw_for",
    "group_of",
    "live_draw",
    "members",
    "published_receipt",
    "visible_to",
]
