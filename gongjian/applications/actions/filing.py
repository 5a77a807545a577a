"""Filing for many at once: a table becomes drafts, row by row; drafts declared true together become cases, each by itself.

A row is checked as the online form is checked. The same injury is one draft of one account, however often its row comes.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.applications.actions.drafts import unsaved
from gongjian.applications.actions.submission import require_complete, submit_declared
from gongjian.applications.asking import all_faults, filed_as
from gongjian.applications.errors import ApplicantsOnly, FilingNotFound, NothingDeclared, TooManyFiled
from gongjian.applications.filing import TableRow
from gongjian.applications.models import Draft, Filing, FilingRow
from gongjian.kernel import moment
from gongjian.law.errors import RuleError

MOST_OPEN = 4000
"""So many drafts from tables may wait for one account."""
TWICE = "与第{line}行是同一名职工的同一次伤害，只保留了前面一行。"
log = logging.getLogger(__name__)


@transaction.atomic
def file_rows(rows: Sequence[TableRow], *, by: User, office: Office, procedure: str, name: str) -> Filing:
    """Make a draft of each row that is right, and keep each that is not with what is wrong. Nothing that was known is covered.

    Two tables of one account wait for each other. Law: 条例 art. 17, 18. Raises: ApplicantsOnly, TooManyFiled.
    """
    if by.kind != User.Kind.APPLICANT:
        raise ApplicantsOnly
    User.objects.select_for_update().get(pk=by.pk)
    known = _known(len(rows), by)
    filing = Filing.objects.create(procedure=procedure, user=by, office=office, name=name[:200], at=moment.now())
    lines: dict[str, int] = {}
    kept = [_row(filing, row, known, lines) for row in rows]
    Draft.objects.bulk_create([row.draft for row in kept if row.draft and row.is_new], batch_size=500)
    FilingRow.objects.bulk_create(kept, batch_size=500)
    return filing


@transaction.atomic
def forget_wrong(filing: Filing, *, by: User) -> int:
    """Remove the rows that became no draft; how many. Raises: FilingNotFound."""
    _must_own(filing, by)
    return FilingRow.objects.filter(filing=filing, draft=None).delete()[0]


@transaction.atomic
def declare_all(filing: Filing, *, by: User) -> tuple[int, int]:
    """Declare true every draft of a table to which a paper is attached: how many will be handed in, how many are left.

    What is declared is not changed any more. Law: 条例 art. 18, 60. Raises: FilingNotFound, NothingDeclared.
    """
    _must_own(filing, by)
    waiting = Draft.objects.filter(filed_rows__filing=filing, user=by, case=None, dropped_at=None, declared_at=None)
    drafts = list(
        Draft.objects.select_for_update(of=("self",)).filter(pk__in=waiting.values("pk")).select_related("office")
    )
    ready = [draft.pk for draft in drafts if _is_complete(draft)]
    if not ready:
        raise NothingDeclared
    Draft.objects.filter(pk__in=ready).update(declared_at=moment.now(), refused="")
    return len(ready), len(drafts) - len(ready)


def hand_in_declared() -> int:
    """Make the case of every draft that was declared; how many. One that cannot be is given back with the reason and stops no other."""
    waiting = Draft.objects.filter(case=None, dropped_at=None, declared_at__isnull=False)
    return sum(_handed_in(pk) for pk in waiting.order_by("declared_at", "pk").values_list("pk", flat=True))


def _handed_in(pk: int) -> int:
    draft = Draft.objects.select_related("user", "office").get(pk=pk)
    try:
        submit_declared(draft)
    except RuleError as refusal:
        Draft.objects.filter(pk=pk, case=None).update(declared_at=None, refused=str(refusal)[:500])
        return 0
    except Exception:  # it waits for the next run, and the others go on
        log.exception("draft.not_handed_in", extra={"draft": pk})
        return 0
    return 1


def _row(filing: Filing, row: TableRow, known: Mapping[str, Draft], lines: dict[str, int]) -> FilingRow:
    """What becomes of one row. lines: whose which injury → the line that said it first."""
    draft = unsaved(row.told, by=filing.user, office=filing.office, procedure=filing.procedure)
    about = draft.filed_as = filed_as(draft)
    faults = {field: sentence for _, field, sentence in all_faults(draft)} | row.faults
    if not faults and about in lines:
        faults["name"] = TWICE.format(line=lines[about])
    if faults:
        kept: dict[str, Any] = {"cells": row.cells, "faults": faults}
        return FilingRow(filing=filing, line=row.line, **kept)
    lines[about] = row.line
    if about in known:
        return FilingRow(filing=filing, line=row.line, draft=known[about])
    return FilingRow(filing=filing, line=row.line, draft=draft, is_new=True)


def _known(more: int, by: User) -> Mapping[str, Draft]:
    """The drafts of this account that came in tables before, handed in or not. more: rows that come now. Raises: TooManyFiled."""
    drafts = Draft.objects.filter(user=by, dropped_at=None).exclude(filed_as="")
    if drafts.filter(case=None).count() + more > MOST_OPEN:
        raise TooManyFiled(most=MOST_OPEN)
    return {draft.filed_as: draft for draft in drafts.only("filed_as")}


def _must_own(filing: Filing, by: User) -> None:
    if filing.user_id != by.pk or not by.is_active:
        raise FilingNotFound


def _is_complete(draft: Draft) -> bool:
    try:
        require_complete(draft, truthful=True)
    except RuleError:
        return False
    return True
