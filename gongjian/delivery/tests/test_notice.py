"""Public notice: the last way, thirty days, no more of the person than needed."""

from datetime import date

import pytest
from django.test import Client

from gongjian.accounts.tests.builders import a_clerk, a_delivery_clerk
from gongjian.appraisal.states import State
from gongjian.delivery.actions import complete_notices, publish_notice, record_failed
from gongjian.delivery.errors import AttemptRunning, NotADeliverer, NoticeTooSoon, ProofMissing, ServedAlready
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Attempt, Delivery
from gongjian.delivery.queries.public import running_notices
from gongjian.delivery.tests.builders import remedy_ends, served, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.papers.tests.reading import words

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 4, 20)
LAST = date(2026, 5, 20)
REASON = "电话停机，登记地址已拆迁，社区证明下落不明"


def published(delivery: Delivery, *, day: date = ISSUED, unknown: bool = True, reason: str = REASON) -> Attempt:
    with moment.fixed(moment.at(day)):
        return publish_notice(delivery, reason=reason, whereabouts_unknown=unknown, by=a_delivery_clerk())


def swept(day: date) -> int:
    with moment.fixed(moment.at(day)):
        return complete_notices()


def test_a_notice_runs_thirty_days_and_keeps_its_reason():
    worker, _ = two_deliveries()
    attempt = published(worker)
    limit = worker.case.limits.get(limit="SV-PUBLIC", about="worker")
    assert (limit.start_on, limit.due_on) == (ISSUED, LAST)
    assert attempt.facts["reason"] == REASON
    assert attempt.outcome == "running"


def test_the_paper_counts_as_served_on_the_last_day_and_not_before_it_is_over():
    worker, _ = two_deliveries()
    published(worker)
    assert (swept(LAST), swept(date(2026, 5, 21)), swept(date(2026, 5, 22))) == (0, 1, 0)
    worker.refresh_from_db()
    assert (worker.served_on, worker.method, worker.was_late) == (LAST, Method.PUBLIC_NOTICE, True)
    assert remedy_ends(worker.case)["worker"] == date(2026, 6, 4)


def test_a_late_sweep_serves_on_the_same_day():
    worker, _ = two_deliveries()
    published(worker)
    swept(date(2026, 7, 1))
    worker.refresh_from_db()
    assert worker.served_on == LAST


def test_the_case_moves_when_the_notice_was_the_last_service():
    worker, employer = two_deliveries()
    served(employer, date(2026, 4, 15))
    published(worker)
    swept(date(2026, 5, 21))
    assert state_of(worker.case) == State.DELIVERED
    assert worker.case.limits.get(limit="LA-DELIVER").met_on == LAST


def test_a_notice_before_the_other_ways_were_tried_is_refused():
    worker, _ = two_deliveries()
    with pytest.raises(NoticeTooSoon, match="直接送达、邮寄送达"):
        published(worker, unknown=False)


def test_a_notice_after_post_and_a_visit_failed_is_allowed():
    worker, _ = two_deliveries()
    with moment.fixed(moment.at(date(2026, 4, 15))):
        for method in (Method.POST, Method.IN_PERSON):
            record_failed(worker, method, on=date(2026, 4, 15), reason="无人", by=a_delivery_clerk())
    assert published(worker, unknown=False).notice is not None


def test_a_notice_without_its_reason_is_refused():
    worker, _ = two_deliveries()
    with pytest.raises(ProofMissing):
        published(worker, reason=" ")


def test_a_second_notice_beside_a_running_one_is_refused():
    worker, _ = two_deliveries()
    published(worker)
    with pytest.raises(AttemptRunning, match="公告送达"):
        published(worker)


def test_who_turns_up_is_served_in_person_and_the_notice_ends():
    worker, _ = two_deliveries()
    published(worker)
    served(worker, date(2026, 4, 28))
    worker.refresh_from_db()
    assert (worker.served_on, worker.method) == (date(2026, 4, 28), Method.IN_PERSON)
    assert swept(date(2026, 5, 21)) == 0
    assert [row.outcome for row in worker.attempts.order_by("id")] == ["failed", "served"]


def test_a_new_notice_after_a_given_up_one_counts_its_own_days():
    worker, _ = two_deliveries()
    published(worker)
    with moment.fixed(moment.at(date(2026, 4, 27))):
        record_failed(worker, Method.IN_PERSON, on=date(2026, 4, 27), reason="无人", by=a_delivery_clerk())
    published(worker, day=date(2026, 5, 6))
    assert worker.case.limits.get(limit="SV-PUBLIC", about="worker").due_on == date(2026, 6, 5)


def test_what_is_served_is_not_published():
    worker, _ = two_deliveries()
    served(worker, date(2026, 4, 15))
    with pytest.raises(ServedAlready):
        published(worker)


def test_only_the_delivery_clerk_publishes():
    worker, _ = two_deliveries()
    with pytest.raises(NotADeliverer):
        publish_notice(worker, reason=REASON, whereabouts_unknown=True, by=a_clerk())


def test_the_notice_names_recipient_paper_place_days_and_remedy_and_nothing_of_the_content():
    worker, _ = two_deliveries()
    notice = published(worker).notice
    assert notice is not None
    with open_evidence(notice.evidence) as file:
        told = words(file.read())
    assert f"《{worker.paper.title}》（{worker.paper.number}）" in told
    assert "经过30日，即视为送达" in told
    assert "向云岭省劳动能力鉴定委员会申请再次鉴定" in told
    assert not any(word in told for word in ("九级", "示指", "990101", "恒信", REASON))


def test_the_public_list_hides_the_name_but_for_its_first_sign(client: Client):
    worker, _ = two_deliveries()
    published(worker)
    with moment.fixed(moment.at(ISSUED)):
        page = client.get("/notices/").content.decode()
    assert "林某某" in page
    assert worker.paper.number in page
    assert "2026年5月20日" in page
    assert not any(word in page for word in ("林知远", "恒信", "示指", "九级", worker.case.number, REASON))


def test_an_ended_notice_leaves_the_public_list(client: Client):
    worker, _ = two_deliveries()
    published(worker)
    swept(date(2026, 5, 21))
    assert "林某某" not in client.get("/notices/").content.decode()


def test_the_public_list_costs_two_queries(django_assert_num_queries):
    worker, employer = two_deliveries()
    published(worker)
    published(employer)
    with django_assert_num_queries(2):
        assert [notice.recipient for notice in running_notices()] == ["云某某", "林某某"]
