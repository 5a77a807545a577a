"""What is changed after the list is public: one person asks, stating a kind of reason, and a second one confirms. Before that nothing changes.

Meanwhile whoever is meant keeps the seat, reserves keep their order, nothing is drawn or published, and a case about which a conflict is
claimed is not sealed.
"""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.draws.actions.ceremony import check_state, locked, put_aside, require
from gongjian.draws.actions.leaving import Leaving, lock_seats, member_leaves
from gongjian.draws.actions.recusing import grant, record_recusal
from gongjian.draws.errors import (
    ChangeAskedAlready,
    ChangeDecided,
    KindUnfounded,
    NotAMember,
    NotTaking,
    NotTheAsker,
    NotTied,
    ReasonMissing,
    SecondPersonNeeded,
)
from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.receipt import EVERYWHERE
from gongjian.draws.models import ChangeRequest, Draw, Group, Recusal
from gongjian.draws.owes import CONFIRM_CHANGE
from gongjian.draws.queries.changes import case_to_owe, may_confirm, taking_part
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.exact import Bar, of_barriers, of_grounds
from gongjian.draws.queries.groups import group_of, members
from gongjian.draws.rules import is_borne_out
from gongjian.draws.states import CONFLICT, WHYS, Act, Decision, Ground, Kind
from gongjian.experts.models import Expert
from gongjian.experts.rules import barriers
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.models import Booking, Sitting


@transaction.atomic
def ask_leave(sitting: Sitting, expert: Expert, *, kind: str, by: User, facts: str = "") -> ChangeRequest:
    """Ask that a member or a reserve leave for the whole day. Law: 令55 art. 11, 24, 27.

    Raises: NotAllowed, NoDrawYet, NotTaking, KindUnfounded, ReasonMissing, ChangeAskedAlready.
    """
    require(by, Kind.EXPERTS, sitting)
    draw = lock_seats(sitting)
    if expert.number not in taking_part(draw):
        raise NotTaking(expert=expert.number)
    unfit = bool(barriers(expert.standing, on=sitting.day))
    _check_kind(Act.LEAVE, kind, facts, is_unfit=unfit)
    return _ask(draw, Act.LEAVE, kind, by=by, expert=expert, facts=facts.strip())


@transaction.atomic
def ask_step_back(booking: Booking, expert: Expert, group: Group, *, by: User) -> ChangeRequest:
    """Ask that a member who stands between a person and a group leave that group, on a ground already known. Law: 令55 art. 28.

    Raises: NotAllowed, NotTied, NotAMember, NoDrawYet, ChangeAskedAlready.
    """
    require(by, Kind.EXPERTS, booking.sitting)
    grounds = conflicts_of([booking.case], [expert]).get((booking.case_id, expert.pk), ())
    if not grounds:
        raise NotTied(expert=expert.number, person=booking.exam_code)
    draw = lock_seats(booking.sitting)
    if expert not in members(group):
        raise NotAMember
    return _ask(draw, Act.LEAVE, CONFLICT, by=by, expert=expert, group=group, case=booking.case, ground=grounds[0])


@transaction.atomic
def ask_conflict(case: Case, expert: Expert, ground: Ground, *, facts: str, by: User) -> ChangeRequest:
    """Ask that a member of the case's group leave it, on a ground that the office has found. Law: 令55 art. 28.

    Raises: NotAllowed, NotAMember, ReasonMissing, ChangeAskedAlready.
    """
    group = group_of(case)
    if group is None or expert not in members(group):
        raise NotAMember
    require(by, Kind.EXPERTS, group.draw.sitting)
    if not facts.strip():
        raise ReasonMissing
    draw = lock_seats(group.draw.sitting)
    told = {"group": group, "case": case, "ground": ground, "facts": facts.strip()}
    return _ask(draw, Act.LEAVE, CONFLICT, by=by, expert=expert, **told)


def propose_grant(draw: Draw, row: Recusal, expert: Expert, *, answer: str, by: User) -> ChangeRequest:
    """Ask for a second person before a party's request is granted against somebody who has been drawn. For `recusal.decide_recusal`.

    Raises: ChangeAskedAlready.
    """
    group = group_of(row.case)
    here = group if group and expert in members(group) else None
    told = {"group": here, "case": row.case, "ground": row.ground, "recusal": row, "answer": answer}
    return _ask(draw, Act.LEAVE, CONFLICT, by=by, expert=expert, **told)


@transaction.atomic
def ask_void(draw: Draw, *, kind: str, by: User, facts: str = "") -> ChangeRequest:
    """Ask that a commitment be voided before it is drawn. Law: 令55 art. 11.

    Raises: NotAllowed, DrawStateWrong, KindUnfounded, ReasonMissing, ChangeAskedAlready.
    """
    require(by, Kind(draw.kind), draw.sitting)
    draw = locked(draw)
    check_state(draw, "void")
    witnesses = list(draw.witnesses.all())
    numbers = [one["id"] for one in draw.commitment["plan"]["experts"]] if draw.kind == Kind.EXPERTS else []
    listed = Expert.objects.filter(number__in=numbers)
    _check_kind(
        Act.VOID, kind, facts,
        is_unfit=any(barriers(one.standing, on=draw.sitting.day) for one in listed),
        is_missing=any(one.given_at is None for one in witnesses),
        is_shut=all(one.given_at for one in witnesses) and any(one.opened_at is None for one in witnesses),
    )  # fmt: skip
    return _ask(draw, Act.VOID, kind, by=by, facts=facts.strip())


@transaction.atomic
def confirm(change: ChangeRequest, *, by: User) -> ChangeRequest:
    """A second person confirms, and only now the change takes effect. Law: 令55 art. 11, 28.

    Raises: ChangeDecided, SecondPersonNeeded, DrawStateWrong, NotTaking, GrantTooLate.
    """
    change = _decide(change, Decision.CONFIRMED, by=by)
    if change.act == Act.VOID:
        facts = {"change": change.pk, "asked_by": change.asked_by_id}
        put_aside(change.draw, kind=change.kind, reason=change.facts, by=by, **facts)
    else:
        _leave(change, by)
    return change


@transaction.atomic
def refuse(change: ChangeRequest, *, by: User) -> ChangeRequest:
    """A second person does not confirm: everything stays as it was. Raises: ChangeDecided, SecondPersonNeeded."""
    return _decide(change, Decision.REFUSED, by=by)


@transaction.atomic
def withdraw(change: ChangeRequest, *, by: User) -> ChangeRequest:
    """Who asked takes it back before anybody has answered. Raises: ChangeDecided, NotTheAsker."""
    if by.pk != change.asked_by_id:
        raise NotTheAsker
    return _decide(change, Decision.WITHDRAWN, by=by)


def _check_kind(act: Act, kind: str, facts: str, **records: bool) -> None:
    """Raises: KindUnfounded for a kind that is none of the act's, or that the records do not bear out; ReasonMissing."""
    why = WHYS.get(kind)
    if why is None or not is_borne_out(act, kind, **records):
        raise KindUnfounded(kind=why.label if why else "（未选择）")
    if why.needs_text and not facts.strip():
        raise ReasonMissing


def _ask(draw: Draw, act: Act, kind: str, *, by: User, expert: Expert | None = None, **told: object) -> ChangeRequest:
    """Write a request down; the draw is locked. Raises: ChangeAskedAlready."""
    same = ChangeRequest.objects.filter(draw=draw, act=act, expert=expert, decision=Decision.ASKED)
    if same.exists():
        raise ChangeAskedAlready
    change = ChangeRequest.objects.create(
        draw=draw, act=act, kind=kind, asked_at=moment.now(), asked_by=by, expert=expert, **told
    )
    facts = {"change": change.pk, "of": act, "kind": kind, "expert": change.expert.number if change.expert else ""}
    record(draw.chain, "draw.change_asked", by=by, **facts)
    case = change.case or case_to_owe(draw.sitting)
    if case:
        role = Role.EXAM_STAFF if draw.kind == Kind.EXPERTS and _is_the_day(draw) else Role.SUPERVISOR
        article = WHYS[kind].article
        owe(case, CONFIRM_CHANGE, due=moment.today(), article=article, role=role, about=str(change.pk))
    return change


def _is_the_day(draw: Draw) -> bool:
    return moment.today() >= draw.sitting.day


def _decide(change: ChangeRequest, decision: Decision, *, by: User) -> ChangeRequest:
    """Answer a request once, and close what is owed. The draw is locked first, as everywhere. Raises: ChangeDecided, SecondPersonNeeded."""
    draw = locked(change.draw)
    change = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("asked_by", "expert", "group")
        .get(pk=change.pk)
    )
    change.draw = draw
    if change.decision != Decision.ASKED:
        raise ChangeDecided(decision=Decision(change.decision).label)
    if decision != Decision.WITHDRAWN and not may_confirm(change, by):
        raise SecondPersonNeeded
    change.decision, change.decided_at, change.decided_by = decision, moment.now(), by
    change.save(update_fields=["decision", "decided_at", "decided_by"])
    facts = {"change": change.pk, "kind": change.kind, "asked_by": change.asked_by_id}
    record(draw.chain, f"draw.change_{decision}", by=by, **facts)
    for case in Case.objects.filter(obligations__kind=CONFIRM_CHANGE, obligations__about=str(change.pk)).distinct():
        fulfil(case, CONFIRM_CHANGE, about=str(change.pk))
    return change


def _leave(change: ChangeRequest, by: User) -> None:
    """Take the expert of a confirmed request out of the seats, or bar a reserve from the case."""
    expert, case = change.expert, change.case
    assert expert is not None  # every request to leave names somebody
    if change.recusal:
        grant(change.recusal, expert, answer=change.answer, decided_by=change.asked_by, by=by)
    elif case:
        record_recusal(
            case, expert, Ground(change.ground), source=Recusal.Source.OFFICE, by=change.asked_by, facts=change.facts,
            again=True,
        )  # fmt: skip
    if case and change.group is None:
        return
    code = change.group.code if change.group else EVERYWHERE
    bar = Bar(code, WHYS[change.kind].public, _exact(change, expert, code))
    member_leaves(change.draw.sitting, Leaving(expert, bar, by, change, (case,) if case else ()))


def _exact(change: ChangeRequest, expert: Expert, code: str) -> Document:
    """The exact reason of a departure, with who asked and the text."""
    why = WHYS[change.kind]
    told = {"kind": why.label, "article": why.article, "text": change.facts, "asked_by": change.asked_by.username}
    if change.case:
        return told | of_grounds(expert.number, code, [(change.case.number, Ground(change.ground))])
    return told | of_barriers(expert, barriers(expert.standing, on=change.draw.sitting.day))
