"""Reading the evidence store: the bytes of a file, and whether the store still holds what it has acknowledged."""

import math
from collections.abc import Iterator
from enum import Enum
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from django.db.models import F

from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceErased, EvidenceUnreadable
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.sealing import PIECE, SealBroken
from gongjian.kernel.evidence.storage import open_sealed, the_storage


class Fault(Enum):
    """What can be wrong with a stored content."""

    MISSING = "文件不见了。"
    CHANGED = "文件的内容被改动或损坏。"
    UNKNOWN = "存储里有文件，但没有登记。"


class Finding(NamedTuple):
    """One content of which the store and its table disagree."""

    sha256: str
    fault: Fault


def open_evidence(evidence: Evidence) -> BinaryIO:
    """The bytes as they were handed in, to be read from any place; the caller closes it. Raises: EvidenceUnreadable, EvidenceErased.

    A piece that was changed on the disk is noticed when it is read (SealBroken), never handed out.
    """
    if evidence.erased_at:
        raise EvidenceErased
    try:
        return open_sealed(evidence.sha256)
    except (OSError, SealBroken) as error:
        raise EvidenceUnreadable(sha256=evidence.sha256[:12]) from error


def fault_in(name: str, size: int) -> Fault | None:
    """What is wrong with the content under the SHA-256 `name`, by reading all of it."""
    digest, found = sha256(), 0
    try:
        with open_sealed(name) as file:
            while data := file.read(PIECE):
                digest.update(data)
                found += len(data)
    except OSError:
        return Fault.MISSING
    except SealBroken:
        return Fault.CHANGED
    return None if (digest.hexdigest(), found) == (name, size) else Fault.CHANGED


def findings(*, sample: int | None = None) -> Iterator[Finding]:
    """Read what was acknowledged and compare. With `sample`, about so many: another part each day, all of it in turn."""
    rows = Evidence.objects.filter(erased_at=None).order_by("pk")
    if sample:
        parts = max(1, math.ceil(rows.count() / sample))
        rows = rows.alias(part=F("pk") % parts).filter(part=moment.today().toordinal() % parts)
    for name, size in rows.values_list("sha256", "size").iterator(chunk_size=500):
        if fault := fault_in(name, size):
            yield Finding(name, fault)


def files_without_row() -> Iterator[Finding]:
    """Stored contents that no row acknowledges: their upload died before its end. They are reported, not removed."""
    storage = the_storage()
    for first in storage.listdir("")[0]:
        for second in storage.listdir(first)[0]:
            names = storage.listdir(f"{first}/{second}")[1]
            known = set(Evidence.objects.filter(sha256__in=names).values_list("sha256", flat=True))
            yield from (Finding(name, Fault.UNKNOWN) for name in names if name not in known)
