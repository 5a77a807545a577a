"""Where each field of the conclusion comes from, and what it says where something is not known."""

from dataclasses import replace
from datetime import date

import pytest

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_province
from gongjian.appraisal.models import Application as Appraised
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, Passage
from gongjian.conclusions.errors import NobodyToCopy
from gongjian.conclusions.paper import conclusion_form, copied_offices, examined_on, result_told
from gongjian.conclusions.tests.builders import (
    FINGER,
    OPINED,
    OPINIONS,
    an_opined_case,
    an_opinion,
    no_grade,
    the_agency,
    the_bureau,
)
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel import moment
from gongjian.papers.errors import PaperFieldWrong
from gongjian.papers.forms.conclusion import ConclusionPaper, SelfCare
from gongjian.papers.tests.builders import an_imprint
from gongjian.parties.actions import keep_person
from gongjian.recognition.models import Application as Recognised
from gongjian.recognition.tests.builders import an_entered_case

pytestmark = pytest.mark.django_db


def paper_of(case: Case) -> ConclusionPaper:
    paper = conclusion_form(case, OPINIONS[case.pk])(imprint=an_imprint())
    assert isinstance(paper, ConclusionPaper)
    return paper


def test_the_first_content_names_person_and_employer():
    paper = paper_of(an_opined_case())
    assert (paper.appraisee.name, paper.appraisee.sex, paper.appraisee.born) == ("林知远", "男", date(1985, 3, 12))
    assert paper.appraisee.id_type == "公民身份号码"
    assert (paper.employer.name, paper.employer.address) == ("云溪恒信机械有限公司", "云溪市工业大道8号")


def test_a_foreign_document_tells_neither_sex_nor_birth():
    person = keep_person(name="史密斯", id_number="E00000001", id_type="passport", on=date(2026, 3, 2))
    appraisee = paper_of(an_opined_case(person=person)).appraisee
    assert (appraisee.id_type, appraisee.sex, appraisee.born) == ("护照", None, None)


def test_the_recognition_and_its_parts_come_from_the_application():
    recognition = paper_of(an_opined_case(recognised_parts=["133:right", "131:right"])).recognition
    assert (recognition.number, recognition.parts) == ("云溪人社工认〔2025〕31号", "右指、右腕")


def test_the_second_content_has_a_line_for_each_finding():
    wrist = replace(FINGER, part="131", condition="背伸受限", measurements="背伸30°", diagnosis="右腕骨折")
    injuries = paper_of(an_opined_case(an_opinion(findings=(FINGER, wrist)))).injuries
    assert [(each.part, each.impairment) for each in injuries] == [
        ("右指", "近侧指间关节以远缺失"),
        ("右腕", "背伸受限；背伸30°"),
    ]


def test_without_any_finding_the_recognised_parts_stand_with_nothing_added():
    (injury,) = paper_of(an_opined_case(replace(no_grade(), findings=()))).injuries
    assert (injury.part, injury.impairment) == ("右指", "专家组未另行记载")


def test_the_third_content_cites_clauses_and_principles_with_their_grades():
    basis = paper_of(an_opined_case(an_opinion(8, ("5.8.1", "5.9.2(16)")))).basis
    assert [(each.number, each.grade) for each in basis.clauses] == [("5.8.1", 8), ("5.9.2(16)", 9)]
    assert basis.promotion is None


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (SelfCareLevel.COMPLETE, SelfCare.COMPLETE),
        (SelfCareLevel.MAJOR, SelfCare.MAJOR),
        (SelfCareLevel.PARTIAL, SelfCare.PARTIAL),
        (SelfCareLevel.NONE, SelfCare.NONE),
    ],
)
def test_the_fourth_content_says_self_care_in_the_words_of_the_regulation(level: SelfCareLevel, said: SelfCare):
    assert paper_of(an_opined_case(an_opinion(selfcare=level))).outcome.self_care is said


def test_no_grade_beside_impaired_self_care_is_refused_rather_than_reworded():
    case = an_opined_case(replace(no_grade(), selfcare=SelfCareLevel.PARTIAL))
    with pytest.raises(PaperFieldWrong, match="生活自理障碍"):
        paper_of(case)


def test_the_fifth_content_takes_its_numbers_from_the_law_of_the_day():
    rights = paper_of(an_opined_case()).rights
    assert (rights.second_appraisal_days, rights.review_after_years) == (15, 1)
    assert rights.provincial_committee == "云岭省劳动能力鉴定委员会"


def test_the_day_of_the_examination_is_that_of_the_last_call():
    case = an_opined_case()
    for day in (date(2026, 3, 30), date(2026, 4, 3)):
        Passage.objects.create(case=case, act="examine", start="grouped", end="examining", at=moment.at(day))
    assert examined_on(case, OPINIONS[case.pk]) == date(2026, 4, 3)


def test_without_a_call_on_record_it_is_the_day_of_the_opinion():
    case = an_opined_case(state=State.OPINED)
    assert examined_on(case, OPINIONS[case.pk]) == OPINED.date()


def test_article_17_copies_go_to_the_bureau_and_the_agency_of_the_same_region():
    the_bureau(), the_agency()
    Office.objects.create(code="ZZRS", name="别市人社局", short_name="别", kind=Office.Kind.HRSS, region="990200")
    assert copied_offices(an_opined_case()) == [the_bureau(), the_agency()]


def decided_by_the_province(case: Case, *, insured: str) -> Case:
    """The same appraisal, as a province decides it upon a recognition of the city's bureau."""
    recognised = an_entered_case()
    Recognised.objects.filter(case=recognised).update(insured=True, insured_region=insured)
    Appraised.objects.filter(case=case).update(recognised_case=recognised)
    Case.objects.filter(pk=case.pk).update(office=a_province())
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("insured", "agency"), [("990100", "YXJB"), ("990200", "DLSB")])
def test_article_17_a_provinces_conclusion_goes_to_who_recognised_and_to_the_agency_that_pays(insured, agency):
    the_bureau(), the_agency()
    for code, kind, region in (("DLSB", "agency", "990200"), ("DLRS", "hrss", "990200"), ("YLSB", "agency", "990000")):
        Office.objects.create(code=code, name=f"{code}机构", short_name=code, kind=kind, region=region)
    case = decided_by_the_province(an_opined_case(state=State.OPINED), insured=insured)
    assert [office.code for office in copied_offices(case)] == ["YXRS", agency]


def test_article_17_a_missing_agency_is_named():
    case = an_opined_case()
    the_bureau()
    Office.objects.filter(kind=Office.Kind.AGENCY).delete()
    with pytest.raises(NobodyToCopy, match="社会保险经办机构"):
        copied_offices(case)


def test_what_must_be_followed_is_told_by_codes():
    told = result_told(an_opinion(mark="d"))
    assert (told.grade, told.selfcare, told.clauses, told.opinion_hash) == (9, "none", ("5.9.2(16)",), "d" * 64)
