"""The vote over all distinct tallies, the one written form of an opinion, each remark on both sides, and who may read at each stage."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import combinations_with_replacement, permutations
from typing import Any

import pytest

from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.grading.clauses import principle
from gongjian.grading.outcomes import GRADES, SelfCareLevel
from gongjian.grading.parts import recognised_part
from gongjian.grading.selfcare import SelfCareItem
from gongjian.kernel import moment
from gongjian.law.errors import NotAllowed, NotFound, RuleError
from gongjian.opinions import errors
from gongjian.opinions.content import LONGEST, MOST_FINDINGS, Content, Finding, canonical, hash_of
from gongjian.opinions.errors import NotDeclared, NotOpenNow, SealedAlready
from gongjian.opinions.models import Assignment, Deliberation, Opinion, Round
from gongjian.opinions.queries.access import AT_WORK, Duty, Stage, require_writing
from gongjian.opinions.queries.group import Member, Panel
from gongjian.opinions.rules import Ballot, Count, Remark, count, may_be_sealed, merged, remarks
from gongjian.opinions.tests.builders import NINE, a_finding, a_sheet, an_opinion_of

DAY = date(2026, 3, 18)
LEVELS = list(SelfCareLevel)
NO_CARE = SelfCareLevel.NONE


def counted(grades: Sequence[int | None], levels: Sequence[SelfCareLevel] | None = None) -> Count:
    given = levels or [NO_CARE] * len(grades)
    ballots = [Ballot(seat, grade, level) for seat, (grade, level) in enumerate(zip(grades, given, strict=True), 1)]
    return count(ballots, size=len(grades))


SHAPES = [
    # how the votes are spread, whether the first carries
    ((3,), True),
    ((2, 1), True),
    ((1, 1, 1), False),
    ((5,), True),
    ((4, 1), True),
    ((3, 2), True),
    ((3, 1, 1), True),
    ((2, 2, 1), False),
    ((2, 1, 1, 1), False),
    ((1, 1, 1, 1, 1), False),
]
CHOICES: tuple[int | None, ...] = (10, 9, 8, 7, None)


def spread(shape: Sequence[int], choices: Sequence[Any]) -> list[Any]:
    """So many votes for the first choice, so many for the second."""
    return [choice for votes, choice in zip(shape, choices, strict=False) for _ in range(votes)]


@pytest.mark.parametrize(("shape", "carries"), SHAPES)
def test_art_15_every_way_in_which_three_or_five_votes_can_spread(shape, carries):
    found = counted(spread(shape, CHOICES))
    assert (found.is_majority, found.grade) == (carries, 10 if carries else None)
    assert sorted((votes for _, votes in found.grades), reverse=True) == list(shape)


@pytest.mark.parametrize(("shape", "carries"), SHAPES)
def test_art_15_self_care_spreads_in_the_same_ways(shape, carries):
    levels = spread(shape, [*LEVELS, *LEVELS])[: sum(shape)]
    is_split = len(shape) > len(LEVELS)
    found = counted([4] * sum(shape), levels)
    assert is_split or (found.is_majority, found.selfcare) == (carries, LEVELS[0] if carries else None)


@pytest.mark.parametrize("shape", [shape for shape, _ in SHAPES])
def test_art_15_the_order_of_the_seats_never_decides(shape):
    results = {
        (found.is_majority, found.grade, found.grades)
        for found in map(counted, set(permutations(spread(shape, CHOICES))))
    }
    assert len(results) == 1


@pytest.mark.parametrize("grade", [*GRADES, None])
def test_art_15_every_grade_and_none_can_carry(grade):
    other = 10 if grade != 10 else 9
    assert counted([grade, other, grade]).grade == grade
    assert counted([grade, other, grade]).agreeing == {1, 3}


@pytest.mark.parametrize("size", [3, 5])
def test_art_15_over_all_ballots_a_majority_is_more_than_half_and_nothing_else(size):
    every = list(combinations_with_replacement([*GRADES, None], size))
    wrong = [grades for grades in every if counted(grades).is_majority != (max(map(grades.count, grades)) * 2 > size)]
    assert wrong == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_level_of_self_care_that_more_than_half_hold_carries(level):
    other = next(each for each in LEVELS if each != level)
    assert counted([2] * 5, [level, other, level, other, level]).selfcare == level


@pytest.mark.parametrize(
    ("grades", "told"), [([9, 8, 9], ((9, 2), (8, 1))), ([8, None, 10], ((8, 1), (10, 1), (None, 1)))]
)
def test_a_tally_tells_most_votes_first_then_the_worst_grade_and_none_last(grades, told):
    assert counted(grades).grades == told


@pytest.mark.parametrize(
    "content", [Content(), an_opinion_of(9), an_opinion_of(None), an_opinion_of(1, selfcare=["eating"])]
)
def test_the_written_form_survives_any_number_of_readings(content):
    once = canonical(content.plain())
    again = canonical(Content.of(json.loads(once)).plain())
    assert canonical(Content.of(json.loads(again)).plain()) == again == once


def test_the_written_form_does_not_depend_on_the_order_in_which_things_were_told():
    plain = an_opinion_of(9).plain()
    assert canonical(dict(reversed(plain.items()))) == canonical(plain)


@pytest.mark.parametrize("field", [each.name for each in fields(Finding)])
def test_the_hash_knows_a_change_in_any_field_of_a_finding(field):
    changed = {"says_none": True, "sheets": (a_sheet(),)}.get(field, "改")
    before, after = (Content(findings=(finding,)) for finding in (Finding(), replace(Finding(), **{field: changed})))
    assert hash_of(canonical(before.plain())) != hash_of(canonical(after.plain()))


@pytest.mark.parametrize(
    "changes",
    [
        {"findings": ()},
        {"selfcare": ("eating",)},
        {"selfcare_none": True},
        {"is_decided": True},
        {"grade": 9},
        {"reason": "改"},
        {"explanation": "改"},
    ],
    ids=str,
)
def test_the_hash_knows_a_change_in_any_field_of_an_opinion(changes):
    assert hash_of(canonical(Content().plain())) != hash_of(canonical(replace(Content(), **changes).plain()))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"a": {"d": None, "c": True}}, '{"a":{"c":true,"d":null}}'),
        ({"a": [3, 1, 2]}, '{"a":[3,1,2]}'),
        ({"伤": "左“膝”\n"}, '{"伤":"左“膝”\\n"}'),
    ],
)
def test_a_statement_has_one_written_form(value, written):
    assert canonical(value) == written.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_written_down(number):
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"a": number})


@pytest.mark.parametrize("name", ["reason", "explanation"])
@pytest.mark.parametrize(("given", "kept"), [(LONGEST - 1, LONGEST - 1), (LONGEST, LONGEST), (LONGEST + 1, LONGEST)])
def test_a_text_is_kept_up_to_its_length(name, given, kept):
    assert len(getattr(Content.of({name: "长" * given}), name)) == kept


@pytest.mark.parametrize(
    ("given", "kept"), [(0, 1), (1, 1), (MOST_FINDINGS, MOST_FINDINGS), (MOST_FINDINGS + 1, MOST_FINDINGS)]
)
def test_there_is_always_a_finding_and_never_too_many(given, kept):
    assert len(Content.of({"findings": [{"injury": str(place)} for place in range(given)]}).findings) == kept


@pytest.mark.parametrize("grade", [*GRADES])
def test_every_grade_is_read_back(grade):
    assert Content.of({"is_decided": True, "grade": grade}).grade == grade


@pytest.mark.parametrize("grade", [0, 11, -1, "9", "九级", 9.5, None])
def test_what_is_no_grade_is_read_as_none(grade):
    assert Content.of({"is_decided": True, "grade": grade}).grade is None


@pytest.mark.parametrize("item", list(SelfCareItem))
def test_every_item_of_self_care_is_read_back(item):
    assert Content.of({"selfcare": [item.value], "selfcare_none": True}) == Content(selfcare=(item.value,))


def found_in(content: Content, *, recognised: Sequence[str] = ()) -> list[tuple[str, bool]]:
    """Where something is remarked, and whether it stands against sealing."""
    parts = [recognised_part(code) for code in recognised]
    return [(each.where, each.stands) for each in remarks(content, recognised=parts, on=DAY)]


BOTH_SIDES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "reason": ({"reason": "按条款"}, {"reason": " \n"}),
    "selfcare": ({"selfcare_none": True}, {"selfcare_none": False}),
    "grade": ({"is_decided": True}, {"is_decided": False, "grade": None}),
    "injury-0": ({"findings": (a_finding(),)}, {"findings": (a_finding(injury="\u3000"),)}),
    "condition-0": ({"findings": (a_finding(),)}, {"findings": (a_finding(condition=" "),)}),
}


@pytest.mark.parametrize("where", BOTH_SIDES)
def test_art_13_a_remark_is_there_when_something_is_missing_and_gone_when_it_is_not(where):
    there, missing = BOTH_SIDES[where]
    assert found_in(replace(an_opinion_of(9), **there)) == []
    assert (where, True) in found_in(replace(an_opinion_of(9), **missing))


@pytest.mark.parametrize("clause", ["", NINE])
@pytest.mark.parametrize("says_none", [True, False])
def test_art_15_a_finding_names_a_clause_or_says_that_there_is_none(clause, says_none):
    content = replace(an_opinion_of(9), findings=(a_finding(clause=clause, says_none=says_none),))
    assert (("clause-0", True) in found_in(content)) is (not clause and not says_none)


@pytest.mark.parametrize("place", range(5))
def test_a_remark_names_the_finding_it_belongs_to(place):
    findings = tuple(a_finding(injury="" if number == place else f"伤{number}") for number in range(5))
    wheres = [where for where, _ in found_in(replace(an_opinion_of(9), findings=findings)) if where != "explanation"]
    assert wheres == [f"injury-{place}"]


@pytest.mark.parametrize("grade", GRADES)
def test_art_15_an_opinion_by_the_principle_of_its_grade_stands_without_a_word_more(grade):
    content = replace(an_opinion_of(grade), findings=(a_finding(clause=principle(grade).number),))
    assert not [each for each in remarks(content, on=DAY) if each.where not in ("explanation",)]


@pytest.mark.parametrize(
    ("blocks", "settled", "stands"),
    [(True, True, True), (True, False, True), (False, True, False), (False, False, True)],
)
def test_a_remark_stands_unless_it_asks_for_words_and_has_them(blocks, settled, stands):
    remark = Remark("x", "x", blocks=blocks, settled=settled)
    assert remark.stands is stands
    assert may_be_sealed([remark]) is not stands


def test_nothing_stands_against_an_opinion_without_remarks():
    assert may_be_sealed([])


def test_nothing_is_merged_of_nobody():
    assert merged([], ()) == ()


def test_the_lowest_seat_that_names_an_injury_gives_its_words():
    told = [Content(findings=(a_finding(condition=f"第{seat}席"),)) for seat in (1, 2, 3)]
    assert [each.condition for each in merged(told, {NINE})] == ["第1席"]


def a_duty(state: State, *, declared: bool, assigned: bool = True, sealed: bool = False, talks: bool = False) -> Duty:
    """A duty of seat 1, made of plain values."""
    member = Member(1, "ZJ-1", "骆骨生", 1)
    return Duty(
        case=Case(state=state),
        panel=Panel("K7M2Q4XP", 1, "一号检查室", (member,)),
        member=member,
        assignment=Assignment(declared_at=moment.now() if declared else None) if assigned else None,
        round=Round(number=1),
        opinion=Opinion() if sealed else None,
        talk=Deliberation() if talks else None,
    )


STAGES = [
    # assigned, declared, sealed, talks: the stage while the group is at work, and whether papers are open
    ((False, False, False, False), Stage.DECLARE, False),
    ((True, False, False, False), Stage.DECLARE, False),
    ((True, False, False, True), Stage.DECLARE, False),
    ((True, True, False, False), Stage.EXAMINE, True),
    ((True, True, True, False), Stage.SEALED, False),
    ((True, True, True, True), Stage.DELIBERATE, True),
    ((True, True, False, True), Stage.DELIBERATE, True),
]


@pytest.mark.parametrize("state", sorted(AT_WORK))
@pytest.mark.parametrize(("told", "stage", "reads"), STAGES)
def test_l24_papers_are_open_between_declaration_and_seal_and_while_the_group_talks(state, told, stage, reads):
    assigned, declared, sealed, talks = told
    duty = a_duty(state, assigned=assigned, declared=declared, sealed=sealed, talks=talks)
    assert (duty.stage, duty.may_read) == (stage, reads)
    assert duty.may_seal is (stage == Stage.EXAMINE and state != State.GROUPED)


@pytest.mark.parametrize("state", sorted(set(State) - AT_WORK))
@pytest.mark.parametrize("sealed", [True, False])
def test_l24_before_the_door_and_after_the_vote_everything_is_closed(state, sealed):
    duty = a_duty(state, declared=True, sealed=sealed)
    assert (duty.stage, duty.may_read, duty.may_seal) == (Stage.OVER, False, False)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"declared": False}, NotDeclared),
        ({"declared": False, "assigned": False}, NotDeclared),
        ({"declared": True, "sealed": True}, SealedAlready),
        ({"declared": True, "sealed": True, "talks": True}, NotOpenNow),
        ({"declared": True, "talks": True}, NotOpenNow),
    ],
    ids=str,
)
def test_outside_the_stage_of_examining_nothing_is_written(given, refusal):
    with pytest.raises(refusal):
        require_writing(a_duty(State.EXAMINING, **given))


@pytest.mark.parametrize("state", [State.GROUPED, State.EXAMINING])
def test_who_has_declared_and_not_sealed_writes(state):
    require_writing(a_duty(state, declared=True))


def test_without_an_assignment_there_is_nothing_of_ones_own():
    with pytest.raises(NotDeclared):
        _ = a_duty(State.GROUPED, declared=False, assigned=False).mine


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_said_in_words_of_its_own(stage):
    assert [other for other in Stage if other.label == stage.label] == [stage]


REFUSALS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, RuleError) and each.__module__ == errors.__name__
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.__name__)
def test_every_refusal_is_a_full_chinese_sentence_under_the_rooms_name(refusal):
    assert refusal.code.startswith("opinions.")
    assert refusal.message.endswith("。")


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (errors.ExamNotFound, NotFound),
        (errors.NotDeclared, NotAllowed),
        (errors.StillSealed, NotAllowed),
        (errors.SignatureWrong, NotAllowed),
        (errors.NotChair, NotAllowed),
    ],
)
def test_what_is_hidden_is_not_found_and_what_is_closed_is_forbidden(refusal, kind):
    assert issubclass(refusal, kind)
