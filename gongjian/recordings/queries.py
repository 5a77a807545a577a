"""Reading recordings: who sees which, what was said to the notice, what still stands in an end's way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, open_to, parties_of, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import EvidenceErased, EvidenceUnreadable
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.evidence.sealing import SealBroken
from gongjian.recordings.access import PLAY, SEEING
from gongjian.recordings.chain import Found, Piece, first_fault
from gongjian.recordings.errors import PlaybackOver, RecordingNotFound
from gongjian.recordings.models import Chunk, Consent, Hold, Playback, Recording, Request
from gongjian.recordings.rules import SEES_FOR, Limits
from gongjian.recordings.states import Answer, Purpose, RequestState, Speaker, Wish
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState

PLAYS_FOR = timedelta(hours=2)
"""How long a reason opens a recording."""
SPEAKERS = {"worker": Speaker.SELF, "relative": Speaker.GUARDIAN, "agent": Speaker.AGENT}
"""As whom a party of the worker's side says it; the nearest one first."""
LEFT_AFTER = timedelta(hours=12)
"""After how long without a piece nobody is coming back."""


def visible_to(user: User) -> QuerySet[Recording]:
    """Recordings `user` may know of: staff with a part in them at the office, never of a case they keep away from. Parties and experts: none here."""
    rows = Recording.objects.select_related("booking__case__office", "booking__case__person", "booking__sitting")
    if not user.is_authenticated or not user.is_active or user.kind != User.Kind.STAFF:
        return rows.none()
    offices = {office for permission in SEEING for office in offices_where(user, permission)}
    return open_to(rows.filter(booking__case__office_id__in=offices), user, at="booking__case")


def recording_for(pk: int, *, by: User) -> Recording:
    """One recording. Hidden and unknown answer alike. Raises: RecordingNotFound."""
    found = visible_to(by).filter(pk=pk).first()
    if found is None:
        raise RecordingNotFound
    return found


def own_recording(pk: int, *, by: User) -> Recording:
    """One recording of oneself, or of whom `by` speaks for, that was granted. Raises: RecordingNotFound."""
    found = Recording.objects.select_related("booking__case__office").filter(pk=pk).first()
    if found is None or not is_granted(found, by=by):
        raise RecordingNotFound
    return found


def booking_to_record(pk: int, *, by: User) -> Booking:
    """The place of an examination at an office where `by` has a part in recordings. Raises: RecordingNotFound."""
    offices = {office for permission in SEEING for office in offices_where(by, permission)}
    rows = Booking.objects.select_related("case__office", "case__person", "sitting__venue", "sitting__office", "slot")
    found = open_to(rows.filter(pk=pk, sitting__office_id__in=offices), by, at="case").first()
    if found is None or by.kind != User.Kind.STAFF:
        raise RecordingNotFound
    return found


def of_booking(booking: Booking) -> QuerySet[Recording]:
    """The recordings of one examination, in the order they were made."""
    return Recording.objects.filter(booking=booking).prefetch_related("marks").order_by("id")


def of_case(case: Case) -> QuerySet[Recording]:
    """The recordings of a case with marks and holds: three queries, however many. Who may see the case is asked before."""
    rows = Recording.objects.filter(booking__case=case).select_related("booking__sitting")
    return rows.prefetch_related("marks", "holds").order_by("id")


def answer_of(booking: Booking) -> Consent | None:
    """What was said last to the notice."""
    return Consent.objects.filter(booking=booking).order_by("-id").first()


def is_agreed(booking: Booking) -> bool:
    """Whether the last word was a yes."""
    said = answer_of(booking)
    return said is not None and said.answer == Answer.YES


def agreed_bookings(case: Case) -> list[Booking]:
    """The examinations of a case to whose recording the last word was a yes, and of which there is or may come something."""
    last = Consent.objects.filter(booking=OuterRef("pk")).order_by("-id").values("answer")[:1]
    there = Exists(Recording.objects.filter(booking=OuterRef("pk"), erased_at=None))
    rows = Booking.objects.filter(case=case).annotate(said=last).filter(said=Answer.YES)
    return list(rows.filter(Q(there) | Q(state=BookingState.PRESENT)).order_by("id"))


def speaker_for(case: Case, *, by: User) -> Speaker | None:
    """As whom a user of the portal takes a consent back; None for who may not: the other side, a union."""
    capacities = {row.capacity for row in parties_of(case, Side.WORKER) if row.user_id == by.pk}
    return next((speaker for capacity, speaker in SPEAKERS.items() if capacity in capacities), None)


def limits_now() -> Limits:
    """What a recording may take that begins now."""
    return Limits(
        video_kbps=settings.RECORDING_VIDEO_KBPS,
        audio_kbps=settings.RECORDING_AUDIO_KBPS,
        minutes=settings.RECORDING_MINUTES,
    )


def pieces_of(recording: Recording) -> list[Chunk]:
    """Its pieces in order, with what the store knows of them: one query."""
    return list(recording.chunks.select_related("evidence").order_by("position"))


def content_of(chunk: Chunk) -> bytes | None:
    """The bytes of a piece; None where they are not there, or are not what was written."""
    try:
        with open_evidence(chunk.evidence) as file:
            return file.read()
    except (EvidenceUnreadable, EvidenceErased, SealBroken, OSError):
        return None


def fault_in(recording: Recording) -> Found | None:
    """The first piece of a recording that does not hold, all its bytes read; of one that was erased, the list alone is walked."""
    chunks = {chunk.position: chunk for chunk in pieces_of(recording)}
    pieces = [chunk.piece for chunk in chunks.values()]

    def contents(piece: Piece) -> bytes | None:
        return content_of(chunks[piece.position])

    asked = None if recording.erased_at else contents
    return first_fault(recording.key, pieces, head=recording.head, contents=asked)


def list_fault_in(recording: Recording) -> Found | None:
    """The same by the list of pieces alone: one query, no file is read."""
    pieces = (chunk.piece for chunk in recording.chunks.order_by("position"))
    return first_fault(recording.key, pieces, head=recording.head)


def playback_for(pk: int, *, by: User) -> Playback:
    """A play-back of one's own that is still open, of a recording whose case `by` has still to do with. Raises: PlaybackOver."""
    rows = Playback.objects.select_related("recording__booking__case__office", "recording__booking__sitting")
    found = rows.filter(pk=pk, by=by, at__gt=moment.now() - PLAYS_FOR).first()
    if found is None or not may_still_see(found.recording, found.purpose, by=by):
        raise PlaybackOver
    return found


def may_still_see(recording: Recording, purpose: str, *, by: User) -> bool:
    """Whether who opened a recording could open it now."""
    if purpose == Purpose.OWN:
        return is_granted(recording, by=by)
    return by.holds(PLAY, recording.booking.case.office_id) and visible_to(by).filter(pk=recording.pk).exists()


def is_granted(recording: Recording, *, by: User) -> bool:
    """Whether the person's side was granted this recording, and `by` speaks for it today."""
    return _grants_of(recording).exists() and speaks_for(by, recording.booking.case, Side.WORKER)


def may_copy(recording: Recording) -> bool:
    """Whether a copy of it was granted, not only a look."""
    return _grants_of(recording).filter(wish=Wish.COPY).exists()


def granted_of(case: Case) -> QuerySet[Recording]:
    """The recordings of a case that the person's side was granted."""
    return Recording.objects.filter(Exists(_grants_of_row()), booking__case=case)


def playbacks_of(case: Case) -> QuerySet[Playback]:
    """Who has played recordings of a case, the newest first."""
    return Playback.objects.filter(recording__booking__case=case).select_related("by", "recording").order_by("-id")


def open_request(case: Case) -> Request | None:
    """A request that waits for its answer."""
    return Request.objects.filter(case=case, state=RequestState.ASKED).select_related("asked_by").first()


def requests_of(case: Case) -> QuerySet[Request]:
    """What was asked and answered, the newest first."""
    return Request.objects.filter(case=case).order_by("-id")


def to_erase(now: datetime) -> Iterator[Recording]:
    """Recordings whose day is over or whose consent was withdrawn, and which nothing keeps."""
    last = Consent.objects.filter(booking=OuterRef("booking")).order_by("-id").values("answer")[:1]
    ready = Recording.objects.exclude(state="running").filter(erased_at=None).annotate(said=last)
    over = Q(keep_until__lt=moment.day_of(now)) | Q(said=Answer.WITHDRAWN)
    yield from ready.filter(over).exclude(_kept(now)).select_related("booking__case").order_by("id").iterator()


def locked_recording(pk: int) -> Recording:
    """A recording kept still for the transaction that changes it."""
    return Recording.objects.select_for_update(of=("self",)).select_related("booking__case").get(pk=pk)


def is_kept(recording: Recording) -> bool:
    """Whether somebody holds it, a request about it waits, or the person has still time to see what was granted."""
    return Recording.objects.filter(_kept(moment.now()), pk=recording.pk).exists()


def left_running(now: datetime) -> QuerySet[Recording]:
    """Recordings that nobody sends pieces of any more."""
    return Recording.objects.filter(state="running", last_at__lt=now - LEFT_AFTER).order_by("id")


def _grants(case: int | OuterRef, begun: datetime | OuterRef) -> QuerySet[Request]:
    """The yeses that cover a recording of the case begun then: given when it was there. What is recorded later is asked for anew."""
    return Request.objects.filter(case=case, state=RequestState.GRANTED, decided_at__gte=begun)


def _grants_of(recording: Recording) -> QuerySet[Request]:
    return _grants(recording.booking.case_id, recording.started_at)


def _grants_of_row() -> QuerySet[Request]:
    return _grants(OuterRef("booking__case"), OuterRef("started_at"))


def _kept(now: datetime) -> Q:
    """What keeps a row of recordings: a hold, a request that waits, a grant that is young. Who takes their consent back after the grant wants none of it kept."""
    held = Hold.objects.filter(recording=OuterRef("pk"), lifted_at=None)
    asked = Request.objects.filter(case=OuterRef("booking__case"), state=RequestState.ASKED)
    taken_back = Consent.objects.filter(answer=Answer.WITHDRAWN, booking=OuterRef(OuterRef("booking")))
    after = Exists(taken_back.filter(at__gte=OuterRef("decided_at")))
    to_see = _grants_of_row().filter(~after, decided_at__gt=now - SEES_FOR)
    return Q(Exists(held)) | Q(Exists(asked)) | Q(Exists(to_see))
