"""What was measured: signed with its working, read back in every form, checked against the chosen clause; it never sets a grade."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.opinions import content as contents
from gongjian.opinions.actions.panel import open_round
from gongjian.opinions.actions.seal import put_under_seal
from gongjian.opinions.content import Content, canonical, content_told
from gongjian.opinions.errors import StatementFormUnknown
from gongjian.opinions.measuring import answer_to, disagreements, examination_of
from gongjian.opinions.queries import result_of
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.rules import may_be_sealed, remarks
from gongjian.opinions.sealing import opened_statements
from gongjian.opinions.tests.builders import (
    a_finding,
    a_hearing_sheet,
    a_panel,
    a_sealed_group,
    a_sheet,
    an_examining_case,
    an_open_round,
    an_opinion_of,
    duties_of,
    the_experts,
)


def measured(*sheets: Any, **changes: Any) -> Content:
    """A complete opinion of grade 9 with these sheets on its only finding."""
    return replace(an_opinion_of(9), findings=(a_finding(sheets=sheets, **changes),))


@pytest.mark.parametrize(
    "content",
    [
        measured(a_sheet()),
        measured(a_sheet(), a_hearing_sheet(), a_sheet("resection", organ="liver", removed=0.5, is_prior=True)),
        measured(a_sheet("hearing", right_500_db="听不见", left_500_db=999)),
        measured(a_sheet("disfigurement", moderate=["lip", "ear"], scarred_face="yes")).worked(),
        replace(measured(a_sheet()), aggravated=False, childless=True, recurring_obstruction=True),
    ],
)
def test_measurements_are_read_back_as_they_were_written(content):
    assert Content.of(json.loads(canonical(content.plain()))) == content


def test_a_statement_of_the_first_form_is_read_as_it_stands():
    plain = an_opinion_of(9).plain()
    for late in ("aggravated", "childless", "recurring_obstruction"):
        del plain[late]
    for finding in plain["findings"]:
        del finding["sheets"]
    assert content_told({"form": "gj-opinion-1", "content": plain}) == an_opinion_of(9)


def test_a_statement_of_a_form_to_come_is_not_guessed_at():
    with pytest.raises(StatementFormUnknown):
        content_told({"form": "gj-opinion-4", "content": {}})


def test_grading_is_asked_by_the_words_of_the_injury_and_what_was_there_before_stands_apart():
    told = replace(measured(a_sheet(), a_sheet("hearing", is_prior=True)), aggravated=True)
    examination = examination_of(told)
    assert examination is not None
    assert [each.injury for each in examination.findings] == ["左胫腓骨骨折"]
    assert [each.kind for each in examination.prior] == ["hearing"]
    assert examination.aggravated is True


@pytest.mark.parametrize(
    "content", [an_opinion_of(9), measured(a_sheet(joint="knee")), measured(a_sheet(is_prior=True))]
)
def test_nothing_is_asked_of_the_standard_while_nothing_is_measured(content):
    assert examination_of(content) is None
    assert answer_to(content) is None


def test_an_injury_told_at_length_is_measured_all_the_same():
    told = examination_of(measured(a_sheet(), injury="左膝" * 500))
    assert told is not None
    assert len(told.findings[0].injury) == 200


def sentences(content: Content) -> list[str]:
    return [sentence for _, sentence in disagreements(content)]


def test_a_clause_that_the_measurements_speak_against_wants_an_explanation():
    told = measured(a_hearing_sheet(right=20, left=20), clause="5.8.2(34)")
    (against,) = sentences(told)
    assert "5.8.2(34)按测量值不成立" in against
    assert "20dB" in against
    found = [each for each in remarks(told) if each.sentence == against]
    assert [(each.where, each.blocks, each.settled) for each in found] == [("explanation", False, False)]
    assert not may_be_sealed(remarks(told))
    settled = remarks(replace(told, explanation="听力图伪聋，以客观测听为准"))
    assert all(each.settled for each in settled if each.sentence == against)


def test_a_heavier_clause_that_holds_and_was_left_wants_an_explanation():
    (left,) = sentences(measured(a_hearing_sheet(), clause="5.10.2(27)"))
    assert "更重的5.8.2(34)（八级）也成立" in left


@pytest.mark.parametrize("clause", ["5.8.2(34)", ""])
def test_a_clause_that_fits_or_is_not_yet_chosen_wants_nothing(clause):
    assert sentences(measured(a_hearing_sheet(), clause=clause)) == []


def test_a_fault_keeps_the_opinion_from_being_sealed_and_leads_to_its_input():
    found = remarks(measured(a_sheet("hearing", right_500_db=999)))
    assert [(each.where, each.blocks) for each in found] == [("sheet-0-0-right_500_db", True)]
    assert "“听力”：右耳500Hz听阈应为-10至130" in found[0].sentence


@pytest.mark.django_db
def test_what_is_sealed_holds_the_measurements_with_their_working():
    duties = an_open_round(an_examining_case())
    for duty in duties:
        put_under_seal(duty, measured(a_sheet()), password=PASSWORD)
    told = opened_statements(duties[0].round)[0][1]
    assert told["form"] == contents.FORM == "gj-opinion-2"
    (sheet,) = told["content"]["findings"][0]["sheets"]
    assert sheet["values"] == {"side": "left", "joint": "knee", "range_deg": 45, "healthy_deg": 135}
    assert "丧失66.7%" in sheet["workings"][0]["steps"][0]["text"]
    assert content_told(told) == measured(a_sheet()).worked()


@pytest.mark.django_db
def test_the_groups_opinion_tells_what_was_measured():
    result = result_of(a_sealed_group(contents=[measured(a_sheet())] * 3))
    assert result is not None
    assert "关节功能：侧别左，关节膝，伤侧活动度45度" in result.condition
    assert result.members[0].content.findings[0].sheets[0].workings


@pytest.mark.django_db
def test_measurements_come_back_in_a_second_round_and_are_computed_anew():
    case = a_sealed_group(contents=[replace(measured(a_sheet()), grade=grade) for grade in (8, 9, 10)])
    duty = duties_of(case, a_panel(case, the_experts(3)), open_round(case, size=3))[0]
    again = content_of(draft_of(duty))
    assert again == replace(measured(a_sheet()), grade=8)
    assert again.findings[0].sheets[0].workings == ()
