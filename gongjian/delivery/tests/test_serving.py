"""Serving by every method, once, with proof, by the right person; and the case that moves when both sides are served."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_member,
    a_worker_user,
    an_employer_user,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.conclusions.tests.builders import a_concluded_case, another_office
from gongjian.delivery.actions import deliver_electronically, issue_record, record_failed, record_served, send_paper
from gongjian.delivery.actions.serving import begin
from gongjian.delivery.errors import (
    AttemptRunning,
    MethodNotRecorded,
    NoAccount,
    NoConsent,
    NotADeliverer,
    ProofMissing,
    ServedAlready,
)
from gongjian.delivery.methods import BY_HAND, Method
from gongjian.delivery.models import Attempt, Delivery, Proof
from gongjian.delivery.tests.builders import (
    FACTS,
    HANDED,
    NO_CONSENT,
    a_scan,
    both_served,
    deliveries_of,
    facts_for,
    served,
    state_of,
    two_deliveries,
)
from gongjian.kernel import moment
from gongjian.kernel.evidence.errors import KindNotAllowed
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.actions import mark_opened
from gongjian.kernel.outbox.queries import inbox_of
from gongjian.law.errors import DayOutOfBounds
from gongjian.papers.queries import visible_papers
from gongjian.papers.tests.builders import an_acceptance_notice
from gongjian.papers.tests.issuing import an_issued_paper

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 15)


@pytest.mark.parametrize("method", BY_HAND)
def test_article_17_a_paper_is_served_by_hand_with_its_proof(method: Method):
    worker, _ = two_deliveries()
    served(worker, DAY, method=method)
    worker.refresh_from_db()
    attempt = worker.attempts.get()
    assert (worker.served_on, worker.method) == (DAY, method)
    assert (attempt.outcome, attempt.outcome_on, attempt.facts) == ("served", DAY, FACTS[method])
    assert attempt.ended_by == a_delivery_clerk()


def test_the_kept_files_hang_on_the_attempt():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)):
        files = [a_scan(1, "回证.png"), a_scan(2, "现场.png")]
        record_served(worker, Method.IN_PERSON, on=DAY, facts=HANDED, by=a_delivery_clerk(), files=files)
    assert [proof.name for proof in Proof.objects.order_by("id")] == ["回证.png", "现场.png"]


def test_a_proof_of_a_forbidden_kind_leaves_the_paper_unserved():
    worker, _ = two_deliveries()
    scan = a_scan()._replace(name="a.png")
    scan.stream.write(b"no picture at all" * 100)
    scan.stream.seek(0)
    with moment.fixed(moment.at(DAY)), pytest.raises(KindNotAllowed), transaction.atomic():
        record_served(worker, Method.IN_PERSON, on=DAY, facts=HANDED, by=a_delivery_clerk(), files=[scan])
    worker.refresh_from_db()
    assert worker.served_on is None
    assert not worker.attempts.exists()


def test_without_its_proof_nothing_is_served():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)), pytest.raises(ProofMissing):
        record_served(worker, Method.IN_PERSON, on=DAY, facts=HANDED, by=a_delivery_clerk())
    assert not worker.attempts.exists()


@pytest.mark.parametrize("day", [date(2026, 4, 8), date(2026, 4, 16)])
def test_a_day_before_the_conclusion_or_in_the_future_is_refused(day: date):
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)), pytest.raises(DayOutOfBounds):
        record_served(worker, Method.POST, on=day, facts=FACTS[Method.POST], by=a_delivery_clerk())


def test_a_second_service_is_refused_and_the_first_day_stays():
    worker, _ = two_deliveries()
    served(worker, DAY)
    with pytest.raises(ServedAlready, match="2026-04-15"):
        served(worker, date(2026, 4, 17))
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.filter(pk=worker.pk).update(served_on=date(2026, 4, 17))


@pytest.mark.parametrize("stranger", [a_clerk, the_signer, a_worker_user, an_expert_user, an_outsider])
def test_nobody_but_the_delivery_clerk_serves(stranger: type[User]):
    worker, _ = two_deliveries()
    with pytest.raises(NotADeliverer):
        served(worker, DAY, by=stranger())


def test_a_delivery_clerk_of_another_office_serves_nothing():
    worker, _ = two_deliveries()
    with pytest.raises(NotADeliverer):
        served(worker, DAY, by=a_member(Role.DELIVERY_CLERK, office=another_office()))


def test_article_19_each_recipients_time_runs_from_their_own_day():
    case = both_served(date(2026, 4, 13), date(2026, 4, 15))
    starts = dict(case.limits.filter(limit="LA-REAPPEAL").values_list("about", "start_on"))
    assert starts == {"worker": date(2026, 4, 13), "employer": date(2026, 4, 15), "": date(2026, 4, 15)}


def test_one_side_served_leaves_the_case_where_it_is():
    worker, _ = two_deliveries()
    served(worker, DAY)
    assert state_of(worker.case) == State.CONCLUDED
    assert CaseLimit.objects.get(case=worker.case, limit="LA-DELIVER").met_on is None


def test_article_17_both_sides_served_moves_the_case_and_meets_the_limit():
    case = both_served(date(2026, 4, 13), date(2026, 4, 15))
    assert state_of(case) == State.DELIVERED
    assert case.limits.get(limit="LA-DELIVER").met_on == date(2026, 4, 15)
    assert case.obligations.get(kind="remedies", fulfilled_at=None).due_on == date(2026, 4, 30)


@pytest.mark.parametrize(("day", "late"), [(date(2026, 4, 24), False), (date(2026, 4, 25), True)])
def test_article_17_a_delivery_after_the_fifteenth_day_is_flagged(day: date, late: bool):
    worker, _ = two_deliveries()
    served(worker, day)
    worker.refresh_from_db()
    assert worker.was_late is late


def test_what_is_served_may_be_read_by_that_side_from_then_on():
    worker, _ = two_deliveries()
    case = worker.case
    before = list(visible_papers(case, by=a_worker_user()))
    served(worker, DAY)
    assert (before, list(visible_papers(case, by=a_worker_user()))) == ([], [worker.paper])
    assert list(visible_papers(case, by=an_employer_user())) == []


def test_a_failed_attempt_opens_the_next_way_as_somebodys_task():
    _, employer = two_deliveries()
    with moment.fixed(moment.at(DAY)):
        record_failed(employer, Method.POST, on=DAY, reason="查无此单位", by=a_delivery_clerk())
    employer.refresh_from_db()
    owed = employer.case.obligations.get(kind="deliver_again", fulfilled_at=None)
    assert (employer.method, employer.served_on) == (Method.IN_PERSON, None)
    assert (owed.role, owed.due_on, owed.about) == ("delivery_clerk", date(2026, 4, 24), f"delivery:{employer.pk}")


def test_a_failed_attempt_without_a_reason_is_refused():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)), pytest.raises(ReasonMissing):
        record_failed(worker, Method.POST, on=DAY, reason=" ", by=a_delivery_clerk())


def test_the_task_of_trying_again_ends_with_the_service():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)):
        record_failed(worker, Method.POST, on=DAY, reason="无人", by=a_delivery_clerk())
    served(worker, date(2026, 4, 16))
    assert not worker.case.obligations.filter(kind="deliver_again", fulfilled_at=None).exists()


def test_the_task_of_trying_again_is_due_today_when_the_limit_is_past():
    worker, _ = two_deliveries()
    late = date(2026, 5, 11)
    with moment.fixed(moment.at(late)):
        record_failed(worker, Method.POST, on=late, reason="无人", by=a_delivery_clerk())
    assert worker.case.obligations.get(kind="deliver_again").due_on == late


def test_one_way_at_a_time():
    worker, _ = two_deliveries()
    begin(worker, Method.POST, by=a_delivery_clerk())
    with pytest.raises(AttemptRunning, match="邮寄送达"):
        served(worker, DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.create(delivery=worker, method=Method.LEFT, begun_at=moment.now())


def test_an_ended_attempt_is_never_edited():
    worker, _ = two_deliveries()
    served(worker, DAY)
    for change in (lambda: worker.attempts.update(tracking="X"), lambda: worker.attempts.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_running_attempt_is_ended_by_the_record_of_the_same_way():
    worker, _ = two_deliveries()
    begun = begin(worker, Method.POST, by=a_delivery_clerk())
    served(worker, DAY, method=Method.POST)
    assert worker.attempts.get() == begun


def test_electronic_and_public_service_are_not_recorded_by_hand():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(DAY)), pytest.raises(MethodNotRecorded):
        record_served(worker, Method.ELECTRONIC, on=DAY, facts=HANDED, by=a_delivery_clerk())


def test_electronic_delivery_without_consent_is_refused():
    worker, _ = two_deliveries()
    with pytest.raises(NoConsent):
        deliver_electronically(worker, by=a_delivery_clerk())


def test_electronic_delivery_without_an_account_is_refused():
    _, employer = two_deliveries(employer_takes_part=False)
    with pytest.raises(NoAccount):
        deliver_electronically(employer, by=a_delivery_clerk())


def test_electronic_delivery_a_second_time_is_refused():
    worker, _ = deliveries_of(a_concluded_case())
    with pytest.raises(ServedAlready):
        deliver_electronically(worker, by=a_delivery_clerk())


def test_l13_sent_is_not_opened_and_both_times_are_kept():
    worker, _ = deliveries_of(a_concluded_case())
    message = inbox_of(a_worker_user()).get(template="delivery.paper")
    assert (message.state, message.opened_at) == ("delivered", None)
    opened = moment.at(date(2026, 4, 12))
    with moment.fixed(opened):
        assert mark_opened(message.pk, by=a_worker_user()).opened_at == opened
    worker.refresh_from_db()
    assert worker.served_on == date(2026, 4, 9)


def test_both_sides_by_box_are_served_on_the_day_of_the_conclusion():
    conclusion = a_concluded_case()
    _, employer = deliveries_of(conclusion)
    with moment.fixed(moment.at(date(2026, 4, 10))):
        record_served(
            employer,
            Method.POST,
            on=date(2026, 4, 10),
            facts={"received_by": "周若岚", "relation": "head"},
            by=a_delivery_clerk(),
        )
    assert state_of(conclusion.case) == State.DELIVERED


def test_a_record_to_be_signed_is_issued_with_name_address_and_method():
    worker, _ = two_deliveries()
    paper = issue_record(worker, Method.IN_PERSON, by=a_delivery_clerk())
    assert (paper.kind, paper.case) == ("delivery_record", worker.case)
    assert not visible_papers(worker.case, by=a_worker_user()).filter(pk=paper.pk).exists()


def test_no_record_is_issued_by_a_stranger_or_for_what_is_served():
    worker, _ = two_deliveries()
    with pytest.raises(NotADeliverer):
        issue_record(worker, Method.IN_PERSON, by=a_clerk())
    served(worker, DAY)
    with pytest.raises(ServedAlready):
        issue_record(worker, Method.IN_PERSON, by=a_delivery_clerk())


def test_any_other_paper_is_put_into_a_box_once_and_moves_no_clock():
    case = a_concluded_case(**NO_CONSENT).case
    paper = an_issued_paper(case, an_acceptance_notice())
    first = send_paper(paper, a_worker_user(), by=a_delivery_clerk())
    assert send_paper(paper, a_worker_user(), by=a_delivery_clerk()) == first
    assert inbox_of(a_worker_user()).get().evidence == paper.evidence
    assert not CaseLimit.objects.filter(case=case, limit="LA-REAPPEAL").exists()


def test_the_ledger_tells_day_and_method_of_each_service():
    case = both_served(date(2026, 4, 13), date(2026, 4, 15))
    entries = LedgerEntry.objects.filter(chain=case.chain, act="delivery.served").order_by("sequence")
    told = [(entry.facts["recipient"], entry.facts["method"], entry.facts["on"]) for entry in entries]
    assert told == [("worker", "in_person", "2026-04-13"), ("employer", "in_person", "2026-04-15")]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_serve_once():
    worker, _ = two_deliveries()
    gate, clerk = threading.Barrier(2), a_delivery_clerk()

    def serve_it(day: int) -> str:
        try:
            gate.wait()
            facts = FACTS[Method.POST]
            record_served(worker, Method.POST, on=date(2026, 4, day), facts=facts, by=clerk)
        except ServedAlready:
            return "refused"
        finally:
            connections.close_all()
        return "served"

    with moment.fixed(moment.at(DAY)), ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(serve_it, [13, 14]))
    assert outcomes == ["refused", "served"]
    assert CaseLimit.objects.filter(case=worker.case, limit="LA-REAPPEAL", about="worker").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_services_at_once_move_the_case_once():
    worker, employer = two_deliveries()
    gate, clerk = threading.Barrier(2), a_delivery_clerk()

    def serve_it(delivery: Delivery) -> None:
        try:
            gate.wait()
            facts = facts_for(delivery, Method.POST)
            record_served(delivery, Method.POST, on=DAY, facts=facts, by=clerk)
        finally:
            connections.close_all()

    with moment.fixed(moment.at(DAY)), ThreadPoolExecutor(2) as pool:
        list(pool.map(serve_it, [worker, employer]))
    assert state_of(worker.case) == State.DELIVERED
    assert worker.case.passages.filter(act="served").count() == 1
