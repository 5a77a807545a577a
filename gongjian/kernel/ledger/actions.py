"""Writing the ledger."""

import json
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction

from gongjian.kernel import moment
from gongjian.kernel.ledger.hashing import canonical, entry_hash, merkle_root
from gongjian.kernel.ledger.models import Anchor, LedgerEntry, LedgerHead
from gongjian.kernel.ledger.queries import days_without_anchor, last_hashes_of

READING = "data.read"


@transaction.atomic
def record(chain: str, act: str, *, by: AbstractBaseUser | None, **facts: Any) -> LedgerEntry:
    """Append one entry to `chain`, in the caller's transaction. The facts hold ids, dates, codes and hashes, never personal text."""
    head = _locked_head(chain)
    plain = json.loads(canonical(facts))
    entry = LedgerEntry(
        chain=chain,
        sequence=head.sequence + 1,
        act=act,
        by_id=by.pk if by else None,
        at=moment.now(),
        facts=plain,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(
        chain=chain,
        sequence=entry.sequence,
        act=act,
        by=entry.by_id,
        at=entry.at,
        facts=plain,
        previous=head.hash,
    )
    entry.save(force_insert=True)
    LedgerHead.objects.filter(pk=chain).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def record_reading(chain: str, *, by: AbstractBaseUser, what: str) -> LedgerEntry:
    """Note that `by` has seen personal data of the chain's case: the person concerned can see who looked at what."""
    return record(chain, READING, by=by, what=what)


@transaction.atomic
def anchor_days(*, until: date) -> int:
    """Anchor each finished day up to and including `until` that has entries and no anchor yet; how many were made.

    A day is only anchored when it is over. Running it twice, or twice at once, makes each anchor once.
    """
    _one_at_a_time()
    made = 0
    for day in days_without_anchor(until=min(until, moment.today() - timedelta(days=1))):
        _anchor(day)
        made += 1
    return made


def _anchor(day: date) -> Anchor:
    hashes, entries = last_hashes_of(day)
    previous = Anchor.objects.filter(day__lt=day).order_by("-day").first()
    before = previous.root if previous else ""
    root = merkle_root([*([before] if before else []), *hashes])
    return Anchor.objects.create(
        day=day, chains=len(hashes), entries=entries, root=root, previous_root=before, made_at=moment.now()
    )


def _locked_head(chain: str) -> LedgerHead:
    locked = LedgerHead.objects.select_for_update()
    if head := locked.filter(pk=chain).first():
        return head
    LedgerHead.objects.bulk_create([LedgerHead(chain=chain)], ignore_conflicts=True)
    return locked.get(pk=chain)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gongjian.ledger.anchor'))")
