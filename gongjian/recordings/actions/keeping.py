"""How long recordings last: held while something is not over, erased when their day is."""

from django.db import IntegrityError, transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked_row
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import erase
from gongjian.kernel.ledger.actions import record
from gongjian.recordings.access import HOLD, require
from gongjian.recordings.errors import HeldAlready, NotHeld
from gongjian.recordings.models import Chunk, Hold, Recording
from gongjian.recordings.queries import is_kept, locked_recording, pieces_of, to_erase
from gongjian.recordings.rules import check_hold
from gongjian.recordings.states import EraseCause


@transaction.atomic
def hold(recording: Recording, *, ground: str, reason: str, by: User) -> Hold:
    """Keep a recording beyond its day. Law: 个保法 art. 19, 47. Raises: RecordingNotYours, HoldIncomplete, HeldAlready."""
    row = locked_recording(recording.pk)
    require(by, HOLD, row.booking.case.office_id)
    check_hold(ground, reason)
    told = {"reason": reason.strip(), "by": by, "at": moment.now()}
    try:
        with transaction.atomic():
            found = Hold.objects.create(recording=row, ground=ground, **told)
    except IntegrityError as error:
        raise HeldAlready from error
    record(row.booking.case.chain, "recording.held", by=by, recording=row.pk, ground=ground)
    return found


@transaction.atomic
def lift(recording: Recording, *, ground: str, by: User) -> None:
    """What it was held for is over. Raises: RecordingNotYours, NotHeld."""
    row = locked_recording(recording.pk)
    require(by, HOLD, row.booking.case.office_id)
    open_ones = Hold.objects.filter(recording=row, ground=ground, lifted_at=None)
    if not open_ones.update(lifted_at=moment.now(), lifted_by=by):
        raise NotHeld
    record(row.booking.case.chain, "recording.released", by=by, recording=row.pk, ground=ground)


def erase_due() -> int:
    """Erase the recordings whose day is over or whose consent was withdrawn, unless held or asked for; how many."""
    return sum(_erase(row) for row in to_erase(moment.now()))


@transaction.atomic
def _erase(recording: Recording) -> bool:
    """The bytes go first, piece by piece; a process that dies between is made up by the next sweep. The list of pieces stays."""
    locked_row(recording.booking.case_id)  # the case before what is in it: who asks waits here, or is seen
    row = locked_recording(recording.pk)
    if row.erased_at or is_kept(row):
        return False
    for chunk in pieces_of(row):
        if not Chunk.objects.filter(evidence=chunk.evidence, recording__erased_at=None).exclude(recording=row).exists():
            erase(chunk.evidence)
    row.erased_at = moment.now()
    over = row.keep_until < moment.today()
    row.erased_why = EraseCause.EXPIRED if over else EraseCause.WITHDRAWN
    row.save(update_fields=["erased_at", "erased_why"])
    record(row.booking.case.chain, "recording.erased", by=None, recording=row.pk, why=row.erased_why, head=row.head)
    return True
