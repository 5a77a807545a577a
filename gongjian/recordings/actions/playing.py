"""Opening a recording: for a reason that is written down first, or as one's own. The ledger of the case says so before a byte is sent."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.recordings.access import PLAY, require
from gongjian.recordings.errors import RecordingErased, RecordingNotFound
from gongjian.recordings.models import Playback, Recording
from gongjian.recordings.queries import is_granted, locked_recording
from gongjian.recordings.rules import MOST_WORDS, check_reason
from gongjian.recordings.states import EraseCause, Purpose


@transaction.atomic
def play(recording: Recording, *, purpose: str, reason: str, by: User) -> Playback:
    """Note what a recording is needed for; it is open to `by` for a while. The person concerned can see who and for which purpose.

    Law: 个保法 art. 6, 28, 51. Raises: RecordingNotYours, ReasonMissing, RecordingErased.
    """
    require(by, PLAY, recording.booking.case.office_id)
    check_reason(purpose, reason)
    return _open(recording, Purpose(purpose), reason.strip()[:MOST_WORDS], by)


@transaction.atomic
def play_own(recording: Recording, *, by: User) -> Playback:
    """Open a recording of oneself that was granted. Law: 个保法 art. 45. Raises: RecordingNotFound, RecordingErased."""
    if not is_granted(recording, by=by):
        raise RecordingNotFound
    return _open(recording, Purpose.OWN, "", by)


def _open(recording: Recording, purpose: Purpose, reason: str, by: User) -> Playback:
    row = locked_recording(recording.pk)
    if row.erased_at:
        raise RecordingErased(on=row.erased_at.astimezone(moment.ZONE), why=EraseCause(row.erased_why).label)
    told = {"purpose": purpose, "reason": reason, "at": moment.now()}
    found = Playback.objects.create(recording=row, by=by, **told)
    record_reading(row.booking.case.chain, by=by, what=f"播放检查录音录像：{purpose.label}")
    return found
