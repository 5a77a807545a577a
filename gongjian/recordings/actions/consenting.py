"""The person's word on being recorded: yes, no, or no more."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.recordings.access import RECORD, require
from gongjian.recordings.actions.recording import end_running
from gongjian.recordings.errors import AnswerMissing, NothingToWithdraw, NoticeChanged, NotYoursToWithdraw
from gongjian.recordings.models import Consent
from gongjian.recordings.notice import Notice, notice
from gongjian.recordings.queries import agreed_bookings, answer_of, is_agreed, limits_now, speaker_for
from gongjian.recordings.states import Answer, Speaker
from gongjian.sittings.models import Booking


def notice_for(booking: Booking) -> Notice:
    """What the person is told before the examination of this booking is recorded."""
    office = booking.sitting.office
    return notice(office.name, on=moment.today(), region=office.region, limits=limits_now())


@transaction.atomic
def answer_notice(booking: Booking, *, answer: str, speaker: str, version: str, by: User) -> Consent:
    """Keep what the person said to the notice before a member of staff. version: of the words that were shown.

    A no while a recording runs ends it. Law: 个保法 art. 14, 15, 29. Raises: RecordingNotYours, AnswerMissing, NoticeChanged.
    """
    require(by, RECORD, booking.sitting.office_id)
    if answer not in (Answer.YES, Answer.NO) or speaker not in set(Speaker):
        raise AnswerMissing
    if version != notice_for(booking).version:
        raise NoticeChanged
    return _keep(booking, Answer(answer), speaker, version, by)


@transaction.atomic
def withdraw(booking: Booking, *, speaker: str, by: User) -> Consent:
    """The person takes their yes back: nothing more is recorded, and what there is goes with the next sweep, unless it is held.

    Law: 个保法 art. 15, 47. Raises: RecordingNotYours, AnswerMissing, NothingToWithdraw.
    """
    require(by, RECORD, booking.sitting.office_id)
    if speaker not in set(Speaker):
        raise AnswerMissing
    taken = _take_back(booking, speaker, by)
    if taken is None:
        raise NothingToWithdraw
    return taken


@transaction.atomic
def withdraw_own(case: Case, *, by: User) -> int:
    """The person's side takes back, at their own page, every yes of the case of which something is or may be recorded; how many.

    Law: 个保法 art. 15 (a convenient way), 47. Raises: NotYoursToWithdraw, NothingToWithdraw.
    """
    speaker = speaker_for(case, by=by)
    if speaker is None:
        raise NotYoursToWithdraw
    taken = sum(_take_back(booking, speaker, by) is not None for booking in agreed_bookings(case))
    if not taken:
        raise NothingToWithdraw
    return taken


def _take_back(booking: Booking, speaker: str, by: User) -> Consent | None:
    """None where there is no yes: none was given, or somebody has just taken it back."""
    said = answer_of(_locked(booking))
    if said is None or said.answer != Answer.YES:
        return None
    return _keep(booking, Answer.WITHDRAWN, speaker, said.notice, by)


def _keep(booking: Booking, answer: Answer, speaker: str, version: str, by: User) -> Consent:
    held = _locked(booking)
    if answer is Answer.NO and is_agreed(held):
        answer = Answer.WITHDRAWN  # a no after a yes means the same to what was recorded meanwhile
    told = {"answer": answer, "speaker": speaker, "notice": version, "by": by, "at": moment.now()}
    row = Consent.objects.create(booking=held, **told)
    record(held.case.chain, f"recording.{answer.value}", by=by, speaker=speaker, notice=version)
    if answer is not Answer.YES:
        end_running(held, by=by)
    return row


def _locked(booking: Booking) -> Booking:
    """Whoever answers and whoever starts a recording of it wait for each other."""
    return Booking.objects.select_for_update(of=("self",)).select_related("case", "sitting__office").get(pk=booking.pk)
