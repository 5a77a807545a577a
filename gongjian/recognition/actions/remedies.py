"""Reviews and suits against a decision: registered with their papers, answered in their own days, ended with their outcome, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import meet_limit, start_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe, owe_for_state
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record
from gongjian.law.parameters import parameter
from gongjian.papers.decided import take_back_effect
from gongjian.recognition import notices
from gongjian.recognition.errors import RemedyEnded, RemedyRegistered, RepliedAlready
from gongjian.recognition.models import Remedy
from gongjian.recognition.owes import AWAIT_REMEDY, AWAIT_SUIT, CARRY_OUT, REPLY
from gongjian.recognition.queries.remedies import SUIT_AFTER, decision_known_to, must_hold, remedy_of
from gongjian.recognition.revising import (
    COURT,
    RECONSIDERATION,
    REMEDIES,
    STANDS,
    WITHDRAWN,
    check_ended,
    check_known,
    check_received,
    same_matter,
)
from gongjian.recognition.states import State

REGISTER, ANSWER = "delivery.deliver", "recognition.review"
ARTICLE = "条例 第五十五条、令8 第二十三条"


@dataclass(frozen=True)
class Came:
    """What came from the organ or the court. side: who asks for it; matter: its number there; received_on: the day the copy came."""

    kind: str
    side: str
    organ: str
    matter: str
    received_on: date


@dataclass(frozen=True)
class Ended:
    """How it ended. received_on: the day the office received the document; known_on: the day the party received a review's decision."""

    outcome: str
    received_on: date
    known_on: date | None = None


def register(case: Case, came: Came, *, file: BinaryIO, name: str, by: User) -> Remedy:
    """A copy of the application or complaint has come: our days to reply run, beside any other. A decision in effect is not in effect any more.

    The file is stored before anything changes. Law: 条例 art. 55; 复议法 art. 48, 88; 行诉法 art. 45, 67.
    Raises: NotYours, KeepsAway, NoDecisionStands, ReceiptDayWrong, RemedyRegistered, and what the evidence store refuses.
    """
    must_hold(case, REGISTER, "登记行政复议、行政诉讼", by=by)
    evidence = store(file, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        decision = decision_known_to(case, came.side)
        check_received(came.received_on, decided_on=decision.decided_on, today=moment.today())
        rows = Remedy.objects.filter(case=case)
        matters = rows.filter(kind=came.kind).values_list("matter", flat=True)
        if any(same_matter(came.matter, matter) for matter in matters):
            raise RemedyRegistered
        former = rows.filter(kind=RECONSIDERATION, decision=decision).exclude(outcome__in=("", WITHDRAWN))
        row = Remedy.objects.create(
            case=case,
            decision=decision,
            kind=came.kind,
            side=came.side,
            organ=came.organ.strip(),
            matter=came.matter.strip(),
            received_on=came.received_on,
            evidence=evidence,
            after=followed(former, came.side) if came.kind == COURT else None,
            by=by,
            at=moment.now(),
        )
        told = {"kind": row.kind, "side": row.side, "received": row.received_on, "sha256": evidence.sha256}
        record(case.chain, "remedy.registered", by=by, remedy=row.pk, **told)
        _runs(case, row, by)
    return row


def reply(case: Case, pk: int, *, file: BinaryIO, name: str, replied_on: date, by: User) -> Remedy:
    """Our reply with its evidence has gone out; its paper is kept. Law: 复议法 art. 48; 行诉法 art. 67.

    Raises: NotYours, KeepsAway, RemedyNotFound, RepliedAlready, RemedyEnded, ReceiptDayWrong, and what the evidence store refuses.
    """
    must_hold(case, ANSWER, "答复行政复议、行政诉讼", by=by)
    evidence = store(file, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        row = remedy_of(case, pk)
        if row.replied_on:
            raise RepliedAlready(on=row.replied_on)
        if row.outcome:
            raise RemedyEnded
        check_received(replied_on, decided_on=row.received_on, today=moment.today())
        row.replied_on, row.reply, row.replied_by = replied_on, evidence, by
        row.save(update_fields=["replied_on", "reply", "replied_by"])
        meet_limit(case, REMEDIES[row.kind].reply, on=replied_on, about=row.subject)
        fulfil(case, REPLY, about=row.subject)
        _follow(case, row)
        record(case.chain, "remedy.replied", by=by, remedy=row.pk, on=replied_on, sha256=evidence.sha256)
    return row


def end(case: Case, pk: int, ended: Ended, *, file: BinaryIO, name: str, by: User) -> Remedy:
    """How a review or suit ended. After a review fifteen days for a suit run; what falls or must be decided anew is owed to the reviewer.

    Law: 复议法 art. 64, 69, 77; 行诉法 art. 45, 69, 70, 94. Raises: NotYours, KeepsAway, RemedyNotFound, RemedyEnded, GroundUnknown,
    OutcomeDayWrong, PartyDayMissing, and what the evidence store refuses.
    """
    must_hold(case, REGISTER, "登记行政复议、行政诉讼的结果", by=by)
    evidence = store(file, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        row = remedy_of(case, pk)
        if row.outcome:
            raise RemedyEnded
        check_ended(ended.outcome, ended.received_on, received_on=row.received_on, today=moment.today())
        check_known(row.kind, ended.outcome, ended.known_on, received_on=row.received_on, today=moment.today())
        stands = ended.outcome in STANDS or row.decision.revoked_on is not None
        row.outcome, row.outcome_on, row.outcome_evidence, row.outcome_by = (
            ended.outcome,
            ended.received_on,
            evidence,
            by,
        )
        row.settled_on = ended.received_on if stands else None
        row.save(update_fields=["outcome", "outcome_on", "outcome_evidence", "outcome_by", "settled_on"])
        told = {"outcome": row.outcome, "known": ended.known_on, "sha256": evidence.sha256}
        record(case.chain, "remedy.ended", by=by, remedy=row.pk, **told)
        _goes_on(case, row, ended.known_on or ended.received_on)
        notices.tell(case, f"{REMEDIES[row.kind].label}的结果已登记", notices.BOTH, key=f"remedy/{row.pk}/ended")
    return row


def followed(ended: Iterable[Remedy], side: str) -> Remedy | None:
    """The review that a suit follows: one's own before the other side's, the latest of these. Either side may sue after it. Law: 行诉法 art. 45."""
    return max(ended, key=lambda one: (one.side == side, one.pk), default=None)


def _runs(case: Case, row: Remedy, by: User) -> None:
    """Nothing takes effect now; the reply is owed in its own days."""
    if case.state == State.EFFECTIVE:
        take_back_effect(case, by=by, reason=row.kind)
    way = REMEDIES[row.kind]
    limit = start_limit(case, way.reply, start=row.received_on, about=row.subject)
    owe(case, REPLY, due=limit.due_on, article=way.article, role=Role.REVIEWER, about=row.subject, limit=limit)
    if row.after:
        fulfil(case, AWAIT_SUIT, about=row.after.subject)
        CaseLimit.objects.filter(case=case, limit=SUIT_AFTER, about=row.after.subject).update(met_on=row.received_on)


def _follow(case: Case, row: Remedy) -> None:
    """Somebody asks from time to time how it stands."""
    days = parameter("suspension_look_days", on=moment.today(), region=case.office.region).number
    due = moment.today() + timedelta(days=days)
    owe(case, AWAIT_REMEDY, due=due, article=ARTICLE, role=Role.REVIEWER, about=row.subject)


def _goes_on(case: Case, row: Remedy, known_on: date) -> None:
    """known_on: from when the party's days for a suit run. Law: 行诉法 art. 45."""
    for kind in (AWAIT_REMEDY, REPLY):
        fulfil(case, kind, about=row.subject)
    _end_unanswered(case, row)
    on = row.outcome_on or moment.today()
    if row.kind == RECONSIDERATION and row.outcome != WITHDRAWN:
        limit = start_limit(case, SUIT_AFTER, start=known_on, about=row.subject)
        told: dict[str, Any] = {"article": "行诉法 第四十五条", "role": Role.DELIVERY_CLERK, "state": State.DELIVERED}
        owe(case, AWAIT_SUIT, due=limit.due_on, about=row.subject, limit=limit, **told)
    if row.settled_on is None:
        due = moment.today() + timedelta(
            days=parameter("recognition_decide_days", on=on, region=case.office.region).number
        )
        owe(case, CARRY_OUT, due=due, article=ARTICLE, role=Role.REVIEWER, about=row.subject)
    elif case.state == State.DELIVERED:
        owe_for_state(case, "")


def _end_unanswered(case: Case, row: Remedy) -> None:
    """A reply that is no longer asked for is owed no more."""
    rows = CaseLimit.objects.filter(case=case, limit=REMEDIES[row.kind].reply, about=row.subject, met_on=None)
    rows.filter(ended_on=None).update(ended_on=moment.today())
