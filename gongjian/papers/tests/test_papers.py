"""Every other paper, read as its recipient reads it."""

from dataclasses import replace

import pytest

from gongjian.papers.forms.base import IssuedPaper, Paper
from gongjian.papers.forms.sitting import TerminationHead
from gongjian.papers.kinds import KINDS
from gongjian.papers.tests.builders import (
    CASE,
    EMPLOYER,
    HALL,
    OFFICE,
    a_death_notice,
    a_delivery_record,
    a_dossier_index,
    a_lapse_notice,
    a_mailing_list,
    a_public_notice,
    a_receipt,
    a_refusal_notice,
    a_reschedule_notice,
    a_supplement_notice,
    a_termination_notice,
    address_labels,
    an_acceptance_notice,
    an_appearance_notice,
    an_extension_notice,
    every_paper,
)
from gongjian.papers.tests.reading import made, pages, said

PAPERS = every_paper()
NUMBERED = {kind: paper for kind, paper in PAPERS.items() if isinstance(paper, IssuedPaper)}
LETTERS = {
    kind: PAPERS[kind]
    for kind in (
        "supplement_notice",
        "acceptance_notice",
        "lapse_notice",
        "refusal_notice",
        "death_notice",
        "extension_notice",
        "appearance_notice",
        "reschedule_notice",
        "termination_notice",
    )
}


@pytest.mark.parametrize("paper", NUMBERED.values(), ids=NUMBERED)
def test_a_numbered_paper_opens_with_office_title_and_number(paper: IssuedPaper) -> None:
    assert said(paper).startswith(f"{OFFICE}{KINDS[paper.kind].title}{paper.imprint.number}")


@pytest.mark.parametrize("paper", NUMBERED.values(), ids=NUMBERED)
def test_a_numbered_paper_bears_date_seal_and_check_code(paper: IssuedPaper) -> None:
    told = said(paper)
    assert f"{OFFICE}2026年3月5日" in told
    assert KINDS[paper.kind].seal in told
    assert "查验码7K3M-9QX2-T4VB" in told


@pytest.mark.parametrize("paper", NUMBERED.values(), ids=NUMBERED)
def test_each_page_bears_number_and_page(paper: IssuedPaper) -> None:
    told = pages(made(paper))
    assert all(f"{paper.imprint.number}第{n}页共{len(told)}页" in text for n, text in enumerate(told, 1))


@pytest.mark.parametrize("paper", LETTERS.values(), ids=LETTERS)
def test_a_letter_addresses_somebody_and_says_where_to_ask(paper: Paper) -> None:
    told = said(paper)
    assert "17号林知远：" in told
    assert CASE in told
    assert "联系地址：云溪市临江路8号政务服务中心二楼联系电话：19900000001" in told


@pytest.mark.parametrize("paper", LETTERS.values(), ids=LETTERS)
def test_a_letter_names_its_legal_basis(paper: Paper) -> None:
    assert KINDS[paper.kind].basis in said(paper)


@pytest.mark.parametrize("paper", LETTERS.values(), ids=LETTERS)
def test_a_usual_letter_is_one_page(paper: Paper) -> None:
    assert len(pages(made(paper))) == 1


def test_article_10_the_receipt_tells_when_what_and_each_digest() -> None:
    paper = a_receipt()
    told = said(paper)
    assert "本机关于2026年1月8日14时05分收到下列劳动能力鉴定申请和材料，特此回执。" in told
    assert f"案件编号{CASE}申请方式网上申请申请人林知远（本人）被鉴定人林知远用人单位{EMPLOYER}" in told
    assert "1劳动能力鉴定申请表2" + paper.files[0].sha256 in told
    assert all(file.sha256 in told for file in paper.files)


def test_article_10_the_receipt_does_not_pretend_to_be_an_acceptance() -> None:
    told = said(a_receipt())
    assert "本回执只证明材料已经收到并完整保存，不表示申请已经受理。" in told
    assert "本机关将在2026年1月15日（含当日）前审核材料" in told


def test_a_file_without_pages_shows_a_dash() -> None:
    assert "3右手X线检查（DICOM）—" in said(a_receipt())


def test_article_10_the_supplement_notice_lists_all_at_once_with_a_period() -> None:
    told = said(a_supplement_notice())
    assert "现一次性告知需要补正的全部材料：" in told
    assert "1完整病历材料缺少出院记录，请补充全部页令55第九条第一项" in told
    assert "2居民身份证照片反光，请重新拍摄正反两面令55第九条第二项" in told
    assert "请在2026年1月30日（含当日）前补正。" in told


def test_article_10_the_supplement_notice_warns_what_silence_means() -> None:
    told = said(a_supplement_notice())
    assert "无正当理由逾期不补正的，视为放弃本次申请。" in told
    assert "有正当理由不能按期补正的，请在期限届满前向本机关说明。" in told


def test_article_10_the_acceptance_notice_tells_the_day_of_the_conclusion() -> None:
    told = said(an_acceptance_notice())
    assert "决定于2026年1月14日予以受理。案件编号：YX-2026-000017。" in told
    assert "本机关将自收到申请之日起60日内作出劳动能力鉴定结论，即不迟于2026年3月9日。" in told
    assert "延长或者顺延的，本机关将另行通知。" in told


def test_article_10_the_lapse_notice_tells_what_was_asked_and_what_remains_possible() -> None:
    told = said(a_lapse_notice())
    assert (
        "以《补正材料告知书》（云溪劳鉴补〔2026〕4号）一次性告知了需要补正的全部材料，要求最迟于2026年1月30日（含当日）补正。"
        in told
    )
    assert "视为放弃本次申请，本次申请程序终结。" in told
    assert "材料齐备后，可以重新提出劳动能力鉴定申请。" in told


def test_articles_5_and_7_the_refusal_names_ground_facts_and_the_right_committee() -> None:
    told = said(a_refusal_notice())
    assert "属于“不属于本机关管辖”" in told
    assert "对本申请有管辖权的机关：临江市劳动能力鉴定委员会，临江市滨河路1号。" in told
    assert "是否属于受理范围，由行政复议机关、人民法院审查决定" in told
    assert "有管辖权的机关：" not in said(a_refusal_notice(competent=""))


def test_articles_12_and_13_the_notice_of_a_death_ends_the_appraisal_and_names_the_claims() -> None:
    told = said(a_death_notice())
    assert "本次鉴定自2026年2月9日起终结，不再作出鉴定结论" in told
    assert "向云溪市社会保险事业中心咨询和申请" in told


def test_article_10_the_extension_notice_tells_reason_days_and_both_dates() -> None:
    told = said(an_extension_notice())
    assert "作出鉴定结论的期限原于2026年3月9日届满。" in told
    assert "因本案涉及医疗卫生专业较多，根据《劳动能力鉴定管理办法》第十条的规定，" in told
    assert "决定将作出鉴定结论的期限延长30日，延长后的期限于2026年4月8日届满。" in told


def test_article_12_the_summons_tells_time_place_and_what_to_bring() -> None:
    told = said(an_appearance_notice())
    assert f"鉴定时间2026年2月27日9时00分鉴定地点{HALL}" in told
    assert "携带材料1.居民身份证原件；2.全部病历和检查报告原件；3.影像胶片或者光盘。" in told


def test_article_12_the_summons_tells_of_identity_check_and_of_another_day() -> None:
    told = said(an_appearance_notice())
    assert "并接受工作人员的身份核验。" in told
    assert "经同意后可以调整鉴定时间，作出鉴定结论的期限相应顺延。" in told
    assert "因伤病危重不能到场的，可以申请上门鉴定、委托鉴定等方式。" in told


def test_article_14_the_summons_warns_what_absence_means() -> None:
    assert "无正当理由不按时参加现场鉴定的，本次鉴定终止。" in said(an_appearance_notice())


def test_article_28_the_summons_tells_the_right_to_ask_for_recusal() -> None:
    told = said(an_appearance_notice())
    assert "委员会组成人员、工作人员或者专家与当事人有利害关系的，应当回避；" in told
    assert "您有权申请其回避，请在鉴定开始前向本机关提出并说明理由。" in told


def test_article_12_the_other_day_moves_the_limit() -> None:
    told = said(a_reschedule_notice())
    assert "原定于2026年2月27日9时00分进行的林知远的劳动能力鉴定" in told
    assert "因被鉴定人住院复查不能到场，事先提出申请并提供了证明，" in told
    assert "鉴定时间2026年3月13日9时00分" in told
    assert "作出鉴定结论的期限相应顺延14日，顺延后的期限于2026年3月23日届满。" in told


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (TerminationHead.ABSENCE, "第十四条第一项规定的“无正当理由不按时参加现场鉴定”"),
        (TerminationHead.EXAMINATION_REFUSED, "第十四条第二项规定的“拒不接受劳动能力鉴定委员会安排的检查、诊断”"),
        (TerminationHead.FEIGNING, "第十四条第三项规定的“采取伪装等手段，致使不能真实反映伤残情况”"),
        (TerminationHead.OTHER_REFUSAL, "第十四条第四项规定的“有其他拒不配合鉴定的情形”"),
    ],
)
def test_article_14_the_end_names_its_head(head: TerminationHead, words: str) -> None:
    assert words in said(a_termination_notice(head=head))


def test_article_14_the_end_tells_facts_day_and_what_remains_possible() -> None:
    told = said(a_termination_notice())
    assert "本机关查明：被鉴定人于2026年2月10日签收《鉴定通知书》，2026年2月27日未到场" in told
    assert "决定自2026年3月5日起终止当次鉴定。" in told
    assert "终止当次鉴定不影响当事人在具备鉴定条件后重新提出劳动能力鉴定申请。" in told


def test_article_17_the_delivery_record_has_a_place_for_every_hand() -> None:
    told = said(a_delivery_record())
    assert "送达文书劳动能力鉴定（初次）结论书（云溪劳鉴初〔2026〕17号）受送达人林知远送达方式直接送达" in told
    places = ("受送达人签名或者盖章", "代收人签名", "与受送达人的关系", "拒收理由", "见证人签名", "送达人签名", "备注")
    assert all(place in told for place in places)
    assert told.count("年月日时分") == 4


def test_article_17_the_delivery_record_is_one_page() -> None:
    assert len(pages(made(a_delivery_record()))) == 1


def test_the_post_list_tells_who_where_and_what() -> None:
    told = said(a_mailing_list())
    assert "承运单位邮政特快专递交寄日期2026年3月6日邮件数量2件交寄人宋达" in told
    assert "1林知远云溪市西溪县青石巷12号19900000017结论书云溪劳鉴初〔2026〕17号EX000000017CN" in told
    assert "承运单位收寄人（签名、日戳）：" in told


def test_a_label_tells_the_post_what_it_needs_and_nothing_more() -> None:
    told = said(address_labels(1))
    assert "990122云岭省云溪市西溪县青石巷12号林知远收19900000017" in told
    assert "邮17-1" in told
    assert "结论" not in told


def test_a_label_needs_neither_postcode_nor_telephone() -> None:
    sheet = address_labels(1)
    bare = replace(sheet, labels=(replace(sheet.labels[0], postcode=None, telephone=None),))
    assert "990122" not in said(bare)
    assert "林知远收" in said(bare)


def test_the_public_notice_tells_who_which_paper_where_and_how_long() -> None:
    told = said(a_public_notice())
    assert "现向您公告送达《劳动能力鉴定（初次）结论书》（云溪劳鉴初〔2026〕17号）。" in told
    assert "到云溪市临江路8号政务服务中心二楼7号窗口领取。" in told
    assert "自本公告发出之日起，经过30日，即视为送达。" in told
    assert "可以自送达之日起15日内向云岭省劳动能力鉴定委员会申请再次鉴定。" in told


def test_the_public_notice_tells_nothing_of_the_content() -> None:
    told = said(a_public_notice(remedy=None))
    assert not any(word in told for word in ("990101", "级", "示指", EMPLOYER, "申请再次鉴定"))


def test_article_23_the_index_lists_each_paper_and_how_long_it_is_kept() -> None:
    told = said(a_dossier_index())
    assert f"案件编号{CASE}保管期限50年被鉴定人林知远立卷人柯存卷" in told
    assert f"1申请收件回执云溪劳鉴收〔2026〕17号{OFFICE}2026年1月8日1" in told
    assert "4劳动能力鉴定（初次）结论书云溪劳鉴初〔2026〕17号" in told
    assert "本目录共列文件4件。" in told


@pytest.mark.parametrize("paper", LETTERS.values(), ids=LETTERS)
def test_no_letter_says_anything_of_the_injury_or_of_the_identity_number(paper: Paper) -> None:
    told = said(paper)
    assert not any(word in told for word in ("示指", "离断", "990101198805200011"))
