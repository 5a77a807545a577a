"""The thirteen papers of a recognition as a case makes them: each is read back word for word."""

from datetime import timedelta

import pytest

from gongjian.accounts.models import Office
from gongjian.applications.actions.supplement import Item
from gongjian.delivery.models import CopySent
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.materials.tests.builders import a_pdf
from gongjian.papers.models import Paper
from gongjian.papers.tests.reading import words
from gongjian.recognition.actions import entry, evidence, review, supplementing, suspension
from gongjian.recognition.errors import NobodyToCopy
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_decided_case,
    a_kept_interview,
    a_suspended_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    another_bureau,
    the_clerk,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY = timedelta(days=1)
NAMED = ("林知远", "云溪恒信机械有限公司", "云溪市人力资源和社会保障局")
REMEDIES = ("60日内，向云溪市人民政府申请行政复议", "6个月内，直接向有管辖权的人民法院提起行政诉讼", "行政复议”栏目")
WORKER = ("男", "周岁", "车工", "公民身份号码")


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def text_of(paper: Paper) -> str:
    with open_evidence(paper.evidence) as file:
        return words(file.read())


def the_paper(case, kind: str) -> str:
    return text_of(Paper.objects.select_related("evidence").get(case=case, kind=kind))


def says(text: str, *facts: str) -> None:
    assert [fact for fact in facts if fact not in text] == []


def test_order_8_art_8_the_receipt_names_each_file_and_the_last_day_of_the_check():
    case = an_entered_case()
    text = text_of(entry.give_receipt(case, by=the_clerk()))
    says(text, *NAMED[:2], case.number, "工伤认定申请表", "劳动关系证明", "受伤后的诊断证明书", "2026年3月17日")


def test_order_8_art_8_the_supplement_notice_names_paper_reason_article_and_day():
    case = an_entered_case(papers=PAPERS[:2])
    notice = supplementing.ask_supplement(case, [Item("medical_diagnosis", "请补交诊断证明原件")], by=the_clerk())
    due = f"{notice.due_on.year}年{notice.due_on.month}月{notice.due_on.day}日"
    says(
        the_paper(case, "recognition_supplement"), "林知远", "受伤后的诊断证明书", "请补交诊断证明原件", "第十八条", due
    )


def test_order_8_art_8_the_acceptance_names_the_last_day_of_the_decision():
    case = an_accepted_case()
    says(the_paper(case, "recognition_acceptance"), *NAMED, case.number, "2026年3月2日", "60日", "2026年5月1日")


def test_order_8_art_8_a_rejection_names_reason_article_and_remedies():
    case = an_entered_case()
    review.reject(case, ground="no_standing", explanation="申请人系职工的朋友。", by=the_clerk())
    text = the_paper(case, "recognition_rejection")
    says(text, *NAMED, "申请人系职工的朋友。", "《工伤保险条例》第十七条", *REMEDIES)


def test_regulation_art_17_a_transfer_names_the_office_that_is_competent():
    case = an_entered_case()
    review.transfer(case, to_office=another_bureau(), to_name="", reason="在东岭市参保。", by=the_clerk())
    says(the_paper(case, "recognition_transfer"), *NAMED, "东岭市人力资源和社会保障局", "在东岭市参保。")


def test_regulation_art_19_the_notice_to_prove_names_who_applied_the_days_and_what_silence_means():
    case = an_investigated_case()
    evidence.send_notice(case, by=an_investigator())
    says(the_paper(case, "evidence_notice"), *NAMED, "林知远（工伤职工本人）", "2026年2月10日", "15日")


def test_order_8_art_20_suspension_and_resumption_name_what_was_awaited_what_came_and_the_new_last_day():
    case, _ = a_suspended_case(days=10)
    text = the_paper(case, "suspension_notice")
    says(
        text,
        *NAMED,
        "劳动关系有争议",
        "云溪市劳动人事争议仲裁委员会的裁决",
        "《工伤保险条例》第二十条",
        "2026年3月12日",
        "9日",
        "可以向劳动人事争议仲裁委员会申请仲裁",
    )
    with moment.fixed(MONDAY + 30 * DAY):
        suspension.resume(
            case, received_on=(MONDAY + 30 * DAY).date(), document="云溪劳人仲案〔2026〕3号裁决书", file=a_pdf(),
            name="裁决书.pdf", by=an_investigator(),
        )  # fmt: skip
    text = the_paper(case, "resumption_notice")
    says(text, *NAMED, "云溪劳人仲案〔2026〕3号裁决书", "2026年3月12日", "2026年4月1日", "2026年5月21日")


def test_interpretation_1_art_5_only_for_a_disputed_labour_relation_the_sides_are_sent_to_arbitration():
    case, _ = a_suspended_case(ground="judicial_decision_pending")
    assert "仲裁委员会申请仲裁" not in the_paper(case, "suspension_notice")


def test_a_termination_says_why():
    case, _ = a_suspended_case(days=0)
    suspension.terminate(case, reason="经生效裁决不存在劳动关系。", by=the_signer())
    says(the_paper(case, "recognition_termination"), *NAMED, "经生效裁决不存在劳动关系。", "2026年3月2日")


def test_order_8_art_11_the_record_names_who_asked_with_cards_whom_where_when_and_every_word():
    case = an_investigated_case()
    text = text_of(a_kept_interview(case).paper)
    cards = [f"{each.name}（{each.card_number}" for each in (an_investigator(),)]
    says(
        text,
        "周若岚",
        "用人单位人员",
        "会议室",
        "2026年3月2日",
        "7时30分",
        "8时30分",
        "当时在哪里？",
        "在车间。",
        *cards,
    )


@pytest.mark.parametrize(
    ("outcome", "own"),
    [
        ("recognised", ("第十四条第（一）项", "右手示指", "手术治疗", "2026年2月10日")),
        ("deemed", ("第十五条第（二）项", "右手示指", "手术治疗", "享受全部工伤保险待遇。")),
        ("refused", ("不符合《工伤保险条例》第十四条、第十五条的规定", "休假期间的私人活动", "决定不予认定")),
    ],
)
def test_order_8_art_19_each_decision_of_a_case_states_all_that_the_article_asks(outcome, own):
    row = a_decided_case(outcome)
    text = text_of(row.paper)
    says(text, *NAMED, *WORKER, row.case.person.id_number, row.paper.number, *own, *REMEDIES)
    says(
        text,
        "林知远（工伤职工本人）",
        "2026年3月2日",
        "林知远是该单位车工。",
        "云溪市社会保险经办中心",
        "工伤认定专用章",
    )


def test_order_8_art_19_a_decision_on_a_disease_names_it_and_no_accident():
    papers = ("recognition_form", "labour_relation", "occupational_diagnosis")
    row = a_decided_case(kind="disease", disease="职业性噪声聋", papers=papers)
    text = text_of(row.paper)
    says(text, "职业性噪声聋")
    assert "事故时间" not in text


def test_order_8_art_22_the_copy_goes_where_the_paper_says_to_the_agency_of_where_the_worker_is_insured():
    told = {"kind": Office.Kind.AGENCY, "region": "990200", "address": "东岭市", "telephone": "0992"}
    Office.objects.create(code="DLSB", name="东岭市社会保险经办中心", short_name="东岭社保", **told)
    row = a_decided_case(insured=True, insured_region="990200")
    says(text_of(row.paper), "东岭市社会保险经办中心")
    assert "云溪市社会保险经办中心" not in text_of(row.paper)
    assert [copy.office.code for copy in CopySent.objects.filter(paper=row.paper)] == ["DLSB"]


def test_order_8_art_22_nothing_is_decided_while_there_is_no_agency_to_copy():
    an_investigated_case()
    Office.objects.filter(code="YXSB").update(region="990300")
    with pytest.raises(NobodyToCopy, match="云溪市人力资源和社会保障局"):
        a_decided_case()
    assert not Decision.objects.exists()
