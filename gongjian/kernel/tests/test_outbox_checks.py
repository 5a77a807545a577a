"""What the check says of the outbox: a dead worker and a forgotten failure are seen."""

from datetime import datetime, timedelta

import pytest

from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import mark_handled, note_failure, note_sent
from gongjian.kernel.outbox.checks import outbox
from gongjian.kernel.tests.messages import a_message

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE)


def found_after(minutes: float) -> list[str]:
    with moment.fixed(NOON + timedelta(minutes=minutes)):
        return [problem.sentence for problem in outbox()]


def test_a_message_that_waits_is_no_problem_for_a_while():
    with moment.fixed(NOON):
        a_message()
    assert not found_after(14)


def test_a_message_that_nobody_tries_is_a_problem():
    with moment.fixed(NOON):
        a_message()
    (sentence,) = found_after(15)
    assert "gongjian work" in sentence


def test_a_sent_message_is_no_problem():
    with moment.fixed(NOON):
        note_sent(a_message(), provider_id="P-1")
    assert not found_after(600)


def test_l13_a_failure_must_be_a_task_within_five_minutes():
    with moment.fixed(NOON):
        message = a_message()
        note_failure(message, code="x")
    assert not found_after(5)
    assert found_after(5.1) == ["消息发送失败超过五分钟，还没有成为任何人的待办。"]
    mark_handled(message)
    assert not found_after(5.1)


def test_a_flood_is_told_by_its_first_ten():
    with moment.fixed(NOON):
        for number in range(12):
            a_message(f"m{number}")
    assert len(found_after(20)) == 10
