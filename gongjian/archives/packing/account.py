"""The ledger of a case as a package holds it: whole chains, and for each day the path to the published root."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from gongjian.archives.offline.chains import day_of, entry_of
from gongjian.archives.offline.manifest import Document
from gongjian.kernel.ledger.models import Anchor
from gongjian.kernel.ledger.proof import path_of
from gongjian.kernel.ledger.queries import entries_of, last_hashes_of


def chain_of(chain: str) -> Document:
    """A chain from its first entry to its present end."""
    entries = [
        entry_of(row.sequence, row.act, row.by_id, row.at, row.facts, row.previous_hash, row.hash)
        for row in entries_of(chain)
    ]
    return {"chain": chain, "entries": entries}


def acting(chains: Sequence[Document]) -> set[int]:
    """Ids of the users who act in these chains."""
    return {entry["by"] for chain in chains for entry in chain["entries"] if entry["by"] is not None}


def anchors_of(chains: Sequence[Document]) -> list[Document]:
    """How the last entry of each anchored day leads to that day's root."""
    found = []
    for chain in chains:
        for day, entries in groupby(chain["entries"], key=day_of):
            *_, last = entries
            if anchor := Anchor.objects.filter(day=date.fromisoformat(day)).first():
                found.append(_anchored(chain["chain"], last["hash"], anchor))
    return sorted(found, key=lambda one: (one["day"], one["chain"]))


def _anchored(chain: str, last: str, anchor: Anchor) -> Document:
    hashes, _ = last_hashes_of(anchor.day)
    leaves = [*([anchor.previous_root] if anchor.previous_root else []), *hashes]
    return {
        "chain": chain,
        "day": anchor.day.isoformat(),
        "root": anchor.root,
        "previous_root": anchor.previous_root,
        "path": [list(step) for step in path_of(leaves, leaves.index(last))],
    }
