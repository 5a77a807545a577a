"""The day met by haste and by ill will: who has come is not absent, one telephone for many, guessing, keys of others, and what breaks for one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.models import Post, User
from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff, an_outsider
from gongjian.applications.reaching import tell_side
from gongjian.cases.models import StaffRecusal
from gongjian.draws.tests.pages import as_, text_of
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.sweeps import run_sweep
from gongjian.parties.models import Person
from gongjian.reception.access import screen_key
from gongjian.reception.actions import (
    advance,
    announce_delay,
    attend,
    begin_run,
    give_feedback,
    late,
    note_come,
    tell_late,
)
from gongjian.reception.errors import DayNotFound, HasCome, NothingToDo, NotRecognised, TriedTooOften
from gongjian.reception.models import Attendance, Delay, Feedback, LateWord, RunTurn
from gongjian.reception.queries import recognising
from gongjian.reception.queries.mine import attendance_by
from gongjian.reception.queries.runs import offers, refusals_of
from gongjian.reception.tests.builders import (
    TELEPHONE,
    a_grouped_day,
    a_kiosk,
    an_open_day,
    comes,
    people_of,
    tail_of,
)
from gongjian.reception.tests.test_pages import a_machine, main_of, url
from gongjian.sittings import codes
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Absence, Booking
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import AFTER, MORNING, a_booking, a_sitting, an_accepted_case, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


# Who has come is not absent.


def test_art_14_who_came_to_the_kiosk_or_the_desk_is_never_noted_as_absent_with_all_the_others():
    sitting = an_open_day(4)
    by_kiosk, by_desk, later, absent = people_of(sitting)
    kiosk, staff = a_kiosk(sitting), an_exam_staff()
    comes(by_kiosk, kiosk)
    note_come(by_desk, by=staff)
    with at(AFTER):
        assert [offer.count for offer in offers(sitting, staff)] == [2]
        run = begin_run(sitting, "absences", by=staff)
        note_come(later, by=staff)  # at the door in the last minute, after the run was begun
        advance(run)
    assert list(Absence.objects.values_list("booking", flat=True)) == [absent.pk]
    assert [turn.refusal for turn in refusals_of(run, by=staff)] == [str(HasCome())]
    states = dict(Booking.objects.filter(sitting=sitting).values_list("pk", "state"))
    assert [states[one.pk] for one in (by_kiosk, by_desk, later)] == [BookingState.BOOKED] * 3


def test_where_everybody_has_come_there_is_nobody_to_be_noted_as_absent():
    sitting = an_open_day(1)
    comes(people_of(sitting)[0], a_kiosk(sitting))
    with at(AFTER), pytest.raises(NothingToDo):
        begin_run(sitting, "absences", by=an_exam_staff())


def test_a_run_of_somebody_who_has_left_the_post_meanwhile_does_nothing_in_their_name():
    sitting, staff = an_open_day(2), an_exam_staff()
    with at(AFTER):
        begin_run(sitting, "absences", by=staff)
        Post.objects.filter(user=staff).update(ended_on=AFTER.date() - timedelta(days=1))
        assert run_sweep("reception.go_on_with_runs") == 2
    assert Absence.objects.count() == 0
    assert all(RunTurn.objects.values_list("refusal", flat=True))
    assert not RunTurn.objects.exclude(done_at=None).exists()
    with at(AFTER), pytest.raises(SittingNotYours):
        begin_run(sitting, "absences", by=User.objects.get(pk=staff.pk))


def test_art_28_what_was_refused_in_a_run_names_no_case_to_who_keeps_away_from_it():
    sitting, staff = an_open_day(2), an_exam_staff()
    first, second = people_of(sitting)
    run = begin_run(sitting, "absences", by=staff)
    advance(run)  # too early: everybody is still expected
    told = {"ground": "kin", "source": "staff", "facts": "亲属", "told_at": MORNING, "told_by": staff}
    StaffRecusal.objects.create(case=first.case, user=staff, decision=StaffRecusal.Decision.GRANTED, **told)
    page = text_of(as_(staff).get(url("run", sitting.number, run.pk)))
    assert (first.case.number in page, second.case.number in page) == (False, True)
    assert "未办成2人" in page, "the numbers are true all the same"


# One telephone for many; guessing.


def test_who_is_expected_here_is_found_by_a_telephone_that_was_given_for_many_elsewhere(monkeypatch):
    monkeypatch.setattr(recognising, "MOST", 2)
    sitting = an_open_day(1)
    (booking,), kiosk = people_of(sitting), a_kiosk(sitting)
    other = a_sitting(day=MORNING.date() + timedelta(days=7), capacity=4)
    for serial in range(11, 15):
        a_booking(an_accepted_case(serial, name="外县甲"), sitting=other)
    assert Person.objects.filter(telephone_index=booking.case.person.telephone_index).count() == 5
    assert attend(kiosk, who=TELEPHONE, second=tail_of(booking)).booking_id == booking.pk


def test_whoever_holds_only_a_telephone_number_learns_nothing_not_even_that_its_owner_comes_today(caplog):
    sitting = an_open_day(1)
    (booking,), browser = people_of(sitting), a_machine(sitting)
    comes(booking, a_kiosk(sitting))
    wrong = next(f"{n:04d}" for n in range(10) if f"{n:04d}" != tail_of(booking))
    pages = []
    for number in (TELEPHONE, "19900000078"):
        step = main_of(browser.post(url("second"), {"who": number})).replace(number, "…")
        answers = [main_of(browser.post(url("attend"), {"who": number, "second": wrong})) for _ in range(8)]
        pages.append([re.sub(r'value="[^"]*"|"X-CSRFToken[^}]*', "", page) for page in (step, *answers)])
    assert pages[0] == pages[1]
    assert TriedTooOften.message in pages[0][-1] and NotRecognised.message in pages[0][1]
    assert TELEPHONE not in caplog.text and TELEPHONE not in str(list(LedgerEntry.objects.values_list("facts")))


def test_the_tries_of_a_number_are_counted_however_it_is_written():
    sitting = an_open_day(2)
    (booking, other), kiosk = people_of(sitting), a_kiosk(sitting)
    code = booking.exam_code
    full = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    ways = (code, code.lower(), codes.shown(code), codes.qr_text(code), full, f"\u3000{code[:2]}-{code[2:]}—\n")
    for who in ways:
        with pytest.raises(NotRecognised):
            attend(kiosk, who=who, second="0000" if tail_of(booking) != "0000" else "1111")
    with pytest.raises(TriedTooOften):
        attend(kiosk, who=code, second=tail_of(booking))
    assert comes(other, kiosk).booking_id == other.pk


ODD = (
    "９９０１",
    "١٠١",
    "\u202e101",
    "101\u200b",
    "%00",
    "<b>101</b>",
    "1" * 100_000,
    "K7M4Q2XP" * 40,
    "😀",
    "GJQD:",
    "GJQD:GJQD:",
    "-",
    "\u0130" * 8,
    "ß" * 4,
)


def test_whatever_is_typed_at_the_machine_it_answers_in_words_and_gives_none_of_it_back():
    sitting = an_open_day(1)
    browser = a_machine(sitting)
    for who in ODD:
        first = browser.post(url("second"), {"who": who})
        assert (who[:9], first.status_code) in ((who[:9], 200), (who[:9], 302))
        last = browser.post(url("attend"), {"who": who, "second": who})
        assert last.status_code == 422 and "<b>101" not in main_of(last)
    assert Attendance.objects.count() == 0
    assert browser.post(url("attend"), {}).status_code == 422
    assert browser.post(url("attend"), b"\xff\xfe\x00", content_type="application/octet-stream").status_code in (
        400,
        422,
    )


def test_a_cookie_that_is_no_machines_opens_nothing():
    sitting = an_open_day(1)
    a_machine(sitting)
    for secret in ("", "x" * 5000, "\xff\xfe", "' OR 1=1", "None"):
        browser = Client()
        browser.cookies["gongjian_kiosk"] = secret
        assert browser.get(url("kiosk")).status_code == 403
        assert browser.post(url("attend"), {"who": "101", "second": "0000"}).status_code in (403, 422)
    assert Attendance.objects.count() == 0


# Keys of others.


def test_the_key_of_one_sittings_screens_opens_no_other_and_a_wrong_one_tells_nothing():
    sitting, other = an_open_day(1), a_sitting(day=MORNING.date() + timedelta(days=1))
    key, browser = screen_key(sitting), Client()
    assert browser.get(url("hall", sitting.number, key)).status_code == 200
    for number, wrong in (
        (other.number, key),
        (sitting.number, screen_key(other)),
        (sitting.number, key[:-1]),
        (sitting.number, key.upper() if key != key.upper() else key.lower()),
        (sitting.number, f"{key}x"),
        (sitting.number, "钥匙"),
        ("YXCC-0000-0000", key),
    ):
        assert browser.get(url("hall", number, wrong)).status_code == 404
    for group in (0, 99, 10**25):
        assert browser.get(url("room", sitting.number, group, key)).status_code == 404


def test_the_own_page_opens_on_its_day_alone_and_by_the_whole_key_alone():
    sitting = an_open_day(1)
    key = comes(people_of(sitting)[0], a_kiosk(sitting)).key
    browser = Client()
    page = browser.get(url("mine", key))
    assert (page.status_code, page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == (
        200,
        "same-origin",
        True,
    )
    for wrong in (key[:-1], f"{key}x", key.swapcase(), "new", "x" * 4000):
        assert browser.get(url("mine", wrong)).status_code == 404
    for days in (-1, 1, 365):
        with at(MORNING + timedelta(days=days)), pytest.raises(DayNotFound):
            attendance_by(key)


def test_a_person_of_another_sitting_is_reached_by_no_page_of_this_one_and_by_nobody_of_another_office():
    sitting, other = an_open_day(1), a_sitting(day=MORNING.date() + timedelta(days=1))
    stranger = a_booking(an_accepted_case(9, name="明日来"), sitting=other)
    staff = as_(an_exam_staff())
    for name in ("person", "postpone"):
        assert staff.get(url(name, sitting.number, stranger.pk)).status_code == 404
    for name in ("ticket", "recall_desk"):
        assert staff.post(url(name, sitting.number, stranger.pk), {"desk": "1号台"}).status_code == 404
    booking = people_of(sitting)[0]
    for user, name in ((an_outsider(), "person"), (a_scheduler(), "ticket")):
        send = as_(user).get if name == "person" else as_(user).post
        assert send(url(name, sitting.number, booking.pk)).status_code in (403, 404)
    assert Attendance.objects.count() == 0


# What breaks for one, and what was typed.


def test_what_breaks_for_one_person_keeps_nobody_else_in_the_dark_and_they_are_told_by_the_next_sweep(
    monkeypatch, caplog
):
    sitting = a_grouped_day((1, 1, 1))
    announce_delay(sitting, minutes=90, cause="expert", by=an_exam_staff())
    first = people_of(sitting)[0]

    def broken(case, *args, **told):
        if case.pk == first.case_id:
            raise ZeroDivisionError
        return tell_side(case, *args, **told)

    monkeypatch.setattr(late, "tell_side", broken)
    assert tell_late() == 2
    assert [row.message for row in caplog.records if row.name == late.log.name] == ["late.not_told"]
    assert not LateWord.objects.filter(booking=first).exists(), "what was not told is not on record as told"
    monkeypatch.undo()
    with at(MORNING):
        assert (tell_late(), tell_late()) == (1, 0)


def test_a_process_that_dies_while_it_tells_tells_again_what_was_not_kept(monkeypatch):
    sitting = a_grouped_day((1, 1))
    announce_delay(sitting, minutes=60, cause="device", by=an_exam_staff())
    taken = []

    def dying(*args, **told):
        taken.append(args)
        if len(taken) == 2:
            raise SystemExit
        return record(*args, **told)

    monkeypatch.setattr(late, "record", dying)
    with pytest.raises(SystemExit):
        tell_late()
    assert LateWord.objects.count() == 1
    monkeypatch.undo()
    with at(MORNING):
        assert (tell_late(), tell_late()) == (1, 0)
    assert LedgerEntry.objects.filter(act="late.told").count() == 2


def test_the_name_of_a_desk_is_text_on_the_wall_however_it_was_typed():
    sitting = an_open_day(2)
    first, second = people_of(sitting)
    kiosk, staff = a_kiosk(sitting), as_(an_exam_staff())
    comes(first, kiosk)
    comes(second, kiosk, minutes=1)
    hall = url("hall", sitting.number, screen_key(sitting))
    with at(MORNING + timedelta(minutes=2)):
        assert staff.post(url("call_desk", sitting.number), {"desk": " \u3000 "}).status_code == 422
        assert staff.post(url("call_desk", sitting.number), {"desk": "<script>1</script>"}).status_code == 302
        assert staff.post(url("call_desk", sitting.number), {"desk": "台" * 500}).status_code == 302
        shown = text_of(Client().get(hall))
    assert "<script>1" not in shown and "&lt;script&gt;1" in shown
    assert ("台" * 20 in shown, "台" * 21 in shown) == (True, False)
    assert first.case.person.name not in shown and second.case.person.name not in shown


def test_a_delay_out_of_all_bounds_is_refused_in_words_and_keeps_the_one_that_holds():
    sitting, staff = an_open_day(1), as_(an_exam_staff())
    staff.post(url("delay", sitting.number), {"minutes": "30", "cause": "expert"})
    for minutes in ("", "-30", "4", "481", "1e3", "9" * 400, "三十", "30.5", "NaN"):
        assert staff.post(url("delay", sitting.number), {"minutes": minutes, "cause": "expert"}).status_code == 422
    assert staff.post(url("delay", sitting.number), {"minutes": "30", "cause": "<b>"}).status_code == 422
    assert list(Delay.objects.values_list("minutes", "ended_at")) == [(30, None)]
    assert as_(a_scheduler()).post(url("delay_over", sitting.number)).status_code == 403


def test_the_first_word_about_the_day_stays_is_cut_to_its_length_and_names_nobody():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    key, browser = comes(booking, a_kiosk(sitting)).key, Client()
    assert browser.post(url("feedback", key), {"mark": "5"}).status_code == 422, "the examination is not over"
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.DONE)
    for mark in ("", "0", "6", "５", "<b>", "5 "):
        assert browser.post(url("feedback", key), {"mark": mark}).status_code == 422
    said = "<i>等太久</i>" + "久" * 10_000
    assert browser.post(url("feedback", key), {"mark": "2", "words": said}).status_code == 302
    assert browser.post(url("feedback", key), {"mark": "5", "words": "改主意了"}).status_code == 302
    kept = Feedback.objects.get()
    assert (kept.mark, kept.words) == ("2", said[:500])
    assert give_feedback(kept.attendance, mark="1").pk == kept.pk
    shown = text_of(as_(an_exam_staff()).get(url("feedback_list", sitting.number)))
    assert "&lt;i&gt;等太久" in shown and "<i>等太久" not in shown
    assert booking.case.person.name not in shown and booking.case.number not in shown
    assert "等太久" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


def test_the_pages_of_a_sitting_take_as_many_queries_for_two_people_as_for_five():
    def asked(people: int) -> dict[str, int]:
        sitting, found = an_open_day(people), {}
        for booking in people_of(sitting):
            note_come(booking, by=an_exam_staff())
        browser = as_(an_exam_staff())
        for name in ("board", "whole", "labels", "door_list"):
            browser.get(url(name, sitting.number))  # the session is known
            with CaptureQueriesContext(
                connection,
            ) as told:
                assert browser.get(url(name, sitting.number)).status_code == 200
            found[name] = len(told)
        return found

    assert asked(2) == asked(5)
