"""Who investigates, what the plan is, and what its questions were answered with."""

from collections.abc import Sequence

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case, CaseDuty
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.recognition.heads import exclusions, heads, questions
from gongjian.recognition.errors import AnswerWithoutBasis, HeadUnknown, QuestionUnknown
from gongjian.recognition.models import Answer, Plan
from gongjian.recognition.owes import SILENT, TAKE_UP
from gongjian.recognition.queries import must_gather, must_investigate, wants_investigators
from gongjian.recognition.queries.investigation import INVESTIGATE
from gongjian.recognition.rules import check_investigators
from gongjian.recognition.states import LABELS, State


def assign(case: Case, team: Sequence[User]) -> None:
    """Let two investigators at least take the case; none of them may have accepted it, or review or sign it later.

    Law: 令8 art. 9, 10, 16. Raises: TwoInvestigators, DutyConflict.
    """
    able = {member.pk: member for member in team if member.holds(INVESTIGATE, case.office_id)}
    check_investigators([member.card_number for member in able.values()])
    for member in able.values():
        take_duty(case, CaseDuty.Duty.INVESTIGATOR, by=member)


@transaction.atomic
def start(case: Case, *, with_: Sequence[User], by: User) -> Case:
    """Begin to investigate, with at least one colleague. Law: 令8 art. 9. Raises: MoveNotAllowed, NotYours, TwoInvestigators, DutyConflict."""
    case = locked(case)
    allowed_move(case, "begin", by=by)
    assign(case, [by, *with_])
    return move(case, "begin", by=by, team=len({by.pk, *(each.pk for each in with_)}))


@transaction.atomic
def take_up(case: Case, *, with_: Sequence[User], by: User) -> Case:
    """Go on where another office has investigated until now, or where of two investigators one keeps away or has left: two at least take the case.

    Who is left of them may be one of the two. Twice is refused.
    Law: 令8 art. 9, 10, 16. Raises: MoveNotAllowed where no case waits for it, NotYours, TwoInvestigators, DutyConflict, KeepsAway, RecusalWaits.
    """
    case = locked(case)
    handed_over = case.obligations.filter(kind=TAKE_UP, fulfilled_at=None).exists()
    if not (handed_over or wants_investigators(case)):
        raise MoveNotAllowed(state=LABELS[State(case.state)], act="接手调查")
    if not by.holds(INVESTIGATE, case.office_id):
        raise NotYours(act="接手调查")
    assign(case, [by, *with_])
    fulfil(case, TAKE_UP)
    record(case.chain, "investigation.taken_up", by=by, team=len({by.pk, *(each.pk for each in with_)}))
    return case


@transaction.atomic
def plan(case: Case, chosen: Sequence[str], *, by: User) -> Plan:
    """Set the heads that the investigation looks at. Law: 条例 art. 14, 15; 令8 art. 9. Raises: NotTheInvestigator, MoveNotAllowed, HeadUnknown."""
    case = locked(case)
    must_gather(case, by=by)
    if not chosen or any(code not in heads() for code in chosen):
        raise HeadUnknown
    row = Plan.objects.create(case=case, heads=list(dict.fromkeys(chosen)), by=by, at=moment.now())
    record(case.chain, "investigation.planned", by=by, heads=row.heads)
    return row


@transaction.atomic
def answer(case: Case, question: str, *, said: bool, basis: str, by: User) -> Answer:
    """Answer one question of the plan with what the answer rests on; the former answer stays on record.

    Law: 条例 art. 14, 15, 16, 19; 令8 art. 11. Raises: NotTheInvestigator, MoveNotAllowed, QuestionUnknown, AnswerWithoutBasis.
    """
    case = locked(case)
    must_gather(case, by=by)
    if question not in askable():
        raise QuestionUnknown
    if not basis.strip():
        raise AnswerWithoutBasis
    row = Answer.objects.create(case=case, question=question, said=said, basis=basis.strip(), by=by, at=moment.now())
    record(case.chain, "investigation.answered", by=by, question=question)
    return row


@transaction.atomic
def go_on_without_employer(case: Case, *, by: User) -> int:
    """The employer's silence has been taken note of: the decision rests on the other evidence. Law: 令8 art. 17. Raises: NotTheInvestigator."""
    case = locked(case)
    must_investigate(case, by=by)
    done = fulfil(case, SILENT)
    if done:
        record(case.chain, "evidence.gone_on_without", by=by)
    return done


def askable() -> set[str]:
    """The questions of the heads and the exclusions."""
    of_heads = {name.removeprefix("!") for head in heads().values() for group in head.needs for name in group}
    return (of_heads | {each.question for each in exclusions().values()}) & set(questions())
