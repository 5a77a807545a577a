"""Reading batches of the green channel: how one goes, and the drafts that a reviewer or signer looks at together."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Max, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.queries import open_to
from gongjian.recognition.errors import AccidentNotFound
from gongjian.recognition.models import Accident, Batch, BatchItem, Proposal
from gongjian.recognition.queries.accident import turns_for
from gongjian.recognition.queries.proposal import Line, lines_for

Operation = Batch.Operation


@dataclass(frozen=True)
class Progress:
    """How a batch goes: all, done, refused; the rest waits."""

    batch: Batch
    total: int
    done: int
    refused: int

    @property
    def tried(self) -> int:
        """How many had their turn."""
        return self.done + self.refused

    @property
    def is_over(self) -> bool:
        """Whether nobody waits any more."""
        return self.tried == self.total


@dataclass(frozen=True)
class Drafted:
    """A victim's draft on the page of a reviewer or signer. lines: its own sentences, those that not all have in common."""

    proposal: Proposal
    lines: list[Line]


@dataclass(frozen=True)
class Drafts:
    """Every draft that waits: what all have in common once, each one's own beside its name, and the digest of all of it."""

    common: list[Line]
    rows: list[Drafted]
    digest: str


def batch_of(accident: Accident, pk: int) -> Batch:
    """One batch of an accident that its reader sees. Raises: AccidentNotFound."""
    found = Batch.objects.select_related("by").filter(accident=accident, pk=pk).first()
    if found is None:
        raise AccidentNotFound
    return found


def progress_of(accident: Accident) -> list[Progress]:
    """The batches of an accident, newest first: one query."""
    return [_progress(row) for row in _counted(Batch.objects.filter(accident=accident))]


def progress(batch: Batch) -> Progress:
    """How one batch goes now: one query."""
    return _progress(_counted(Batch.objects.filter(pk=batch.pk)).get())


def refusals_of(batch: Batch, *, by: User) -> QuerySet[BatchItem]:
    """Whose turn was refused, and why; nobody from whose case the reader keeps away."""
    rows = open_to(batch.items.filter(done_at=None).exclude(refusal=""), by, at="victim__case")
    return rows.select_related("victim__case").order_by("victim__row")


def drafts_of(accident: Accident, operation: Operation, *, by: User) -> dict[int, str]:
    """Case → digest of its last draft, for those that wait to be reviewed or signed: one query."""
    return {row.case_id: row.digest for row in _last_drafts(accident, operation, by)}


def one_digest(drafts: dict[int, str]) -> str:
    """One digest of many drafts: what the page showed."""
    return sha256("".join(f"{case}:{digest};" for case, digest in sorted(drafts.items())).encode()).hexdigest()


def drafts_shown(accident: Accident, operation: Operation, *, by: User) -> Drafts:
    """What a reviewer or signer reads before the word on all of them; at most seven queries, however many there are."""
    rows = list(
        _last_drafts(accident, operation, by).select_related("case__person", "by").order_by("case__victim__row")
    )
    lines = lines_for(rows)
    shared = set.intersection(*({line.text for line in lines[row.pk]} for row in rows)) if rows else set()
    common = [line for line in lines[rows[0].pk] if line.text in shared] if rows else []
    own = [Drafted(row, [line for line in lines[row.pk] if line.text not in shared]) for row in rows]
    return Drafts(common, own, one_digest({row.case_id: row.digest for row in rows}))


def _last_drafts(accident: Accident, operation: Operation, by: User) -> QuerySet[Proposal]:
    waiting = turns_for(accident, operation, by=by).order_by().values("case_id")
    last = Proposal.objects.filter(case__in=waiting).values("case_id").annotate(last=Max("id")).values("last")
    return Proposal.objects.filter(pk__in=last)


def _counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    counted = rows.select_related("by").annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__done_at__isnull=False)),
        refused=Count("items", filter=Q(items__done_at=None) & ~Q(items__refusal="")),
    )
    return counted.order_by("-id")


def _progress(row: Batch) -> Progress:
    told = vars(row)
    return Progress(row, told["total"], told["done"], told["refused"])
