"""One file of a package before it is packed, and where its bytes come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongjian.archives.errors import FileDamaged
from gongjian.archives.offline.container import PIECE, Member, in_memory, measured
from gongjian.archives.offline.manifest import Document
from gongjian.kernel.evidence.errors import EvidenceUnreadable
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.responses import ENDINGS
from gongjian.kernel.evidence.sealing import SealBroken
from gongjian.papers.forms.dossier import DossierEntry


@dataclass(frozen=True)
class Item:
    """A file with what the index of the case file says about it. pages: of paper when printed, 0 for what is not paged."""

    role: str
    title: str
    author: str
    dated: date
    member: Member
    number: str = ""
    pages: int = 0

    @property
    def path(self) -> str:
        return self.member.name

    def plain(self, printed: str) -> Document:
        """The row of the index. printed: page numbers as the index says them."""
        return {
            "path": self.path,
            "role": self.role,
            "title": self.title,
            "number": self.number,
            "author": self.author,
            "dated": self.dated.isoformat(),
            "pages": printed,
            "sha256": self.member.sha256,
        }


def kept(path: str, evidence: Evidence, *, title: str) -> Member:
    """A file of the evidence store, read and compared with the hash under which it was received. Raises: FileDamaged."""

    def pieces() -> Iterator[bytes]:
        try:
            with open_evidence(evidence) as file:
                while piece := file.read(PIECE):
                    yield piece
        except (EvidenceUnreadable, SealBroken, OSError) as error:
            raise FileDamaged(title=title) from error

    member = measured(path + ENDINGS[Kind(evidence.kind)], pieces)
    if member.sha256 != evidence.sha256:
        raise FileDamaged(title=title)
    return member


def text(path: str, content: bytes) -> Member:
    """A file written by us."""
    return in_memory(path, content)


def entries_of(items: list[Item]) -> tuple[DossierEntry, ...]:
    """The rows of the printed index."""
    return tuple(
        DossierEntry(
            title=item.title,
            number=item.number or None,
            author=item.author,
            dated=item.dated,
            pages=printed,
            sha256=item.member.sha256,
        )
        for item, printed in zip(items, page_numbers(items), strict=True)
    )


def page_numbers(items: list[Item]) -> list[str]:
    """What the index prints for each file: pages counted through ("3—5"), or 电子 for what has none."""
    printed, last = [], 0
    for item in items:
        first, last = last + 1, last + item.pages
        span = f"{first}—{last}" if last > first else f"{first}"
        printed.append(span if item.pages else "电子")
    return printed
