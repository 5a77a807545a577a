"""What must hold whatever was found: order, names, sides, more findings, what is well, and writing an examination down change what they may and nothing else."""

from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.grading.answers import answer_as_json
from gongjian.grading.appraisal import Answer, appraise
from gongjian.grading.candidates import candidates
from gongjian.grading.counting import tally
from gongjian.grading.facts import _SHARING
from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.examination import Examination, read_examination
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.tests.builders import an_answer
from gongjian.grading.tests.test_conditions import VIGNETTES

OTHER_SIDE = {"left": "right", "right": "left"}
ROWS = [(name, tuple(findings)) for name, findings, _ in VIGNETTES]
vignettes = st.sampled_from(ROWS).map(lambda row: row[1])
several = st.lists(vignettes, min_size=2, max_size=4).map(lambda rows: tuple(one for row in rows for one in row))


def numbers(answer: Answer) -> list[str]:
    """The items, in the order in which they are shown."""
    return [each.clause.number for each in answer.tally.items]


def held(answer: Answer) -> set[str]:
    return {each.clause.number for each in answer.candidates.holds}


def worst(answer: Answer) -> int:
    """The worst grade, 11 where no clause holds."""
    return answer.tally.worst or 11


def named(findings: tuple[Finding, ...], prefix: str) -> tuple[Finding, ...]:
    """Each finding as an injury of its own name, so that its place in the list says nothing."""
    return tuple(replace(each, injury=f"{prefix}{n}") for n, each in enumerate(findings))


def mirrored(finding: Finding) -> Finding:
    """The same on the other side: where a side is told, and where left and right are told beside each other."""
    told = {each.name: getattr(finding, each.name) for each in fields(finding)}
    swapped = {
        name: told[twin] if (twin := _twin(name)) in told else OTHER_SIDE.get(value, value) if name == "side" else value
        for name, value in told.items()
    }
    return replace(finding, **swapped)


def _twin(name: str) -> str:
    for one, other in OTHER_SIDE.items():
        if name.startswith(f"{one}_"):
            return f"{other}_{name.removeprefix(f'{one}_')}"
        if name.endswith(f"_{one}"):
            return f"{name.removesuffix(f'_{one}')}_{other}"
        if name == one:
            return other
    return ""


@given(findings=several, data=st.data())
def test_the_order_in_which_injuries_were_told_changes_no_grade(findings, data):
    told = named(findings, "伤")
    shuffled = tuple(data.draw(st.permutations(told)))
    one, other = an_answer(*told), an_answer(*shuffled)
    assert (worst(one), held(one), one.grade) == (worst(other), held(other), other.grade)
    assert sorted(each.clause.grade for each in one.tally.items) == sorted(
        each.clause.grade for each in other.tally.items
    )
    assert {each.why for each in one.rooms} == {each.why for each in other.rooms}


@given(findings=several)
def test_the_names_of_injuries_do_not_count_only_which_findings_share_one(findings):
    one, other = an_answer(*named(findings, "甲")), an_answer(*named(findings, "完全不同的写法"))
    assert (numbers(one), one.grade, worst(one)) == (numbers(other), other.grade, worst(other))


@given(one=vignettes, other=vignettes)
def test_a_further_injury_never_makes_the_whole_lighter(one, other):
    alone, together = an_answer(*named(one, "一")), an_answer(*named(one, "一"), *named(other, "二"))
    assert worst(together) <= worst(alone)
    measured_twice = {each.kind for each in one} & {each.kind for each in other} & set(_SHARING)
    if not measured_twice:  # else the heavier value takes the place of the lighter
        assert held(alone) <= held(together) | {each.clause.number for each in together.candidates.undecided}


@given(findings=several)
def test_told_as_one_injury_it_counts_as_one_item_or_none(findings):
    told = tuple(replace(each, injury="同一处伤") for each in findings)
    answer = an_answer(*told)
    assert len(answer.tally.items) <= 1
    assert answer.tally.promotion.may_be_raised_to is None, "4.2 needs two items"
    apart = an_answer(*named(findings, "伤"))
    assert worst(answer) <= worst(apart), "what is one injury is not lighter for being one"


@given(findings=several)
def test_every_clause_that_holds_is_an_item_or_is_left_out_with_a_reason(findings):
    answer = an_answer(*named(findings, "伤"))
    counted = [id(each) for each in answer.tally.items]
    left = [id(each.candidate) for each in answer.tally.left_out]
    assert sorted([*counted, *left]) == sorted(id(each) for each in answer.candidates.holds)
    assert all(each.reason for each in answer.tally.left_out)


@given(findings=several)
def test_items_share_no_injury_and_come_worst_first(findings):
    items = an_answer(*named(findings, "伤")).tally.items
    assert [each.clause.grade for each in items] == sorted(each.clause.grade for each in items)
    assert all(not one.injuries & other.injuries for one, other in combinations(items, 2))


@given(findings=several)
def test_a_grade_is_told_only_where_no_room_is_left_and_is_the_worst_item(findings):
    answer = an_answer(*named(findings, "伤"))
    if answer.rooms:
        assert answer.grade is None
    else:
        assert answer.grade == answer.tally.worst
        equal = [each for each in answer.tally.items if each.clause.grade == answer.grade]
        assert len(equal) == 1 or answer.grade == 1, "two of the first cannot rise"
    assert all(each.text and "None" not in each.text for each in answer.rooms)


@given(findings=several)
def test_4_2_raises_by_one_at_most_and_never_beyond_the_first(findings):
    promotion = an_answer(*named(findings, "伤")).tally.promotion
    raised = promotion.may_be_raised_to
    assert raised is None or (promotion.worst is not None and raised == promotion.worst - 1 >= 1)


@given(findings=several)
def test_the_stricter_way_of_counting_counts_each_clause_once_and_is_as_heavy(findings):
    holds = candidates(named(findings, "伤")).holds
    loose, strict = (tally(holds, policy=each) for each in (CountingPolicy.INJURY, CountingPolicy.INJURY_AND_CLAUSE))
    assert strict.worst == loose.worst
    assert [each.clause.grade for each in strict.items][:1] == [each.clause.grade for each in loose.items][:1]
    assert len({each.clause.number for each in strict.items}) == len(strict.items)


@pytest.mark.parametrize(("name", "findings"), ROWS, ids=[name for name, _ in ROWS])
def test_left_and_right_are_worth_the_same(name, findings):
    one, other = an_answer(*findings), an_answer(*(mirrored(each) for each in findings))
    assert (numbers(one), worst(one), held(one)) == (numbers(other), worst(other), held(other))


@given(findings=vignettes)
def test_told_twice_as_one_injury_is_told_once(findings):
    told = named(findings, "伤")
    assert numbers(an_answer(*told, *told)) == numbers(an_answer(*told))


@given(findings=several, childless=st.booleans(), obstruction=st.booleans())
def test_appendix_b_raises_what_holds_by_one_and_says_its_article(findings, childless, obstruction):
    answer = an_answer(*named(findings, "伤"), childless=childless, recurring_obstruction=obstruction)
    counted = set(numbers(answer))
    for each in answer.raises:
        assert each.number in counted
        assert each.raised_to == each.grade - 1 >= 1
        assert each.article in ({"B.4.2"} if not obstruction else {"B.4.2", "B.4.11"} if childless else {"B.4.11"})
    if not childless and not obstruction:
        assert answer.raises == ()


@given(now=vignettes, before=vignettes, aggravated=st.sampled_from([None, True, False]))
def test_4_3_counts_what_was_there_before_only_when_it_was_made_worse(now, before, aggravated):
    told = named(now, "本次")
    answer = an_answer(*told, prior=before, aggravated=aggravated)
    alone = an_answer(*told)
    assert answer.prior is not None
    assert answer.prior.alone == alone.tally.worst
    assert (answer.prior.together or 11) <= worst(alone)
    assert answer.group_decides, "whether it was made worse is the group's word"
    if aggravated:
        assert worst(answer) == (answer.prior.together or 11)
    else:
        assert numbers(answer) == numbers(alone)


@given(now=vignettes, before=vignettes, aggravated=st.sampled_from([None, True, False]))
def test_a_review_looks_at_this_injury_alone(now, before, aggravated):
    told = named(now, "本次")
    answer = an_answer(*told, prior=before, aggravated=aggravated, appraisal="review")
    assert numbers(answer) == numbers(an_answer(*told))
    assert answer.grade == an_answer(*told).grade


def _written(finding: Finding) -> dict[str, object]:
    told = {name: getattr(finding, name) for name in described(type(finding))}
    plain = {name: list(value) if isinstance(value, tuple | frozenset) else value for name, value in told.items()}
    return {"kind": finding.kind, "injury": finding.injury, **{name: v for name, v in plain.items() if v is not None}}


@given(findings=several)
def test_what_is_written_down_is_read_back_and_judged_alike(findings):
    told = named(findings, "伤")
    read = read_examination({"findings": [_written(each) for each in told]})
    assert read.findings == told
    examination = Examination(findings=told)
    assert answer_as_json(read, appraise(read)) == answer_as_json(examination, appraise(examination))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_told_but_the_kind_is_refused_or_left_to_people(kind):
    bare = {name for name, field in described(KINDS[kind]).items() if field.subject}
    if bare:
        return
    answer = appraise(read_examination({"findings": [{"kind": kind}]}))
    assert answer.grade is None or numbers(answer), "no grade without a clause"
