"""Signing many in one go: each by itself, refusals told, safe to go on with, never twice."""

from datetime import date

import pytest

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, the_signer
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.conclusions.actions import advance, conclude, start_batch
from gongjian.conclusions.errors import BatchNotFound, NothingChosen
from gongjian.conclusions.models import Conclusion, SigningItem
from gongjian.conclusions.queries import batch_for, to_sign
from gongjian.conclusions.tests.builders import OPINIONS, a_reviewed_case, an_opined_case, an_opinion, another_person

pytestmark = pytest.mark.django_db


def cases_to_sign(count: int) -> list[Case]:
    return [a_reviewed_case(person=another_person(serial)) for serial in range(1, count + 1)]


def ids(cases: list[Case]) -> list[int]:
    return [case.pk for case in cases]


def test_a_batch_signs_each_case_under_its_own_number():
    cases = cases_to_sign(3)
    batch = start_batch(ids(cases), by=the_signer())
    assert advance(batch, by=the_signer()) == 3
    numbers = [conclusion.paper.sequence for conclusion in Conclusion.objects.order_by("id")]
    assert numbers == [1, 2, 3]
    assert {item.state for item in batch.items.all()} == {"signed"}


def test_a_batch_goes_on_where_it_was_broken_off():
    batch = start_batch(ids(cases_to_sign(3)), by=the_signer())
    assert [advance(batch, by=the_signer(), most=2) for _ in range(3)] == [2, 1, 0]
    assert Conclusion.objects.count() == 3


def test_a_refused_case_tells_why_and_does_not_hold_up_the_others():
    first, second = cases_to_sign(2)
    batch = start_batch(ids([first, second]), by=the_signer())
    OPINIONS[first.pk] = an_opinion(8, mark="b")
    advance(batch, by=the_signer())
    items = {item.case_id: item for item in batch.items.all()}
    assert items[first.pk].state == SigningItem.State.REFUSED
    assert "与专家组意见不一致" in items[first.pk].sentence
    assert items[second.pk].state == SigningItem.State.SIGNED
    first.refresh_from_db()
    assert first.state == State.REVIEWED


def test_a_case_signed_meanwhile_by_the_same_hand_counts_as_signed():
    (case,) = cases_to_sign(1)
    batch = start_batch([case.pk], by=the_signer())
    paper = conclude(case, by=the_signer()).paper
    advance(batch, by=the_signer())
    assert batch.items.get().sentence == paper.number
    assert Conclusion.objects.count() == 1


def test_only_cases_that_wait_for_this_signer_come_into_a_batch():
    waiting, reviewed_later = a_reviewed_case(), an_opined_case(person=another_person(2))
    batch = start_batch(ids([waiting, reviewed_later]), by=the_signer())
    assert [item.case for item in batch.items.all()] == [waiting]


def test_an_empty_choice_is_refused():
    with pytest.raises(NothingChosen):
        start_batch([], by=the_signer())


def test_who_signs_nothing_starts_nothing():
    with pytest.raises(NothingChosen):
        start_batch(ids(cases_to_sign(1)), by=a_reviewer())


def test_somebody_elses_batch_is_neither_found_nor_gone_on_with():
    batch = start_batch(ids(cases_to_sign(1)), by=the_signer())
    with pytest.raises(BatchNotFound):
        batch_for(batch.pk, by=a_clerk())
    assert advance(batch, by=a_clerk()) == 0
    assert not Conclusion.objects.exists()


def test_an_office_that_lost_its_agency_refuses_every_case_with_a_sentence():
    batch = start_batch(ids(cases_to_sign(2)), by=the_signer())
    Office.objects.filter(kind=Office.Kind.AGENCY).update(region="990200")
    advance(batch, by=the_signer())
    assert {item.sentence[:4] for item in batch.items.all()} == {"没有登记"}


def test_the_list_shows_what_was_reviewed_in_two_queries(django_assert_num_queries):
    cases_to_sign(3)
    signer = the_signer()
    signer.posts_held()
    with django_assert_num_queries(2):
        rows = [(row.outcome.label, row.review.by.name, row.case.person.name) for row in to_sign(signer)]
    assert {row[:2] for row in rows} == {("九级，未达到生活自理障碍等级", "沈审言")}


def test_the_list_is_ordered_by_the_decision_limit():
    early, late = cases_to_sign(2)
    Case.objects.filter(pk=early.pk).update(due_on=date(2026, 5, 30))
    Case.objects.filter(pk=late.pk).update(due_on=date(2026, 4, 30))
    assert [row.case for row in to_sign(the_signer())] == [late, early]
