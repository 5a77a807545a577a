"""The table of kinds: complete, unambiguous, and the numbers made from it."""

import pytest

from gongjian.papers.errors import KindUnknown
from gongjian.papers.kinds import KINDS, kind_of, number_text
from gongjian.papers.render import TEMPLATES
from gongjian.papers.tests.builders import every_paper

SHARED = {"handover.typ", "letterhead.typ", "recognition.typ"}
"""What several templates import."""


@pytest.mark.parametrize(
    ("code", "title", "article"),
    [
        ("application_receipt", "劳动能力鉴定申请收件回执", "第十条"),
        ("supplement_notice", "补正材料告知书", "第十条"),
        ("acceptance_notice", "受理通知书", "第十条"),
        ("lapse_notice", "视为放弃申请通知书", "第十条"),
        ("refusal_notice", "不予受理决定书", "第五条"),
        ("death_notice", "劳动能力鉴定终结通知书", "第十三条"),
        ("extension_notice", "延长鉴定期限通知书", "第十条"),
        ("appearance_notice", "鉴定通知书", "第十二条"),
        ("reschedule_notice", "改期通知书", "第十二条"),
        ("termination_notice", "当次鉴定终止通知书", "第十四条"),
        ("conclusion", "劳动能力鉴定（初次）结论书", "第十六条"),
        ("delivery_record", "送达回证", "第十七条"),
        ("mailing_list", "邮寄清单", "第十七条"),
        ("address_labels", "邮寄地址签", "第十七条"),
        ("public_notice", "送达公告", "第九十五条"),
        ("dossier_index", "劳动能力鉴定案卷卷内目录", "第二十三条"),
        ("recognition_receipt", "工伤认定申请收件回执", "第八条"),
        ("recognition_supplement", "工伤认定申请补正材料告知书", "第八条"),
        ("recognition_acceptance", "工伤认定申请受理决定书", "第八条"),
        ("recognition_rejection", "工伤认定申请不予受理决定书", "第八条"),
        ("recognition_handover", "工伤认定管辖变更告知书", "第十七条"),
        ("appraisal_handover", "劳动能力鉴定管辖变更告知书", "第五条"),
        ("recognition_transfer", "工伤认定申请移送告知书", "第十七条"),
        ("evidence_notice", "工伤认定举证通知书", "第十七条"),
        ("suspension_notice", "工伤认定中止通知书", "第二十条"),
        ("resumption_notice", "工伤认定恢复通知书", "第二十条"),
        ("recognition_termination", "工伤认定终止通知书", "第七条"),
        ("interview_record", "工伤认定调查笔录", "第十条"),
        ("decision_recognised", "认定工伤决定书", "第十九条"),
        ("decision_deemed", "视同工伤决定书", "第十九条"),
        ("decision_refused", "不予认定工伤决定书", "第十九条"),
        ("decision_correction", "工伤认定决定书更正通知书", "第十九条"),
        ("decision_revocation", "撤销工伤认定决定书", "第五十五条"),
        ("revocation_anew", "撤销工伤认定并重新认定决定书", "第五十五条"),
        ("evidence_index", "行政复议、行政诉讼证据目录", "第六十七条"),
    ],
)
def test_each_kind_has_its_title_and_its_article(code: str, title: str, article: str) -> None:
    kind = kind_of(code)
    assert kind.title == title
    assert article in kind.basis


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KindUnknown, match="没有这一种文书"):
        kind_of("love_letter")


def test_every_kind_has_a_form_and_every_form_a_kind() -> None:
    assert set(every_paper()) == set(KINDS)


def test_no_two_kinds_share_a_series() -> None:
    numbered = [kind.series for kind in KINDS.values() if kind.series]
    assert len(numbered) == len(set(numbered))


def test_every_kind_has_its_own_template_and_no_template_is_left_over() -> None:
    named = {kind.template for kind in KINDS.values()} | SHARED
    assert {path.name for path in TEMPLATES.glob("*.typ")} == named
    assert len(named) == len(KINDS) + len(SHARED)


@pytest.mark.parametrize(
    ("code", "mark", "year", "sequence", "text"),
    [
        ("conclusion", "云溪劳鉴", 2026, 17, "云溪劳鉴初〔2026〕17号"),
        ("conclusion", "云溪劳鉴", 2027, 1, "云溪劳鉴初〔2027〕1号"),
        ("termination_notice", "云岭劳鉴", 2026, 12345, "云岭劳鉴终〔2026〕12345号"),
    ],
)
def test_a_number_names_office_kind_year_and_place_in_the_row(
    code: str, mark: str, year: int, sequence: int, text: str
) -> None:
    assert number_text(kind_of(code), mark=mark, year=year, sequence=sequence) == text


@pytest.mark.parametrize(("code", "sequence"), [("address_labels", 1), ("conclusion", 0), ("conclusion", -1)])
def test_what_bears_no_number_is_given_none(code: str, sequence: int) -> None:
    with pytest.raises(ValueError, match="cannot bear"):
        number_text(kind_of(code), mark="云溪劳鉴", year=2026, sequence=sequence)
