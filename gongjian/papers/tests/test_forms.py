"""No paper can be made with a blank in it, and none that contradicts itself."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from typing import Any

import pytest

from gongjian.papers.errors import CheckCodeWrong, PaperFieldMissing, PaperFieldWrong
from gongjian.papers.forms.base import Imprint, Paper, label
from gongjian.papers.forms.conclusion import Basis, Outcome, SelfCare
from gongjian.papers.forms.intake import ReceivedFile
from gongjian.papers.forms.sitting import TerminationHead
from gongjian.papers.tests.builders import (
    STANDARD,
    a_clause,
    a_conclusion,
    a_digest,
    a_dossier_index,
    a_mailing_list,
    a_public_notice,
    a_receipt,
    a_supplement_notice,
    a_termination_notice,
    an_appearance_notice,
    an_extension_notice,
    an_imprint,
    an_injury,
    every_paper,
)

PAPERS = every_paper()
MAY_BE_EMPTY = {("refusal_notice", "competent")}
"""Said only where another committee is competent."""
NO_IMPRINT: dict[str, Any] = {"imprint": None}
TEXTS = [
    (kind, field.name)
    for kind, paper in PAPERS.items()
    for field in fields(paper)
    if isinstance(getattr(paper, field.name), str)
]
BLANK = [
    (kind, name, blank)
    for kind, name in TEXTS
    for blank in ("", "  ", "\n", "　")
    if blank or (kind, name) not in MAY_BE_EMPTY
]
LISTS = [
    (kind, field.name)
    for kind, paper in PAPERS.items()
    for field in fields(paper)
    if isinstance(getattr(paper, field.name), tuple)
]


@pytest.mark.parametrize(("kind", "name", "blank"), BLANK)
def test_a_blank_text_cannot_be_issued(kind: str, name: str, blank: str) -> None:
    with pytest.raises(PaperFieldMissing) as refused:
        replace(PAPERS[kind], **{name: blank})
    assert refused.value.facts == {"field": label(type(PAPERS[kind]), name)}


def test_a_refusal_need_not_name_another_committee() -> None:
    nowhere: dict[str, Any] = {"competent": ""}
    assert replace(PAPERS["refusal_notice"], **nowhere) != PAPERS["refusal_notice"]


@pytest.mark.parametrize(("kind", "name"), LISTS)
def test_an_empty_list_cannot_be_issued(kind: str, name: str) -> None:
    with pytest.raises(PaperFieldMissing, match="缺少必填内容"):
        replace(PAPERS[kind], **{name: ()})


@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind != "address_labels"])
def test_no_numbered_paper_goes_out_without_its_imprint(kind: str) -> None:
    with pytest.raises(PaperFieldMissing, match="版头"):
        replace(PAPERS[kind], **NO_IMPRINT)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_field_has_a_chinese_name_for_the_refusal(paper: Paper) -> None:
    assert all(not label(type(paper), field.name).isascii() for field in fields(paper))


@pytest.mark.parametrize("name", [field.name for field in fields(Imprint) if field.name != "issued_on"])
def test_an_imprint_has_no_blanks(name: str) -> None:
    with pytest.raises(PaperFieldMissing):
        an_imprint(**{name: " "})


def test_an_imprint_needs_a_true_check_code() -> None:
    with pytest.raises(CheckCodeWrong):
        an_imprint(check_code="17")


def test_a_blank_within_a_list_is_refused_too() -> None:
    with pytest.raises(PaperFieldMissing, match="应当携带的材料"):
        an_appearance_notice(bring=("居民身份证原件", " "))


def test_a_paper_cannot_be_changed_once_made() -> None:
    with pytest.raises(FrozenInstanceError):
        a_conclusion().outcome = Outcome(grade=1, self_care=SelfCare.NONE)  # type: ignore[misc]


def test_the_refusal_names_the_field_and_not_its_value() -> None:
    with pytest.raises(PaperFieldMissing) as refused:
        replace(a_conclusion().appraisee, id_number=" ")
    assert str(refused.value) == "文书缺少必填内容“证件号码”，不能制发。请补充后再办理。"


@pytest.mark.parametrize(
    ("make", "changes"),
    [
        (an_injury, {"impairment": ""}),
        (an_injury, {"diagnosis": ""}),
        (a_clause, {"number": ""}),
        (a_clause, {"text": ""}),
    ],
)
def test_the_records_inside_a_conclusion_have_no_blanks(make: Callable[..., object], changes: dict[str, Any]) -> None:
    with pytest.raises(PaperFieldMissing):
        make(**changes)


@pytest.mark.parametrize("grade", [0, 11, -1, 100])
def test_there_is_no_grade_outside_one_to_ten(grade: int) -> None:
    with pytest.raises(PaperFieldWrong, match="一级至十级"):
        Outcome(grade=grade, self_care=SelfCare.NONE)


@pytest.mark.parametrize(("grade", "word"), [(1, "一级"), (4, "四级"), (9, "九级"), (10, "十级"), (None, "未达等级")])
def test_the_outcome_is_said_in_words(grade: int | None, word: str) -> None:
    assert Outcome(grade=grade, self_care=SelfCare.NONE).grade_word == word


@pytest.mark.parametrize("level", [SelfCare.COMPLETE, SelfCare.MAJOR, SelfCare.PARTIAL])
def test_no_grade_and_impaired_self_care_contradict_each_other(level: SelfCare) -> None:
    with pytest.raises(PaperFieldWrong, match="不能同时载明"):
        Outcome(self_care=level)


def test_a_grade_without_a_clause_cannot_be_issued() -> None:
    with pytest.raises(PaperFieldWrong, match="应当列出所依据的条款"):
        a_conclusion(basis=Basis(standard=STANDARD))


def test_no_grade_reached_needs_no_clause() -> None:
    paper = a_conclusion(basis=Basis(standard=STANDARD), outcome=Outcome(self_care=SelfCare.NONE))
    assert paper.outcome.grade is None


@pytest.mark.parametrize("digest", ["abc", "g" * 64, "A" * 64, a_digest("x") + "0"])
def test_what_is_no_digest_is_not_printed_as_one(digest: str) -> None:
    with pytest.raises(PaperFieldWrong, match="64位十六进制"):
        ReceivedFile(name="申请表", sha256=digest)


def test_a_digest_is_shown_whole_in_two_lines() -> None:
    shown = a_receipt().files[0].sha256_lines
    assert [len(line.split()) for line in shown.splitlines()] == [4, 4]
    assert "".join(shown.split()) == a_receipt().files[0].sha256


def test_the_index_shows_the_head_of_a_digest() -> None:
    entry = a_dossier_index().entries[0]
    assert entry.sha256.startswith(entry.sha256_head.replace(" ", ""))
    assert len(entry.sha256_head) == 17


@pytest.mark.parametrize("due_on", [date(2026, 3, 9), date(2026, 3, 8)])
def test_an_extension_must_extend(due_on: date) -> None:
    with pytest.raises(PaperFieldWrong, match="晚于原期限"):
        an_extension_notice(due_on=due_on)


@pytest.mark.parametrize(
    ("head", "item"),
    [
        (TerminationHead.ABSENCE, "第一项"),
        (TerminationHead.EXAMINATION_REFUSED, "第二项"),
        (TerminationHead.FEIGNING, "第三项"),
        (TerminationHead.OTHER_REFUSAL, "第四项"),
    ],
)
def test_the_four_heads_stand_in_the_order_of_the_article(head: TerminationHead, item: str) -> None:
    assert a_termination_notice(head=head).head_item == item


def test_what_may_be_left_out_may_be_left_out() -> None:
    assert a_public_notice(remedy=None).remedy is None
    assert a_mailing_list().items[1].tracking_number is None


def test_what_may_be_left_out_may_still_not_be_blank() -> None:
    with pytest.raises(PaperFieldMissing, match="救济途径"):
        a_public_notice(remedy=" ")


def test_equal_fields_make_equal_papers() -> None:
    assert a_supplement_notice() == a_supplement_notice()
    assert hash(a_supplement_notice()) == hash(a_supplement_notice())
