"""A letter is a row, signed and written in the transaction of the act it tells of; a sweep sends it."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from gongjian.exchange.models import Enclosure, Matter, Posted
from gongjian.exchange.rules import VALID, File, Letter, canonical, digest_of
from gongjian.exchange.states import OPENING, Kind
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.papers.actions import signature_of


class Attached(NamedTuple):
    """A stored file and what it is called in the letter."""

    evidence: Evidence
    name: str


def write(
    matter: Matter, kind: Kind, *, text: str = "", due_on: date | None = None, files: Sequence[Attached] = ()
) -> Posted:
    """Write the next letter of a matter, with the office's signature. The caller has locked the matter."""
    now = moment.now()  # once: a letter holds thirty days, and not a moment longer
    letter = Letter(
        sender=matter.office.code,
        audience=matter.peer.code,
        matter=matter.key,
        number=matter.letters.filter(is_ours=True).count() + 1,
        kind=kind,
        made_at=now,
        expires_at=now + VALID,
        text=text,
        due_on=due_on,
        about=matter.about if kind in OPENING else {},
        files=tuple(File(each.name, each.evidence.sha256, each.evidence.size) for each in files),
    )
    content = canonical(letter)
    row = Posted.objects.create(
        matter=matter,
        is_ours=True,
        number=letter.number,
        kind=kind,
        content=content.decode(),
        digest=digest_of(content),
        signature=b64encode(signature_of(matter.office).sign_bytes(content)).decode(),
        made_at=letter.made_at,
        expires_at=letter.expires_at,
        sending=Posted.Sending.PENDING,
        next_attempt_at=letter.made_at,
    )
    for order, (evidence, name) in enumerate(files, 1):
        Enclosure.objects.create(
            letter=row, order=order, name=name, sha256=evidence.sha256, size=evidence.size, evidence=evidence
        )
    return row
