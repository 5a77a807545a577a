"""What a sentence of the facts may rest on, as the choices of a form and back."""

from collections.abc import Iterable

from gongjian.kernel import moment
from gongjian.materials.models import Material
from gongjian.recognition.actions.proposing import Rests
from gongjian.recognition.models import Interview, SiteRecord


def support_choices(
    papers: Iterable[Material], talks: Iterable[Interview], sites: Iterable[SiteRecord]
) -> list[tuple[str, str]]:
    """(value, label): each paper, each line of each signed interview, each site record."""
    found = [(f"material-{row.pk}", f"材料《{row.title}》") for row in papers]
    for talk in talks:
        found += [
            (f"interview-{talk.pk}-{n}", f"{talk.asked}笔录第{n}问：{line['q'][:20]}")
            for n, line in enumerate(talk.lines, 1)
        ]
    return found + [(f"site-{row.pk}", f"{moment.day_of(row.visited_at)}现场勘查记录") for row in sites]


def rests_of(told: str) -> Rests:
    """What a value of these choices names."""
    kind, pk, *line = told.split("-")
    return Rests(kind, int(pk), int(line[0]) if line else None)
