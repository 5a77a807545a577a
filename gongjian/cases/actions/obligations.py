"""Opening and fulfilling what is owed."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import start_limit
from gongjian.cases.models import URGENT, Case, CaseLimit, Obligation
from gongjian.cases.owes import FIND_COLLEAGUE
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries.recusals import anybody_keeps_away, left_in_role
from gongjian.cases.states import Owed
from gongjian.kernel import moment

FOLLOWERS: list[Callable[[Case], None]] = []
"""What rooms above do, in the same transaction, when a case was put first: their own copies of its priority follow."""
OF_A_WINDOW = (Role.WINDOW_CLERK,)
"""Roles whose work on a case that a county's window received stands on that window's list too."""


@transaction.atomic
def owe(
    case: Case,
    kind: str,
    *,
    due: date,
    article: str,
    role: str = "",
    party: str = "",
    about: str = "",
    limit: CaseLimit | None = None,
    state: str = "",
    appointed: date | None = None,
) -> Obligation:
    """Open an obligation of the case's office (role) or of a party. What is owed already is not owed twice.

    appointed: the day on which it is arranged to be done; due then, where `due` is not earlier.
    """
    obligation, made = Obligation.objects.get_or_create(
        case=case,
        kind=kind,
        about=about,
        fulfilled_at=None,
        defaults={
            "office_id": case.office_id,
            "window_id": case.window_id if role in OF_A_WINDOW else None,
            "role": role,
            "party": party,
            "due_on": min(due, appointed) if appointed else due,
            "appointed_on": appointed,
            "article": article,
            "limit": limit,
            "state": state,
            "opened_at": moment.now(),
            "priority": case.priority,
        },
    )
    if made and role and not state:
        settle_roles(case)
    return obligation


@transaction.atomic
def put_first(case: Case) -> None:
    """Let a case stand before the others in every list from now on. A second time changes nothing."""
    Case.objects.filter(pk=case.pk).update(priority=URGENT)
    case.obligations.filter(fulfilled_at=None).update(priority=URGENT)
    case.priority = URGENT
    for follow in FOLLOWERS:
        follow(case)


def follow_priority(follower: Callable[[Case], None]) -> None:
    """Let a room above be called with each case that is put first. A second time changes nothing."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


@transaction.atomic
def fulfil(case: Case, kind: str, *, about: str = "") -> int:
    """Close what is owed under this kind; how many were open."""
    open_ones = Obligation.objects.filter(case=case, kind=kind, about=about, fulfilled_at=None)
    return open_ones.update(fulfilled_at=moment.now())


def owe_for_state(case: Case, left: str, *, appointed: date | None = None) -> None:
    """Close what the left state owed and open what the case's present state owes, on the appointed day where there is one."""
    if left:
        Obligation.objects.filter(case=case, state=left, fulfilled_at=None).update(fulfilled_at=moment.now())
    for owed in procedure_of(case.procedure).owed.get(case.state, ()):
        _owe_by_table(case, owed, appointed)
    settle_roles(case)


def settle_roles(case: Case) -> int:
    """Where everybody of a role that owes something keeps away, the administrator owes to find somebody; where somebody is there again, no more.

    Closed obligations are counted. An office that has nobody in a role at all is not meant: that is not a matter of this case.
    """
    if not anybody_keeps_away(case):
        return 0
    owed = case.obligations.filter(fulfilled_at=None)
    closed = 0
    for role in owed.exclude(role__in=("", Role.ADMINISTRATOR)).values_list("role", flat=True).distinct():
        held, left = left_in_role(case, role)
        if left:
            closed += fulfil(case, FIND_COLLEAGUE, about=role)
        elif held:
            _owe_a_colleague(case, role)
    wanted = owed.exclude(role="").values("role")
    gone = owed.filter(kind=FIND_COLLEAGUE).exclude(about__in=wanted)
    return closed + gone.update(fulfilled_at=moment.now())


def _owe_a_colleague(case: Case, role: str) -> None:
    due = case.obligations.filter(fulfilled_at=None, role=role).order_by("due_on").values_list("due_on", flat=True)[0]
    owe(case, FIND_COLLEAGUE, due=due, article="令55 第二十八条", role=Role.ADMINISTRATOR, about=role)


def _owe_by_table(case: Case, owed: Owed, appointed: date | None) -> None:
    limit = _limit_for(case, owed.limit)
    due = limit.due_on if limit else max(case.due_on or moment.today(), moment.today())  # never late from the start
    owe(
        case,
        owed.kind,
        due=due,
        article=owed.article,
        role=owed.role,
        party=owed.party,
        limit=limit,
        state=case.state,
        appointed=appointed,
    )


def _limit_for(case: Case, limit: str) -> CaseLimit | None:
    if not limit:
        return None
    decides = procedure_of(case.procedure).decision_limits
    names = decides if limit in decides else (limit,)
    rows = CaseLimit.objects.filter(case=case, limit__in=names, about="", ended_on=None)
    running = rows.order_by("due_on").first()
    return running or start_limit(case, limit, start=moment.today())
