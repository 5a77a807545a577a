"""Playing, asking, holding, erasing: each for a reason of a list, each in the ledger, each refused to who has no part in it."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_archivist,
    an_employer_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.cases.models import Case, CaseParty, Obligation, StaffRecusal
from gongjian.config.checks import CHECKS
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.evidence.queries import findings
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.recordings import actions, queries
from gongjian.recordings.command_line import recording as command
from gongjian.recordings.errors import (
    AskedAlready,
    GroundMissing,
    HeldAlready,
    HoldIncomplete,
    NotHeld,
    NothingToGive,
    NotToldSide,
    PlaybackOver,
    ReasonMissing,
    RecordingErased,
    RecordingNotFound,
    RecordingNotYours,
    RequestAnswered,
    WishMissing,
)
from gongjian.recordings.models import Playback, Recording, Request
from gongjian.recordings.tests.builders import a_recording, a_running_recording, file_of, flip
from gongjian.sittings.tests.builders import MORNING, at
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db
REASON = {"purpose": "complaint", "reason": "核查三月收到的投诉"}
HELD = {"ground": "remedy", "reason": "已收到复议机关的通知"}
NEXT_DAY = MORNING + timedelta(days=1)
AFTER_ITS_DAY = MORNING + timedelta(days=732)


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


class TestPlaying:
    def test_who_plays_says_why_and_the_ledger_of_the_case_keeps_it(self):
        row = a_recording()
        opened = actions.play(row, **REASON, by=a_supervisor())
        assert queries.playback_for(opened.pk, by=a_supervisor()) == opened
        entry = LedgerEntry.objects.get(act="data.read", by_id=a_supervisor().pk)
        assert entry.facts == {"what": "播放检查录音录像：核查投诉、举报"}
        assert REASON["reason"] not in str(entry.facts)

    @pytest.mark.parametrize("changes", [{"purpose": "own"}, {"purpose": "curious"}, {"reason": "  "}])
    def test_without_a_reason_nothing_opens(self, changes):
        with pytest.raises(ReasonMissing):
            actions.play(a_recording(), **{**REASON, **changes}, by=a_supervisor())
        assert not Playback.objects.exists()

    def test_who_records_does_not_play(self):
        with pytest.raises(RecordingNotYours):
            actions.play(a_recording(), **REASON, by=an_exam_staff())

    def test_an_opened_recording_closes_after_two_hours_and_is_nobody_elses(self):
        opened = actions.play(a_recording(), **REASON, by=a_supervisor())
        with pytest.raises(PlaybackOver):
            queries.playback_for(opened.pk, by=a_reviewer())
        with at(MORNING + timedelta(hours=2)), pytest.raises(PlaybackOver):
            queries.playback_for(opened.pk, by=a_supervisor())

    def test_who_keeps_away_from_the_case_sees_nothing_even_of_what_they_had_opened(self):
        row = a_recording()
        opened = actions.play(row, **REASON, by=a_supervisor())
        told = {"facts": "同乡", "told_at": MORNING, "told_by": a_supervisor(), "source": "staff", "ground": "interest"}
        StaffRecusal.objects.create(case=row.booking.case, user=a_supervisor(), decision="granted", **told)
        with pytest.raises(PlaybackOver):
            queries.playback_for(opened.pk, by=a_supervisor())
        with pytest.raises(RecordingNotFound):
            queries.recording_for(row.pk, by=a_supervisor())

    def test_who_plays_no_more_by_their_post_sees_no_more_of_what_they_had_opened(self):
        opened = actions.play(a_recording(), **REASON, by=a_supervisor())
        opened.by.posts.update(role=Role.ARCHIVIST)
        with pytest.raises(PlaybackOver):
            queries.playback_for(opened.pk, by=User.objects.get(pk=opened.by_id))

    def test_strangers_parties_and_the_committees_own_staff_without_a_part_know_of_none(self):
        a_recording()
        for nobody in (an_outsider(), an_employer_user(), a_worker_user()):
            assert not queries.visible_to(nobody).exists()

    def test_a_reason_once_written_is_never_edited(self):
        actions.play(a_recording(), **REASON, by=a_supervisor())
        with pytest.raises(DatabaseError), transaction.atomic():
            Playback.objects.update(purpose="quality")


class TestAsking:
    def test_the_person_asks_the_office_owes_an_answer_and_they_play_what_was_granted(self):
        row = a_recording()
        worker, case = a_worker_user(), row.booking.case
        asked = actions.ask(case, wish="see", by=worker)
        owed = Obligation.objects.get(kind="answer_recording", fulfilled_at=None)
        assert (owed.role, owed.due_on, asked.due_on) == ("reviewer", date(2026, 4, 8), date(2026, 4, 8))
        with pytest.raises(AskedAlready):
            actions.ask(case, wish="see", by=worker)
        with pytest.raises(RecordingNotFound):
            actions.play_own(row, by=worker)
        actions.grant(case, by=a_reviewer())
        assert not Obligation.objects.filter(kind="answer_recording", fulfilled_at=None).exists()
        opened = actions.play_own(row, by=worker)
        assert queries.playback_for(opened.pk, by=worker).purpose == "own"
        assert not queries.may_copy(row)

    def test_a_grant_covers_what_there_was_to_be_seen_and_a_later_recording_is_asked_for_anew(self):
        row, worker = a_recording(), a_worker_user()
        case = row.booking.case
        actions.ask(case, wish="copy", by=worker)
        actions.grant(case, by=a_reviewer())
        with at(MORNING + timedelta(hours=1)):
            later = actions.finish(actions.start(row.booking, by=an_exam_staff()), pieces=0, by=an_exam_staff())
            assert (queries.is_granted(row, by=worker), queries.is_granted(later, by=worker)) == (True, False)
            assert (queries.may_copy(row), queries.may_copy(later)) == (True, False)
            assert [one.pk for one in queries.granted_of(case)] == [row.pk]
            with pytest.raises(RecordingNotFound):
                queries.own_recording(later.pk, by=worker)
            with pytest.raises(RecordingNotFound):
                actions.play_own(later, by=worker)
            shown = as_(worker).get(reverse("recordings:mine", args=[case.number])).content.decode()
            assert reverse("recordings:play_own", args=[row.pk]) in shown
            assert reverse("recordings:play_own", args=[later.pk]) not in shown
            assert "申请查看录音录像" in shown
            actions.ask(case, wish="see", by=worker)
            actions.grant(case, by=a_reviewer())
            assert queries.is_granted(later, by=worker)
            assert not queries.may_copy(later)
            shown = as_(worker).get(reverse("recordings:mine", args=[case.number])).content.decode()
            assert "申请查看录音录像" not in shown

    def test_a_refusal_names_its_ground_its_article_and_its_words(self):
        row = a_recording()
        worker, case = a_worker_user(), row.booking.case
        actions.ask(case, wish="copy", by=worker)
        with pytest.raises(GroundMissing):
            actions.refuse(case, ground="busy", words="现在太忙了", by=a_reviewer())
        with pytest.raises(RecordingNotYours):
            actions.refuse(case, ground="others", words="画面里有另一位伤者", by=an_exam_staff())
        answered = actions.refuse(case, ground="others", words="画面里有另一位伤者", by=a_reviewer())
        assert (answered.get_ground_display(), answered.article) == (
            "录像里有他人的个人信息，无法分开提供",
            "个保法 第四十五条、第五十条",
        )
        with pytest.raises(RequestAnswered):
            actions.grant(case, by=a_reviewer())
        assert "另一位" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))
        assert actions.ask(case, wish="copy", by=worker).pk != answered.pk

    def test_only_the_persons_side_asks_and_only_for_something(self):
        row = a_recording()
        case = row.booking.case
        CaseParty.objects.create(case=case, user=an_employer_user(), capacity="employer", since=MORNING)
        with pytest.raises(NotToldSide, match="用人单位"):
            actions.ask(case, wish="see", by=an_employer_user())
        with pytest.raises(RecordingNotFound):
            actions.ask(case, wish="see", by=an_outsider())
        with pytest.raises(WishMissing):
            actions.ask(case, wish="", by=a_worker_user())

    def test_what_is_not_there_cannot_be_granted(self):
        row = a_recording(film="erased 0")
        worker = a_worker_user()
        with at(AFTER_ITS_DAY):
            actions.erase_due()
            actions.ask(row.booking.case, wish="see", by=worker)
            with pytest.raises(NothingToGive):
                actions.grant(row.booking.case, by=a_reviewer())

    def test_the_case_stays_without_a_second_open_request_even_at_once(self):
        row = a_recording()
        asked = actions.ask(row.booking.case, wish="see", by=a_worker_user())
        with pytest.raises(DatabaseError), transaction.atomic():
            asked.pk = None
            asked.save(force_insert=True)


class TestErasing:
    def test_on_the_day_after_its_last_the_bytes_are_gone_and_the_list_stays(self):
        row = a_recording(film="erased 1")
        files = [file_of(chunk) for chunk in queries.pieces_of(row)]
        with at(MORNING.replace(year=2028)):
            assert actions.erase_due() == 0
        with at(AFTER_ITS_DAY):
            assert actions.erase_due() == 1
            assert actions.erase_due() == 0
        row.refresh_from_db()
        assert (row.get_erased_why_display(), any(file.exists() for file in files)) == ("保存期满", False)
        assert Evidence.objects.filter(erased_at__isnull=False).count() == 3
        assert list(findings()) == []
        assert queries.fault_in(row) is None
        assert LedgerEntry.objects.get(act="recording.erased").facts["head"] == row.head
        with pytest.raises(RecordingErased, match="保存期满"):
            actions.play(row, **REASON, by=a_supervisor())

    def test_what_was_taken_back_goes_with_the_next_sweep(self):
        row = a_running_recording(film="erased 2")
        actions.withdraw(row.booking, speaker="self", by=an_exam_staff())
        with at(NEXT_DAY):
            assert actions.erase_due() == 1
        row.refresh_from_db()
        assert row.erased_why == "withdrawn"

    @pytest.mark.parametrize("keeper", [a_supervisor, an_archivist])
    def test_a_hold_keeps_it_until_it_is_lifted(self, keeper):
        row = a_recording(film="erased 3")
        actions.hold(row, **HELD, by=keeper())
        with pytest.raises(HeldAlready):
            actions.hold(row, **HELD, by=keeper())
        with at(AFTER_ITS_DAY):
            assert actions.erase_due() == 0
            actions.lift(row, ground="remedy", by=keeper())
            with pytest.raises(NotHeld):
                actions.lift(row, ground="remedy", by=keeper())
            assert actions.erase_due() == 1

    def test_a_hold_needs_its_ground_its_words_and_its_part(self):
        row = a_recording(film="erased 4")
        for wrong in ({"ground": "habit"}, {"reason": ""}, {"reason": "  看  "}, {"reason": "长" * 501}):
            with pytest.raises(HoldIncomplete, match="4到500个字"):
                actions.hold(row, **{**HELD, **wrong}, by=a_supervisor())
        with pytest.raises(RecordingNotYours):
            actions.hold(row, **HELD, by=an_exam_staff())

    def test_nothing_is_erased_while_the_person_waits_for_an_answer(self):
        row = a_recording(film="erased 5")
        worker = a_worker_user()
        with at(AFTER_ITS_DAY):
            actions.ask(row.booking.case, wish="see", by=worker)
            assert actions.erase_due() == 0
            actions.refuse(row.booking.case, ground="authority", words="正在协助调查", by=a_reviewer())
            assert actions.erase_due() == 1

    def test_what_was_granted_stays_for_thirty_days_beyond_its_own_day(self):
        row, worker = a_recording(film="erased 9"), a_worker_user()
        with at(AFTER_ITS_DAY):
            actions.ask(row.booking.case, wish="see", by=worker)
            actions.grant(row.booking.case, by=a_reviewer())
            found = [Recording.objects.get(pk=row.pk)]
            assert actions.erase_due() == 0
        with at(AFTER_ITS_DAY + timedelta(days=29, hours=23)):
            assert actions.erase_due() == 0
            assert queries.is_kept(found[0])
            assert actions.play_own(row, by=worker).purpose == "own"
        with at(AFTER_ITS_DAY + timedelta(days=30)):
            assert actions.erase_due() == 1

    def test_a_refusal_gives_no_thirty_days_and_a_consent_taken_back_after_the_grant_ends_them(self):
        row, worker = a_recording(film="erased 10"), a_worker_user()
        actions.ask(row.booking.case, wish="see", by=worker)
        actions.refuse(row.booking.case, ground="others", words="画面里有另一位伤者", by=a_reviewer())
        assert not queries.is_kept(row)
        actions.ask(row.booking.case, wish="see", by=worker)
        actions.grant(row.booking.case, by=a_reviewer())
        assert queries.is_kept(row)
        with at(MORNING + timedelta(hours=1)):
            actions.withdraw(row.booking, speaker="self", by=an_exam_staff())
            assert not queries.is_kept(row)
        with at(NEXT_DAY):
            assert actions.erase_due() == 1

    def test_who_has_taken_back_and_is_granted_what_is_left_has_the_time_to_see_it(self):
        row, worker = a_recording(film="erased 11"), a_worker_user()
        actions.withdraw(row.booking, speaker="self", by=an_exam_staff())
        with at(MORNING + timedelta(hours=1)):
            actions.ask(row.booking.case, wish="see", by=worker)
            actions.grant(row.booking.case, by=a_reviewer())
        with at(NEXT_DAY):
            assert actions.erase_due() == 0
        with at(NEXT_DAY + timedelta(days=31)):
            assert actions.erase_due() == 1

    def test_who_asks_while_the_sweep_is_on_its_way_keeps_theirs(self, monkeypatch):
        row = a_recording(film="erased 8")
        with at(AFTER_ITS_DAY):
            found = list(queries.to_erase(AFTER_ITS_DAY))
            actions.ask(row.booking.case, wish="see", by=a_worker_user())
            monkeypatch.setattr("gongjian.recordings.actions.keeping.to_erase", lambda now: found)
            assert actions.erase_due() == 0
        assert all(file_of(chunk).exists() for chunk in queries.pieces_of(row))

    def test_a_sweep_that_died_among_the_pieces_is_made_up_by_the_next(self, monkeypatch):
        row = a_recording(film="erased 6")
        first = queries.pieces_of(row)[0]
        with at(AFTER_ITS_DAY):
            file_of(first).unlink()
            assert actions.erase_due() == 1
        assert Evidence.objects.filter(erased_at=None).count() == 0

    def test_bytes_that_another_recording_shares_stay_for_it(self):
        row = a_recording(film="erased 7")
        other = Recording.objects.get(pk=row.pk)
        other.pk, other.key = None, "cd" * 16
        other.keep_until = date(2099, 1, 1)
        other.save(force_insert=True)
        chunk = queries.pieces_of(row)[0]
        chunk.pk, chunk.recording = None, other
        chunk.save(force_insert=True)
        with at(AFTER_ITS_DAY):
            assert actions.erase_due() == 1
        assert file_of(chunk).exists()


class TestTheCommand:
    def test_it_says_which_piece_of_which_recording(self):
        row = a_recording(4, "flipped 4")
        done = CliRunner().invoke(command, ["verify", "--case", row.booking.case.number])
        assert (done.exit_code, done.output) == (0, "共核验1份，全部相符。\n")
        flip(row.chunks.get(position=2))
        done = CliRunner().invoke(command, ["verify"])
        assert done.exit_code == 1
        assert f"{row.booking.case.number} {row.key[:8]}：第3段（00:08至00:12）" in done.output

    def test_the_daily_check_walks_the_lists(self):
        row = a_recording()
        assert list(CHECKS["recordings"]()) == []
        Recording.objects.filter(pk=row.pk).update(head="0" * 64)
        (problem,) = CHECKS["recordings"]()
        assert "末尾" in problem.sentence
        assert Case.objects.count() == 1
        assert not Request.objects.exists()
