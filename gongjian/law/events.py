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
    """events: name → words. grounds: name of a ground for pausing → words. ended: ground → the words for its end, where it has its own.

    spans: the grounds that are told with their days only.
    """

    events: dict[str, str]
    grounds: dict[str, str]
    ended: dict[str, str]
    spans: frozenset[str]

    def title(self, what: str) -> str:
        """The words for an event, for the beginning or the end of a ground. Raises: EventUnknown."""
        found = self.events.get(what) or self.grounds.get(what)
        if found:
            return found
        ground = what.removesuffix(ENDED)
        if what == ground or ground not in self.grounds or ground in self.spans:
            raise EventUnknown(what=what)
        return self.ended.get(ground) or f"{self.grounds[ground]}的情形消除"


def read_vocabulary(path: Path) -> Vocabulary:
    """The names of one file. Raises: LawDataWrong."""
    table = read_table(path)
    table.only("events", "grounds", "ended", "spans")
    parts = dict(table.entries())
    names = ("events", "grounds", "ended", "spans")
    events, grounds, ended, spans = (parts.get(name, Table(table.file, name, {})) for name in names)
    if twice := set(events.data) & set(grounds.data):
        raise grounds.wrong(f"{', '.join(sorted(twice))} is an event, too")
    for part in (ended, spans):
        if unknown := set(part.data) - set(grounds.data):
            raise part.wrong(f"{', '.join(sorted(unknown))} is no ground")
    return Vocabulary(
        {name: events.text(name) for name in events.data},
        {name: grounds.text(name) for name in grounds.data},
        {name: ended.text(name) for name in ended.data},
        frozenset(name for name in spans.data if spans.flag(name)),
    )


@cache
def vocabulary() -> Vocabulary:
    """The names that come with the platform, read once. Raises: LawDataWrong."""
    return read_vocabulary(DATA / "events.toml")
