"""The one place where a case is opened and its state changes."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import windows_at
from gongjian.accounts.roles import PARTY, SYSTEM
from gongjian.cases.actions.clock import start_limit
from gongjian.cases.actions.obligations import owe_for_state
from gongjian.cases.errors import ChangedMeanwhile, MovedMeanwhile, MoveNotAllowed, NotYours, RecusalWaits
from gongjian.cases.models import Case, CaseParty, Passage
from gongjian.cases.numbers import next_number
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries.access import is_party
from gongjian.cases.queries.recusals import is_asked_about, keeps_away, request_waits, require_no_bar
from gongjian.cases.states import Move
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.parties.models import Employer, Mandate, Person


@transaction.atomic
def open_case(
    *,
    procedure: str,
    office: Office,
    person: Person,
    employer: Employer | None,
    received_at: datetime,
    by: User | None,
    window: Office | None = None,
    due_on: date | None = None,
    **facts: Any,
) -> Case:
    """Open a case in its procedure's first state, with its number, the limits that begin with receipt and its first obligations.

    window: the county's that received it; due_on: the day that another office has named, where no limit of ours runs.
    """
    table = procedure_of(procedure)
    received_on = received_at.astimezone(moment.ZONE).date()
    number = f"{office.code}-{received_on.year}-{next_number(office, table.series, received_on.year):06d}"
    state = next(iter(table.labels))
    case = Case.objects.create(
        number=number,
        office=office,
        procedure=procedure,
        state=state,
        person=person,
        employer=employer,
        window=window,
        received_at=received_at,
        due_on=due_on,
    )
    for limit in table.begins:
        start_limit(case, limit, start=received_on)
    Passage.objects.create(case=case, act="submit", start="", end=state, at=moment.now(), by=by)
    owe_for_state(case, "")
    record(case.chain, "case.opened", by=by, procedure=procedure, received=received_on, **facts)
    return case


@transaction.atomic
def join_case(
    case: Case, user: User, *, capacity: str, is_applicant: bool = False, mandate: Mandate | None = None
) -> CaseParty:
    """Make a user a party of the case. A second time changes nothing."""
    party, _ = CaseParty.objects.get_or_create(
        case=case,
        user=user,
        capacity=capacity,
        defaults={"is_applicant": is_applicant, "mandate": mandate, "since": moment.now()},
    )
    return party


@transaction.atomic
def move(case: Case, act: str, *, by: User | None, appointed: date | None = None, **facts: Any) -> Case:
    """Take one step of the case's procedure, only from the state that was seen, and let its obligations follow.

    by: the user who acts; None for a sweep or a consequence of another act. appointed: the day on which what follows is to be done.
    Raises: MoveNotAllowed, NotYours, MovedMeanwhile.
    """
    step = allowed_move(case, act, by=by)
    changed = Case.objects.filter(pk=case.pk, state=step.start).update(
        state=step.end,
        version=F("version") + 1,
        closed_at=moment.now() if step.end in procedure_of(case.procedure).closed else None,
    )
    if changed != 1:
        case.refresh_from_db()
        raise MovedMeanwhile(state=_label(case, by))
    case.refresh_from_db(fields=["state", "version", "closed_at", "due_on"])
    Passage.objects.create(case=case, act=act, start=step.start, end=step.end, at=moment.now(), by=by)
    owe_for_state(case, step.start, appointed=appointed)
    record(case.chain, f"case.{act}", by=by, start=step.start, end=step.end, article=step.article, **facts)
    return case


def allowed_move(case: Case, act: str, *, by: User | None) -> Move:
    """The step `act` means from here.

    Raises: MoveNotAllowed for the wrong state, NotYours for the wrong person, KeepsAway and RecusalWaits where somebody of the staff recuses.
    """
    table = procedure_of(case.procedure)
    step = table.move(act, case.state)
    if step is None:
        label = next((move.label for move in table.moves if move.act == act), act)
        raise MoveNotAllowed(state=_label(case, by), act=label)
    if not _may(case, step, by):
        raise NotYours(act=step.label or act)
    if by is not None and by.kind == User.Kind.STAFF:
        require_no_bar(case, by=by)
    if act == table.decides and request_waits(case):
        raise RecusalWaits
    return step


def _label(case: Case, by: User | None) -> str:
    inside = by is None or by.kind == User.Kind.STAFF
    return procedure_of(case.procedure).label_for(case.state, inside=inside)


def allowed_moves(case: Case, *, by: User) -> list[Move]:
    """The steps `by` may take from the case's present state, for buttons."""
    table = procedure_of(case.procedure)
    found = [step for step in table.moves_from(case.state) if _may(case, step, by)]
    if not found or by.kind != User.Kind.STAFF:
        return found
    if keeps_away(by, case) or is_asked_about(by, case):
        return []
    waits = any(step.act == table.decides for step in found) and request_waits(case)
    return [step for step in found if not (waits and step.act == table.decides)]


def require_version(case: Case, version: int) -> None:
    """Refuse an edit made on an older version of the case. Raises: ChangedMeanwhile."""
    if case.version != version:
        raise ChangedMeanwhile


def _may(case: Case, step: Move, by: User | None) -> bool:
    if by is None:
        return step.permission == SYSTEM
    if step.permission == PARTY:
        return is_party(by, case)
    return by.holds(step.permission, case.office_id) and _received_here(case, step, by)


def _received_here(case: Case, step: Move, by: User) -> bool:
    """A county's window acts in what it received itself."""
    return not {None, case.window_id}.isdisjoint(windows_at(by, step.permission, case.office_id))
