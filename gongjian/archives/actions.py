"""All writing of archives: closing a case file, and lending it."""

from functools import partial
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.archives.errors import BorrowingEnded, NotComplete, ReasonMissing
from gongjian.archives.models import Archive, Borrowing
from gongjian.archives.packing.files import INDEX_KIND
from gongjian.archives.packing.items import entries_of
from gongjian.archives.packing.package import Flow, Gathered, gathered, packed
from gongjian.archives.queries import archive_for, borrowing_for, lacks_of
from gongjian.archives.rules import BORROWED_FOR, Purpose, is_lent, kept_until
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import keep
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.clock import Deadline
from gongjian.papers.actions import issue
from gongjian.papers.forms.dossier import DossierIndex
from gongjian.papers.models import Paper


@transaction.atomic
def archive(case: Case, *, by: User) -> Archive:
    """Close the file of an ended case: index, package, retention, and the manifest's hash in the ledger; all of it or nothing.

    Law: 令55 art. 23; 档案法 art. 37.
    Raises: MoveNotAllowed, NotYours, NotComplete, FileDamaged, NotStored, and what issuing a paper raises.
    """
    case = locked(case)
    allowed_move(case, "archive", by=by)
    if missing := lacks_of(case):
        raise NotComplete(lacks="；".join(missing))
    kept, at = kept_until(moment.today(), region=case.office.region, procedure=case.procedure), moment.now()
    everything = gathered(case)
    index = _issue_index(everything, kept, by)
    package = packed(everything, index, kept, at=at, by=by)
    evidence = keep(Flow(package.members), kind=Kind.PACKAGE, by=by)
    told: dict[str, Any] = {"manifest": package.manifest_sha256, "package": evidence.sha256, "kept_until": kept.due}
    move(case, "archive", by=by, files=package.files, **told)
    return Archive.objects.create(
        case=case,
        office=case.office,
        index=index,
        package=evidence,
        manifest_sha256=package.manifest_sha256,
        files=package.files,
        entries=package.entries,
        archived_at=at,
        archived_by=by,
        retention_years=kept.length,
        retention_until=kept.due,
        retention_basis=kept.basis.source[:200],
    )


def _issue_index(everything: Gathered, kept: Deadline, by: User) -> Paper:
    case, items = everything.case, list(everything.items)
    form = partial(
        DossierIndex,
        case_number=case.number,
        appraisee=case.person.name,
        employer=case.employer.name if case.employer else "未登记",
        retention_years=kept.length,
        entries=entries_of(items),
        compiled_by=by.name,
    )
    return issue(INDEX_KIND, case=case, office=case.office, form=form, by=by)


@transaction.atomic
def borrow(number: str, *, purpose: Purpose, reason: str, by: User) -> Borrowing:
    """Note what a closed file is needed for; for a day, its package may then be downloaded. The person concerned can see it.

    Law: 个保法 art. 6, 51. Raises: ArchiveNotFound, ReasonMissing.
    """
    found = archive_for(number, by=by)
    if not reason.strip():
        raise ReasonMissing
    told = {"purpose": purpose, "reason": reason.strip()[:500], "at": moment.now()}
    borrowing = Borrowing.objects.create(archive=found, by=by, **told)
    record_reading(found.case.chain, by=by, what=f"调阅归档案卷：{purpose.label}")
    return borrowing


@transaction.atomic
def hand_out(pk: int, *, by: User) -> Archive:
    """The file of one's own borrowing, each time noted. Raises: BorrowingNotFound, BorrowingEnded."""
    borrowing = borrowing_for(pk, by=by)
    if not is_lent(borrowing.at, now=moment.now()):
        raise BorrowingEnded(hours=int(BORROWED_FOR.total_seconds() // 3600))
    record_reading(borrowing.archive.case.chain, by=by, what="下载归档案卷")
    return borrowing.archive
