"""The names of what happens to a limit, with the Chinese words for them (data/events.toml)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.law.errors import EventUnknown
from gongjian.law.parameters import DATA
from gongjian.law.tables import Table, read_table

ENDED = "_ended"


@dataclass(frozen=True)
class Vocabulary:
    """events: name → words. grounds: name of a ground for pausing → words. spans: the grounds that are told with their days only."""

    events: dict[str, str]
    grounds: dict[str, str]
    spans: frozenset[str]

    def title(self, what: str) -> str:
        """The words for an event, for the beginning or the end of a ground. Raises: EventUnknown."""
        found = self.events.get(what) or self.grounds.get(what)
        if found:
            return found
        ground = what.removesuffix(ENDED)
        if what == ground or ground not in self.grounds or ground in self.spans:
            raise EventUnknown(what=what)
        return f"{self.grounds[ground]}的情形消除"


def read_vocabulary(path: Path) -> Vocabulary:
    """The names of one file. Raises: LawDataWrong."""
    table = read_table(path)
    table.only("events", "grounds", "spans")
    parts = dict(table.entries())
    events, grounds, spans = (parts.get(name, Table(table.file, name, {})) for name in ("events", "grounds", "spans"))
    if twice := set(events.data) & set(grounds.data):
        raise grounds.wrong(f"{', '.join(sorted(twice))} is an event, too")
    if unknown := set(spans.data) - set(grounds.data):
        raise spans.wrong(f"{', '.join(sorted(unknown))} is no ground")
    return Vocabulary(
        {name: events.text(name) for name in events.data},
        {name: grounds.text(name) for name in grounds.data},
        frozenset(name for name in spans.data if spans.flag(name)),
    )


@cache
def vocabulary() -> Vocabulary:
    """The names that come with the platform, read once. Raises: LawDataWrong."""
    return read_vocabulary(DATA / "events.toml")
