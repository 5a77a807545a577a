"""The call screens: ticket, masked name and room; nothing else, to nobody without the address; live, and spoken where the browser can."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.draws.tests.pages import HTMX, text_of
from gongjian.reception.access import screen_key
from gongjian.reception.actions import announce_delay, call_to_desk, recall_to_desk
from gongjian.reception.queries import calls_of
from gongjian.reception.queries.screens import desk_calls
from gongjian.reception.tests.builders import a_grouped_day, a_kiosk, an_open_day, comes, people_of
from gongjian.sittings.actions import call_next, check_in, recall
from gongjian.sittings.actions.queue import leave
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, a_sitting, at, put_in_sitting_state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def hall(sitting: Sitting, key: str = "") -> str:
    return reverse("reception:hall", args=[sitting.number, key or screen_key(sitting)])


def room(sitting: Sitting, group: int) -> str:
    return reverse("reception:room", args=[sitting.number, group, screen_key(sitting)])


def a_called_day() -> tuple[Sitting, list[Booking]]:
    sitting = a_grouped_day()
    call_next(sitting, 1, an_exam_staff())
    return sitting, people_of(sitting)


def test_a_room_shows_who_is_called_by_ticket_and_masked_name_and_the_tickets_that_come_next():
    sitting, (first, second, third, other) = a_called_day()
    one, two = calls_of(sitting)
    assert [(call.ticket, call.name, call.place) for call in one.now] == [(first.ticket, "林某某", "一号诊室")]
    assert (one.next, one.waiting) == ((second.ticket, third.ticket), 2)
    assert (two.room, two.now, two.next) == ("二号诊室", (), (other.ticket,))
    assert calls_of(sitting, group=2) == [two]


def test_the_latest_call_comes_first_and_a_call_again_is_a_new_one_to_the_voice():
    sitting, (first, second, *_) = a_called_day()
    with at(MORNING + timedelta(minutes=5)):
        call_next(sitting, 1, an_exam_staff())
    assert [call.ticket for call in calls_of(sitting)[0].now] == [second.ticket, first.ticket]
    before = calls_of(sitting)[0].now[1].key
    recall(first, an_exam_staff())
    [after] = [call.key for call in calls_of(sitting)[0].now if call.ticket == first.ticket]
    assert (before.endswith("-1"), after.endswith("-2")) == (True, True)


def test_the_voice_says_the_number_sign_by_sign_and_where_to_go_and_no_name():
    sitting, (first, *_) = a_called_day()
    [call] = calls_of(sitting, group=1)[0].now
    assert call.spoken == f"请{' '.join(str(first.ticket))}号，到一号诊室。"


def test_who_has_left_a_group_is_on_no_screen():
    sitting, (first, *_) = a_called_day()
    leave(first, an_exam_staff())
    assert calls_of(sitting)[0].now == ()


@pytest.mark.parametrize("page", ["hall", "room"])
def test_a_screen_never_shows_a_full_name_a_case_a_code_an_identity_number_or_an_injury(page):
    sitting, people = a_called_day()
    shown = text_of(Client().get(hall(sitting) if page == "hall" else room(sitting, 1)))
    secrets = [
        secret
        for booking in people
        for secret in (booking.case.person.name, booking.case.number, booking.exam_code, booking.case.person.id_number)
    ]
    body = shown.split("<main", 1)[1]
    assert [secret for secret in [*secrets, "膝", "伤"] if secret in body] == []
    assert (str(people[0].ticket) in body, "林某某" in body) == (True, True)


def test_a_screen_asks_nobody_to_sign_in_and_lives_by_itself():
    sitting, _ = a_called_day()
    for address in (hall(sitting), room(sitting, 1)):
        assert f'hx-get="{address}" hx-trigger="every 2s"' in text_of(Client().get(address))
        assert text_of(Client().get(address, **HTMX)).startswith('<div id="screen"') or "rc-room" in address


def test_without_the_address_there_is_no_screen():
    sitting, _ = a_called_day()
    assert Client().get(hall(sitting, "0" * 24)).status_code == 404
    assert Client().get(room(sitting, 9)).status_code == 404
    planned = a_sitting()
    assert Client().get(hall(planned)).status_code == 404


def test_the_address_shows_nobody_any_more_when_the_day_is_over():
    sitting, _ = a_called_day()
    for later, status in ((timedelta(hours=12), 200), (timedelta(days=1), 404)):
        with at(MORNING + later):
            assert {Client().get(each).status_code for each in (hall(sitting), room(sitting, 1))} == {status}


def test_the_screens_take_few_queries_however_many_wait(django_assert_max_num_queries):
    sitting, _ = a_called_day()
    with django_assert_max_num_queries(9):
        Client().get(hall(sitting))
    with django_assert_max_num_queries(5):
        Client().get(room(sitting, 1))


def test_who_is_called_to_an_identity_desk_is_on_the_hall_screen_until_they_have_been_there():
    sitting = an_open_day(2)
    (first, second), kiosk = people_of(sitting), a_kiosk(sitting)
    comes(second, kiosk)
    comes(first, kiosk, minutes=1)
    call_to_desk(sitting, desk="2号台", by=an_exam_staff())
    [call] = desk_calls(sitting)
    second.refresh_from_db()
    assert (call.ticket, call.name, call.place) == (second.ticket, "江某某", "2号台")
    assert f"{second.ticket}</strong> 江某某 → 2号台" in text_of(Client().get(hall(sitting)))
    recall_to_desk(second, desk="2号台", by=an_exam_staff())
    assert desk_calls(sitting)[0].times == 2
    with at(MORNING + timedelta(minutes=11)):
        assert desk_calls(sitting) == []
    check_in(second.exam_code, sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())
    assert desk_calls(sitting) == []


def test_the_hall_is_told_how_late_it_is_and_why():
    sitting, _ = a_called_day()
    assert "比约定的时间晚" not in text_of(Client().get(hall(sitting)))
    announce_delay(sitting, minutes=40, cause="expert", by=an_exam_staff())
    shown = text_of(Client().get(hall(sitting)))
    assert ("比约定的时间晚约" in shown, "专家未能按时到场" in shown) == (True, True)


def test_before_anybody_is_sent_the_screens_stand_ready_room_by_room():
    sitting = put_in_sitting_state(a_sitting(), SittingState.OPEN)
    assert [(one.group, one.room) for one in calls_of(sitting)] == [(1, "第1组")]
