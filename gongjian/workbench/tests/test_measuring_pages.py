"""Measuring page by page: without script, by fragments, closed to who may not see, shown to who may."""

from dataclasses import replace
from typing import Any

import pytest

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.appraisal.states import State
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.content import Content
from gongjian.opinions.models import OpinionDraft
from gongjian.opinions.tests.builders import a_finding, a_hearing_sheet, a_sheet, an_opinion_of, the_experts
from gongjian.workbench.tests.builders import a_case_on_the_table, form_of, signed_in
from gongjian.workbench.tests.test_pages import HX, declare, text_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("exam_day")]


@pytest.fixture
def examining(seated: Any) -> Any:
    """A declared case on the table and the browser of its first expert."""
    _, code = a_case_on_the_table(seated)
    client = signed_in(the_experts(1)[0])
    declare(client, code)
    return code, client


def measured(*sheets: Any, grade: int = 9, clause: str = "5.9.2(23)") -> Content:
    return replace(an_opinion_of(grade), findings=(a_finding(sheets=sheets, clause=clause),), explanation="已核对")


def drafted() -> dict[str, Any]:
    found: dict[str, Any] = OpinionDraft.objects.get().content["findings"][0]
    return found


def test_without_script_one_looks_for_what_to_measure_and_begins_its_sheet(examining):
    code, client = examining
    looking = write(client, code, do="measure:0")
    assert looking["Location"] == f"/expert/{code}/opinion/?measure=0#kinds"
    page = text_of(client.get(f"/expert/{code}/opinion/?measure=0"))
    assert "这个部位常用" in page
    assert "关节功能" in page
    assert 'value="sheet:0:hearing"' in text_of(client.get(f"/expert/{code}/opinion/?measure=0&q=tl"))
    assert 'value="sheet:0:glaucoma"' in text_of(client.get(f"/expert/{code}/opinion/?measure=0&region=眼"))
    begun = write(client, code, version=2, do="sheet:0:hearing")
    assert begun["Location"] == f"/expert/{code}/opinion/#finding-0"
    assert drafted()["sheets"][0]["values"] == {"age": 41, "sex": "male"}
    assert 'name="sheet-0-0-right_500_db"' in text_of(client.get(f"/expert/{code}/opinion/"))


def test_what_is_typed_is_computed_and_its_clauses_come_beside_it(examining):
    code, client = examining
    body = text_of(write(client, code, measured(a_hearing_sheet()), headers=HX))
    assert 'id="worked-0-0"' in body
    assert "×4" in body
    assert 'value="choose:0:5.8.2(34)"' in body
    assert "差一点的更重条款" in body
    assert 'name="grade"' not in body


def test_a_bad_value_is_kept_and_named_without_script(examining):
    code, client = examining
    write(client, code, measured(a_sheet("hearing", right_500_db="999", left_500_db="听不见")))
    page = text_of(client.get(f"/expert/{code}/opinion/"))
    assert 'value="999"' in page
    assert 'value="听不见"' in page
    assert "右耳500Hz听阈应为-10至130之间的数" in page
    assert 'aria-invalid="true"' in page


def test_one_press_takes_a_clause_and_leaves_the_grade_to_the_expert(examining):
    code, client = examining
    undecided = replace(measured(a_hearing_sheet(), clause=""), is_decided=False, grade=None)
    write(client, code, undecided, do="choose:0:5.8.2(34)")
    assert drafted()["clause"] == "5.8.2(34)"
    page = text_of(client.get(f"/expert/{code}/opinion/"))
    assert "已选用" in page
    assert not OpinionDraft.objects.get().content["is_decided"]
    assert "grade" not in [
        each.split('"')[0] for each in page.split('type="radio" name="')[1:] if " checked" in each.split(">")[0]
    ]


def test_what_the_group_decides_is_told_with_its_article(examining):
    code, client = examining
    half = a_sheet(side="left", joint="knee", range_deg=50, healthy_deg=100)
    page = text_of(write(client, code, measured(half), headers=HX))
    assert "由专家组决定" in page
    assert "A.2.5" in page


@pytest.mark.parametrize("state", [State.EXAMINING, State.OPINED])
def test_the_kinds_are_not_shown_before_the_declaration_nor_afterwards(seated, state):
    _, code = a_case_on_the_table(seated, state=state)
    client = signed_in(the_experts(1)[0])
    body = text_of(client.get(f"/expert/{code}/kinds/?measure=0", headers=HX))
    assert "这个部位常用" not in body
    assert "关节功能" not in body


def test_the_kinds_are_found_by_fragment(examining):
    code, client = examining
    body = text_of(client.get(f"/expert/{code}/kinds/?measure=0&q=jl", headers=HX))
    assert body.lstrip().startswith('<div id="_kinds"')
    assert "四肢肌力" in body
    assert "没有找到" in text_of(client.get(f"/expert/{code}/kinds/?measure=0&q=量子", headers=HX))
    assert client.get(f"/expert/{code}/kinds/?measure=0")["Location"].endswith("/opinion/?measure=0")


def test_the_signing_page_shows_each_value_and_each_step(examining):
    code, client = examining
    write(client, code, measured(a_sheet()))
    page = text_of(client.get(f"/expert/{code}/sign/"))
    assert "伤侧活动度45度" in page
    assert "丧失66.7%" in page


def test_in_the_deliberation_every_seat_sees_what_the_others_measured(seated):
    _, code = a_case_on_the_table(seated)
    for user, grade in zip(the_experts(3), (8, 9, 10), strict=True):
        client = signed_in(user)
        declare(client, code)
        write(
            client,
            code,
            measured(a_sheet(range_deg=40 + grade, healthy_deg=135, side="left", joint="knee"), grade=grade),
        )
        seal_opinion(code, version=2, password=PASSWORD, by=user)
    page = text_of(signed_in(the_experts(1)[0]).get(f"/expert/{code}/talk/"))
    assert [f"伤侧活动度{degrees}度" in page for degrees in (48, 49, 50)] == [True] * 3
    assert "÷ 健侧135度" in page


def test_two_devices_that_differ_in_a_measurement_are_told_of_it(examining):
    code, client = examining
    write(client, code, measured(a_hearing_sheet()))
    body = text_of(write(client, code, measured(a_hearing_sheet(right=50)), headers=HX))
    assert "第1项测量" in body
    assert "右耳500Hz听阈50dB" in body


def test_measuring_asks_the_database_nothing_more(examining, django_assert_max_num_queries):
    code, client = examining
    write(client, code, measured(*[a_hearing_sheet()] * 6, *[a_sheet()] * 6))
    with django_assert_max_num_queries(20):
        client.get(f"/expert/{code}/opinion/?measure=0")


def test_a_form_of_a_finding_that_is_gone_changes_nothing(examining):
    code, client = examining
    form = form_of(an_opinion_of(9), version=1) | {"sheet-7-0": "hearing", "sheet-7-0-age": "40"}
    client.post(f"/expert/{code}/opinion/", form)
    assert drafted()["sheets"] == []
