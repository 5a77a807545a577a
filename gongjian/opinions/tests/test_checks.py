"""`gongjian check` finds what was changed behind the platform's back."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.config.checks import CHECKS
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions.actions.seal import put_under_seal
from gongjian.opinions.checks import seals, votes
from gongjian.opinions.models import Opinion, Vote
from gongjian.opinions.tests.builders import (
    a_sealed_group,
    an_examining_case,
    an_open_round,
    an_opinion_of,
    the_opinions,
)

pytestmark = pytest.mark.django_db


def behind_our_back(rows: QuerySet[Any], **changes: object) -> None:
    """Change rows past their triggers."""
    with transaction.atomic():
        cursor = transaction.get_connection().cursor()
        cursor.execute("SET LOCAL session_replication_role = replica")
        rows.update(**changes)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_nothing_is_found_where_nothing_was_changed():
    a_sealed_group()
    assert (list(seals()), list(votes())) == ([], [])


def test_seals_are_checked_before_they_may_be_opened():
    duty = an_open_round(an_examining_case())[0]
    put_under_seal(duty, an_opinion_of(9), password=PASSWORD)
    assert list(seals()) == []
    behind_our_back(Opinion.objects.all(), signature="00" * 64)
    assert [problem.sentence for problem in seals()] == ["第1席意见的签名与封存内容不符。"]


def test_an_opinion_that_the_ledger_does_not_know_is_found():
    case = a_sealed_group()
    first = the_opinions(case)[0]
    behind_our_back(LedgerEntry.objects.filter(facts__hash=first.content_hash), facts={})
    assert [problem.sentence for problem in seals()] == ["第1席意见的校验值不在账链里。"]


def test_a_vote_that_was_changed_is_found():
    case = a_sealed_group()
    behind_our_back(Vote.objects.all(), grade=1)
    assert [(problem.about, problem.sentence) for problem in votes()] == [(case.number, "重新计票的结果与记录不同。")]


def test_an_opinion_exchanged_after_the_vote_is_found():
    case = a_sealed_group()
    one, other = the_opinions(case)[:2]
    behind_our_back(Opinion.objects.filter(pk=one.pk), sealed=other.sealed)
    assert [problem.sentence for problem in votes()] == ["已计票的意见与封存时不一致。"]


def test_a_round_without_majority_is_counted_anew_too():
    a_sealed_group(grades=(8, 9, 10))
    assert list(votes()) == []
    behind_our_back(Vote.objects.all(), outcome="majority", grade=9, selfcare="none")
    assert len(list(votes())) == 1


@pytest.mark.parametrize("name", ["seals", "votes"])
def test_the_house_asks_both_questions(name):
    assert name in CHECKS
