"""What a recorder's script and people at their pages get: pieces in, parts of the film out, and nothing for who has no part in it."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_supervisor,
    a_worker_user,
    an_archivist,
    an_employer_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.cases.models import CaseParty
from gongjian.recordings import actions, queries
from gongjian.recordings.actions.consenting import notice_for
from gongjian.recordings.copies import fault_in_copy
from gongjian.recordings.models import Hold, Playback, Recording, Request
from gongjian.recordings.tests.builders import a_recording, a_running_recording, an_agreed_booking, content, flip
from gongjian.sittings.tests.builders import MORNING, a_present, at
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db
FILM = content(0) + content(1) + content(2)
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def page(name: str, *arguments: object) -> str:
    return reverse(f"recordings:{name}", args=arguments)


def sends(browser: Client, row: Recording, position: int, data: bytes, **changes: object) -> dict[str, object]:
    told = {
        "piece": SimpleUploadedFile("piece", data),
        "starts": position * 4000,
        "ends": position * 4000 + 4000,
        "sha256": sha256(data).hexdigest(),
    }
    answer = browser.post(page("piece", row.pk, position), {**told, **changes}, headers=JSON)
    return {"status": answer.status_code, **json.loads(answer.content)}


def opened_by(user: User, row: Recording) -> Playback:
    return actions.play(row, purpose="complaint", reason="核查三月收到的投诉", by=user)


class TestAtTheExamination:
    def test_the_notice_is_read_answered_and_followed_by_the_recorder(self):
        booking, browser = a_present(), as_(an_exam_staff())
        told = browser.get(page("exam", booking.pk))
        assert told["Permissions-Policy"].startswith("camera=(self), microphone=(self)")
        assert "不同意的，检查照常进行" in told.content.decode()
        assert "开始录制" not in told.content.decode()
        version = notice_for(booking).version
        browser.post(page("answer", booking.pk), {"answer": "yes", "speaker": "self", "version": version})
        shown = browser.get(page("exam", booking.pk)).content.decode()
        assert "开始录制" in shown
        assert "一份最长60分钟，每秒432千比特" in shown
        browser.post(page("withdraw", booking.pk), {"speaker": "self"})
        assert "撤回同意" in browser.get(page("exam", booking.pk)).content.decode()

    def test_a_device_sends_asks_how_far_it_has_come_and_ends(self):
        booking, browser = an_agreed_booking(), as_(an_exam_staff())
        begun = browser.post(page("start", booking.pk), headers=JSON).json()
        assert (begun["pieces"], len(begun["key"])) == (0, 64)
        row = Recording.objects.get()
        assert sends(browser, row, 0, content(0))["pieces"] == 1
        assert browser.get(page("progress", row.pk), headers=JSON).json()["pieces"] == 1
        refused = sends(browser, row, 2, content(2))
        assert (refused["status"], refused["code"]) == (422, "recordings.piece_missing")
        assert sends(browser, row, 1, content(1), starts="1e9")["code"] == "recordings.piece_wrong"
        assert sends(browser, row, 1, content(1))["pieces"] == 2
        assert browser.post(page("mark", row.pk), {"step": "identity", "at": 900}, headers=JSON).json() == {"at": 900}
        assert browser.post(page("finish", row.pk), {"pieces": 2}, headers=JSON).json()["running"] is False
        assert queries.fault_in(Recording.objects.get()) is None

    def test_a_piece_without_content_or_too_large_is_refused(self):
        row, browser = a_running_recording(), as_(an_exam_staff())
        assert browser.post(page("piece", row.pk, 3), headers=JSON).json()["code"] == "recordings.piece_wrong"
        assert sends(browser, row, 3, b"x" * 4_000_001)["code"] == "recordings.piece_wrong"

    def test_a_part_whose_device_is_gone_is_ended_by_hand(self):
        row, browser = a_running_recording(), as_(an_exam_staff())
        assert "有一段还没有结束" in browser.get(page("exam", row.booking_id)).content.decode()
        browser.post(page("break_off", row.pk))
        row.refresh_from_db()
        assert row.state == "broken_off"

    @pytest.mark.parametrize("told", [{}, {"pieces": ""}, {"pieces": "-1"}, {"pieces": "三"}, {"pieces": "9" * 30}])
    def test_a_device_that_does_not_say_how_much_it_has_made_has_finished_nothing(self, told):
        row, browser = a_running_recording(), as_(an_exam_staff())
        answer = browser.post(page("finish", row.pk), told, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (422, "recordings.piece_count_missing")
        row.refresh_from_db()
        assert row.is_running
        assert browser.post(page("finish", row.pk), {"pieces": 3}, headers=JSON).json()["running"] is False

    @pytest.mark.parametrize("who", [a_clerk, a_worker_user, an_employer_user, an_outsider])
    def test_nobody_else_comes_to_it(self, who):
        row, browser = a_running_recording(), as_(who())
        tried = [
            browser.get(page("exam", row.booking_id)),
            browser.post(page("start", row.booking_id)),
            browser.get(page("progress", row.pk)),
            browser.post(page("finish", row.pk), {"pieces": 3}),
            browser.post(page("break_off", row.pk)),
            browser.get(page("recording", row.pk)),
            browser.post(page("verify", row.pk)),
        ]
        assert {answer.status_code for answer in tried} == {404}
        assert sends(browser, row, 3, content(3))["status"] == 404
        row.refresh_from_db()
        assert row.is_running


class TestPlaying:
    def test_a_reason_opens_the_player_and_no_reason_does_not(self):
        row, browser = a_recording(), as_(a_supervisor())
        assert browser.post(page("recording", row.pk), {"purpose": "complaint", "reason": ""}).status_code == 422
        assert not Playback.objects.exists()
        told = {"purpose": "complaint", "reason": "核查三月收到的投诉"}
        answer = browser.post(page("recording", row.pk), told, follow=True)
        assert "核查投诉、举报" in answer.content.decode()
        assert "下载录像" not in answer.content.decode()

    def test_the_film_is_its_pieces_in_whole_and_in_part(self):
        row, browser = a_recording(), as_(a_supervisor())
        film = page("film", opened_by(a_supervisor(), row).pk)
        whole = browser.get(film)
        assert (whole.status_code, whole.getvalue()) == (200, FILM)
        assert whole["Cache-Control"] == "private, no-store"
        part = browser.get(film, headers={"Range": "bytes=850-1849"})
        assert (part.status_code, part["Content-Range"]) == (206, "bytes 850-1849/2700")
        assert part.getvalue() == FILM[850:1850]
        assert browser.get(film, headers={"Range": "bytes=2700-"}).status_code == 416

    def test_another_member_of_staff_does_not_use_what_one_has_opened(self):
        film = page("film", opened_by(a_supervisor(), a_recording()).pk)
        assert as_(a_reviewer()).get(film).status_code == 404
        assert as_(an_outsider()).get(film).status_code == 404

    def test_the_page_says_which_piece_does_not_hold(self):
        row, browser = a_recording(3, "flipped page"), as_(a_supervisor())
        assert "3段已逐段读出" in browser.post(page("verify", row.pk)).content.decode()
        flip(row.chunks.get(position=1))
        assert "第2段（00:04至00:08）" in browser.post(page("verify", row.pk)).content.decode()

    def test_a_whole_film_is_read_with_a_press_of_who_plays_or_keeps_it_and_not_of_who_records(self):
        row = a_recording()
        assert as_(a_supervisor()).get(page("verify", row.pk)).status_code == 405
        shown = {
            who: as_(who()).get(page("recording", row.pk)).content.decode() for who in (an_archivist, an_exam_staff)
        }
        assert ["现在核验" in told for told in shown.values()] == [True, False]
        assert as_(an_archivist()).post(page("verify", row.pk)).status_code == 200
        assert as_(an_exam_staff()).post(page("verify", row.pk)).status_code == 403

    @pytest.mark.parametrize("reason", ["", "   ", "看看", "长" * 501])
    def test_a_hold_without_bounded_words_is_refused_at_its_field_and_keeps_what_was_typed(self, reason):
        row, browser = a_recording(), as_(a_supervisor())
        answer = browser.post(page("hold", row.pk), {"ground": "second", "reason": reason})
        assert answer.status_code == 422
        assert "<details open><summary>登记暂缓销毁" in answer.content.decode()
        assert reason.strip() in answer.content.decode()
        assert not Hold.objects.exists()

    def test_a_hold_is_set_and_lifted_on_the_page(self):
        row, browser = a_recording(), as_(a_supervisor())
        browser.post(page("hold", row.pk), {"ground": "second", "reason": "已申请再次鉴定"})
        assert "再次鉴定或者复查鉴定正在进行" in browser.get(page("recording", row.pk)).content.decode()
        browser.post(page("lift", row.pk), {"ground": "second"})
        assert Hold.objects.get().lifted_by == a_supervisor()


class TestTheCase:
    def test_the_person_asks_is_answered_plays_and_takes_a_copy_that_anybody_can_check(self):
        row = a_recording()
        number, worker = row.booking.case.number, as_(a_worker_user())
        assert "申请查看录音录像" in worker.get(page("mine", number)).content.decode()
        assert worker.post(page("ask", number)).status_code == 422
        worker.post(page("ask", number), {"wish": "copy"})
        assert "最迟2026年4月8日答复" in worker.get(page("mine", number)).content.decode()
        reviewer = as_(a_reviewer())
        assert "本人申请：查看并下载一份" in reviewer.get(page("case", number)).content.decode()
        reviewer.post(page("grant", number))
        shown = worker.post(page("play_own", row.pk), follow=True)
        assert "下载录像" in shown.content.decode()
        opened = Playback.objects.get()
        copy = worker.get(page("film", opened.pk) + "?copy=1")
        assert copy["Content-Disposition"] == f'attachment; filename="recording-{row.key[:8]}.webm"'
        film = copy.getvalue()
        listed = worker.get(page("pieces", opened.pk)).content.decode()
        assert fault_in_copy(listed, BytesIO(film)) is None
        assert "您这一方：本人查阅" in worker.get(page("mine", number)).content.decode()

    def test_a_refusal_is_told_with_its_ground_and_the_way_to_court(self):
        row = a_recording()
        number, worker, reviewer = row.booking.case.number, as_(a_worker_user()), as_(a_reviewer())
        worker.post(page("ask", number), {"wish": "see"})
        assert reviewer.post(page("refuse", number), {"ground": "others"}).status_code == 422
        reviewer.post(page("refuse", number), {"ground": "others", "words": "画面里有另一位伤者"})
        told = worker.get(page("mine", number)).content.decode()
        assert "录像里有他人的个人信息" in told
        assert "人民法院" in told
        assert Request.objects.get().state == "refused"

    def test_the_person_takes_the_consent_back_at_their_own_page_and_is_told_what_follows(self):
        row = a_running_recording(film="taken back on the page")
        number, worker = row.booking.case.number, as_(a_worker_user())
        shown = worker.get(page("mine", number)).content.decode()
        assert "撤回录音录像的同意" in shown
        assert "在次日内销毁" in shown
        assert "鉴定结论不受任何影响" in shown
        assert worker.get(page("withdraw_own", number)).status_code == 405
        assert worker.post(page("withdraw_own", number)).status_code == 302
        row.refresh_from_db()
        assert row.state == "broken_off"
        assert page("withdraw_own", number) not in worker.get(page("mine", number)).content.decode()
        assert worker.post(page("withdraw_own", number)).status_code == 422
        assert sends(as_(an_exam_staff()), row, 3, content(3))["code"] == "recordings.not_running"
        with at(MORNING + timedelta(days=1)):
            assert actions.erase_due() == 1
            assert "本人撤回同意" in worker.get(page("mine", number)).content.decode()

    def test_a_consent_of_which_nothing_has_been_recorded_yet_is_taken_back_too(self):
        booking, worker = an_agreed_booking(), as_(a_worker_user())
        number = booking.case.number
        assert "撤回录音录像的同意" in worker.get(page("mine", number)).content.decode()
        assert "申请查看录音录像" not in worker.get(page("mine", number)).content.decode()
        worker.post(page("withdraw_own", number))
        assert as_(an_exam_staff()).post(page("start", booking.pk), headers=JSON).status_code == 422
        assert "录音录像</h2>" not in worker.get(page("mine", number)).content.decode()

    def test_nobody_else_takes_it_back_there(self):
        row = a_running_recording()
        number = row.booking.case.number
        CaseParty.objects.create(case=row.booking.case, user=an_employer_user(), capacity="employer", since=MORNING)
        assert "撤回" not in as_(an_employer_user()).get(page("mine", number)).content.decode()
        answers = {
            who: as_(who()).post(page("withdraw_own", number)).status_code for who in (an_employer_user, an_outsider)
        }
        assert answers == {an_employer_user: 403, an_outsider: 404}
        assert as_(a_supervisor()).post(page("withdraw_own", number)).status_code == 403
        row.refresh_from_db()
        assert row.is_running

    def test_the_employer_learns_nothing_of_it(self):
        row = a_recording()
        employer, case = as_(an_employer_user()), row.booking.case
        CaseParty.objects.create(case=case, user=an_employer_user(), capacity="employer", since=MORNING)
        number = case.number
        assert "录音录像</h2>" not in employer.get(page("mine", number)).content.decode()
        assert employer.get(page("case", number)).status_code == 404
        assert employer.post(page("play_own", row.pk)).status_code == 404

    def test_the_case_page_shows_it_to_who_has_a_part_in_it(self):
        number = a_recording().booking.case.number
        assert "1份" in as_(a_supervisor()).get(page("case_part", number)).content.decode()
        assert "份。" not in as_(a_clerk()).get(page("case_part", number)).content.decode()

    def test_the_list_of_a_case_is_some_queries_however_long(self, django_assert_max_num_queries):
        row, browser = a_recording(), as_(a_supervisor())
        for _ in range(12):
            opened_by(a_supervisor(), row)
        with django_assert_max_num_queries(26):
            assert browser.get(page("case", row.booking.case.number)).status_code == 200
