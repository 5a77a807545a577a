"""Taking files in, and clearing away what was never taken in."""

import logging
import math
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction

from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceBroken, EvidenceTooLarge, NotErasable, NotStored
from gongjian.kernel.evidence.inspection import inspect
from gongjian.kernel.evidence.kinds import MATERIALS, Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import fault_in
from gongjian.kernel.evidence.sealing import PIECE, SealBroken, Sealer
from gongjian.kernel.evidence.storage import (
    evidence_keys,
    incoming,
    part_file,
    place_of,
    plain_bytes,
    the_storage,
)

log = logging.getLogger(__name__)


class Stream(Protocol):
    """What arrives: an upload, an open file, bytes in memory."""

    def read(self, size: int, /) -> bytes: ...


class Received(NamedTuple):
    """A file as it arrived."""

    sha256: str
    size: int


def store(stream: Stream, *, name: str, by: AbstractBaseUser | None, allowed: frozenset[Kind] = MATERIALS) -> Evidence:
    """Take a file in: the answer means that its bytes lie in the store, were read back, and have the answer's hash.

    stream: read once from where it stands to its end. name: what the sender calls it (see `inspect`). The same content, twice or at
    once, gives the same row. Dying at any point leaves no row, or a row with its readable file; nothing plain is written to the disk.
    Raises: EvidenceTooLarge, EvidenceBroken, KindNotAllowed, PictureTooLarge, NotStored.
    """
    try:
        with part_file() as part:
            received = receive(stream, part)
            with plain_bytes(part, received.sha256) as plain:
                kind, pages = inspect(plain, name=name, allowed=allowed)
                put_away(part, received)
    except (OSError, SealBroken) as error:
        log.exception("evidence.not_stored")
        raise NotStored from error
    return acknowledge(received, kind=kind, pages=pages, by=by)


def keep(stream: Stream, *, kind: Kind, by: AbstractBaseUser | None) -> Evidence:
    """Take in a file that the platform itself has made: as `store`, but of any size, and its kind is told. Raises: NotStored."""
    try:
        with part_file() as part:
            received = receive(stream, part, limit=math.inf)
            put_away(part, received)
    except (OSError, SealBroken) as error:
        log.exception("evidence.not_stored")
        raise NotStored from error
    return acknowledge(received, kind=kind, pages=1, by=by)


def receive(stream: Stream, part: Any, *, limit: float | None = None) -> Received:
    """Write what comes, encrypted, into `part`. limit: bytes, by default those of the setting.

    Raises: EvidenceTooLarge, EvidenceBroken when nothing comes.
    """
    limit = settings.EVIDENCE_MAX_BYTES if limit is None else limit
    sealer, digest, size = Sealer(part, evidence_keys().newest), sha256(), 0
    while data := stream.read(PIECE):
        size += len(data)
        if size > limit:
            raise EvidenceTooLarge(limit_mb=int(limit) // 2**20)
        digest.update(data)
        sealer.write(data)
    if not size:
        raise EvidenceBroken(reason="文件是空的")
    sealer.finish(digest.hexdigest())
    part.flush()
    return Received(digest.hexdigest(), size)


def put_away(part: Any, received: Received) -> None:
    """Put the sealed file under its name, unless it is there, and read it back. Raises: NotStored."""
    storage, place = the_storage(), place_of(received.sha256)
    if not storage.exists(place):
        part.seek(0)
        storage.save(place, File(part))
    if fault := fault_in(received.sha256, received.size):
        log.error("evidence.not_stored", extra={"fault": fault.name})
        raise NotStored


@transaction.atomic
def acknowledge(received: Received, *, kind: Kind, pages: int, by: AbstractBaseUser | None) -> Evidence:
    """The row of a content that was read back; the first one stays. Content that was erased and has come again is there again."""
    row, is_new = Evidence.objects.get_or_create(
        sha256=received.sha256,
        defaults={
            "size": received.size,
            "kind": kind,
            "page_count": pages,
            "stored_at": moment.now(),
            "stored_by_id": by.pk if by else None,
        },
    )
    if not is_new and Evidence.objects.filter(pk=row.pk, erased_at__isnull=False).update(erased_at=None):
        row.erased_at = None
    return row


@transaction.atomic
def erase(evidence: Evidence) -> bool:
    """Let the bytes of a piece of a recording be gone for good; whether they were still there. A second time does no harm.

    The room that keeps it has decided so and says it in the ledger; nothing else is ever erased. The bytes go before the row says so:
    a process that dies between leaves a row whose erasing is done again. Law: 个保法 art. 19, 47. Raises: NotErasable.
    """
    if evidence.kind != Kind.FILM_PIECE:
        raise NotErasable
    row = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if row.erased_at:
        return False
    the_storage().delete(place_of(row.sha256))
    return bool(Evidence.objects.filter(pk=row.pk).update(erased_at=moment.now()))


def sweep_incoming() -> int:
    """Remove what was being received a day ago and never acknowledged; how many files."""
    oldest = moment.now() - timedelta(days=1)
    left = [path for path in incoming().iterdir() if path.stat().st_mtime < oldest.timestamp()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
