"""The decisions of a recognition: every field that 令8 art. 19 asks for, the right remedies, and no pending mark."""

from dataclasses import fields, replace

import pytest

from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.decision import PENDING, Injured
from gongjian.papers.tests.builders import an_imprint, every_paper
from gongjian.papers.tests.reading import said
from gongjian.papers.tests.recognising import a_recognised_decision, a_worker

PAPERS = every_paper()
DECISION = a_recognised_decision(an_imprint("decision_recognised"))
EVERY_DECISION = ("decision_recognised", "decision_deemed", "decision_refused")
WORKER = ("云溪恒信机械有限公司", "林知远", "男", "37周岁", "车工", "990101198805200011")


@pytest.mark.parametrize("kind", EVERY_DECISION)
def test_art_19_every_decision_states_employer_worker_basis_remedies_day_and_seal(kind):
    told = said(PAPERS[kind])
    assert all(fact in told for fact in WORKER)
    assert "《工伤保险条例》第十" in told
    assert "60日内，向云溪市人民政府申请行政复议" in told
    assert "6个月内，直接向有管辖权的人民法院提起行政诉讼" in told
    assert "2026年3月5日" in told
    assert "工伤认定专用章" in told


@pytest.mark.parametrize("kind", ["decision_recognised", "decision_deemed"])
def test_art_19_a_decision_in_favour_states_part_times_course_and_treatment(kind):
    told = said(PAPERS[kind])
    assert all(fact in told for fact in ("右手示指", "2026年1月5日", "在车间操作车床时右手受伤", "右手示指离断伤"))


def test_art_19_an_occupational_disease_is_named_instead_of_the_accident():
    told = said(replace(DECISION, happened_on=None, diagnosed_on=None, disease="职业性噪声聋"))
    assert "职业病名称职业性噪声聋" in told
    assert "林知远所患的职业病，符合" in told
    assert "事故时间" not in told


def test_art_19_neither_accident_nor_disease_is_refused():
    with pytest.raises(PaperFieldWrong, match="职业病名称"):
        replace(DECISION, happened_on=None)


def test_a_refusal_says_that_and_why():
    told = said(PAPERS["decision_refused"])
    assert "决定不予认定（不予视同）工伤" in told
    assert "休假期间的私人活动" in told
    assert "不符合《工伤保险条例》第十四条、第十五条的规定，决定不予认定" in told, "no head is cited as if it refused"


def test_a_decision_with_a_pending_mark_cannot_be_made():
    with pytest.raises(PaperFieldWrong, match=PENDING):
        replace(DECISION, facts=(f"2026年1月5日10时，林知远在车间{PENDING}受伤。",))


def test_a_worker_without_known_age_is_told_with_a_dash():
    assert "年龄—" in said(replace(DECISION, worker=a_worker(age=None)))


def test_only_decisions_in_favour_ask_for_the_injury():
    assert {kind for kind in EVERY_DECISION if isinstance(PAPERS[kind], Injured)} == set(EVERY_DECISION[:2])
    assert "parts" not in {field.name for field in fields(PAPERS["decision_refused"])}
