"""Writing messages: once, with the act, in the words of the template, readable by nobody else."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import TemplateDoesNotExist

from gongjian.accounts.tests.builders import a_worker_user, an_outsider
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import entries_of
from gongjian.kernel.outbox.actions import mark_handled, mark_opened, note_failure, note_receipt, note_sent
from gongjian.kernel.outbox.errors import MessageNotFound, RecipientMissing
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.queries import (
    failed_unhandled,
    inbox_of,
    message_for,
    messages_of,
    texts_sent,
    unopened_count,
)
from gongjian.kernel.outbox.states import Channel, State
from gongjian.kernel.outbox.words import Words, words_of
from gongjian.kernel.tests.messages import FACTS, TELEPHONE, a_message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)


def acts(chain: str = "case:1") -> list[str]:
    return [entry.act for entry in entries_of(chain)]


def raw(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM kernel_message")
        return str(cursor.fetchone()[0])


class TestWriting:
    def test_a_text_message_waits_to_be_sent(self):
        with moment.fixed(NOON):
            message = a_message()
        assert (message.state, message.attempts, message.next_attempt_at) == (State.PENDING, 0, NOON)
        assert (message.created_at, message.sent_at, message.office) == (NOON, None, "YXJD")

    def test_a_message_in_a_box_has_arrived_at_once(self):
        worker = a_worker_user()
        with moment.fixed(NOON):
            message = a_message(channel=Channel.INBOX, to="", user=worker)
        assert (message.state, message.sent_at, message.delivered_at) == (State.DELIVERED, NOON, NOON)
        assert list(inbox_of(worker)) == [message]

    def test_recipient_and_words_are_encrypted(self):
        a_message(channel=Channel.EMAIL, to="lin@gongjian.example")
        assert "lin@" not in raw('"to"')
        assert "受理" not in raw("body")
        assert "YX-2026" not in raw("title")
        assert Message.objects.get().to == "lin@gongjian.example"

    def test_l16_the_same_key_is_one_message_and_the_first_stays(self):
        first = a_message()
        second = a_message(context={**FACTS, "number": "another"}, to="19900000002")
        assert first.pk == second.pk
        assert Message.objects.get().to == TELEPHONE

    def test_a_message_whose_act_was_undone_was_never_written(self):
        with suppress(ZeroDivisionError), transaction.atomic():
            a_message()
            raise ZeroDivisionError
        assert not Message.objects.exists()

    @pytest.mark.parametrize("channel", Channel)
    def test_a_message_without_a_recipient_is_refused(self, channel: Channel):
        with pytest.raises(RecipientMissing, match=channel.label):
            a_message(channel=channel, to=" ")

    def test_a_telephone_number_is_no_box(self):
        with pytest.raises(RecipientMissing, match="站内消息"):
            a_message(channel=Channel.INBOX, to=TELEPHONE)

    @pytest.mark.parametrize(
        "wrong", [{"state": "lost"}, {"channel": "pigeon"}, {"channel": "inbox"}, {"state": "failed"}], ids=str
    )
    def test_the_database_refuses_a_message_that_cannot_be(self, wrong: dict[str, str]):
        right = {"key": "k", "channel": "sms", "next_attempt_at": NOON, "created_at": NOON}
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(**{**right, **wrong})

    def test_it_shows_itself_without_its_words(self):
        assert str(a_message()) == "短信 kernel.notice"


class TestWords:
    def test_the_first_line_of_a_letter_is_its_title(self):
        words = words_of("kernel.notice", Channel.INBOX, FACTS)
        assert words.title == "案件 YX-2026-0001 有新的进展"
        assert words.body.startswith("申请已受理。\n")

    def test_a_text_message_has_its_own_words_and_no_title(self):
        words = words_of("kernel.notice", Channel.SMS, FACTS)
        assert words == Words(
            "", "【公鉴】您的案件 YX-2026-0001 有新的进展，请登录 http://gongjian.example 查看。本短信无需回复。"
        )

    def test_a_text_message_does_not_carry_what_the_letter_says(self):
        words = words_of("kernel.notice", Channel.SMS, {**FACTS, "sentence": "右手食指缺失"})
        assert "食指" not in words.body

    def test_a_missing_fact_is_an_error_and_not_a_gap(self):
        with pytest.raises(KeyError, match="site"):
            words_of("kernel.notice", Channel.SMS, {"number": "1"})

    def test_signs_of_markup_in_a_fact_stay_as_they_are(self):
        words = words_of("kernel.notice", Channel.INBOX, {**FACTS, "sentence": "<A&B> {{ x }} $number"})
        assert "<A&B> {{ x }} $number" in words.body

    def test_a_template_that_is_not_there_is_an_error(self):
        with pytest.raises(TemplateDoesNotExist):
            words_of("kernel.unknown", Channel.SMS, FACTS)


class TestFate:
    def test_a_message_is_sent_then_delivered_and_the_ledger_says_so(self):
        message = a_message()
        assert note_sent(message, provider_id="P-1")
        assert note_receipt(key=message.key, arrived=True)
        message.refresh_from_db()
        assert (message.state, message.provider_id) == (State.DELIVERED, "P-1")
        assert acts() == ["message.sent", "message.delivered"]

    def test_the_ledger_knows_neither_recipient_nor_words(self):
        note_sent(a_message(), provider_id="P-1")
        (entry,) = entries_of("case:1")
        assert set(entry.facts) == {"message", "channel", "template"}

    def test_without_a_chain_nothing_is_noted(self):
        note_sent(a_message(chain=""), provider_id="P-1")
        assert acts("") == []

    def test_a_repeated_receipt_changes_nothing(self):
        message = a_message()
        assert note_receipt(key=message.key, arrived=True)
        assert not note_receipt(key=message.key, arrived=True)
        assert acts() == ["message.delivered"]

    def test_a_receipt_that_is_faster_than_we_are_wins(self):
        message = a_message()
        note_receipt(key=message.key, arrived=True)
        assert not note_sent(message, provider_id="P-1")
        message.refresh_from_db()
        assert message.state == State.DELIVERED
        assert message.sent_at is not None

    def test_a_receipt_after_we_gave_up_still_counts(self):
        message = a_message()
        note_failure(message, code="outbox.no_answer")
        assert note_receipt(key=message.key, arrived=True)
        assert not failed_unhandled().exists()

    def test_l13_a_bad_receipt_makes_it_somebodys_task(self):
        message = a_message()
        note_sent(message, provider_id="P-1")
        assert note_receipt(key=message.key, arrived=False, code="provider.number_dead")
        assert [found.last_error for found in failed_unhandled()] == ["provider.number_dead"]

    def test_a_bad_receipt_after_a_good_one_is_not_believed(self):
        message = a_message()
        note_receipt(key=message.key, arrived=True)
        assert not note_receipt(key=message.key, arrived=False)

    def test_a_receipt_for_a_message_that_is_not_ours_is_refused(self):
        with pytest.raises(MessageNotFound):
            note_receipt(key="unknown", arrived=True)

    def test_a_failed_message_is_handled_by_one(self):
        message = a_message()
        note_failure(message, code="x")
        assert mark_handled(message)
        assert not mark_handled(message)
        assert not failed_unhandled().exists()

    def test_the_longest_waiting_failure_comes_first(self):
        for hours, key in enumerate(["a", "b"]):
            with moment.fixed(NOON - timedelta(hours=hours)):
                note_failure(a_message(key), code="x")
        assert [message.key for message in failed_unhandled()] == ["b", "a"]


class TestTheBox:
    def test_opening_is_kept_the_first_time(self):
        worker = a_worker_user()
        message = a_message(channel=Channel.INBOX, user=worker)
        assert unopened_count(worker) == 1
        with moment.fixed(NOON):
            assert mark_opened(message.pk, by=worker).opened_at == NOON
        with moment.fixed(NOON + timedelta(days=1)):
            assert mark_opened(message.pk, by=worker).opened_at == NOON
        assert unopened_count(worker) == 0
        assert acts() == ["message.opened"]
        assert entries_of("case:1")[0].by == worker

    def test_a_stranger_does_not_even_learn_that_it_exists(self):
        message, stranger = a_message(channel=Channel.INBOX, user=a_worker_user()), an_outsider()
        with pytest.raises(MessageNotFound):
            mark_opened(message.pk, by=stranger)
        with pytest.raises(MessageNotFound):
            message_for(10**9, by=stranger)
        assert not inbox_of(stranger).exists()

    def test_a_text_message_to_oneself_is_not_in_the_box(self):
        worker = a_worker_user()
        message = a_message(user=worker)
        with pytest.raises(MessageNotFound):
            message_for(message.pk, by=worker)

    def test_the_newest_comes_first(self):
        worker = a_worker_user()
        keys = ["a", "b", "c"]
        for hour, key in enumerate(keys):
            with moment.fixed(NOON + timedelta(hours=hour)):
                a_message(key, channel=Channel.INBOX, user=worker)
        assert [message.key for message in inbox_of(worker)] == keys[::-1]

    def test_all_messages_of_a_case_stand_in_their_order(self):
        a_message("a")
        a_message("b", chain="case:2")
        a_message("c")
        assert [message.key for message in messages_of("case:1")] == ["a", "c"]

    def test_the_demo_shows_text_messages_in_place_of_telephones(self):
        a_message("a")
        a_message("b", channel=Channel.EMAIL)
        assert [message.key for message in texts_sent()] == ["a"]


@pytest.mark.django_db(transaction=True)
def test_l16_the_same_message_from_many_at_once_is_one():
    def one(_: int) -> int:
        try:
            return a_message().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(16)))) == Message.objects.count() == 1
