"""Whole ways from the signature to the effect, and that nobody is left without somebody who owes the next step."""

from collections.abc import Callable
from datetime import date

import pytest

from gongjian.accounts.tests.builders import a_delivery_clerk, a_worker_user, an_employer_user, an_office
from gongjian.appraisal.states import State
from gongjian.cases.checks import due_days, limbo
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import a_concluded_case, no_grade
from gongjian.config.checks import CHECKS
from gongjian.delivery.actions import (
    complete_notices,
    give_consent,
    post,
    publish_notice,
    record_failed,
    take_effect_due,
    take_results,
)
from gongjian.delivery.checks import deliveries
from gongjian.delivery.jobs import open_missing, tasks_for_failed_messages
from gongjian.delivery.methods import Method
from gongjian.delivery.models import Delivery
from gongjian.delivery.postal import Result
from gongjian.delivery.tests.builders import NO_CONSENT, deliveries_of, remedy_ends, served, state_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.sweeps import SWEEPS
from gongjian.papers.queries import visible_papers

pytestmark = pytest.mark.django_db


def on(day: date):
    return moment.fixed(moment.at(day))


def by_box(delivery: Delivery) -> None:
    with on(date(2026, 4, 13)):
        give_consent(delivery.case, delivery.recipient, given=True, by=USERS[delivery.recipient]())


def by_hand(delivery: Delivery) -> None:
    served(delivery, date(2026, 4, 13))


def by_leaving(delivery: Delivery) -> None:
    served(delivery, date(2026, 4, 13), method=Method.LEFT)


def at_the_door(delivery: Delivery) -> str:
    """Who signs the return slip."""
    return "收发室" if delivery.is_to_body else "同住成年家属"


def by_post(delivery: Delivery) -> None:
    with on(date(2026, 4, 10)):
        batch = post(an_office(), [delivery.pk], by=a_delivery_clerk())
    with on(date(2026, 4, 20)):
        slip = Result(1, 1, "EX1", date(2026, 4, 13), "周若岚", relation=at_the_door(delivery))
        assert take_results(batch, [slip], by=a_delivery_clerk()) == (1, [])


def by_post_and_then_by_hand(delivery: Delivery) -> None:
    with on(date(2026, 4, 10)):
        batch = post(an_office(), [delivery.pk], by=a_delivery_clerk())
    with on(date(2026, 4, 12)):
        returned = Result(1, 1, "EX1", returned_on=date(2026, 4, 12), reason="无人")
        take_results(batch, [returned], by=a_delivery_clerk())
    served(delivery, date(2026, 4, 13))


USERS = {"worker": a_worker_user, "employer": an_employer_user}
WAYS: list[Callable[[Delivery], None]] = [by_box, by_hand, by_leaving, by_post, by_post_and_then_by_hand]


@pytest.mark.parametrize("worker_way", WAYS, ids=lambda way: f"worker {way.__name__}")
@pytest.mark.parametrize("employer_way", WAYS, ids=lambda way: f"employer {way.__name__}")
def test_whatever_the_ways_the_conclusion_takes_effect_after_both_times(
    worker_way: Callable[[Delivery], None], employer_way: Callable[[Delivery], None]
):
    conclusion = a_concluded_case(**NO_CONSENT)
    worker, employer = deliveries_of(conclusion)
    worker_way(worker)
    assert state_of(conclusion.case) == State.CONCLUDED
    employer_way(employer)
    assert state_of(conclusion.case) == State.DELIVERED
    assert set(remedy_ends(conclusion.case).values()) == {date(2026, 4, 28)}
    with on(date(2026, 5, 9)):  # five working days for the post
        assert take_effect_due() == 1
    conclusion.refresh_from_db()
    assert conclusion.effective_on == date(2026, 4, 29)
    assert [*limbo(), *due_days(), *deliveries(), *verify()[1]] == []


def test_article_16_no_grade_reached_is_delivered_and_takes_effect_like_any_other():
    conclusion = a_concluded_case(no_grade(), **NO_CONSENT)
    for delivery in deliveries_of(conclusion):
        by_hand(delivery)
    with on(date(2026, 5, 9)):
        take_effect_due()
    assert state_of(conclusion.case) == State.EFFECTIVE


def test_from_a_lost_address_to_the_effect_by_public_notice():
    conclusion = a_concluded_case(**NO_CONSENT)
    worker, employer = deliveries_of(conclusion)
    by_hand(employer)
    clerk = a_delivery_clerk()
    with on(date(2026, 4, 15)):
        record_failed(worker, Method.POST, on=date(2026, 4, 15), reason="迁移新址不明", by=clerk)
    with on(date(2026, 4, 17)):
        record_failed(worker, Method.IN_PERSON, on=date(2026, 4, 17), reason="人去楼空", by=clerk)
        publish_notice(worker, reason="邮寄、上门均未送到", whereabouts_unknown=False, by=clerk)
    with on(date(2026, 5, 18)):
        assert complete_notices() == 1
    with on(date(2026, 6, 8)):
        assert take_effect_due() == 0
    with on(date(2026, 6, 9)):
        assert take_effect_due() == 1
    assert Conclusion.objects.get(pk=conclusion.pk).effective_on == date(2026, 6, 2)


def test_an_open_case_always_owes_something_on_the_whole_way():
    conclusion = a_concluded_case(**NO_CONSENT)
    worker, employer = deliveries_of(conclusion)
    owed = [owed_kinds(conclusion.case)]
    by_post_and_then_by_hand(worker)
    owed.append(owed_kinds(conclusion.case))
    by_hand(employer)
    owed.append(owed_kinds(conclusion.case))
    with on(date(2026, 5, 9)):
        take_effect_due()
    owed.append(owed_kinds(conclusion.case))
    assert owed == [{"deliver"}, {"deliver"}, {"remedies"}, {"archive"}]


def owed_kinds(case: Case) -> set[str]:
    rows = case.obligations.filter(fulfilled_at=None).exclude(kind="send_copy")
    return set(rows.values_list("kind", flat=True))


def test_each_side_reads_the_conclusion_from_its_own_service_on():
    conclusion = a_concluded_case(**NO_CONSENT)
    worker, employer = deliveries_of(conclusion)
    readers = {"worker": a_worker_user(), "employer": an_employer_user()}
    seen = []
    for delivery in (worker, employer):
        by_hand(delivery)
        seen.append({side: visible_papers(conclusion.case, by=user).count() for side, user in readers.items()})
    assert seen == [{"worker": 1, "employer": 0}, {"worker": 1, "employer": 1}]


def test_the_sweeps_are_known_and_do_nothing_where_nothing_is_to_be_done():
    names = {"tasks_for_failed_messages", "open_missing", "complete_notices", "take_effect_due"}
    assert {f"delivery.{name}" for name in names} <= set(SWEEPS)
    assert [SWEEPS[f"delivery.{name}"]() for name in sorted(names)] == [0, 0, 0, 0]
    assert (open_missing(), tasks_for_failed_messages()) == (0, 0)


def test_the_house_asks_the_check_of_this_room():
    assert CHECKS["deliveries"] is deliveries
