"""Consent to electronic delivery, the wish for paper, and messages that fail (L13)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case, Obligation
from gongjian.cases.tests.builders import a_case
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.delivery.actions import (
    ask_for_paper,
    give_consent,
    note_done,
    note_paper_sent,
    tasks_for_failed_messages,
)
from gongjian.delivery.actions.serving import begin
from gongjian.delivery.errors import NotADeliverer, NotTheRecipient, WayNotTold
from gongjian.delivery.methods import Method
from gongjian.delivery.models import EMPLOYER, WORKER, Consent
from gongjian.delivery.queries.sides import account_of, consents
from gongjian.delivery.queries.unreached import recipient_of, unreached
from gongjian.delivery.tests.builders import deliveries_of, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import note_failure, note_receipt, note_sent, send
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel
from gongjian.kernel.sweeps import SWEEPS
from gongjian.parties.models import Mandate
from gongjian.parties.tests.builders import an_employer

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 13)


def said(delivery, given: bool, by: User) -> Consent:
    with moment.fixed(moment.at(DAY)):
        return give_consent(delivery.case, delivery.recipient, given=given, by=by)


def test_a_consent_given_later_serves_at_once():
    _, employer = deliveries_of(a_concluded_case())
    said(employer, True, an_employer_user())
    employer.refresh_from_db()
    assert (employer.served_on, employer.method) == (DAY, Method.ELECTRONIC)
    assert state_of(employer.case) == State.DELIVERED


def test_a_consent_while_the_envelope_is_under_way_waits():
    _, employer = two_deliveries()
    begin(employer, Method.POST, by=a_delivery_clerk())
    said(employer, True, an_employer_user())
    employer.refresh_from_db()
    assert employer.served_on is None
    assert consents(employer.case, EMPLOYER)


def test_the_last_word_counts_and_former_ones_stay():
    worker, _ = two_deliveries()
    case = worker.case
    assert not consents(case, WORKER)
    begin(worker, Method.POST, by=a_delivery_clerk())
    said(worker, True, a_worker_user())
    said(worker, False, a_worker_user())
    assert not consents(case, WORKER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(given=True)


@pytest.mark.parametrize("stranger", [an_employer_user, an_outsider, a_delivery_clerk])
def test_nobody_consents_for_another(stranger: type[User]):
    worker, _ = two_deliveries()
    with pytest.raises(NotTheRecipient):
        said(worker, True, stranger())
    assert not Consent.objects.exists()


@pytest.mark.parametrize("may_receive", [True, False])
def test_an_agent_receives_for_the_side_that_gave_the_power_to_receive(may_receive: bool):
    worker, _ = two_deliveries(employer_takes_part=False)
    agent = an_applicant("19900000005", "何律")
    power = {"capacity": "agent", "valid_from": DAY, "may_receive": may_receive}
    mandate = Mandate.objects.create(employer=an_employer(), agent=agent, **power)
    join_case(worker.case, agent, capacity="agent", mandate=mandate)
    assert account_of(worker.case, EMPLOYER) == (agent if may_receive else None)
    assert account_of(worker.case, WORKER) == a_worker_user()


def test_a_late_consent_of_a_side_without_an_account_uses_the_consenting_one():
    _, employer = two_deliveries(employer_takes_part=False)
    join_case(employer.case, an_employer_user(), capacity="employer")
    said(employer, True, an_employer_user())
    employer.refresh_from_db()
    assert (employer.account, employer.served_on) == (an_employer_user(), DAY)


def test_a_recipient_may_ask_for_paper_and_the_served_day_stays():
    worker, _ = deliveries_of(a_concluded_case())
    with moment.fixed(moment.at(DAY)):
        for _ in range(2):
            ask_for_paper(worker, by=a_worker_user())
    worker.refresh_from_db()
    owed = worker.case.obligations.get(kind="send_paper", fulfilled_at=None)
    assert (worker.served_on, owed.due_on) == (date(2026, 4, 9), date(2026, 4, 20))


def test_the_sent_paper_ends_the_task_once():
    worker, _ = deliveries_of(a_concluded_case())
    ask_for_paper(worker, by=a_worker_user())
    with pytest.raises(NotADeliverer):
        note_paper_sent(worker, by=a_clerk())
    assert [note_paper_sent(worker, by=a_delivery_clerk()) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("stranger", [an_employer_user, an_outsider, a_clerk])
def test_nobody_asks_for_anothers_paper(stranger: type[User]):
    worker, _ = deliveries_of(a_concluded_case())
    with pytest.raises(NotTheRecipient):
        ask_for_paper(worker, by=stranger())


def a_failed_message(chain: str, *, key: str = "k", template: str = "delivery.paper") -> Message:
    facts = {"number": "1", "title": "结论书", "paper": "1号", "office": "市鉴定委", "sha256": "0" * 64}
    told = {"template": template, "context": facts, "chain": chain, "by_office": "YXJD"}
    message = send(key=key, channel=Channel.WEBHOOK, to="https://agency.example/", **told)  # type: ignore[arg-type]
    note_failure(message, code="outbox.http_404")
    return message


def test_a_failed_message_of_a_closed_case_is_nobodys_task():
    case = a_case(state=State.ARCHIVED)
    Case.objects.filter(pk=case.pk).update(closed_at=moment.now())
    a_failed_message(case.chain)
    assert tasks_for_failed_messages() == 1
    assert not Obligation.objects.filter(case=case, fulfilled_at=None).exists()


def test_l13_a_failed_message_is_somebodys_task_after_one_sweep():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)):
        message = a_failed_message(worker.case.chain)
        assert (tasks_for_failed_messages(), tasks_for_failed_messages()) == (1, 0)
    owed = worker.case.obligations.get(kind="reach_party", fulfilled_at=None)
    assert (owed.role, owed.due_on, owed.about) == ("delivery_clerk", DAY, recipient_of(message))


def test_l13_the_sweep_runs_every_minute():
    assert SWEEPS["delivery.tasks_for_failed_messages"]


def test_l13_a_copy_that_failed_is_owed_to_its_office():
    worker, _ = two_deliveries()
    worker.case.obligations.filter(kind="send_copy").update(fulfilled_at=moment.now())
    a_failed_message(worker.case.chain, key=f"{worker.case.chain}/copy/1/YXJB", template="delivery.copy")
    tasks_for_failed_messages()
    assert worker.case.obligations.get(kind="send_copy", fulfilled_at=None).about == "YXJB"


@pytest.mark.parametrize("chain", ["", "office:YXJD", "case:NONE-2026-000001"])
def test_l13_a_failed_message_without_a_case_needs_nobody_and_is_looked_at_once(chain: str):
    a_failed_message(chain)
    assert (tasks_for_failed_messages(), tasks_for_failed_messages()) == (1, 0)


def test_l13_dying_between_task_and_mark_loses_neither(monkeypatch: pytest.MonkeyPatch):
    worker, _ = two_deliveries()
    a_failed_message(worker.case.chain)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks_for_failed_messages()
        raise ZeroDivisionError
    assert tasks_for_failed_messages() == 1


def test_the_clerk_says_how_the_party_was_reached():
    worker, _ = two_deliveries()
    message = a_failed_message(worker.case.chain)
    tasks_for_failed_messages()
    told = {"about": recipient_of(message), "by": a_delivery_clerk()}
    with pytest.raises(WayNotTold):
        note_done(worker.case, "reach_party", way="", **told)
    assert [note_done(worker.case, "reach_party", way="telephone", **told) for _ in range(2)] == [True, False]
    with pytest.raises(NotADeliverer):
        note_done(worker.case, "reach_party", about="", way="telephone", by=a_clerk())


def test_l13_many_failures_by_one_channel_are_one_task():
    worker, _ = two_deliveries()
    for key in ("first", "second", "third"):
        a_failed_message(worker.case.chain, key=key)
    assert tasks_for_failed_messages() == 3
    a_failed_message(worker.case.chain, key="fourth")
    assert tasks_for_failed_messages() == 1
    assert worker.case.obligations.filter(kind="reach_party").count() == 1


def a_text(case: Case, *, key: str, to: str = "199 0000 0001") -> Message:
    facts = {"number": case.number, "office": "市鉴定委", "title": "结论书", "paper": "1号"}
    told = {"template": "delivery.paper", "context": facts, "chain": case.chain, "by_office": "YXJD"}
    return send(key=key, channel=Channel.SMS, to=to, **told)  # type: ignore[arg-type]


def test_l13_two_telephones_are_two_tasks_and_only_the_reached_one_ends():
    case = two_deliveries()[0].case
    with moment.fixed(moment.at(DAY)):
        for key, to in (("w1", "199 0000 0001"), ("e1", "199 0000 0009")):
            note_failure(a_text(case, key=key, to=to), code="outbox.no_gateway")
        tasks_for_failed_messages()
    with moment.fixed(moment.at(DAY, 15)):
        note_receipt(key=a_text(case, key="w2").key, arrived=True)
        assert (tasks_for_failed_messages(), tasks_for_failed_messages()) == (1, 0)
    (left,) = case.obligations.filter(kind="reach_party", fulfilled_at=None)
    assert [(each.channel, each.tail) for each in unreached(case)] == [("短信", "0009")]
    assert left.about == recipient_of(Message.objects.get(key="e1"))


@pytest.mark.parametrize("fate", ["written", "sent", "earlier", "failed"])
def test_l13_what_has_not_arrived_since_ends_no_task(fate: str):
    case = two_deliveries()[0].case
    with moment.fixed(moment.at(DAY)):
        if fate == "earlier":
            note_receipt(key=a_text(case, key="w0").key, arrived=True)
        note_failure(a_text(case, key="w1"), code="outbox.no_gateway")
    with moment.fixed(moment.at(DAY, 10)):
        tasks_for_failed_messages()
    with moment.fixed(moment.at(DAY, 15)):
        later = a_text(case, key="w2")
        if fate == "sent":
            note_sent(later, provider_id="1")
        if fate == "failed":
            note_failure(later, code="outbox.no_gateway")
        tasks_for_failed_messages()
    assert case.obligations.filter(kind="reach_party", fulfilled_at=None).count() == 1


def test_l13_a_failure_after_the_task_has_ended_is_a_new_task():
    case = two_deliveries()[0].case
    message = a_failed_message(case.chain)
    tasks_for_failed_messages()
    note_done(case, "reach_party", about=recipient_of(message), way="in_person", by=a_delivery_clerk())
    a_failed_message(case.chain, key="later")
    tasks_for_failed_messages()
    assert case.obligations.filter(kind="reach_party", fulfilled_at=None).count() == 1


def test_no_other_task_is_closed_that_way():
    worker, _ = two_deliveries()
    assert not note_done(worker.case, "deliver", about="", way="telephone", by=a_delivery_clerk())
    assert worker.case.obligations.filter(kind="deliver", fulfilled_at=None).exists()


def test_a_served_paper_is_still_served_when_its_text_message_fails():
    worker, _ = deliveries_of(a_concluded_case())
    message = Message.objects.get(channel="sms")
    note_failure(message, code="outbox.no_gateway")
    tasks_for_failed_messages()
    worker.refresh_from_db()
    assert worker.served_on == date(2026, 4, 9)
    assert worker.case.obligations.filter(kind="reach_party", fulfilled_at=None).exists()
