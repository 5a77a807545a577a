"""Somebody who is visited is somewhere else now. Consent to come to one address is none for another, and a route is looked at again."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.modes import mode_rule
from gongjian.sittings.access import require, require_appraisee
from gongjian.sittings.actions.changing import require_before_examination
from gongjian.sittings.actions.needs import revalidate
from gongjian.sittings.errors import (
    AddressTooLate,
    AddressUnchanged,
    BookingNotFound,
    HowItCameMissing,
    ModeUnderWay,
    NoModeInForce,
)
from gongjian.sittings.messages import tell
from gongjian.sittings.models import Booking
from gongjian.sittings.modes import check_address, check_consent
from gongjian.sittings.queries import live_booking, mode_in_force
from gongjian.sittings.rules import Flag
from gongjian.sittings.states import BOOKABLE, TAKEN_DOWN, BookingState, CameBy
from gongjian.sittings.wishes import AddressChange, ModeWish

WAITS = "时间安排好后会通知您。"
LOOKED_AT = "原来的时间暂时不变；路线核对后，会告诉您仍按原时间，还是另行安排。"


@transaction.atomic
def change_address(
    case: Case, *, address: str, contact: str, consent: str, by: User, came_by: str = CameBy.ONLINE
) -> ModeWish:
    """Keep another address of a granted visit, or another person to call there, with the consent to it. A booking made before is flagged: that the
    team still reaches it in time is the scheduler's task.

    Once the team is on its way only staff take it down, who tell the team. Law: 令55 art. 12; 个保法 art. 29.
    Raises: ForTheOtherSide, SittingNotYours, HowItCameMissing, NoModeInForce, AddressMissing, ConsentToModeMissing, AddressUnchanged,
    AddressTooLate, ModeUnderWay.
    """
    require_appraisee(by, case, "sittings.book")
    is_staff = by.kind == User.Kind.STAFF
    if is_staff and came_by not in TAKEN_DOWN:
        raise HowItCameMissing
    case = locked(case)
    wish, booking = _visit(case), live_booking(case)
    rule = mode_rule(wish.meant, on=moment.today(), region=case.office.region)
    check_address(rule, address=address, contact=contact)
    check_consent(rule, consent)
    if (address.strip(), contact.strip()) == (wish.address, wish.contact):
        raise AddressUnchanged
    _check_in_time(case, booking, is_staff)
    words = f"{rule.consent}\n（{consent.strip()}）"
    _keep(wish, address.strip(), contact.strip(), words, came_by=CameBy(came_by) if is_staff else CameBy.ONLINE, by=by)
    if booking and wish.moved_at:
        revalidate(booking)
    tell(
        case, "address_changed", key=f"address/{wish.addresses.count()}/{wish.pk}", next=LOOKED_AT if booking else WAITS
    )
    return wish


@transaction.atomic
def keep_visit(case: Case, *, by: User) -> Booking:
    """The route was looked at: the team comes to the new address at the time that was told. The flag and its task go, and the person is told.

    Law: 令55 art. 12. Raises: SittingNotYours, BookingNotFound.
    """
    require(by, "sittings.book", case.office_id)
    case = locked(case)
    booking = live_booking(case)
    if booking is None or Flag.ADDRESS not in booking.flags or booking.wish is None:
        raise BookingNotFound
    ModeWish.objects.filter(pk=booking.wish.pk).update(moved_at=None)
    revalidate(booking)
    record(case.chain, "address.fits", by=by, sitting=booking.sitting.number)
    changes = booking.wish.addresses.count()
    tell(case, "visit_kept", key=f"address/{changes}/{booking.wish_id}/kept", at=booking.slot.starts_at)
    return booking


def _visit(case: Case) -> ModeWish:
    wish = mode_in_force(case)
    if wish is None or not wish.address:
        raise NoModeInForce
    return wish


def _check_in_time(case: Case, booking: Booking | None, is_staff: bool) -> None:
    require_before_examination(case)
    if booking is None:
        return
    if booking.state != BookingState.BOOKED:
        raise ModeUnderWay
    if not is_staff and booking.sitting.state not in BOOKABLE:
        raise AddressTooLate


def _keep(wish: ModeWish, address: str, contact: str, consent: str, *, came_by: CameBy, by: User) -> None:
    """What was stays on record, encrypted; the chain says that it changed, and nothing of where."""
    AddressChange.objects.create(
        wish=wish,
        former=wish.address,
        former_contact=wish.contact,
        former_consent=wish.consent,
        address=address,
        contact=contact,
        consent=consent,
        came_by=came_by,
        by=by,
        at=moment.now(),
    )
    has_moved = address != wish.address
    wish.address, wish.contact, wish.consent, wish.consent_at = address, contact, consent, moment.now()
    wish.moved_at = moment.now() if has_moved else wish.moved_at
    wish.save(update_fields=["address", "contact", "consent", "consent_at", "moved_at"])
    record(wish.case.chain, "address.changed", by=by, came_by=came_by.value, moved=has_moved)
