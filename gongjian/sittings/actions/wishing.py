"""A wish for another mode: asked by the person, or taken down by staff; answered by the office with a yes, a no or another offer."""

from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.procedures import procedure_of
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.law.modes import Mode, ModeRule, mode_rule, mode_rules
from gongjian.sittings.access import require, require_appraisee
from gongjian.sittings.actions.changing import back_on_the_list, require_before_examination
from gongjian.sittings.actions.entrusting import end_mode, owe_choice
from gongjian.sittings.errors import (
    HowItCameMissing,
    ModeGrantedAlready,
    OfferWrong,
    ReasonMissing,
    TooEarlyForMode,
    WishNotFound,
    WishOpen,
)
from gongjian.sittings.fitting import demands_of
from gongjian.sittings.messages import tell
from gongjian.sittings.modes import ASKED_IN, check_address, check_consent, check_judges, check_wish, offers
from gongjian.sittings.owes import DECIDE_MODE, FOLLOW_OFFER
from gongjian.sittings.queries import mode_in_force, open_wish
from gongjian.sittings.states import TAKEN_DOWN, CameBy, WishState
from gongjian.sittings.wishes import ModeWish

ARTICLE = "令55 第十二条"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked: mode, a ground of the table, why; where and whom to call there; how the consent was given; how the wish came."""

    mode: str
    ground: str
    reason: str
    address: str = ""
    contact: str = ""
    consent: str = ""
    proof: Evidence | None = None
    proof_seen: str = ""
    came_by: str = CameBy.ONLINE


@transaction.atomic
def ask_mode(case: Case, wish: Wish, *, by: User) -> ModeWish:
    """Ask for another mode: the appraisee's side in the portal, or staff who take it down. Its answer is the scheduler's task from this moment.

    A wish that is open, or granted already, is not asked twice. Law: 令55 art. 12; 个保法 art. 29 (consent, kept with its words).
    Raises: ForTheOtherSide, SittingNotYours, HowItCameMissing, TooEarlyForMode, WishOpen, ModeGrantedAlready, ModeNotAsked, ReasonMissing,
    AddressMissing, ProofMissing, ConsentToModeMissing.
    """
    require_appraisee(by, case, "sittings.book")
    is_staff = by.kind == User.Kind.STAFF
    if is_staff and wish.came_by not in TAKEN_DOWN:
        raise HowItCameMissing
    case = locked(case)
    _check_askable(case, wish.mode)
    rule = _rule(case, wish.mode)
    told = {"ground": wish.ground, "reason": wish.reason, "address": wish.address, "contact": wish.contact}
    check_wish(rule, side="worker", has_proof=bool(wish.proof or (is_staff and wish.proof_seen.strip())), **told)
    check_consent(rule, wish.consent)
    kept = ModeWish.objects.create(
        case=case,
        mode=rule.mode,
        ground=wish.ground,
        reason=_with_proof(wish),
        address=wish.address.strip() if rule.comes_to_them else "",
        contact=wish.contact.strip(),
        proof=wish.proof,
        came_by=CameBy(wish.came_by) if is_staff else CameBy.ONLINE,
        asked_by=by,
        asked_at=moment.now(),
        consent=_words(rule, wish.consent),
        consent_at=moment.now() if rule.consent else None,
    )
    due = working_day_after(moment.today(), rule.answer_days)
    owe(case, DECIDE_MODE, due=due, article=ARTICLE, role=Role.SCHEDULER)
    record(case.chain, "mode.asked", by=by, mode=rule.mode.value, came_by=kept.came_by, consented=bool(rule.consent))
    return kept


@transaction.atomic
def grant_mode(wish: ModeWish, *, reason: str = "", by: User) -> ModeWish:
    """Say yes: from now on the case is booked into sittings of this mode only. A place at a sitting of another mode is given back at once.

    Law: 令55 art. 12, 13. Raises: SittingNotYours, WishNotFound, ModeCannotJudge, ModeUnderWay.
    """
    row = _to_answer(wish, by)
    _check_judges(row.case, row.mode)
    fulfil(row.case, DECIDE_MODE)
    return _begin(row, answer=reason, by=by)


@transaction.atomic
def refuse_mode(wish: ModeWish, *, reason: str, by: User) -> ModeWish:
    """Say no, with the reason that the person is told; the case goes on as it was. Raises: SittingNotYours, WishNotFound, ReasonMissing."""
    row = _to_answer(wish, by)
    if not reason.strip():
        raise ReasonMissing
    _decided(row, WishState.REFUSED, reason, by)
    fulfil(row.case, DECIDE_MODE)
    record(row.case.chain, "mode.refused", by=by, mode=row.mode)
    tell(row.case, "mode_refused", key=f"mode/{row.pk}", title=Mode(row.mode).label, answer=row.answer)
    return row


@transaction.atomic
def offer_mode(wish: ModeWish, *, mode: str, reason: str, by: User) -> ModeWish:
    """Offer another mode, with the reason. The person chooses; that they do is the scheduler's task, so that no offer is forgotten.

    Law: 令55 art. 12 ("or other ways"), 13. Raises: SittingNotYours, WishNotFound, ReasonMissing, OfferWrong.
    """
    row = _to_answer(wish, by)
    if not reason.strip():
        raise ReasonMissing
    if mode not in modes_to_offer(row):
        raise OfferWrong
    row.offered = mode
    _decided(row, WishState.OFFERED, reason, by)
    fulfil(row.case, DECIDE_MODE)
    due = working_day_after(moment.today(), _rule(row.case, mode).answer_days)
    owe(row.case, FOLLOW_OFFER, due=due, article=ARTICLE, role=Role.SCHEDULER)
    record(row.case.chain, "mode.offered", by=by, mode=row.mode, offered=mode)
    key, title, offered = f"mode/{row.pk}/offer", Mode(row.mode).label, Mode(mode).label
    tell(row.case, "mode_offered", key=key, title=title, offered=offered, answer=row.answer)
    return row


@transaction.atomic
def accept_offer(case: Case, *, consent: str = "", address: str = "", contact: str = "", by: User) -> ModeWish:
    """The person takes what the office offers, with what it still needs: consent, and an address where we come to them.

    Law: 令55 art. 12; 个保法 art. 29. Raises: ForTheOtherSide, SittingNotYours, WishNotFound, AddressMissing, ConsentToModeMissing,
    ModeCannotJudge, ModeUnderWay.
    """
    row = _offered(case, by)
    rule = _rule(row.case, row.offered)
    address, contact = address.strip() or row.address, contact.strip() or row.contact
    check_address(rule, address=address, contact=contact)
    check_consent(rule, consent)
    _check_judges(row.case, row.offered)
    row.address, row.contact = address if rule.comes_to_them else "", contact
    row.consent, row.consent_at = _words(rule, consent), moment.now() if rule.consent else None
    row.save(update_fields=["address", "contact", "consent", "consent_at"])
    fulfil(row.case, FOLLOW_OFFER)
    return _begin(row, answer=row.answer, by=by)


@transaction.atomic
def decline_offer(case: Case, *, by: User) -> ModeWish:
    """The person does not take what is offered; the case goes on as it was. Raises: ForTheOtherSide, SittingNotYours, WishNotFound."""
    row = _offered(case, by)
    ModeWish.objects.filter(pk=row.pk).update(state=WishState.DECLINED, ended_by=by, ended_at=moment.now())
    row.refresh_from_db()
    fulfil(row.case, FOLLOW_OFFER)
    record(row.case.chain, "mode.declined", by=by, offered=row.offered)
    return row


def modes_to_offer(wish: ModeWish) -> list[Mode]:
    """What the office may offer instead."""
    demand = demands_of([wish.case])[wish.case_id]
    rules = mode_rules(on=moment.today(), region=wish.case.office.region)
    return offers(rules, asked=wish.mode, needs=demand.needs, parts=demand.parts)


def _begin(row: ModeWish, *, answer: str, by: User) -> ModeWish:
    """The mode comes into force, in place of one that was; who is booked otherwise is back on the list."""
    require_before_examination(row.case)
    end_mode(row.case, by=by)
    promise = _rule(row.case, row.meant).promise_days
    row.promised_on = working_day_after(moment.today(), promise) if promise else None
    _decided(row, WishState.GRANTED, answer, row.decided_by or by)
    record(row.case.chain, "mode.granted", by=by, mode=row.meant.value)
    tell(row.case, "mode_granted", key=f"mode/{row.pk}/granted", title=row.meant.label)
    back_on_the_list(row.case, unless=row.meant)
    if row.meant == Mode.ENTRUSTED:
        owe_choice(row.case)
    return row


def _decided(row: ModeWish, state: WishState, answer: str, by: User) -> None:
    row.state, row.answer, row.decided_by = state, answer.strip(), by
    row.decided_at = row.decided_at or moment.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at", "offered", "promised_on"])


def _check_askable(case: Case, mode: str) -> None:
    if case.state not in ASKED_IN:
        raise TooEarlyForMode(state=procedure_of(case.procedure).label_for(case.state, inside=False))
    if waits := open_wish(case):
        raise WishOpen(title=waits.meant.label)
    granted = mode_in_force(case)
    if granted and granted.meant == mode:
        raise ModeGrantedAlready(title=granted.meant.label)


def _to_answer(wish: ModeWish, by: User) -> ModeWish:
    require(by, "sittings.book", wish.case.office_id)
    return _locked_wish(wish.case, WishState.ASKED)


def _offered(case: Case, by: User) -> ModeWish:
    require_appraisee(by, case, "sittings.book")
    return _locked_wish(case, WishState.OFFERED)


def _locked_wish(case: Case, state: WishState) -> ModeWish:
    """The case first, then its wish: whoever books it or asks for it waits. Raises: WishNotFound."""
    held = locked(case)
    row = ModeWish.objects.select_for_update(of=("self",)).filter(case=held, state=state).first()
    if row is None:
        raise WishNotFound
    row.case = held
    return row


def _check_judges(case: Case, mode: str) -> None:
    demand = demands_of([case])[case.pk]
    check_judges(_rule(case, mode), demand.needs, demand.parts)


def _rule(case: Case, mode: str) -> ModeRule:
    return mode_rule(mode, on=moment.today(), region=case.office.region)


def _words(rule: ModeRule, how: str) -> str:
    """The consent as it is kept: what was agreed to, and how."""
    return f"{rule.consent}\n（{how.strip()}）" if rule.consent else ""


def _with_proof(wish: Wish) -> str:
    seen = wish.proof_seen.strip()
    return f"{wish.reason.strip()}\n（证明：{seen}）" if seen else wish.reason.strip()
