"""Who stands on which side, and for whom somebody may speak, while a mandate lasts and after."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_applicant, an_employer_user, an_outsider
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, is_party, parties_of, side_of, sides_of, speaks_for, visible_to
from gongjian.cases.tests.builders import a_case
from gongjian.kernel import moment
from gongjian.parties.models import Mandate
from gongjian.parties.tests.builders import a_person, an_employer

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=moment.ZONE)
ONE = timedelta(days=1)


def an_agent_user() -> User:
    return an_applicant("19900000004", "何律")


def a_mandate(**told: Any) -> Mandate:
    giver = {} if "employer" in told else {"person": a_person()}
    known = {"agent": an_agent_user(), "capacity": "agent", "valid_from": DAY, **giver}
    return Mandate.objects.create(**{**known, **told})


def a_case_with_an_agent(**told: Any) -> Case:
    case = a_case()
    join_case(case, an_agent_user(), capacity="agent", mandate=a_mandate(**told))
    return case


@pytest.mark.parametrize(("capacity", "side"), [("worker", "worker"), ("relative", "worker"), ("employer", "employer")])
def test_in_ones_own_right_one_stands_where_the_capacity_says(capacity: str, side: str) -> None:
    case = a_case()
    user = an_outsider()
    join_case(case, user, capacity=capacity)
    assert side_of(user, case) == side
    assert speaks_for(user, case, Side(side))
    assert len(sides_of(user, case)) == 1


def test_an_agent_stands_where_the_giver_of_the_mandate_stands() -> None:
    with moment.fixed(NOON):
        assert side_of(an_agent_user(), a_case_with_an_agent()) is Side.WORKER


def test_an_employers_lawyer_never_speaks_for_the_worker() -> None:
    with moment.fixed(NOON):
        case = a_case_with_an_agent(employer=an_employer())
        assert side_of(an_agent_user(), case) is Side.EMPLOYER
        assert not speaks_for(an_agent_user(), case, Side.WORKER)


@pytest.mark.parametrize(
    ("told", "lasts"),
    [
        ({}, True),
        ({"valid_from": DAY + ONE}, False),
        ({"valid_from": DAY - ONE, "valid_until": DAY}, True),
        ({"valid_from": DAY - ONE, "valid_until": DAY - ONE}, False),
        ({"valid_until": DAY + ONE}, True),
        ({"revoked_at": NOON}, False),
        ({"valid_until": DAY + ONE, "revoked_at": NOON}, False),
    ],
)
def test_an_agent_takes_part_only_while_the_mandate_lasts(told: dict[str, Any], lasts: bool) -> None:
    with moment.fixed(NOON):
        case, agent = a_case_with_an_agent(**told), an_agent_user()
        assert speaks_for(agent, case, Side.WORKER) is lasts
        assert is_party(agent, case) is lasts
        assert visible_to(agent).filter(pk=case.pk).exists() is lasts


def test_a_stranger_staff_and_a_closed_account_speak_for_nobody() -> None:
    case, worker = a_case(), a_worker_user()
    worker.is_active = False
    worker.save()
    for user in (an_outsider(), a_clerk(), worker):
        assert sides_of(user, case) == frozenset()
        assert side_of(user, case) is None


def test_who_stands_on_both_sides_has_no_one_side() -> None:
    case, user = a_case(), an_outsider()
    join_case(case, user, capacity="worker")
    join_case(case, user, capacity="employer")
    assert side_of(user, case) is None
    assert sides_of(user, case) == {Side.WORKER, Side.EMPLOYER}


def test_parties_are_told_by_side_and_without_those_whose_mandate_is_over() -> None:
    with moment.fixed(NOON):
        case = a_case_with_an_agent(revoked_at=NOON)
        worker, employer = a_worker_user(), an_employer_user()
        join_case(case, employer, capacity="employer")
        assert [row.user for row in parties_of(case)] == [worker, employer]
        assert [row.user for row in parties_of(case, Side.WORKER)] == [worker]
        assert [row.user for row in parties_of(case, Side.EMPLOYER)] == [employer]
