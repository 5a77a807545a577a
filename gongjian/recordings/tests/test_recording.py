"""Making a recording: consent first, piece after piece, repeats that do no harm, gaps and changed pieces refused, an end that is in the ledger."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gongjian.accounts.tests.builders import a_reviewer, a_worker_user, an_exam_staff
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.tests.files import a_pdf
from gongjian.recordings import actions, rules
from gongjian.recordings.actions import recording as making
from gongjian.recordings.actions.consenting import notice_for
from gongjian.recordings.chain import Fault
from gongjian.recordings.errors import (
    AnswerMissing,
    NoConsent,
    NoRoomLeft,
    NotAllArrived,
    NothingToWithdraw,
    NoticeChanged,
    NotPresent,
    NotRunning,
    NotYoursToWithdraw,
    PieceDamaged,
    PieceMissing,
    PieceUnlike,
    PieceWrong,
    RecordingNotYours,
    RunningAlready,
    StepsTooMany,
    StepUnknown,
)
from gongjian.recordings.models import Chunk, Consent, Mark, Recording
from gongjian.recordings.queries import content_of, fault_in, is_agreed, list_fault_in, pieces_of
from gongjian.recordings.states import Answer
from gongjian.recordings.tests.builders import (
    a_recording,
    a_running_recording,
    agrees,
    an_agreed_booking,
    content,
    file_of,
    flip,
    later,
    sent,
    with_pieces,
)
from gongjian.sittings.tests.builders import MORNING, a_booking, a_present, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def acts_of(row: Recording) -> list[str]:
    entries = LedgerEntry.objects.filter(chain=row.booking.case.chain, act__startswith="recording.")
    return list(entries.order_by("sequence").values_list("act", flat=True))


class TestConsent:
    def test_nobody_is_recorded_who_has_not_said_yes(self):
        booking = a_present()
        with pytest.raises(NoConsent, match="检查照常进行"):
            actions.start(booking, by=an_exam_staff())
        agrees(booking, Answer.NO)
        with pytest.raises(NoConsent):
            actions.start(booking, by=an_exam_staff())
        agrees(booking)
        assert actions.start(booking, by=an_exam_staff()).is_running

    def test_an_answer_is_kept_with_the_words_it_was_given_to_and_before_whom(self):
        booking = an_agreed_booking()
        row = Consent.objects.get()
        assert (row.answer, row.speaker, row.notice) == ("yes", "self", notice_for(booking).version)
        assert row.by == an_exam_staff()
        assert LedgerEntry.objects.get(act="recording.yes").facts == {"speaker": "self", "notice": row.notice}

    def test_an_answer_to_other_words_by_nobody_or_before_somebody_else_does_not_count(self):
        booking = a_present()
        told = {"answer": "yes", "speaker": "self", "version": notice_for(booking).version}
        with pytest.raises(NoticeChanged):
            actions.answer_notice(booking, **{**told, "version": "0" * 64}, by=an_exam_staff())
        with pytest.raises(AnswerMissing):
            actions.answer_notice(booking, **{**told, "speaker": "employer"}, by=an_exam_staff())
        with pytest.raises(AnswerMissing):
            actions.answer_notice(booking, **{**told, "answer": "withdrawn"}, by=an_exam_staff())
        with pytest.raises(RecordingNotYours):
            actions.answer_notice(booking, **told, by=a_reviewer())
        assert not Consent.objects.exists()

    @pytest.mark.parametrize("way", ["withdraw", "no"])
    def test_taking_it_back_ends_the_recording_at_once(self, way):
        row = a_running_recording()
        if way == "withdraw":
            actions.withdraw(row.booking, speaker="self", by=an_exam_staff())
        else:
            agrees(row.booking, Answer.NO)
        row.refresh_from_db()
        assert row.state == "broken_off"
        assert Consent.objects.latest("pk").answer == "withdrawn"
        with pytest.raises(NotRunning):
            actions.take_piece(row, sent(3), by=an_exam_staff())
        with pytest.raises(NothingToWithdraw):
            actions.withdraw(row.booking, speaker="self", by=an_exam_staff())

    @pytest.mark.parametrize(
        ("capacity", "speaker"), [("worker", "self"), ("relative", "guardian"), ("union", None), ("agent", None)]
    )
    def test_art_15_the_persons_own_side_takes_it_back_by_itself_and_the_ledger_says_who(self, capacity, speaker):
        booking = an_agreed_booking()
        case = booking.case
        case.parties.update(capacity=capacity)
        if speaker is None:  # a union has no word in it, and no agent is without a mandate
            with pytest.raises(NotYoursToWithdraw):
                actions.withdraw_own(case, by=a_worker_user())
            assert is_agreed(booking)
            return
        assert actions.withdraw_own(case, by=a_worker_user()) == 1
        said = Consent.objects.latest("pk")
        assert (said.answer, said.speaker, said.by, said.notice) == (
            "withdrawn",
            speaker,
            a_worker_user(),
            notice_for(booking).version,
        )
        assert LedgerEntry.objects.get(act="recording.withdrawn").by_id == a_worker_user().pk
        with pytest.raises(NothingToWithdraw):
            actions.withdraw_own(case, by=a_worker_user())

    def test_who_presses_while_the_office_has_just_taken_it_in_is_told_so(self, monkeypatch):
        booking = an_agreed_booking()
        actions.withdraw(booking, speaker="self", by=an_exam_staff())
        monkeypatch.setattr("gongjian.recordings.actions.consenting.agreed_bookings", lambda case: [booking])
        with pytest.raises(NothingToWithdraw):
            actions.withdraw_own(booking.case, by=a_worker_user())
        assert Consent.objects.filter(answer="withdrawn").count() == 1


class TestBeginning:
    def test_only_who_is_present_is_recorded_and_once_at_a_time(self):
        with pytest.raises(NotPresent, match="已安排"):
            actions.start(a_booking(), by=an_exam_staff())

    def test_a_second_recording_waits_for_the_end_of_the_first(self):
        row = a_running_recording()
        with pytest.raises(RunningAlready):
            actions.start(row.booking, by=an_exam_staff())
        actions.finish(row, pieces=3, by=an_exam_staff())
        assert actions.start(row.booking, by=an_exam_staff()).pk != row.pk

    def test_a_full_disk_is_said_before_the_start(self, monkeypatch):
        booking = an_agreed_booking()
        monkeypatch.setattr(making, "room_left", lambda: 1_000_000)
        with pytest.raises(NoRoomLeft, match="检查可以照常进行"):
            actions.start(booking, by=an_exam_staff())
        assert not Recording.objects.exists()

    def test_a_colleague_without_this_part_does_not_record(self):
        with pytest.raises(RecordingNotYours):
            actions.start(an_agreed_booking(), by=a_reviewer())


class TestPieces:
    def test_each_piece_is_in_the_store_encrypted_and_in_the_chain(self):
        row = a_running_recording()
        chunks = pieces_of(row)
        assert [content_of(chunk) for chunk in chunks] == [content(0), content(1), content(2)]
        assert b"piece 1" not in file_of(chunks[1]).read_bytes()
        assert (row.pieces_count, row.size, row.length_ms) == (3, 2700, 12_000)
        assert row.head == chunks[-1].link
        assert fault_in(row) is None

    def test_the_same_piece_again_does_no_harm(self):
        row = a_running_recording()
        again = actions.take_piece(row, sent(1), by=an_exam_staff())
        assert (again.pieces_count, again.head) == (3, row.head)
        assert Chunk.objects.count() == 3

    def test_a_repeat_is_answered_even_after_the_end(self):
        row = a_recording()
        assert actions.take_piece(row, sent(2), by=an_exam_staff()).pieces_count == 3

    @pytest.mark.parametrize("changes", [{"data": b"something else"}, {"ends_ms": 7999}])
    def test_a_different_piece_in_the_same_place_is_refused_and_the_first_stays(self, changes):
        row = a_running_recording()
        told = sent(1, **changes) if "ends_ms" in changes else sent(1, changes["data"])
        with pytest.raises(PieceUnlike, match="第2段已经收过"):
            actions.take_piece(row, told, by=an_exam_staff())
        assert fault_in(row) is None

    def test_a_gap_is_refused_and_filled_by_sending_what_is_missing(self):
        row = a_running_recording(1)
        with pytest.raises(PieceMissing, match="收到的是第3段，应当先传第2段"):
            actions.take_piece(row, sent(2), by=an_exam_staff())
        assert with_pieces(row, 2, first=1).pieces_count == 3

    def test_a_piece_that_the_line_has_damaged_is_not_taken(self):
        row = a_running_recording(1)
        with pytest.raises(PieceDamaged):
            actions.take_piece(row, sent(1, told="0" * 64), by=an_exam_staff())
        assert Evidence.objects.count() == 1

    def test_dying_between_store_and_chain_is_made_up_by_sending_again(self, monkeypatch):
        row = a_running_recording(1)
        with monkeypatch.context() as patch:
            patch.setattr(making, "_chain", lambda *told: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                actions.take_piece(row, sent(1), by=an_exam_staff())
        assert (Evidence.objects.count(), Chunk.objects.count()) == (2, 1)
        assert actions.take_piece(row, sent(1), by=an_exam_staff()).pieces_count == 2
        assert Evidence.objects.count() == 2

    def test_what_is_kept_as_a_paper_is_never_taken_for_a_piece(self):
        row, paper = a_running_recording(1), a_pdf()
        store(BytesIO(paper), name="a.pdf", by=an_exam_staff())
        with pytest.raises(PieceWrong, match="另一种文件"):
            actions.take_piece(row, sent(1, paper), by=an_exam_staff())

    def test_the_database_keeps_pieces_unedited_and_once(self):
        row = a_running_recording(2)
        with pytest.raises(DatabaseError), transaction.atomic():
            Chunk.objects.filter(position=1).update(sha256="0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            Chunk.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            chunk = row.chunks.get(position=1)
            chunk.pk = None
            chunk.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            Recording.objects.update(keep_until="2099-01-01")


class TestMarksAndEnd:
    def test_a_step_is_a_time_mark_that_pins_the_chain_in_the_ledger(self):
        row = a_running_recording()
        with at(later(1)):
            actions.mark(row, step="examination", at_ms=12_500, by=an_exam_staff())
            actions.mark(row, step="examination", at_ms=12_500, by=an_exam_staff())
        assert Mark.objects.get().get_step_display() == "体格检查"
        facts = LedgerEntry.objects.get(act="recording.marked").facts
        assert (facts["pieces"], facts["head"], facts["at_ms"]) == (3, row.head, 12_500)

    @pytest.mark.parametrize(("step", "at_ms"), [("nap", 0), ("end", -1), ("end", 120_000)])
    def test_a_step_outside_the_list_or_the_film_is_refused(self, step, at_ms):
        with pytest.raises(StepUnknown):
            actions.mark(a_running_recording(), step=step, at_ms=at_ms, by=an_exam_staff())

    def test_a_press_that_is_stuck_marks_so_many_steps_and_no_more_and_a_repeat_is_still_answered(self, monkeypatch):
        monkeypatch.setattr(rules, "MOST_MARKS", 2)
        row = a_running_recording()
        for at_ms in (0, 10, 10, 0):
            actions.mark(row, step="pause", at_ms=at_ms, by=an_exam_staff())
        with pytest.raises(StepsTooMany, match="已经标记了2次"):
            actions.mark(row, step="pause", at_ms=20, by=an_exam_staff())
        assert Mark.objects.count() == 2
        assert LedgerEntry.objects.filter(act="recording.marked").count() == 2
        assert with_pieces(row, 1, first=3).pieces_count == 4

    def test_the_end_waits_for_the_last_piece_and_puts_the_head_into_the_ledger(self):
        row = a_running_recording()
        with pytest.raises(NotAllArrived):
            actions.finish(row, pieces=4, by=an_exam_staff())
        ended = actions.finish(row, pieces=3, by=an_exam_staff())
        assert actions.finish(ended, pieces=3, by=an_exam_staff()).state == "finished"
        assert acts_of(row) == ["recording.yes", "recording.started", "recording.finished"]
        assert LedgerEntry.objects.get(act="recording.finished").facts["head"] == row.head
        with pytest.raises(NotRunning):
            actions.mark(row, step="end", at_ms=1, by=an_exam_staff())

    def test_a_recording_whose_device_is_gone_ends_by_itself_with_what_has_come(self):
        row = a_running_recording()
        with at(MORNING + timedelta(hours=11)):
            assert actions.close_left() == 0
        with at(MORNING + timedelta(hours=13)):
            assert actions.close_left() == 1
            assert actions.close_left() == 0
        row.refresh_from_db()
        assert row.state == "broken_off"
        assert fault_in(row) is None


class TestVerifying:
    def test_one_flipped_bit_on_the_disk_is_located_to_its_piece(self):
        row = a_recording(5, "flipped")
        flip(row.chunks.get(position=3))
        found = fault_in(row)
        assert found is not None
        assert (found.position, found.fault) == (3, Fault.MISSING)
        assert found.sentence.startswith("第4段（00:12至00:16）")

    def test_a_file_that_is_gone_is_named_too(self):
        row = a_recording(3, "gone")
        file_of(row.chunks.get(position=0)).unlink()
        found = fault_in(row)
        assert found is not None
        assert found.position == 0

    def test_the_list_alone_is_walked_in_one_query(self, django_assert_num_queries):
        row = a_recording(3)
        with django_assert_num_queries(1):
            assert list_fault_in(row) is None
