"""Reading and checking the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from gongjian.kernel.ledger.hashing import entry_hash, merkle_root
from gongjian.kernel.ledger.models import Anchor, LedgerEntry, LedgerHead
from gongjian.kernel.moment import ZONE


@dataclass(frozen=True)
class Fault:
    """One thing in the ledger that does not hold."""

    chain: str
    sequence: int
    sentence: str


def entries_of(chain: str) -> QuerySet[LedgerEntry]:
    """The entries of one chain, oldest first."""
    return LedgerEntry.objects.filter(chain=chain).select_related("by").order_by("sequence")


def readings_of(chain: str) -> QuerySet[LedgerEntry]:
    """Who has seen personal data of this chain's case, newest first."""
    return entries_of(chain).filter(act="data.read").order_by("-sequence")


def days_without_anchor(*, until: date) -> list[date]:
    """Days with entries, after the newest anchor and up to `until`, oldest first."""
    newest = Anchor.objects.order_by("-day").values_list("day", flat=True).first()
    entries = LedgerEntry.objects.filter(at__lt=_midnight(until + timedelta(days=1)))
    if newest:
        entries = entries.filter(at__gte=_midnight(newest + timedelta(days=1)))
    return list(
        entries.annotate(day=TruncDate("at", tzinfo=ZONE)).values_list("day", flat=True).distinct().order_by("day")
    )


def last_hashes_of(day: date) -> tuple[list[str], int]:
    """(hash of each chain's last entry that day, in the order of the chains' names; number of entries that day)."""
    entries = LedgerEntry.objects.filter(at__gte=_midnight(day), at__lt=_midnight(day + timedelta(days=1)))
    rows = entries.order_by("chain", "-sequence").distinct("chain").values_list("hash", flat=True)
    return list(rows), entries.count()


def verify() -> tuple[int, list[Fault]]:
    """Walk every chain and every anchor: (entries checked, faults found, the first ten at most per kind of walk)."""
    count = 0
    faults: list[Fault] = []
    for entry, fault in _walk():
        count += entry
        if fault and len(faults) < 10:
            faults.append(fault)
    return count, [*faults, *_heads_without_entries(), *_bad_anchors()]


def _walk() -> Iterator[tuple[int, Fault | None]]:
    entries = LedgerEntry.objects.order_by("chain", "sequence").iterator(chunk_size=5000)
    heads: Any = LedgerHead.objects.order_by("chain").iterator(chunk_size=5000)
    head = next(heads, None)
    for chain, group in groupby(entries, key=lambda entry: entry.chain):
        place, previous = 0, ""
        for entry in group:
            place += 1
            yield 1, _fault_of(entry, place, previous)
            place, previous = entry.sequence, entry.hash
        while head and head.chain < chain:
            head = next(heads, None)
        if head is None or head.chain != chain or (head.sequence, head.hash) != (place, previous):
            yield 0, Fault(chain, place, "链尾与登记的末条不一致：可能有条目被删除。")


def _fault_of(entry: LedgerEntry, place: int, previous: str) -> Fault | None:
    if entry.sequence != place:
        return Fault(entry.chain, place, "缺少这一条：序号不连续。")
    if entry.previous_hash != previous:
        return Fault(entry.chain, place, "与前一条的衔接被改动。")
    told = entry_hash(
        chain=entry.chain,
        sequence=entry.sequence,
        act=entry.act,
        by=entry.by_id,
        at=entry.at,
        facts=entry.facts,
        previous=previous,
    )
    return None if told == entry.hash else Fault(entry.chain, place, "内容与其哈希不符：条目被改动。")


def _heads_without_entries() -> list[Fault]:
    missing = LedgerHead.objects.filter(sequence__gt=0).extra(
        where=["NOT EXISTS (SELECT 1 FROM kernel_ledgerentry e WHERE e.chain = kernel_ledgerhead.chain)"]
    )
    return [Fault(head.chain, head.sequence, "整条链的条目都不见了。") for head in missing[:10]]


def _bad_anchors() -> list[Fault]:
    faults, before = [], ""
    for anchor in Anchor.objects.order_by("day").iterator():
        hashes, _ = last_hashes_of(anchor.day)
        root = merkle_root([*([before] if before else []), *hashes])
        if (root, before) != (anchor.root, anchor.previous_root):
            faults.append(Fault("anchor", 0, f"{anchor.day} 的日锚与账目不符。"))
        before = anchor.root
    return faults[:10]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZONE)
