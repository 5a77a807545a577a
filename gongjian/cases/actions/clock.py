"""Starting, moving and meeting the limits of a case."""

from collections.abc import Callable, Collection
from datetime import date

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least

from gongjian.accounts.models import User
from gongjian.cases.errors import ExtendedAlready, ReasonMissing
from gongjian.cases.models import Case, CaseLimit, LimitChange, Obligation
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries.clock import deadline_of, last_day_of, postponements_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.clock import Extension, Postponement, check_extension
from gongjian.law.parameters import parameter

DECIDE = "LA-DECIDE"
FOLLOWERS: list[Callable[[CaseLimit], None]] = []
"""What rooms above do, in the same transaction, when a limit was recounted: their own copies of its day follow."""


@transaction.atomic
def start_limit(case: Case, limit: str, *, start: date, about: str = "") -> CaseLimit:
    """Let a limit run from `start` (not counted). Starting it again changes nothing."""
    row = CaseLimit(case=case, limit=limit, about=about, start_on=start, due_on=start)
    row.due_on = deadline_of(row).due
    row, made = CaseLimit.objects.get_or_create(
        case=case, limit=limit, about=about, defaults={"start_on": start, "due_on": row.due_on}
    )
    if made:
        _let_case_follow(case, limit)
    return row


@transaction.atomic
def meet_limit(case: Case, limit: str, *, on: date, about: str = "") -> None:
    """Note the day a limit was met; a limit met before keeps its first day."""
    CaseLimit.objects.filter(case=case, limit=limit, about=about, met_on=None).update(met_on=on)


@transaction.atomic
def end_limit(case: Case, limit: str, *, on: date) -> None:
    """A limit falls away without being met, as when a case leaves the simple track; what is left of it stays on record."""
    if CaseLimit.objects.filter(case=case, limit=limit, about="", met_on=None, ended_on=None).update(ended_on=on):
        _let_case_follow(case, limit)


@transaction.atomic
def pause(case: Case, limit: str, *, on: date) -> None:
    """Stop a limit from the day `on` until `resume`. A second time changes nothing. Law: 条例 art. 20; 令8 art. 20."""
    rows = CaseLimit.objects.filter(case=case, limit=limit, about="", met_on=None, ended_on=None, paused_on=None)
    if rows.update(paused_on=on):
        _let_case_follow(case, limit)


@transaction.atomic
def resume(case: Case, limit: str, *, on: date, reason: str, article: str, by: User | None) -> None:
    """Let a paused limit run again: the days from the pause up to, but without, `on` do not count. Law: 条例 art. 20; 令8 art. 20.

    Raises: ReasonMissing.
    """
    first = CaseLimit.objects.filter(case=case, limit=limit, about="").values_list("paused_on", flat=True).first()
    if first is None:
        return
    CaseLimit.objects.filter(case=case, limit=limit, about="").update(paused_on=None)
    _let_case_follow(case, limit)
    if on > first:
        postpone(case, first=first, until=on, reason=reason, by=by, limit=limit, article=article)


@transaction.atomic
def postpone(
    case: Case,
    *,
    first: date,
    until: date,
    reason: str,
    by: User | None,
    limit: str = DECIDE,
    article: str = "令55 第十二条",
) -> CaseLimit:
    """Let the days from `first` up to, but without, `until` not count. Law: 令55 art. 12 (an approved reschedule postpones the decision).

    Raises: ReasonMissing, PostponementWrong.
    """
    Postponement.between(first, until)
    return _change(
        case,
        limit,
        LimitChange(kind=LimitChange.Kind.POSTPONED, from_on=first, until_on=until, article=article),
        reason,
        by,
    )


@transaction.atomic
def extend(case: Case, *, reason: str, by: User) -> CaseLimit:
    """Extend the decision limit, once. Law: 令55 art. 10 (30 days, complex cases or many specialties).

    Raises: ExtendedAlready, ReasonMissing, ExtensionTooLate.
    """
    row = _locked(case, DECIDE)
    if row.changes.filter(kind=LimitChange.Kind.EXTENDED).exists():
        raise ExtendedAlready
    days = parameter("decide_extension_days", on=moment.today(), region=case.office.region).number
    if not reason.strip():
        raise ReasonMissing
    check_extension(
        DECIDE,
        deadline_of(row).start,
        Extension(length=days, on=moment.today(), reason=reason),
        region=case.office.region,
        postponements=postponements_of(row),
    )
    change = LimitChange(kind=LimitChange.Kind.EXTENDED, days=days, article="令55 第十条")
    return _change(case, DECIDE, change, reason, by)


@transaction.atomic
def restart(
    case: Case, limit: str, *, start: date, reason: str, article: str, by: User | None, about: str = ""
) -> CaseLimit:
    """Count a limit anew from `start`, with its former start kept on record; it is open again even if it had been met."""
    change = LimitChange(kind=LimitChange.Kind.RESTARTED, from_on=start, article=article)
    CaseLimit.objects.filter(case=case, limit=limit, about=about).update(met_on=None)
    return _change(case, limit, change, reason, by, about)


@transaction.atomic
def run_again(
    case: Case, limit: str, *, start: date, reason: str, article: str, by: User | None, about: str = ""
) -> CaseLimit:
    """Let a limit run from `start`: for the first time, or anew where a new decision in the same case brings it back."""
    former = CaseLimit.objects.filter(case=case, limit=limit, about=about)
    if not former.exists():
        return start_limit(case, limit, start=start, about=about)
    former.update(ended_on=None, paused_on=None)
    return restart(case, limit, start=start, reason=reason, article=article, by=by, about=about)


@transaction.atomic
def lay_down(case: Case, limits: Collection[str], *, on: date) -> None:
    """These limits count no more, whomever they are about, as when the decision falls from which they ran; what was stays on record."""
    CaseLimit.objects.filter(case=case, limit__in=limits, ended_on=None).update(ended_on=on)
    for limit in limits:
        _let_case_follow(case, limit)


def recount_open() -> int:
    """Count every open limit anew, as when a year's holidays have become known, and let what hangs on it follow; how many moved.

    A party's last day only ever moves to a later day: it was told the one it has. Twice, or twice at once, is once.
    Law: 民法典 art. 203.
    """
    rows = CaseLimit.objects.filter(met_on=None, ended_on=None, case__closed_at=None).select_related("case__office")
    stale = [row.pk for row in rows.prefetch_related("changes").iterator(chunk_size=1000) if is_stale(row)]
    return sum(_recount(pk) for pk in stale)


def is_stale(row: CaseLimit) -> bool:
    """Does the stored last day differ from the one that counts?"""
    return last_day_of(row) != row.due_on


@transaction.atomic
def _recount(pk: int) -> bool:
    row = CaseLimit.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=pk)
    former = row.due_on
    if row.met_on or not is_stale(row):
        return False
    _store_day(row, last_day_of(row))
    for follow in FOLLOWERS:
        follow(row)
    record(row.case.chain, "limit.recounted", by=None, limit=row.limit, about=row.about, former=former, due=row.due_on)
    return True


def _store_day(row: CaseLimit, due: date) -> None:
    row.due_on = due
    row.save(update_fields=["due_on"])
    hanging = Obligation.objects.filter(limit=row, fulfilled_at=None)
    hanging.update(due_on=Least(Value(due), "appointed_on"))  # no appointed day: PostgreSQL passes over it
    _let_case_follow(row.case, row.limit)


def _let_case_follow(case: Case, limit: str) -> None:
    """The day of the case is the earliest one of the limits of its decision that count now; none while they are paused."""
    decides = procedure_of(case.procedure).decision_limits
    if limit in decides:
        rows = CaseLimit.objects.filter(case=case, limit__in=decides, about="", ended_on=None, paused_on=None)
        case.due_on = rows.order_by("due_on").values_list("due_on", flat=True).first()
        Case.objects.filter(pk=case.pk).update(due_on=case.due_on)


def _change(case: Case, limit: str, change: LimitChange, reason: str, by: User | None, about: str = "") -> CaseLimit:
    if not reason.strip():
        raise ReasonMissing
    row = _locked(case, limit, about)
    change.limit, change.reason, change.decided_on, change.by = row, reason.strip()[:200], moment.today(), by
    change.save(force_insert=True)
    _store_day(row, deadline_of(row).due)
    case.due_on = row.case.due_on
    record(case.chain, f"limit.{change.kind}", by=by, limit=limit, article=change.article, due=row.due_on)
    return row


def _locked(case: Case, limit: str, about: str = "") -> CaseLimit:
    return (
        CaseLimit.objects.select_for_update(of=("self",))
        .select_related("case__office")
        .get(case=case, limit=limit, about=about)
    )
