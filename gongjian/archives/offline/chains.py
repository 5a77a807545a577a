"""Recomputing the ledger's chains of a package, and the daily anchors to which they lead."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from gongjian.archives.offline.findings import Report
from gongjian.archives.offline.manifest import Document
from gongjian.kernel.ledger.hashing import canonical, entry_hash
from gongjian.kernel.ledger.proof import root_by

ZONE = ZoneInfo("Asia/Shanghai")


def check_chain(chain: str, entries: Sequence[Document], told: Document, report: Report) -> None:
    """Recompute every entry of a chain from its first one on. told: length and last hash as the manifest says. Raises: as `entry_hash`."""
    place, previous = 0, ""
    for entry in entries:
        place += 1
        about = f"{chain} 第{place}条"
        if entry["sequence"] != place:
            report.wrong("ledger.gap", about)
        if entry["previous"] != previous:
            report.wrong("ledger.link", about)
        if not _holds(chain, entry):
            report.wrong("ledger.entry", about)
        previous = entry["hash"]
    report.entries += place
    if (place, previous) != (told["entries"], told["last"]):
        report.wrong("ledger.length", chain)


def _holds(chain: str, entry: Document) -> bool:
    at = datetime.fromisoformat(entry["at"])
    computed = entry_hash(
        chain=chain,
        sequence=entry["sequence"],
        act=entry["act"],
        by=entry["by"],
        at=at,
        facts=entry["facts"],
        previous=entry["previous"],
    )
    return computed == entry["hash"] and canonical(at) == canonical(entry["at"])


def check_anchors(chains: dict[str, list[Document]], anchors: Sequence[Document], report: Report) -> None:
    """Lead the last entry of each day to that day's root, as far as the package has anchors."""
    known = {(anchor["chain"], anchor["day"]): anchor for anchor in anchors}
    newest = max((anchor["day"] for anchor in anchors), default="")
    for chain, entries in chains.items():
        for day, last, count in _days(entries):
            anchor = known.pop((chain, day), None)
            if anchor is None:
                _without(chain, day, count, newest, report)
            else:
                _lead(chain, last, anchor, report)
    for chain, day in known:
        report.wrong("anchor.root", f"{chain} {day}")


def _without(chain: str, day: str, count: int, newest: str, report: Report) -> None:
    if day <= newest:
        report.wrong("anchor.missing", f"{chain} {day}")
    report.unanchored += count


def _lead(chain: str, last: Document, anchor: Document, report: Report) -> None:
    root = root_by(last["hash"], [(side, neighbour) for side, neighbour in anchor["path"]])
    day = anchor["day"]
    if root != anchor["root"] or report.roots.setdefault(day, root) != root:
        report.wrong("anchor.root", f"{chain} {day}")


def _days(entries: Sequence[Document]) -> Iterator[tuple[str, Document, int]]:
    """(day in China, its last entry, how many entries it has)."""
    for day, group in groupby(entries, key=day_of):
        rows = list(group)
        yield day, rows[-1], len(rows)


def day_of(entry: Document) -> str:
    """The day of an entry in China, as ISO text."""
    return datetime.fromisoformat(entry["at"]).astimezone(ZONE).date().isoformat()


def entry_of(sequence: int, act: str, by: int | None, at: datetime, facts: Any, previous: str, hash: str) -> Document:
    """An entry as a package holds it."""
    told = at.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "sequence": sequence,
        "act": act,
        "by": by,
        "at": told,
        "facts": facts,
        "previous": previous,
        "hash": hash,
    }
