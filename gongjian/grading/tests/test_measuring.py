"""The sample for measuring, and that an answer comes quickly enough to be asked at every change of a form."""

from gongjian.grading.measuring import answer_sample, sample
from gongjian.grading.room import Why
from gongjian.grading.tests.builders import short


def test_the_sample_is_of_many_regions_and_answered_alike_every_time() -> None:
    answer = answer_sample()
    assert len(sample().findings) == 18
    assert len({each.kind for each in sample().findings}) == 13
    assert answer == answer_sample()


def test_the_answer_to_the_sample() -> None:
    answer = answer_sample()
    assert answer.grade is None
    assert short(answer.tally.items[0].clause.number) == "5(47)"
    assert answer.tally.promotion.equal_count == 1
    assert {Why.TABLE_A3, Why.CONFLICT} <= {each.why for each in answer.rooms}
