"""令55 art. 16: the five contents of a conclusion, read as its recipient reads them."""

from dataclasses import replace

import pytest

from gongjian.papers.forms.conclusion import Outcome, SelfCare
from gongjian.papers.tests.builders import OFFICE, PROVINCE, a_conclusion, a_conclusion_without_grade
from gongjian.papers.tests.reading import made, pages, said

HEADS = (
    "一、被鉴定人及用人单位基本信息",
    "二、伤残情况",
    "三、鉴定依据",
    "四、鉴定结论",
    "五、权益告知",
)


def test_article_16_the_five_contents_stand_in_their_order() -> None:
    places = [said(a_conclusion()).index(head) for head in HEADS]
    assert places == sorted(places)


def test_article_16_first_who_was_appraised() -> None:
    told = said(a_conclusion())
    assert "姓名林知远性别男出生日期1988年5月20日公民身份号码990101198805200011" in told


def test_article_16_first_who_employs_the_person() -> None:
    told = said(a_conclusion())
    assert "用人单位云溪恒信机械有限公司统一社会信用代码91990100MA0000001X" in told
    assert "单位地址云溪市东溪县工业园三号路16号" in told


def test_article_13_the_recognition_that_bounds_the_appraisal() -> None:
    told = said(a_conclusion())
    assert "工伤认定决定云溪人社工认〔2025〕0312号（2025年11月3日）" in told
    assert "认定伤害部位右手示指、中指" in told


def test_the_days_of_application_and_examination() -> None:
    assert "申请日期2026年1月8日鉴定日期2026年2月27日" in said(a_conclusion())


def test_article_16_second_part_impairment_and_diagnosis_of_each_injury() -> None:
    told = said(a_conclusion())
    assert "1右手示指近侧指间关节以远缺失，对指功能受限右手示指离断伤术后" in told
    assert "2右手中指远侧指间关节强直于功能位右手中指末节粉碎性骨折术后" in told


def test_article_16_third_the_standard_and_its_clauses() -> None:
    told = said(a_conclusion())
    assert "《劳动能力鉴定职工工伤与职业病致残等级》（GB/T16180-2014）" in told
    assert "1.第5.9.2(10)条（九级）：一手示指两节缺失。" in told
    assert "2.第5.10.2(5)条（十级）：除拇指外余指末节关节功能丧失。" in told


def test_article_11_the_experts_were_drawn_and_the_conclusion_follows_their_opinion() -> None:
    told = said(a_conclusion())
    assert "从专家库中随机抽取专家组成专家组，由专家组提出鉴定意见，本委员会据此作出鉴定结论。" in told


def test_the_rule_of_promotion_is_told_when_it_was_applied() -> None:
    rule = "符合两项以上同一等级条款，最终等级晋升一级。"
    usual = a_conclusion()
    assert rule in said(replace(usual, basis=replace(usual.basis, promotion=rule)))
    assert rule not in said(usual)


@pytest.mark.parametrize(
    ("grade", "self_care", "sentence"),
    [
        (9, SelfCare.NONE, "经鉴定，被鉴定人林知远的伤残等级为：九级；生活自理障碍：无生活自理障碍。"),
        (1, SelfCare.COMPLETE, "经鉴定，被鉴定人林知远的伤残等级为：一级；生活自理障碍：生活完全不能自理。"),
        (2, SelfCare.MAJOR, "经鉴定，被鉴定人林知远的伤残等级为：二级；生活自理障碍：生活大部分不能自理。"),
        (4, SelfCare.PARTIAL, "经鉴定，被鉴定人林知远的伤残等级为：四级；生活自理障碍：生活部分不能自理。"),
    ],
)
def test_article_16_fourth_the_conclusion(grade: int, self_care: SelfCare, sentence: str) -> None:
    assert sentence in said(a_conclusion(outcome=Outcome(grade=grade, self_care=self_care)))


def test_no_grade_reached_has_its_own_words() -> None:
    told = said(a_conclusion_without_grade())
    assert "被鉴定人林知远此次工伤的伤残情况未达到《劳动能力鉴定职工工伤与职业病致残等级》" in told
    assert "规定的致残等级，鉴定结论为：未达等级。" in told
    assert "对照上述标准，被鉴定人的伤残情况不符合一级至十级中任何一级的条款。" in told


def test_no_grade_reached_names_neither_grade_nor_clause() -> None:
    told = said(a_conclusion_without_grade())
    assert "伤残等级为" not in told
    assert "所依据的标准条款" not in told


def test_no_grade_reached_leaves_all_other_contents_and_rights_in_place() -> None:
    told = said(a_conclusion_without_grade())
    assert all(head in told for head in HEADS)
    assert "15日内，向云岭省劳动能力鉴定委员会申请再次鉴定" in told


def test_article_16_fifth_and_19_the_right_to_a_second_appraisal() -> None:
    told = said(a_conclusion())
    assert (
        "被鉴定人或者用人单位对本结论不服的，可以自收到本结论书之日起15日内，"
        "向云岭省劳动能力鉴定委员会申请再次鉴定。" in told
    )
    assert f"{PROVINCE}作出的再次鉴定结论为最终结论。" in told


def test_article_20_the_right_to_a_review_after_a_year() -> None:
    assert (
        "自本结论作出之日起1年后，被鉴定人、用人单位或者社会保险经办机构认为伤残情况发生变化的，"
        f"可以向{OFFICE}申请复查鉴定。" in said(a_conclusion())
    )


def test_the_rights_notice_counts_on_to_where_questions_may_be_asked() -> None:
    told = said(a_conclusion())
    assert (
        "3.对本结论书有疑问的，可以向本委员会询问。地址：云溪市临江路8号政务服务中心二楼；电话：19900000001。" in told
    )


def test_the_days_of_the_rights_notice_are_those_handed_in() -> None:
    usual = a_conclusion()
    other = replace(usual, rights=replace(usual.rights, second_appraisal_days=20))
    assert "自收到本结论书之日起20日内" in said(other)


def test_article_17_the_copies_are_named() -> None:
    assert "抄送：云溪市人力资源和社会保障局，云溪市社会保险经办中心。" in said(a_conclusion())


def test_office_date_and_seal_close_the_paper() -> None:
    assert f"{OFFICE}2026年3月5日" in pages(made(a_conclusion()))[-1]
    assert "劳动能力鉴定专用章" in pages(made(a_conclusion()))[-1]


def test_article_25_no_expert_is_named() -> None:
    assert "骆骨生" not in said(a_conclusion())


def test_each_page_says_how_to_check_it() -> None:
    assert all(
        "查验码7K3M-9QX2-T4VB扫描二维码，或者在https://gongjian.example/check输入查验码" in page
        for page in pages(made(a_conclusion()))
    )
