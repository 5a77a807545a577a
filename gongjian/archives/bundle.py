"""The evidence for a reply to a review or a court, in one go: list, every paper, facts with what they rest on, ledger, manifest, as one stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.archives.offline.container import Member, written
from gongjian.archives.offline.manifest import INDEX, MANIFEST, SEAL, hash_of, seal_of, text_of
from gongjian.archives.packing import account, files
from gongjian.archives.packing.items import Item, entries_of, page_numbers, text
from gongjian.archives.packing.package import path_of_chain
from gongjian.archives.rules import kept_until
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.papers.actions import issue
from gongjian.papers.forms.revision import EvidenceIndex, FoundFact
from gongjian.papers.models import Paper
from gongjian.recognition.models import Remedy
from gongjian.recognition.queries import lines_of
from gongjian.recognition.queries.remedies import must_hold, remedy_of
from gongjian.recognition.rules import norms_of

KIND, FORM, PERMISSION = "evidence_index", "gongjian-evidence-1", "recognition.review"
FACTS = "facts.json"
NORMS = ("《工伤保险条例》", "《工伤认定办法》")


@dataclass(frozen=True)
class Bundle:
    """A bundle ready to flow: its list as a paper, its members in order, the hash of its manifest."""

    index: Paper
    members: tuple[Member, ...]
    manifest_sha256: str

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece; nothing of it lies anywhere in the clear."""
        return written(self.members)

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.index.number}.zip"


@transaction.atomic
def bundle(case: Case, pk: int, *, by: User) -> Bundle:
    """Put the evidence for one review or suit together; that it was taken out is noted in the reading log and on the ledger.

    Law: 复议法 art. 48; 行诉法 art. 67. Raises: NotYours, KeepsAway, RemedyNotFound, FileDamaged, and what issuing a paper raises.
    """
    case = locked(case)
    must_hold(case, PERMISSION, "导出证据材料", by=by)
    remedy = remedy_of(case, pk)
    items = _items(case)
    found = facts_of(remedy)
    record_reading(case.chain, by=by, what=f"导出{remedy.get_kind_display()}证据材料")
    index = _index(case, remedy, items, found, by)
    return _packed(case, remedy, index, items, found)


def facts_of(remedy: Remedy) -> list[FoundFact]:
    """The facts found by the decision at issue, sentence by sentence, with what each rests on."""
    proposal = remedy.decision.proposal
    lines = lines_of(proposal) if proposal else []
    return [FoundFact(sentence=line.text, rests_on=tuple(line.supports) or ("没有登记",)) for line in lines]


def _items(case: Case) -> list[Item]:
    """Everything but earlier lists of this kind, which are no evidence."""
    papers = (item for item in files.papers(case) if not item.path.endswith(f"-{KIND}.pdf"))
    return [*files.materials(case), *papers, *files.attachments(case)]


def _index(case: Case, remedy: Remedy, items: list[Item], found: list[FoundFact], by: User) -> Paper:
    form = partial(
        EvidenceIndex,
        case_number=case.number,
        appraisee=case.person.name,
        employer=case.employer.name if case.employer else "未登记",
        retention_years=kept_until(moment.today(), region=case.office.region, procedure=case.procedure).length,
        entries=entries_of(items),
        compiled_by=by.name,
        matter=f"{remedy.get_side_display()}提出的{remedy.get_kind_display()}（{remedy.organ}，{remedy.matter}）",
        norms=norms_of(remedy.decision.outcome, remedy.decision.heads) if remedy.decision.proposal else NORMS,
        found=tuple(found) or None,
    )
    return issue(KIND, case=case, office=case.office, form=form, by=by)


def _packed(case: Case, remedy: Remedy, index: Paper, items: list[Item], found: list[FoundFact]) -> Bundle:
    chain = account.chain_of(case.chain)
    rows = [item.plain(printed) for item, printed in zip(items, page_numbers(items), strict=True)]
    told = [{"sentence": one.sentence, "rests_on": list(one.rests_on)} for one in found]
    members = [
        files.paper_item("index", index).member,
        text(INDEX, text_of({"case": case.number, "files": rows})),
        text(FACTS, text_of({"decision": remedy.decision.paper.number, "facts": told})),
        *(item.member for item in items),
        text(path_of_chain(chain["chain"]), text_of(chain)),
    ]
    manifest = text_of(
        {
            "form": FORM,
            "case": case.number,
            "office": case.office.code,
            "remedy": {"kind": remedy.kind, "matter": remedy.matter},
            "packed_at": moment.now().isoformat(),
            "files": [{"path": one.name, "size": one.size, "sha256": one.sha256} for one in members],
        }
    )
    closing = (text(MANIFEST, manifest), text(SEAL, seal_of(manifest)))
    return Bundle(index, (*members, *closing), hash_of(manifest))
