"""Writing down what stands behind neutral reasons, each with a salt of its own, and keeping it with the draw."""

import secrets
from dataclasses import dataclass, field

from gongjian.accounts.models import User
from gongjian.draws.lot.canonical import FIRST, Document, canonical
from gongjian.draws.lot.records import record_hash
from gongjian.draws.models import ChangeRequest, Draw, ReasonRecord
from gongjian.draws.queries.exact import Note
from gongjian.kernel import moment

SALT_BYTES = 16


@dataclass
class Notebook:
    """Exact reasons on their way into a document that everybody may read."""

    notes: list[tuple[str, bytes, Document]] = field(default_factory=list)

    def note(self, exact: Document) -> str:
        """Write a reason down; its hash for the public document."""
        salt = secrets.token_bytes(SALT_BYTES)
        noted = record_hash(exact, salt)
        self.notes.append((noted, salt, exact))
        return noted

    def note_for(self, algorithm: str) -> Note:
        """How reasons are noted for a document of an algorithm. Documents of the first name no record; it is kept all the same."""
        return self._silent if algorithm == FIRST else self.note

    def _silent(self, exact: Document) -> str:
        self.note(exact)
        return ""

    def keep(self, draw: Draw, *, change: ChangeRequest | None = None, declared_by: User | None = None) -> None:
        """Keep everything noted, in the caller's transaction. change: the request that was confirmed; declared_by: the expert who declared."""
        ReasonRecord.objects.bulk_create(
            ReasonRecord(
                draw=draw, hash=noted, salt=salt.hex(), exact=canonical(exact).decode(), change=change,
                declared_by=declared_by, at=moment.now(),
            )
            for noted, salt, exact in self.notes
        )  # fmt: skip
