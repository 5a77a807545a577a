"""A clerk says whether two applications are about one injury. Joined, one case goes on with both voices in its file."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.move import join_case, move
from gongjian.cases.actions.obligations import fulfil, owe, settle_roles
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries.recusals import require_no_bar
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.recognition import notices
from gongjian.recognition.actions.ended import end_running
from gongjian.recognition.errors import (
    JoiningDecided,
    JoiningTooLate,
    JoiningUndecided,
    KeptApartByNobody,
    NotTheSameInjury,
)
from gongjian.recognition.likeness import Turn, goes_on_first
from gongjian.recognition.models import Application, Joining
from gongjian.recognition.owes import JOINING
from gongjian.recognition.queries.joining import ACCEPT, to_compare, word_on
from gongjian.recognition.states import JOINABLE, LABELS, TAKEN_BACK, State

Verdict = Joining.Verdict


@transaction.atomic
def join(one: Case, two: Case, *, reason: str, by: User) -> Joining:
    """Both are about one injury: the case that is further, or came earlier, goes on; the other is kept whole as the other voice.

    Law: 条例 art. 17, 20. Raises: NotYours, ReasonMissing, JoiningDecided, NotTheSameInjury, JoiningTooLate, KeepsAway, RecusalWaits.
    """
    case, other = _in_order(*_compared(one, two, reason, by))
    for each, states in ((case, TAKEN_BACK), (other, JOINABLE)):
        if each.state not in states:
            raise JoiningTooLate(number=each.number, state=LABELS[State(each.state)])
    row = put_together(case, other, reason=reason, by=by)
    notices.tell(case, f"同一次伤害的另一份申请（{other.number}）已并入本案", notices.BOTH)
    return row


@transaction.atomic
def keep_apart(one: Case, two: Case, *, reason: str, by: User) -> Joining:
    """They are about two injuries: each case goes on by itself, and nobody is asked again. Law: 条例 art. 17.

    Raises: NotYours, ReasonMissing, JoiningDecided, NotTheSameInjury, KeepsAway, RecusalWaits.
    """
    case, other = _compared(one, two, reason, by)
    return _say(case, other, Verdict.APART, reason, by)


@transaction.atomic
def reconsider(one: Case, two: Case, *, reason: str, by: User) -> Joining:
    """Take the word back that two applications are about two injuries: they are compared anew. The word stays with the reason why it was wrong.

    Law: 条例 art. 17. Raises: NotYours, ReasonMissing, KeptApartByNobody, JoiningTooLate, KeepsAway, RecusalWaits.
    """
    first, second = _both(one, two, reason, by)
    row = word_on(first, second)
    if row is None or row.verdict != Verdict.APART:
        raise KeptApartByNobody
    _refuse_gone(first, second)
    row.undone_at, row.undone_by, row.undone_why = moment.now(), by, reason.strip()
    row.save(update_fields=["undone_at", "undone_by", "undone_why"])
    for each, beside in ((first, second), (second, first)):
        record(each.chain, "injury.word_taken_back", by=by, beside=beside.number)
        note_likeness(each)
    return row


def put_together(case: Case, other: Case, *, reason: str, by: User) -> Joining:
    """What joining does to the two cases, in the transaction of whoever has found that it may be done. Law: 条例 art. 17. Raises: MoveNotAllowed."""
    row = _say(case, other, Verdict.JOINED, reason, by)
    for party in other.parties.select_related("user", "mandate").order_by("pk"):
        join_case(case, party.user, capacity=party.capacity, is_applicant=party.is_applicant, mandate=party.mandate)
    other.obligations.filter(fulfilled_at=None).update(fulfilled_at=moment.now())
    move(other, "join", by=None, into=case.number)
    end_running(other)
    return row


def note_likeness(case: Case) -> int:
    """Make it the window's task to compare a new application with those that look like the same injury; how many there are."""
    found = to_compare(case)
    if found:
        limit = CaseLimit.objects.filter(case=case, limit="WI-REVIEW", about="", met_on=None, ended_on=None).first()
        due = limit.due_on if limit else moment.today()
        owe(case, JOINING, due=due, article="条例 第十七条", role=Role.WINDOW_CLERK, limit=limit, state=case.state)
        settle_roles(case)
    return len(found)


def must_be_compared(case: Case) -> None:
    """Refuse to go on while an application that looks like the same injury has not been compared. Raises: JoiningUndecided."""
    if found := to_compare(case):
        raise JoiningUndecided(numbers="、".join(like.case.number for like in found))


def _compared(one: Case, two: Case, reason: str, by: User) -> tuple[Case, Case]:
    first, second = _both(one, two, reason, by)
    _refuse_decided(first, second)
    if first == second or all(like.case != second for like in to_compare(first)):
        _refuse_gone(first, second)
        raise NotTheSameInjury
    return first, second


def _both(one: Case, two: Case, reason: str, by: User) -> tuple[Case, Case]:
    """Both cases, kept still in the order of their ids so that two clerks wait for each other."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("office__parent", "person", "employer")
    held = {row.pk: row for row in rows.filter(pk__in=(one.pk, two.pk)).order_by("pk")}
    first, second = held[one.pk], held[two.pk]
    for each in (first, second):
        if not by.holds(ACCEPT, each.office_id):
            raise NotYours(act="判断是否同一次伤害")
        require_no_bar(each, by=by)
    if not reason.strip():
        raise ReasonMissing
    return first, second


def _refuse_decided(one: Case, two: Case) -> None:
    if row := word_on(one, two):
        at = row.at.astimezone(moment.ZONE)
        raise JoiningDecided(who=row.by.name, at=at, verdict=row.get_verdict_display())


def _refuse_gone(*cases: Case) -> None:
    for each in cases:
        if each.state not in TAKEN_BACK:
            raise JoiningTooLate(number=each.number, state=LABELS[State(each.state)])


def _in_order(one: Case, two: Case) -> tuple[Case, Case]:
    """The case that goes on, and the other; of two that came at one moment the one that was entered first, whoever asks."""
    one, two = sorted((one, two), key=lambda case: case.pk)
    told = Application.objects.in_bulk([one.pk, two.pk], field_name="case_id")
    turns = [Turn(told[each.pk].accepted_on, each.received_at) for each in (one, two)]
    return (one, two) if goes_on_first(*turns) else (two, one)


def _say(case: Case, other: Case, verdict: Joining.Verdict, reason: str, by: User) -> Joining:
    row = Joining.objects.create(case=case, other=other, verdict=verdict, reason=reason.strip(), by=by, at=moment.now())
    for each, beside in ((case, other), (other, case)):
        record(each.chain, f"injury.{verdict}", by=by, beside=beside.number, goes_on=case.number)
        if not to_compare(each):
            fulfil(each, JOINING)
    return row
