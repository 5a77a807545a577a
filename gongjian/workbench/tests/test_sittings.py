"""Saying for which sittings one can come."""

from typing import Any

import pytest
from django.test import Client

from gongjian.experts.models import Availability
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.opinions.tests.builders import the_experts
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import PLANNED, a_sitting
from gongjian.workbench.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def days_before():
    with moment.fixed(PLANNED):
        yield


@pytest.fixture
def asked():
    """A coming sitting, an expert of its office with an account, and their browser."""
    expert, user = an_expert(), the_experts(1)[0]
    expert.user = user
    expert.save()
    return a_sitting(), expert, signed_in(user)


def answer(client: Client, sitting: str, can_come: str) -> Any:
    return client.post("/expert/sittings/", {"sitting": sitting, "can_come": can_come}, follow=True)


def test_coming_sittings_ask_for_an_answer(asked):
    body = asked[2].get("/expert/sittings/").content.decode()
    assert "待答复" in body
    assert "3月24日" in body


@pytest.mark.parametrize(("can_come", "shown"), [("1", "能出席"), ("0", "不能出席")])
def test_an_answer_is_kept_and_shown(asked, can_come, shown):
    sitting, expert, client = asked
    body = answer(client, sitting.number, can_come).content.decode()
    assert shown in body
    assert Availability.objects.get(expert=expert).can_come is (can_come == "1")


def test_a_later_answer_replaces_an_earlier_one(asked):
    sitting, expert, client = asked
    answer(client, sitting.number, "1")
    answer(client, sitting.number, "0")
    assert [row.can_come for row in Availability.objects.filter(expert=expert)] == [False]


def test_a_sitting_that_does_not_ask_takes_no_answer(asked):
    sitting, _, client = asked
    sitting.state = SittingState.CLOSED
    sitting.save()
    assert answer(client, sitting.number, "1").status_code == 422
    assert not Availability.objects.exists()


def test_a_sitting_that_does_not_exist_takes_no_answer(asked):
    assert answer(asked[2], "NONE", "1").status_code == 422


def test_an_account_without_expert_is_told_whom_to_ask():
    body = signed_in(the_experts(2)[1]).get("/expert/sittings/").content.decode()
    assert "还没有对应的专家信息" in body


def test_an_account_without_expert_cannot_answer():
    assert answer(signed_in(the_experts(2)[1]), a_sitting().number, "1").status_code == 422
