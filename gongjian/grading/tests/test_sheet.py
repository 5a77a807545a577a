"""A finding while it is written: read as typed, refused in a clear sentence, kept whole, and typed in the end."""

from typing import Any

import pytest

from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import Field
from gongjian.grading.sheet import Sheet, number_typed, typed_text
from gongjian.grading.tests.builders import f

NUMBERS = [
    (kind, name) for kind, told in KINDS.items() for name, each in described(told).items() if each.unit or each.high
]
KNEE = {"side": ["left"], "joint": ["knee"], "range_deg": ["45"], "healthy_deg": ["135"]}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        (" 45 ", 45),
        ("４５", 45),
        ("０．８", 0.8),
        ("-10", -10),
        ("−10", -10),
        ("1/3", 0.333333),
        ("3/4", 0.75),
        ("30%", 0.3),
        ("30％", 0.3),
        ("2.50", 2.5),
        ("", None),
        ("约45", None),
        ("1/0", None),
        ("1e9", None),
        ("nan", None),
        ("9" * 30, None),
        ("1_000", None),
        ("٣", None),
    ],
)
def test_a_number_is_read_as_doctors_write_it(text: str, number: float | None) -> None:
    assert number_typed(text) == number


@pytest.mark.parametrize(
    ("value", "text"), [(45, "45"), (0.8, "0.8"), (0.333333, "0.333333"), (None, ""), ("约45", "约45"), (-10, "-10")]
)
def test_a_value_stands_in_its_input_as_it_was_typed(value: Any, text: str) -> None:
    assert typed_text(value) == text


@pytest.mark.parametrize(("kind", "name"), NUMBERS)
def test_beyond_its_limits_a_number_is_refused_with_both_limits_and_kept(kind: str, name: str) -> None:
    field = described(KINDS[kind])[name]
    sheet = Sheet.typed(kind, {name: [typed_text(field.high + 1)]})
    assert f"{field.low:g}至{field.high:g}" in sheet.faults[name]
    assert sheet.faults[name].endswith("。")
    assert dict(sheet.values)[name] == field.high + 1
    assert sheet.finding() is None


@pytest.mark.parametrize(
    ("kind", "texts", "at", "words"),
    [
        ("hearing", {"right_500_db": ["听不见"]}, "right_500_db", "现为“听不见”"),
        ("limb_strength", {"right_arm_mrc": ["3.5"]}, "right_arm_mrc", "整数"),
        ("joint", {}, "side", "请填写侧别"),
        ("joint", {**KNEE, "joint": ["elephant"]}, "joint", "请从所列各项中选择"),
        ("digit_loss", {"side": ["left"], "digit": ["thumb"], "level": ["pip"]}, "", "拇指没有近侧指间关节"),
        ("joint", {**KNEE, "flexion_deg": ["90"]}, "", "屈曲只填了一侧"),
        ("vision", {"notation": ["five"], "right_bcva": ["4.66"]}, "", "不在标准的换算表内"),
        ("vision", {"right_field_radius_deg": ["20"], "right_field_sum_deg": ["80"]}, "", "右眼视野半径"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(kind: str, texts: dict[str, list[str]], at: str, words: str) -> None:
    assert words in Sheet.typed(kind, texts).faults[at]


def test_a_whole_sheet_is_the_typed_finding() -> None:
    assert Sheet.typed("joint", KNEE).finding("左膝") == f(
        "joint", injury="左膝", side="left", joint="knee", range_deg=45, healthy_deg=135
    )


def test_what_does_not_concern_the_joint_is_not_read() -> None:
    told = {**KNEE, "outward_deg": ["30"], "healthy_outward_deg": ["60"]}
    assert Sheet.typed("joint", told) == Sheet.typed("joint", KNEE)
    assert "outward_deg" in dict(Sheet.typed("joint", {**told, "joint": ["shoulder"]}).values)


def test_a_share_may_be_typed_as_a_fraction_and_a_percentage_with_its_sign() -> None:
    assert Sheet.typed("resection", {"organ": ["liver"], "removed": ["1/2"]}).finding() == f(
        "resection", organ="liver", removed=0.5
    )
    assert Sheet.typed("scar", {"bsa_pct": ["32%"]}).finding() == f("scar", bsa_pct=32)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_down_and_read_back(kind: str) -> None:
    texts = {name: [_text(each)] for name, each in described(KINDS[kind]).items()}
    sheet = Sheet.typed(kind, texts, is_prior=True).worked()
    assert Sheet.of(sheet.plain()) == sheet
    assert sheet.words.startswith("原有")


def test_a_signed_sheet_holds_what_was_computed_from_it() -> None:
    (working,) = Sheet.typed("joint", KNEE).worked().workings
    assert (working.title, working.value) == ("关节功能", "severe")
    assert "丧失66.7%" in working.steps[0].text


def test_a_signed_sheet_reads_as_it_was_signed_whatever_labels_come_later() -> None:
    signed = Sheet.typed("joint", KNEE).worked()
    assert (signed.called, signed.said[2]) == ("关节功能", ("伤侧活动度", "45度"))
    assert signed.unworked() == Sheet.typed("joint", KNEE)


def test_a_sheet_of_a_kind_that_is_held_no_longer_is_still_read() -> None:
    told = Sheet("phrenology", (("bumps", 3),), called="颅相", said=(("隆起", "3处"),)).plain()
    sheet = Sheet.of(told)
    assert (sheet.words, sheet.finding(), sheet.faults) == ("颅相：隆起3处", None, {})
    assert sheet.unworked().words == "phrenology：bumps3"


def test_a_sheet_reads_in_words_with_units() -> None:
    assert Sheet.typed("joint", KNEE).words == "关节功能：侧别左，关节膝，伤侧活动度45度，健侧活动度135度"


def _text(field: Field) -> str:
    return next(iter(field.choices)) if field.choices else "yes" if field.sort == "flag" else typed_text(field.high)
