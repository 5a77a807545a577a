"""An employer asks for a day on its premises; the office answers; each worker is asked and may say no."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.law.modes import Mode, ModeRule, mode_rule
from gongjian.sittings.access import require
from gongjian.sittings.actions.changing import back_on_the_list, require_before_examination
from gongjian.sittings.actions.entrusting import end_mode
from gongjian.sittings.collectives import Collective, Listed
from gongjian.sittings.errors import (
    CollectiveCasesWrong,
    CollectiveNotFound,
    CollectiveOver,
    CollectivePlaceMissing,
    CollectiveSize,
    ReasonMissing,
)
from gongjian.sittings.fitting import Demand, demands_of
from gongjian.sittings.messages import tell, tell_employer
from gongjian.sittings.models import Room, Venue
from gongjian.sittings.modes import ASKED_IN, check_collective, why_not
from gongjian.sittings.owes import ANSWER_COLLECTIVE, FOLLOW_OFFER
from gongjian.sittings.queries import mode_in_force, open_wish
from gongjian.sittings.states import CameBy, CollectiveState, LeftOut, WishState
from gongjian.sittings.wishes import ModeWish

ARTICLE = "令55 第十二条"
GROUND = "collective"
REASON = "单位统一提出企业集中鉴定。"


@dataclass(frozen=True, kw_only=True)
class Premises:
    """Where the employer offers to have its workers examined: address, rooms of their own, whom to call there, and what it says."""

    address: str
    rooms: int
    contact: str
    reason: str = ""


@transaction.atomic
def ask_collective(cases: Sequence[Case], premises: Premises, *, by: User) -> Collective:
    """An employer asks for some of its workers to be examined on its premises. The answer is the scheduler's task in every case that it names.

    Law: 令55 art. 12 ("or other ways"). Raises: CollectiveCasesWrong, CollectiveSize, ModeNotAsked, CollectivePlaceMissing.
    """
    held = [locked(case) for case in sorted(cases, key=lambda case: case.pk)]
    _check_cases(held, by)
    office, employer, rule = held[0].office, held[0].employer, _rule(held[0])
    assert employer is not None, "cases of an employer were named"
    check_collective(rule, people=len(held))
    if premises.rooms < 1 or not (premises.address.strip() and premises.contact.strip()):
        raise CollectivePlaceMissing
    row = Collective.objects.create(
        office=office,
        employer=employer,
        address=premises.address.strip(),
        rooms=premises.rooms,
        contact=premises.contact.strip(),
        reason=premises.reason.strip(),
        asked_by=by,
        asked_at=moment.now(),
    )
    Listed.objects.bulk_create(Listed(collective=row, case=case) for case in held)
    due = working_day_after(moment.today(), rule.answer_days)
    for case in held:
        owe(case, ANSWER_COLLECTIVE, due=due, article=ARTICLE, role=Role.SCHEDULER, about=row.about)
        record(case.chain, "collective.asked", by=by, collective=row.pk, people=len(held))
    return row


def _check_cases(cases: Sequence[Case], by: User) -> None:
    """Refuse what is not the employer's own, of one committee, before the examination, or named in an application already."""
    alike = len({(case.office_id, case.employer_id) for case in cases}) == 1 and cases[0].employer_id is not None
    theirs = all(speaks_for(by, case, Side.EMPLOYER) and case.state in ASKED_IN for case in cases)
    if not (alike and theirs) or Listed.objects.filter(case__in=cases, is_open=True).exists():
        raise CollectiveCasesWrong


@transaction.atomic
def grant_collective(row: Collective, *, answer: str = "", by: User) -> Collective:
    """Say yes: a venue is kept for the day, and every worker whom the mode can judge is asked. Nobody is booked by this, and nothing is changed
    for who says no.

    Law: 令55 art. 12, 13; 个保法 art. 29 (each consents for themselves). Raises: SittingNotYours, CollectiveNotFound, CollectiveOver, CollectiveSize.
    """
    held = _to_change(row, by, CollectiveState.ASKED)
    cases = [locked(one.case) for one in held.listed.select_related("case").order_by("case_id")]
    demands, rule = demands_of(cases), _rule(cases[0])
    left_out = {case.pk: _left_out(held, case, demands[case.pk], rule) for case in cases}
    asked = [case for case in cases if left_out[case.pk] is None]
    if len(asked) < rule.least_people:
        raise CollectiveSize(least=rule.least_people, most=rule.most_people, count=len(asked), article=rule.article)
    held.venue = _venue(held, by)
    for pk, why in left_out.items():
        if why:
            Listed.objects.filter(collective=held, case_id=pk).update(left_out=why)
    _decide(held, CollectiveState.GRANTED, answer, by)
    for case in asked:
        _ask_worker(held, case, rule, by)
    return held


@transaction.atomic
def refuse_collective(row: Collective, *, reason: str, by: User) -> Collective:
    """Say no, with the reason that the employer is told; every case goes on as it was. Raises: as above, ReasonMissing."""
    held = _to_change(row, by, CollectiveState.ASKED)
    if not reason.strip():
        raise ReasonMissing
    _decide(held, CollectiveState.REFUSED, reason, by)
    return held


@transaction.atomic
def withdraw_collective(row: Collective, *, by: User) -> Collective:
    """The employer takes back what has not been answered. Raises: CollectiveNotFound, CollectiveOver."""
    held = _held(row, CollectiveState.ASKED)
    if not speaks_for(by, _first(held), Side.EMPLOYER):
        raise CollectiveNotFound
    _decide(held, CollectiveState.ENDED, "单位撤回", by)
    return held


@transaction.atomic
def call_off_collective(row: Collective, *, reason: str, by: User) -> Collective:
    """The office calls a granted day off: everybody is on the list for the hall again, and no offer is left open.

    Law: 令55 art. 12. Raises: SittingNotYours, CollectiveOver, ReasonMissing, ModeUnderWay where somebody is being examined.
    """
    held = _to_change(row, by, CollectiveState.GRANTED)
    if not reason.strip():
        raise ReasonMissing
    wishes = (
        held.wishes.filter(state__in=(WishState.OFFERED, WishState.GRANTED)).select_related("case").order_by("case_id")
    )
    for wish in wishes:
        _end(wish, reason.strip(), by)
    _decide(held, CollectiveState.ENDED, reason, by)
    if not Collective.objects.filter(venue=held.venue, state=CollectiveState.GRANTED).exists():
        Venue.objects.filter(collectives=held).update(closed_on=moment.today())
    return held


def _end(wish: ModeWish, reason: str, by: User) -> None:
    case = locked(wish.case)
    if wish.state == WishState.GRANTED:
        require_before_examination(case)
        end_mode(case, by=by, why=reason)
        back_on_the_list(case, unless=Mode.HALL)
    else:
        told = {"state": WishState.ENDED, "ended_by": by, "ended_at": moment.now(), "ended_why": reason}
        ModeWish.objects.filter(pk=wish.pk).update(**told)
        fulfil(case, FOLLOW_OFFER)
        record(case.chain, "mode.ended", by=by, mode=wish.meant.value)
    tell(case, "collective_off", key=f"mode/{wish.pk}/left", title=wish.meant.label, answer=reason)


def _left_out(row: Collective, case: Case, demand: Demand, rule: ModeRule) -> LeftOut | None:
    if case.state not in ASKED_IN or case.office_id != row.office_id:  # handed over meanwhile
        return LeftOut.TOO_LATE
    if open_wish(case) or mode_in_force(case):
        return LeftOut.OTHER_WISH
    return LeftOut.CANNOT_JUDGE if why_not(rule, demand.needs, demand.parts) else None


def _ask_worker(row: Collective, case: Case, rule: ModeRule, by: User) -> None:
    """The worker's own choice, in the same place as any offer of the office; that it is followed is the scheduler's task."""
    wish = ModeWish.objects.create(
        case=case,
        mode=rule.mode,
        offered=rule.mode,
        ground=GROUND,
        reason=REASON,
        came_by=CameBy.ONLINE,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=WishState.OFFERED,
        answer=row.answer,
        decided_by=by,
        decided_at=row.decided_at,
        collective=row,
    )
    due = working_day_after(moment.today(), rule.answer_days)
    owe(case, FOLLOW_OFFER, due=due, article=ARTICLE, role=Role.SCHEDULER)
    record(case.chain, "mode.offered", by=by, mode=rule.mode.value, offered=rule.mode.value, collective=row.pk)
    tell(case, "collective_offered", key=f"mode/{wish.pk}/offer", title=rule.title)


def _venue(row: Collective, by: User) -> Venue:
    """The employer's rooms as a place of the office; a second day at the same address is at the same place."""
    known = Venue.objects.filter(office=row.office, employer=row.employer)
    venue = known.filter(address=row.address).first()
    if venue is None:
        name = f"{row.employer.name[:60]}提供的地点{known.count() + 1}"
        told = {"address": row.address, "step_free": False}
        venue = Venue.objects.create(office=row.office, employer=row.employer, name=name, **told)
        record(f"office:{row.office.code}", "venue.added", by=by, venue=venue.pk)
    Venue.objects.filter(pk=venue.pk).update(closed_on=None)
    for number in range(1, row.rooms + 1):
        Room.objects.get_or_create(venue=venue, name=f"第{number}间")
    return venue


def _decide(row: Collective, state: CollectiveState, answer: str, by: User) -> None:
    """Keep the answer, end the task in every case that was named, and tell the employer once."""
    row.state, row.answer, row.decided_by, row.decided_at = state, answer.strip(), by, moment.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at", "venue"])
    for one in row.listed.select_related("case").order_by("case_id"):
        if fulfil(one.case, ANSWER_COLLECTIVE, about=row.about):
            record(one.case.chain, f"collective.{state.value}", by=by, collective=row.pk)
    row.listed.update(is_open=False)
    told = {"state": state.label, "answer": row.answer or "—", "count": row.listed.count()}
    tell_employer(_first(row), "collective_answered", key=f"{row.about}/{state.value}", **told)


def _first(row: Collective) -> Case:
    return row.listed.select_related("case__office").order_by("case_id")[0].case


def _to_change(row: Collective, by: User, state: CollectiveState) -> Collective:
    require(by, "sittings.book", row.office_id)
    return _held(row, state)


def _held(row: Collective, state: CollectiveState) -> Collective:
    """Keep it still, in the state in which it was seen, and in nobody's way who answers for one case. Raises: CollectiveOver."""
    rows = Collective.objects.select_for_update(of=("self",), no_key=True).select_related(
        "office", "employer", "asked_by"
    )
    held = rows.get(pk=row.pk)
    if held.state != state:
        raise CollectiveOver(state=held.get_state_display())
    return held


def _rule(case: Case) -> ModeRule:
    return mode_rule(Mode.ENTERPRISE, on=moment.today(), region=case.office.region)
