"""The page of the flow tells what the tables tell, no more and no less."""

from datetime import date
from itertools import pairwise

import pytest

from gongjian.applications.asking import ASKINGS
from gongjian.appraisal.states import OWED, PROCEDURE, State
from gongjian.materials.catalog import KINDS
from gongjian.public.guide import LIMITS, WAY, length_of, lengths, papers, stages
from gongjian.public.personal import SENSITIVE, items, kept_for
from gongjian.public.rights import duties, rights

OF = {"on": date(2026, 3, 5), "region": "990100"}


@pytest.mark.parametrize(("here", "then"), list(pairwise(WAY)))
def test_each_state_of_the_way_leads_to_the_next(here, then):
    assert [move for move in PROCEDURE.moves_from(here) if move.end == then]


def test_the_way_begins_where_a_case_begins_and_ends_where_it_is_closed():
    assert WAY[0] == State.SUBMITTED
    assert WAY[-1] in PROCEDURE.closed


def test_every_stage_tells_its_work_and_who_does_it_but_the_last():
    told = stages(**OF)
    assert [stage.work for stage in told[:-1]] == [OWED[state][0].label for state in WAY[:-1]]
    assert all(stage.who for stage in told[:-1])
    assert (told[-1].work, told[-1].leads_to) == ("", "")


def test_every_move_of_the_table_can_be_read_on_the_page():
    told = {stage.leads_to for stage in stages(**OF)} | {
        turning.label for stage in stages(**OF) for turning in stage.turnings
    }
    shown_elsewhere = {
        move.label for move in PROCEDURE.moves if move.start not in WAY
    }  # what follows a turning is told to whom it happens
    assert {move.label for move in PROCEDURE.moves} - told - shown_elsewhere == set()


def test_a_turning_that_starts_in_several_states_is_told_once_in_each():
    for stage in stages(**OF):
        acts = [turning.act for turning in stage.turnings]
        assert len(acts) == len(set(acts))


@pytest.mark.parametrize(
    ("limit", "length", "word"),
    [
        ("LA-REVIEW", "5个工作日", "不顺延"),
        ("LA-SUPPLEMENT", "10日", "顺延到"),
        ("LA-DECIDE", "60日", "最多30日"),
        ("LA-DELIVER", "15日", "不顺延"),
        ("LA-REAPPEAL", "15日", "顺延到"),
        ("LA-REVIEW-1Y", "1年", "期满之后"),
        ("LA-ARCHIVE", "50年", "不顺延"),
        ("SV-PUBLIC", "30日", "不顺延"),
    ],
)
def test_a_limit_is_told_with_its_length_and_what_moves_its_end(limit, length, word):
    told = length_of(limit, **OF)
    assert told.length == length
    assert word in "；".join(told.notes)


def test_a_length_left_to_the_locality_is_said_to_be_local():
    assert [told.title for told in lengths(**OF) if told.is_local] == ["补正申请材料"]


def test_the_region_decides_a_local_length():
    assert length_of("LA-SUPPLEMENT", on=OF["on"], region="110000").length == "15日"


def test_every_limit_of_a_state_is_among_those_told():
    owed = {each.limit for every in OWED.values() for each in every if each.limit}
    assert owed <= set(LIMITS)


@pytest.mark.parametrize(
    ("kind", "asked_of"),
    [
        ("diagnosis", "每一位申请人"),
        ("identity", "每一位申请人"),
        ("application_form", "到窗口申请的"),
        ("relation_proof", "工伤职工的近亲属"),
        ("mandate", "委托代理人"),
        ("other", ""),
        ("recognition_decision", ""),
    ],
)
def test_the_checklist_says_who_must_bring_a_paper(kind, asked_of):
    assert next(paper.asked_of for paper in papers() if paper.kind.code == kind) == asked_of


def test_every_paper_that_may_be_asked_for_is_on_the_page():
    assert [paper.kind.code for paper in papers()] == list(KINDS)


@pytest.mark.parametrize("told", [*rights(**OF), *duties()], ids=lambda told: told.title)
def test_every_right_and_duty_names_its_article(told):
    assert "第" in told.article
    assert told.sentence.endswith("。")


@pytest.mark.parametrize(
    ("word", "title"), [("3名或5名", "随机抽取"), ("15日", "申请再次鉴定"), ("1年", "申请复查鉴定")]
)
def test_the_numbers_in_the_rights_are_those_of_the_law(word, title):
    assert word in next(right.sentence for right in rights(**OF) if right.title == title)


def test_the_notice_names_every_field_with_its_ground():
    asked = [item for _, step in items() for item in step]
    assert all(item.basis for item in asked)
    assert {"证件号码", "现在的伤情", "怎么受的伤", "送达地址"} <= {item.label for item in asked}


def test_health_and_identity_are_marked_as_sensitive():
    marked = {item.label for _, step in items() for item in step if item.sensitive}
    assert {"证件号码", "现在的伤情", "主要治疗医院", "伤得怎么样", "医生的诊断", "完整的病历资料"} <= marked


def test_what_is_marked_as_sensitive_is_asked_somewhere():
    asked = {field for asking in ASKINGS.values() for step in asking.steps for field in step.fields}
    assert asked >= SENSITIVE


def test_how_long_a_file_is_kept_is_told_with_its_source():
    years, source = kept_for(**OF)
    assert years == "50年"
    assert source
