"""Reading sittings, bookings and the queue."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.accounts.roles import SITTINGS
from gongjian.appraisal.entrusted import EXAMINED_HERE
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.queries import is_party, open_to
from gongjian.experts.models import Expert
from gongjian.sittings.errors import BookingNotFound, RequestNotFound, SittingNotFound
from gongjian.sittings.models import Absence, Booking, QueueEntry, Reschedule, Sitting, Slot, Venue
from gongjian.sittings.states import (
    BOOKABLE,
    LIVE,
    OPEN_WISHES,
    BookingState,
    QueueState,
    RequestState,
    SittingState,
    WishState,
)
from gongjian.sittings.wishes import ModeWish


def visible_sittings(user: User) -> QuerySet[Sitting]:
    """Sittings `user` may see: those of the offices where they see cases. Parties and experts see none here."""
    sittings = Sitting.objects.select_related("office", "venue")
    if not user.is_authenticated or user.kind != User.Kind.STAFF:
        return sittings.none()
    return sittings.filter(office_id__in=offices_where(user, SITTINGS))


def sitting_for(number: str, *, by: User) -> Sitting:
    """One sitting. Hidden and unknown answer alike. Raises: SittingNotFound."""
    sitting = visible_sittings(by).filter(number=number).first()
    if sitting is None:
        raise SittingNotFound
    return sitting


def public_sitting(number: str) -> Sitting:
    """One published sitting for the screen in the hall, which shows tickets and rooms only. Raises: SittingNotFound."""
    sitting = Sitting.objects.select_related("venue").exclude(state=SittingState.PLANNED).filter(number=number).first()
    if sitting is None:
        raise SittingNotFound
    return sitting


def with_places(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """Sittings with `places` (capacity in all) and `booked` (places taken)."""
    return sittings.annotate(places=Sum("slots__capacity"), booked=Sum("slots__taken"))


def sittings_from(user: User, *, day: date, office: Office | None = None) -> QuerySet[Sitting]:
    """The sittings on and after a day, in their order: one query."""
    found = with_places(visible_sittings(user).filter(day__gte=day)).order_by("day", "starts_at", "id")
    return found.filter(office=office) if office else found


def sittings_between(user: User, first: date, last: date) -> QuerySet[Sitting]:
    """The sittings of some days, the last one included, in their order: one query."""
    found = visible_sittings(user).filter(day__range=(first, last))
    return with_places(found).order_by("day", "starts_at", "id")


def open_for(case: Case, *, after: date) -> QuerySet[Sitting]:
    """Sittings of the case's office in which there may still be a place, in their order."""
    found = Sitting.objects.filter(office_id=case.office_id, day__gt=after, state__in=BOOKABLE).select_related(
        "venue", "office"
    )
    free = found.filter(Exists(Slot.objects.filter(sitting=OuterRef("pk"), taken__lt=F("capacity"))))
    return with_places(free).order_by("day", "starts_at", "id")


def sittings_asking(expert: Expert, *, after: date) -> QuerySet[Sitting]:
    """Coming sittings for which an expert's office wants to know whether they can come."""
    offices = Q(office_id=expert.office_id)
    if expert.home_committee:
        offices = Q(pk__in=expert.invitations.filter(withdrawn_at=None).values("sitting"))
    if expert.is_shared:
        offices |= Q(office__parent_id__in=[expert.office_id, expert.office.parent_id])
    return (
        Sitting.objects.filter(offices, day__gt=after, state__in=BOOKABLE).select_related("venue").order_by("day", "id")
    )


def bookings_of(sitting: Sitting) -> QuerySet[Booking]:
    """The live bookings of a sitting in the order in which people are called, with person and presence: one query."""
    live = Booking.objects.filter(sitting=sitting, state__in=LIVE)
    return live.select_related(
        "case__person", "case__office", "slot", "presence", "absence", "queue_entry", "wish"
    ).order_by("slot__starts_at", "id")


def slots_of(sitting: Sitting) -> QuerySet[Slot]:
    """The slots of a sitting by time."""
    return sitting.slots.order_by("starts_at")


def booking_for(pk: int, *, by: User) -> Booking:
    """One booking of a sitting that `by` may see. Raises: BookingNotFound."""
    rows = Booking.objects.filter(pk=pk, sitting__in=visible_sittings(by))
    rows = rows.select_related("case__person", "case__office", "sitting__venue", "sitting__office", "slot")
    booking = open_to(rows, by, at="case").first()
    if booking is None:
        raise BookingNotFound
    return booking


def live_booking(case: Case) -> Booking | None:
    """The one booking that a case has now."""
    return (
        Booking.objects.select_related(
            "sitting__venue", "sitting__office", "slot", "case__office", "case__person", "wish"
        )
        .filter(case=case, state__in=LIVE)
        .first()
    )


def appointment_of(case: Case, *, by: User) -> Booking | None:
    """The booking as a party or staff may see it: a party once its notice has gone out. The case is visible to `by` already."""
    booking = live_booking(case)
    gone_out = booking is not None and (booking.notice_id or booking.noticed_at)
    if booking and not gone_out and is_party(by, case):
        return None
    return booking


def bookings_by_code(codes: list[str]) -> QuerySet[Booking]:
    """Bookings by exam code, for rooms that know cases by nothing else."""
    return Booking.objects.filter(exam_code__in=codes).select_related("case", "sitting", "slot")


def open_request(case: Case) -> Reschedule | None:
    """A request for another day that waits for an answer."""
    return (
        Reschedule.objects.select_related("booking__sitting__venue", "booking__slot", "case__office", "asked_by")
        .filter(case=case, state=RequestState.ASKED)
        .first()
    )


def unsettled_request(case: Case) -> Reschedule | None:
    """An approved request whose other day has not been found yet."""
    return (
        Reschedule.objects.select_related("booking__sitting", "booking__slot")
        .filter(case=case, state=RequestState.APPROVED, settled_by=None)
        .order_by("-decided_at")
        .first()
    )


def request_for(pk: int, *, by: User) -> Reschedule:
    """A request for another day that `by` may see. Raises: RequestNotFound."""
    rows = Reschedule.objects.filter(pk=pk, booking__sitting__in=visible_sittings(by))
    rows = rows.select_related("booking__sitting__venue", "booking__slot", "case__office", "case__person")
    found = open_to(rows, by, at="case").first()
    if found is None:
        raise RequestNotFound
    return found


def requests_waiting(user: User) -> QuerySet[Reschedule]:
    """Requests for another day that wait for an answer, the nearest sitting first: one query."""
    waiting = Reschedule.objects.filter(state=RequestState.ASKED, booking__sitting__in=visible_sittings(user))
    return (
        open_to(waiting, user, at="case")
        .select_related("case__person", "booking__sitting", "booking__slot")
        .order_by("booking__sitting__day", "id")
    )


def open_wish(case: Case) -> ModeWish | None:
    """A wish for another mode that waits for the office, or an offer that waits for the person."""
    return _wishes(case).filter(state__in=OPEN_WISHES).first()


def mode_in_force(case: Case) -> ModeWish | None:
    """What the mode of a case rests on, where it is not the hall."""
    return _wishes(case).filter(state=WishState.GRANTED).first()


def last_wish(case: Case) -> ModeWish | None:
    """The wish a person asks after: the newest."""
    return _wishes(case).order_by("-id").first()


def _wishes(case: Case) -> QuerySet[ModeWish]:
    return ModeWish.objects.select_related("case__office", "case__person", "asked_by", "proof").filter(case=case)


def wishes_waiting(user: User) -> QuerySet[ModeWish]:
    """Wishes for another mode that wait, at the offices where `user` sees sittings, the oldest first: one query."""
    offices = offices_where(user, SITTINGS) if user.kind == User.Kind.STAFF else set()
    waiting = ModeWish.objects.filter(state__in=OPEN_WISHES, case__office_id__in=offices)
    return open_to(waiting, user, at="case").select_related("case__person").order_by("asked_at", "id")


def absence_of(case: Case) -> Absence | None:
    """The absence at the case's present booking."""
    return (
        Absence.objects.select_related("booking__sitting__venue", "booking__slot", "booking__case__office")
        .filter(booking__case=case, booking__state=BookingState.ABSENT)
        .first()
    )


def unjustified_absences(case: Case) -> int:
    """How often the person has stayed away without good reason in this case."""
    return Absence.objects.filter(booking__case=case, state="unjustified").count()


def not_received(sitting: Sitting) -> QuerySet[Booking]:
    """Who was expected at a sitting and has not checked in, or was noted as absent."""
    return bookings_of(sitting).filter(state__in=[BookingState.BOOKED, BookingState.ABSENT])


def venues_of(offices: set[int]) -> QuerySet[Venue]:
    """The venues of offices with their rooms: two queries."""
    return Venue.objects.filter(office_id__in=offices, closed_on=None).prefetch_related("rooms").order_by("name")


def districts_of(offices: set[int]) -> dict[str, str]:
    """Code → how it is called, of each place from which cases of these offices come: their own, and those of the windows that receive for them."""
    near = Office.objects.filter(Q(pk__in=offices) | Q(serves__in=offices) | Q(parent__in=offices))
    return {
        code: f"{name}所在地（{code}）" for code, name in near.order_by("region", "-pk").values_list("region", "name")
    }


def waiting_cases(offices: set[int]) -> int:
    """How many accepted cases wait for a sitting."""
    return Case.objects.filter(office_id__in=offices, procedure__in=EXAMINED_HERE, state=State.ACCEPTED).count()


def queue_of(sitting: Sitting) -> QuerySet[QueueEntry]:
    """Everyone the door has sent to a group, by group and turn: one query."""
    return (
        QueueEntry.objects.filter(sitting=sitting)
        .select_related("booking__case__person")
        .annotate(times_skipped=Count("skips"))
        .order_by("group_number", "stands_since", "id")
    )


def without_a_group(sitting: Sitting) -> QuerySet[Booking]:
    """Who has checked in and stands in no group's queue: not sent yet, or left by a group that lost a member."""
    nowhere = Q(queue_entry=None) | Q(queue_entry__state=QueueState.LEFT)
    return bookings_of(sitting).filter(nowhere, state=BookingState.PRESENT)


def ticket_counts(sitting: Sitting) -> dict[str, int]:
    """State of booking → how many, for the head of the sitting's page."""
    rows = Booking.objects.filter(sitting=sitting).values_list("state").annotate(count=Count("id"))
    return dict(rows)
