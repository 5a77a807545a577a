"""Sending: against a provider that is well, late, broken or dead, by workers that die or come twice."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection, connections, transaction

from gongjian.kernel import moment
from gongjian.kernel.outbox import gateways, sending
from gongjian.kernel.outbox.actions import note_receipt
from gongjian.kernel.outbox.errors import GatewayDown, GatewayRefused
from gongjian.kernel.outbox.models import Breaker, Message
from gongjian.kernel.outbox.pacing import FAILURES_IN_A_ROW, MOST_ATTEMPTS
from gongjian.kernel.outbox.queries import failed_unhandled
from gongjian.kernel.outbox.sending import deliver_due, deliver_now
from gongjian.kernel.outbox.states import Channel, State
from gongjian.kernel.tests.messages import TELEPHONE, a_message
from gongjian.kernel.tests.provider import Provider, a_provider

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[Provider]:
    with a_provider() as listening:
        settings.SMS_GATEWAY = "gongjian.kernel.outbox.gateways.HttpGateway"
        settings.SMS_GATEWAY_URL = listening.url
        settings.SMS_GATEWAY_TOKEN = "a-token"
        yield listening


@pytest.fixture
def dead_address(provider: Provider, settings: LazySettings) -> None:
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"


def sweep_each_minute(minutes: int, *, start: datetime = NOON) -> list[int]:
    """Run the sweep as the worker does; how many messages each run dealt with."""
    done = []
    for minute in range(minutes):
        with moment.fixed(start + minute * MINUTE):
            done.append(deliver_due())
    return done


def written(key: str = "case:1/accepted/worker", *, minute: int = 0, **told: Any) -> Message:
    with moment.fixed(NOON + minute * MINUTE):
        return a_message(key, **told)


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.state


class TestAWellProvider:
    def test_a_message_is_handed_over_once(self, provider: Provider):
        message = written()
        assert sweep_each_minute(3) == [1, 0, 0]
        assert state_of(message) == State.SENT
        assert (message.provider_id, message.attempts, message.sent_at) == ("P-1", 1, NOON)
        assert [request["to"] for request in provider.requests] == [TELEPHONE]

    def test_it_gets_the_words_the_key_and_our_token(self, provider: Provider):
        message = written()
        sweep_each_minute(1)
        assert provider.requests == [{"to": TELEPHONE, "text": message.body, "key": message.key}]
        assert provider.headers[0]["Idempotency-Key"] == message.key
        assert provider.headers[0]["Authorization"] == "Bearer a-token"

    def test_a_message_is_not_sent_before_its_time(self, provider: Provider):
        written()
        assert sweep_each_minute(1, start=NOON - MINUTE) == [0]
        assert not provider.requests

    @pytest.mark.parametrize(("answer", "number"), [(b"", ""), (b"ok", ""), (b"[1]", ""), (b'{"id": 17}', "17")])
    def test_an_answer_without_a_number_is_still_an_acceptance(self, provider: Provider, answer: bytes, number: str):
        provider.answer = answer
        message = written()
        sweep_each_minute(1)
        assert state_of(message) == State.SENT
        assert message.provider_id == number

    def test_one_run_sends_no_more_than_its_limit(self, provider: Provider):
        for number in range(5):
            written(f"m{number}")
        with moment.fixed(NOON):
            assert [deliver_due(2), deliver_due(2), deliver_due(2)] == [2, 2, 1]
        assert [request["key"] for request in provider.requests] == [f"m{number}" for number in range(5)]

    def test_a_run_that_takes_long_leaves_the_rest_to_the_next(
        self, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ):
        written("a")
        monkeypatch.setattr(sending, "LONGEST_RUN", -1.0)
        assert sweep_each_minute(1) == [0]
        monkeypatch.undo()

    def test_a_sign_in_code_goes_at_once(self, provider: Provider):
        written("other")
        written("code")
        with moment.fixed(NOON):
            sent = deliver_now("code")
        assert sent is not None
        assert sent.state == State.SENT
        assert provider.delivered == {"code"}

    def test_a_message_that_was_sent_is_not_sent_again_at_once(self, provider: Provider):
        written()
        sweep_each_minute(1)
        assert deliver_now("case:1/accepted/worker") is None
        assert deliver_now("unknown") is None
        assert len(provider.requests) == 1


class TestABrokenProvider:
    @pytest.mark.parametrize("status", [500, 502, 503, 408, 425, 429])
    def test_a_failure_that_may_pass_is_tried_again_with_the_same_key(self, provider: Provider, status: int):
        provider.status = lambda number: status if number == 1 else 200
        message = written()
        assert sweep_each_minute(2) == [1, 1]
        assert state_of(message) == State.SENT
        assert [request["key"] for request in provider.requests] == [message.key, message.key]

    @pytest.mark.parametrize("status", [301, 302, 400, 401, 404, 422])
    def test_l13_a_refusal_is_not_repeated_and_becomes_a_task_at_once(self, provider: Provider, status: int):
        provider.always(status)
        message = written()
        sweep_each_minute(5)
        assert len(provider.requests) == 1
        assert list(failed_unhandled()) == [message]
        assert failed_unhandled()[0].last_error == f"outbox.http_{status}"

    def test_pauses_grow_and_the_message_is_given_up_at_last(self, provider: Provider, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(sending, "rest_after", lambda failures: None)
        provider.always(500)
        message = written()
        done = sweep_each_minute(130)
        assert [minute for minute, tried in enumerate(done) if tried] == [0, 1, 3, 7, 15, 31, 63, 123]
        assert (state_of(message), message.attempts) == (State.FAILED, MOST_ATTEMPTS)
        assert message.last_error == "outbox.http_500"

    @pytest.mark.usefixtures("dead_address")
    def test_a_dead_provider_is_a_failure_that_may_pass(self):
        message = written()
        assert sweep_each_minute(1) == [1]
        assert (state_of(message), message.last_error) == (State.PENDING, "outbox.no_answer")

    def test_an_answer_that_comes_too_late_is_tried_again_with_the_same_key(
        self, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(gateways, "TIMEOUT", 0.1)
        provider.released.clear()
        message = written()
        sweep_each_minute(1)
        assert state_of(message) == State.PENDING
        provider.released.set()
        monkeypatch.setattr(gateways, "TIMEOUT", 10)
        sweep_each_minute(1, start=NOON + MINUTE)
        assert state_of(message) == State.SENT
        assert len(provider.requests) == 2
        assert provider.delivered == {message.key}

    def test_a_receipt_during_the_pause_ends_the_trying(self, provider: Provider):
        provider.always(503)
        message = written()
        sweep_each_minute(1)
        note_receipt(key=message.key, arrived=True)
        sweep_each_minute(60, start=NOON + MINUTE)
        assert len(provider.requests) == 1

    def test_what_could_not_be_sent_for_a_day_is_given_up(self, provider: Provider):
        message = written()
        assert sweep_each_minute(1, start=NOON + timedelta(days=1, minutes=1)) == [1]
        assert (state_of(message), message.last_error) == (State.FAILED, "outbox.too_late")
        assert not provider.requests

    def test_a_gateway_that_fails_in_its_own_way_costs_a_try_and_not_the_sweep(
        self, settings: LazySettings, provider: Provider
    ):
        settings.SMS_GATEWAY = "gongjian.kernel.tests.test_outbox_sending.Crashing"
        message = written()
        assert sweep_each_minute(1) == [1]
        assert (state_of(message), message.last_error) == (State.PENDING, "outbox.gateway_error")

    def test_without_a_gateway_the_message_fails_loudly(self, settings: LazySettings):
        settings.SMS_GATEWAY = ""
        message = written()
        sweep_each_minute(1)
        assert (state_of(message), message.last_error) == (State.FAILED, "outbox.no_gateway")

    def test_without_an_address_the_message_fails_loudly(self, provider: Provider, settings: LazySettings):
        settings.SMS_GATEWAY_URL = "file:///etc/passwd"
        message = written()
        sweep_each_minute(1)
        assert (state_of(message), message.last_error) == (State.FAILED, "outbox.no_gateway_address")


class Crashing:
    """An operator's own gateway with a fault in it."""

    def send(self, **_: str) -> str:
        raise ZeroDivisionError


class TestTheBreaker:
    def test_after_five_failures_in_a_row_the_channel_rests(self, provider: Provider):
        provider.always(500)
        for number in range(20):
            written(f"m{number}")
        assert sweep_each_minute(1) == [FAILURES_IN_A_ROW]
        assert Breaker.objects.get(pk=Channel.SMS).closed_until == NOON + MINUTE

    def test_a_rested_channel_is_tried_with_one_message(self, provider: Provider):
        provider.always(500)
        for number in range(20):
            written(f"m{number}")
        assert sweep_each_minute(8) == [5, 1, 0, 1, 0, 0, 0, 1]

    def test_when_the_provider_is_back_everything_goes_out(self, provider: Provider):
        provider.status = lambda number: 500 if number <= 6 else 200
        for number in range(20):
            written(f"m{number}")
        sweep_each_minute(15)
        assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
        assert len(provider.delivered) == 20

    def test_a_refusal_shows_that_the_provider_is_well(self, provider: Provider):
        provider.status = lambda number: 400 if number % 5 == 0 else 500
        for number in range(12):
            written(f"m{number}")
        sweep_each_minute(1)
        assert Breaker.objects.get(pk=Channel.SMS).closed_until is None

    def test_one_channels_rest_does_not_stop_another(self, provider: Provider):
        provider.always(500)
        for number in range(8):
            written(f"m{number}")
        written("letter", channel=Channel.EMAIL, to="lin@gongjian.example")
        sweep_each_minute(1)
        assert [letter.to for letter in mail.outbox] == [["lin@gongjian.example"]]

    def test_a_worker_that_dies_at_the_trial_does_not_close_the_channel_for_ever(self, provider: Provider):
        written()
        Breaker.objects.create(channel=Channel.SMS, failures=5, closed_until=NOON)
        with moment.fixed(NOON):
            assert sending.claim(Channel.SMS)
            assert sending.claim(Channel.SMS) is None
        assert sweep_each_minute(1, start=NOON + MINUTE) == [1]

    def test_l25_a_dead_provider_sees_a_trickle(self, provider: Provider):
        provider.always(500)
        for number in range(60):
            written(f"m{number:03}")
        sweep_each_minute(120)
        assert len(provider.requests) < 15

    def test_what_failed_is_repeated_though_nothing_new_is_to_be_sent(self, provider: Provider):
        provider.status = lambda number: 500 if number <= 3 else 200
        Breaker.objects.create(channel=Channel.SMS, credit=0)
        message = written()
        Message.objects.update(attempts=1)
        sweep_each_minute(40)
        assert state_of(message) == State.SENT

    @pytest.mark.parametrize("well_every", [2, 3, 4])
    def test_l25_a_flickering_provider_never_sees_more_than_twice_the_normal_load(
        self, provider: Provider, well_every: int
    ):
        provider.status = lambda number: 200 if number % well_every == 0 else 500
        for minute in range(15):
            for number in range(4):
                written(f"m{minute:02}-{number}", minute=minute)
            sweep_each_minute(1, start=NOON + minute * MINUTE)
        assert len(provider.requests) <= 2 * 15 * 4
        assert all(count <= MOST_ATTEMPTS for count in Message.objects.values_list("attempts", flat=True))


class TestOtherWays:
    def test_an_e_mail_carries_a_number_that_follows_from_its_key(self, provider: Provider):
        message = written("letter", channel=Channel.EMAIL, to="lin@gongjian.example")
        sweep_each_minute(1)
        (letter,) = mail.outbox
        assert (letter.subject, letter.body) == (message.title, message.body)
        assert letter.extra_headers["Message-ID"] == Message.objects.get().provider_id

    def test_a_mail_server_that_is_down_is_tried_again(self, settings: LazySettings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        message = written("letter", channel=Channel.EMAIL, to="lin@gongjian.example")
        sweep_each_minute(1)
        assert (state_of(message), message.last_error) == (State.PENDING, "outbox.mail_server_down")

    def test_another_system_that_answers_has_the_message(self, provider: Provider):
        message = written("hook", channel=Channel.WEBHOOK, to=provider.url)
        sweep_each_minute(1)
        assert state_of(message) == State.DELIVERED
        assert set(provider.requests[0]) == {"title", "text", "key"}
        assert "Authorization" not in provider.headers[0]

    def test_the_demo_keeps_the_words_and_sends_nothing(self, settings: LazySettings):
        settings.SMS_GATEWAY = "gongjian.kernel.outbox.gateways.DemoGateway"
        message = written()
        sweep_each_minute(1)
        assert state_of(message) == State.SENT
        assert message.provider_id.startswith("demo-")

    def test_the_failures_of_a_gateway_say_a_code_and_no_more(self):
        assert str(GatewayDown("outbox.no_answer")) == "outbox.no_answer"
        assert not issubclass(GatewayRefused, GatewayDown)


class TestTheClock:
    @pytest.mark.parametrize("jump", [-timedelta(days=400), -MINUTE, MINUTE, timedelta(days=400)], ids=str)
    def test_l16_a_clock_that_jumps_sends_nothing_twice(self, provider: Provider, jump: timedelta):
        message = written()
        sweep_each_minute(1)
        sweep_each_minute(3, start=NOON + jump)
        assert len(provider.requests) == 1
        assert state_of(message) == State.SENT

    def test_l16_a_clock_set_back_only_makes_a_repetition_wait(self, provider: Provider):
        provider.status = lambda number: 500 if number == 1 else 200
        message = written()
        sweep_each_minute(1)
        assert sweep_each_minute(2, start=NOON - timedelta(hours=1)) == [0, 0]
        sweep_each_minute(2)
        assert state_of(message) == State.SENT


@pytest.mark.django_db(transaction=True)
def test_a_message_is_not_sent_before_its_act_is_committed(provider: Provider):
    def sweep() -> int:
        try:
            return deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            a_message()
            assert other.submit(sweep).result() == 0
        assert other.submit(sweep).result() == 1
    assert len(provider.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_l16_many_workers_at_once_hand_each_message_over_once(provider: Provider):
    for number in range(30):
        a_message(f"m{number}")

    def work(_: int) -> int:
        try:
            return deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 30
    assert len(provider.requests) == len(provider.delivered) == 30


@pytest.mark.django_db(transaction=True)
def test_l16_a_worker_that_dies_between_sending_and_noting_it_repeats_with_the_same_key(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    message = written()
    connections.close_all()
    if not (child := os.fork()):
        monkeypatch.setattr(sending, "note_sent", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        with moment.fixed(NOON):
            deliver_due()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert (state_of(message), message.attempts) == (State.PENDING, 1)
    assert sweep_each_minute(2) == [0, 1]
    assert state_of(message) == State.SENT
    assert [request["key"] for request in provider.requests] == [message.key] * 2
