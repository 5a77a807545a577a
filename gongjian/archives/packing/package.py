"""Putting the package together: everything of the case, the manifest over it, and one stream of bytes into the store."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjian.accounts.models import User
from gongjian.archives.errors import FileDamaged
from gongjian.archives.offline.container import Member, written
from gongjian.archives.offline.manifest import (
    ANCHORS,
    FORM,
    INDEX,
    MANIFEST,
    METADATA,
    SEAL,
    Document,
    hash_of,
    seal_of,
    text_of,
)
from gongjian.archives.packing import account, files, testimony
from gongjian.archives.packing.items import Item, page_numbers, text
from gongjian.archives.packing.metadata import metadata, offices, people
from gongjian.archives.packing.readme import README, readme
from gongjian.archives.records import Writer
from gongjian.cases.models import Case
from gongjian.draws.models import Draw
from gongjian.kernel import moment
from gongjian.law.clock import Deadline
from gongjian.opinions.errors import SealBroken
from gongjian.papers.models import Paper
from gongjian.recognition.states import RECOGNITION

MATTERS = {RECOGNITION: "工伤认定"}
"""What a file is called where it is none of an appraisal."""


@dataclass(frozen=True)
class Gathered:
    """All that stands in the index of a case file. draws: those whose receipts are among the items; users: whom the records name."""

    case: Case
    items: tuple[Item, ...]
    draws: tuple[Draw, ...]
    users: frozenset[int]


@dataclass(frozen=True)
class Package:
    """A package ready to flow: its files in order, the manifest's hash, how many entries of the case's chain it holds."""

    members: tuple[Member, ...]
    manifest_sha256: str
    entries: int

    @property
    def files(self) -> int:
        return len(self.members)


class Flow:
    """The bytes of a package for whoever reads them piece by piece; they lie nowhere in the clear."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._pieces = written(members)

    def read(self, size: int, /) -> bytes:
        return next((piece for piece in self._pieces if piece), b"")


def gathered(case: Case) -> Gathered:
    """Everything that belongs into the file of a case, each file read and compared. Raises: FileDamaged."""
    draws = testimony.draws_of(case)
    writer = Writer()
    office = case.office.name
    records = [
        Item("record", f"办理记录：{room}", office, moment.today(), text(f"records/{room}.json", text_of(tables)))
        for room, tables in sorted(writer.records(case).items())
    ]
    items = [*files.materials(case), *files.papers(case), *files.attachments(case), *_said(case)]
    items += [*(testimony.receipt(draw) for draw in draws), *testimony.receipts_elsewhere(case), *records]
    return Gathered(case, tuple(items), tuple(draws), frozenset(writer.users))


def _said(case: Case) -> Iterator[Item]:
    try:
        said = list(testimony.statements(case))
    except SealBroken as error:
        raise FileDamaged(title="专家意见") from error
    yield from (one.item() for one in said)
    yield testimony.signatures(said, author=case.office.name)


def packed(all_of_it: Gathered, index: Paper, kept: Deadline, *, at: datetime, by: User) -> Package:
    """The package with its index, ledger and manifest. The same rows and the same instant give the same bytes. Raises: FileDamaged."""
    case, items = all_of_it.case, list(all_of_it.items)
    rows = [item.plain(printed) for item, printed in zip(items, page_numbers(items), strict=True)]
    rows.append(files.paper_item("index", index).plain("目录"))
    chains = [account.chain_of(case.chain), *(account.chain_of(draw.chain) for draw in all_of_it.draws)]
    told = metadata(case, items, kept, at=at, by=by)
    told["人员"] = people(all_of_it.users | account.acting(chains))
    told["单位"] = offices()
    members = [
        text(README, _readme(case, kept, at)),
        files.paper_item("index", index).member,
        text(INDEX, text_of({"case": case.number, "files": rows})),
        text(METADATA, text_of(told)),
        *(item.member for item in items),
        *(text(path_of_chain(chain["chain"]), text_of(chain)) for chain in chains),
        text(ANCHORS, text_of(account.anchors_of(chains))),
    ]
    manifest = text_of(_manifest(case, members, chains, all_of_it.draws, at))
    closing = [text(MANIFEST, manifest), text(SEAL, seal_of(manifest))]
    return Package((*members, *closing), hash_of(manifest), len(chains[0]["entries"]))


def path_of_chain(chain: str) -> str:
    """Where a chain stands in the package."""
    kind, _, number = chain.partition(":")
    return "ledger/case.json" if kind == "case" else f"ledger/{kind}-{number}.json"


def _manifest(
    case: Case, members: Iterable[Member], chains: Iterable[Document], draws: Iterable[Draw], at: datetime
) -> dict[str, Any]:
    return {
        "form": FORM,
        "case": case.number,
        "office": case.office.code,
        "packed_at": at.isoformat(),
        "files": [{"path": one.name, "size": one.size, "sha256": one.sha256} for one in members],
        "chains": [
            {
                "chain": chain["chain"],
                "path": path_of_chain(chain["chain"]),
                "entries": len(chain["entries"]),
                "last": chain["entries"][-1]["hash"],
            }
            for chain in chains
        ],
        "draws": [f"draws/{draw.number}.json" for draw in draws],
    }


def _readme(case: Case, kept: Deadline, at: datetime) -> bytes:
    return readme(
        number=case.number,
        matter=MATTERS.get(case.procedure, "劳动能力鉴定"),
        office=case.office.name,
        archived_on=moment.day_of(at).isoformat(),
        years=kept.length,
        until=kept.due.isoformat(),
        basis=kept.basis.source,
    )
