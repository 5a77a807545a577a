"""Telephone codes: how often they are sent and what one is worth."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from gongjian.accounts import actions
from gongjian.accounts.codes import (
    KEPT_FOR_EACH,
    MOST_ATTEMPTS,
    MOST_ELSEWHERE,
    MOST_OF_ALL,
    MOST_PER_DAY,
    MOST_PER_HOUR,
    check_rate,
)
from gongjian.accounts.errors import CodeTooOften, CodeTooSoon
from gongjian.accounts.jobs import forget_codes
from gongjian.accounts.models import TelephoneCode, User
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import MobileWrong

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)
PHONE = "19900000001"
GATE = "10.0.0.1"


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


# The rate of codes: a table of cases, without a database.


@pytest.mark.parametrize(
    ("ago_here", "ago_anywhere", "refusal"),
    [
        ([], [], None),
        ([60], [60], None),
        ([59], [59], CodeTooSoon),
        ([100, 200, 300, 400], [], None),
        ([100, 200, 300, 400, 3599], [], CodeTooOften),
        ([100, 200, 300, 400, 3600], [], None),
        ([4000 * n for n in range(1, MOST_PER_DAY)], [], None),
        ([4000 * n for n in range(1, MOST_PER_DAY + 1)], [], CodeTooOften),
        ([4000 * n for n in range(1, KEPT_FOR_EACH)], [90] * (MOST_OF_ALL - 1), None),
        ([4000 * n for n in range(1, KEPT_FOR_EACH + 1)], [90] * MOST_ELSEWHERE, CodeTooOften),
        ([4000 * n for n in range(1, KEPT_FOR_EACH + 1)], [90] * (MOST_ELSEWHERE - 1), None),
        ([], [90] * MOST_OF_ALL, CodeTooOften),
    ],
)
def test_codes_are_sent_once_a_minute_five_an_hour_ten_a_day_and_some_to_everybody(ago_here, ago_anywhere, refusal):
    here, anywhere = ([NOON - seconds(ago) for ago in list_] for list_ in (ago_here, ago_anywhere))
    if refusal is None:
        check_rate(here, anywhere, at=NOON)
    else:
        with pytest.raises(refusal):
            check_rate(here, anywhere, at=NOON)


def test_l18_whoever_asks_all_day_at_another_address_locks_nobody_out():
    for place in ("10.9.9.8", "10.9.9.9"):
        for number in range(MOST_PER_DAY):
            with moment.fixed(NOON + timedelta(minutes=13 * number)):
                actions.send_code(PHONE, address=place)
    with moment.fixed(NOON + timedelta(hours=6)):
        assert actions.redeem_code(PHONE, actions.send_code(PHONE, address=GATE).text)


def test_a_code_asked_for_elsewhere_meanwhile_does_not_spoil_the_first():
    with moment.fixed(NOON):
        mine = actions.send_code(PHONE, address=GATE).text
    with moment.fixed(NOON + timedelta(minutes=1)):
        other = actions.send_code(PHONE, address="10.9.9.9").text
        assert actions.redeem_code(PHONE, mine)
        assert actions.redeem_code(PHONE, other) is None


def test_guesses_count_for_all_codes_that_are_good():
    with moment.fixed(NOON):
        texts = [actions.send_code(PHONE, address=place).text for place in (GATE, "10.9.9.9")]
        for _ in range(MOST_ATTEMPTS):
            assert actions.redeem_code(PHONE, "xxxxxx") is None
        assert [actions.redeem_code(PHONE, text) for text in texts] == [None, None]


def test_a_stranger_elsewhere_does_not_use_up_the_codes_of_this_address():
    for minute in range(MOST_PER_HOUR):
        with moment.fixed(NOON + timedelta(minutes=2 * minute)):
            actions.send_code(PHONE, address="10.9.9.9")
    with moment.fixed(NOON + timedelta(minutes=20)):
        with pytest.raises(CodeTooOften):
            actions.send_code(PHONE, address="10.9.9.9")
        assert actions.send_code(PHONE, address=GATE)


def test_thirty_people_behind_one_address_all_get_their_codes():
    for person in range(30):
        assert actions.send_code(f"199000001{person:02d}", address=GATE)


def test_a_wrong_number_gets_no_code():
    with pytest.raises(MobileWrong):
        actions.send_code("12345", address=GATE)


# What a code is worth.


def test_a_first_code_opens_an_account_and_a_second_one_the_same():
    with moment.fixed(NOON):
        first = actions.redeem_code(PHONE, actions.send_code(PHONE, address=GATE).text)
    with moment.fixed(NOON + timedelta(minutes=2)):
        again = actions.redeem_code(PHONE, actions.send_code(PHONE, address=GATE).text)
    assert first
    assert first == again
    assert (first.kind, first.telephone, first.has_usable_password()) == (User.Kind.APPLICANT, PHONE, False)
    assert PHONE not in first.username


def test_a_code_is_good_once():
    text = actions.send_code(PHONE, address=GATE).text
    assert actions.redeem_code(PHONE, text)
    assert actions.redeem_code(PHONE, text) is None


@pytest.mark.parametrize(("after", "good"), [(299, True), (300, False)])
def test_a_code_is_good_for_five_minutes(after, good):
    with moment.fixed(NOON):
        text = actions.send_code(PHONE, address=GATE).text
    with moment.fixed(NOON + seconds(after)):
        assert bool(actions.redeem_code(PHONE, text)) is good


def test_after_five_guesses_the_right_code_is_worth_nothing():
    text = actions.send_code(PHONE, address=GATE).text
    wrong = "000000" if text != "000000" else "000001"
    assert [actions.redeem_code(PHONE, wrong) for _ in range(5)] == [None] * 5
    assert actions.redeem_code(PHONE, text) is None


def test_a_code_of_another_telephone_opens_nothing():
    text = actions.send_code("19900000002", address=GATE).text
    assert actions.redeem_code(PHONE, text) is None


def test_an_account_that_was_closed_stays_closed():
    user = a_worker_user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert actions.redeem_code(PHONE, actions.send_code(PHONE, address=GATE).text) is None


def test_neither_code_nor_telephone_stands_in_the_table():
    sent = actions.send_code(PHONE, address=GATE)
    row = TelephoneCode.objects.values().get()
    assert not {sent.text, PHONE, GATE} & {str(value) for value in row.values()}


def test_old_codes_are_forgotten():
    with moment.fixed(NOON):
        actions.send_code(PHONE, address=GATE)
    with moment.fixed(NOON + timedelta(days=1)):
        assert forget_codes() == 0
    with moment.fixed(NOON + timedelta(days=1, seconds=1)):
        assert forget_codes() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_code_twice_at_once_signs_in_once():
    text = actions.send_code(PHONE, address=GATE).text
    answers: list[User | None] = []

    def redeem() -> None:
        answers.append(actions.redeem_code(PHONE, text))
        connection.close()

    threads = [threading.Thread(target=redeem) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer is None for answer in answers) == [False, True]


def test_a_code_asked_for_anew_ends_the_former():
    with moment.fixed(NOON):
        former = actions.send_code(PHONE, address=GATE).text
    with moment.fixed(NOON + timedelta(minutes=1)):
        newer = actions.send_code(PHONE, address=GATE).text
        assert actions.redeem_code(PHONE, former) is None or former == newer
        assert actions.redeem_code(PHONE, newer)


@pytest.mark.parametrize(("guesses", "left"), [(0, 5), (1, 4), (4, 1), (5, 0), (6, 0)])
def test_how_many_guesses_are_left_is_told(guesses, left):
    actions.send_code(PHONE, address=GATE)
    for _ in range(guesses):
        actions.redeem_code(PHONE, "xxxxxx")
    assert actions.tries_left(PHONE) == left


def test_the_text_of_the_message_tells_how_long_the_code_is_valid_and_which_one():
    actions.send_code(PHONE, address=GATE)
    body = Message.objects.get(template="accounts.sign_in_code").body
    assert "5分钟内有效" in body
    assert "以新的为准" in body
