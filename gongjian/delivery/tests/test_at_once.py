"""Two at once, twice in a row, and dying in the middle: nothing is lost, nothing happens twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from gongjian.accounts.tests.builders import a_delivery_clerk, a_worker_user, an_employer_user, an_office, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.models import CaseLimit, NumberSeries
from gongjian.conclusions.actions import advance, start_batch
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import CONCLUDED, a_concluded_case, a_reviewed_case, another_person
from gongjian.delivery.actions import attempts as attempts_module
from gongjian.delivery.actions import (
    complete_notices,
    give_consent,
    post,
    publish_notice,
    record_served,
    serving,
    take_effect_due,
    tasks_for_failed_messages,
)
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, CopySent, Delivery, PostBatch, Proof
from gongjian.delivery.tests.builders import HANDED, a_scan, both_served, deliveries_of, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.actions import note_failure
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import RuleError

DAY = date(2026, 4, 15)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run acts in threads of their own, started together: "done" or the code of the refusal of each, sorted."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            gate.wait()
            act()
        except RuleError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_the_same_envelopes_posted_twice_at_once_go_out_once():
    rows, clerk, office = two_deliveries(), a_delivery_clerk(), an_office()
    chosen = [row.pk for row in rows]
    with moment.fixed(moment.at(DAY)):
        outcomes = at_once(*[lambda: post(office, chosen, by=clerk)] * 2)
    assert outcomes.count("done") == 1
    assert (Attempt.objects.count(), PostBatch.objects.count()) == (2, 1)
    assert NumberSeries.objects.get(series="paper.mailing_list").last == 1


@pytest.mark.django_db(transaction=True)
def test_a_consent_and_a_clerks_record_at_once_serve_once():
    _, employer = deliveries_of(a_concluded_case())
    user, clerk, case = an_employer_user(), a_delivery_clerk(), employer.case
    facts = {"received_by": "周若岚", "relation": "mail_room"}
    with moment.fixed(moment.at(DAY)):
        at_once(
            lambda: give_consent(case, "employer", given=True, by=user),
            lambda: record_served(employer, Method.POST, on=DAY, facts=facts, by=clerk),
        )
    assert employer.attempts.filter(outcome="served").count() == 1
    assert case.passages.filter(act="served").count() == 1
    assert verify()[1] == []


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_put_a_conclusion_in_effect_once():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    with moment.fixed(moment.at(date(2026, 5, 20))):
        at_once(take_effect_due, take_effect_due)
    assert state_of(case) == State.EFFECTIVE
    assert case.passages.filter(act="take_effect").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_complete_a_notice_once():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(date(2026, 4, 20))):
        publish_notice(worker, reason="下落不明", whereabouts_unknown=True, by=a_delivery_clerk())
    with moment.fixed(moment.at(date(2026, 5, 21))):
        at_once(complete_notices, complete_notices)
    worker.refresh_from_db()
    assert worker.served_on == date(2026, 5, 20)
    assert CaseLimit.objects.filter(case=worker.case, limit="LA-REAPPEAL", about="worker").count() == 1


@pytest.mark.django_db(transaction=True)
def test_l13_two_sweeps_at_once_open_one_task():
    worker, _ = deliveries_of(a_concluded_case())
    note_failure(Message.objects.get(channel="sms"), code="outbox.no_gateway")
    at_once(tasks_for_failed_messages, tasks_for_failed_messages)
    assert worker.case.obligations.filter(kind="reach_party").count() == 1


@pytest.mark.django_db(transaction=True)
def test_l10_a_batch_gone_on_with_twice_at_once_signs_each_case_once():
    cases = [a_reviewed_case(person=another_person(serial)) for serial in range(1, 7)]
    signer = the_signer()
    with moment.fixed(CONCLUDED):
        batch = start_batch([case.pk for case in cases], by=signer)
        at_once(*[lambda: advance(batch, by=signer)] * 2)
        advance(batch, by=signer)
    numbers = sorted(Conclusion.objects.values_list("paper__sequence", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert Delivery.objects.count() == 12


@pytest.mark.django_db
def test_dying_while_serving_leaves_neither_attempt_nor_clock(monkeypatch: pytest.MonkeyPatch):
    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    worker, _ = two_deliveries()
    monkeypatch.setattr(serving, "run_again", dies)
    with moment.fixed(moment.at(DAY)), pytest.raises(KeyboardInterrupt), transaction.atomic():
        record_served(worker, Method.IN_PERSON, on=DAY, facts=HANDED, by=a_delivery_clerk(), files=[a_scan()])
    worker.refresh_from_db()
    assert (worker.served_on, Attempt.objects.count(), Proof.objects.count()) == (None, 0, 0)


@pytest.mark.django_db
def test_a_proof_that_cannot_be_stored_leaves_the_paper_unserved(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: Any, **__: Any) -> Evidence:
        raise OSError("disk full")

    worker, _ = two_deliveries()
    monkeypatch.setattr(attempts_module, "store", fails)
    with moment.fixed(moment.at(DAY)), pytest.raises(OSError, match="disk full"), transaction.atomic():
        record_served(worker, Method.IN_PERSON, on=DAY, facts=HANDED, by=a_delivery_clerk(), files=[a_scan()])
    assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_a_conclusion_that_fails_after_its_messages_sends_none(monkeypatch: pytest.MonkeyPatch):
    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    case = a_reviewed_case()
    before = Message.objects.count()
    monkeypatch.setattr(serving, "release", dies)
    with moment.fixed(CONCLUDED), pytest.raises(KeyboardInterrupt), transaction.atomic():
        a_concluded_case(person=case.person)
    assert (Message.objects.count(), CopySent.objects.count(), Delivery.objects.count()) == (before, 0, 0)


@pytest.mark.django_db
def test_l16_a_repeated_electronic_delivery_has_one_message():
    worker, _ = deliveries_of(a_concluded_case())
    keys = Message.objects.filter(user=a_worker_user(), template="delivery.paper").values_list("key", flat=True)
    assert len(keys) == 1
    assert keys[0].startswith(f"{worker.case.chain}/delivery/{worker.pk}/")
