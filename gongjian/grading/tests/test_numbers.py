"""Clause numbers as people type them."""

import pytest

from gongjian.grading.numbers import plain_form, typed_number


@pytest.mark.parametrize(
    "text",
    [
        "5.9.2(23)",
        "5.9.2（23）",
        "５．９．２（２３）",
        "5.9.2 (23)",
        "5.9.2( 23 )",
        " 5.9.2(23) ",
        "5.9.2-23)",
        "9(23)",
        "9（23）",
        "9 (23)",
        "9级(23)",
        "9级23)",
        "9级23）",
        "九级(23)",
        "九级第23项",
        "九级23条",
        "九级 23项",
    ],
)
def test_a_closed_number_is_whole(text: str) -> None:
    assert typed_number(text) == (9, "23", True)


@pytest.mark.parametrize(
    "text", ["5.9.2(23", "5.9.2-23", "5.9.2.23", "5.9.2 23", "9(23", "9-23", "9级23", "九级23", "九级 23"]
)
def test_an_open_number_may_still_grow(text: str) -> None:
    assert typed_number(text) == (9, "23", False)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("5.1", 1),
        ("5.9", 9),
        ("5.9.", 9),
        ("5.9.1", 9),
        ("5.9.2", 9),
        ("5.9.2(", 9),
        ("5.10", 10),
        ("5.10.2", 10),
        ("1级", 1),
        ("10级", 10),
        ("一级", 1),
        ("五级", 5),
        ("十级", 10),
        ("9(", 9),
    ],
)
def test_a_begun_number_names_the_grade(text: str, grade: int) -> None:
    assert typed_number(text) == (grade, "", False)


@pytest.mark.parametrize(("text", "ordinal"), [("9(03)", "3"), ("九级03", "3"), ("5.9.2(0)", "0"), ("9(00)", "00")])
def test_leading_zeros_are_forgiven_but_nought_is_no_clause(text: str, ordinal: str) -> None:
    found = typed_number(text)
    assert found is not None
    assert found.ordinal == ordinal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "骨折",
        "9",
        "23",
        "9.2",
        "5.9.23",
        "5.9.223",
        "5.11.2(1)",
        "5.0",
        "6.9.2(23)",
        "11(1)",
        "0(1)",
        "0级",
        "11级",
        "十一级",
        "9(123)",
        "九级骨折",
        "骨折9(23)",
        "gg",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert typed_number(text) is None


@pytest.mark.parametrize(
    ("text", "plain"), [("ＤＢ", "db"), ("PO2", "po2"), ("cm²", "cm2"), ("Ⅲ度", "iii度"), ("  骨折 ", "骨折")]
)
def test_full_width_and_capitals_do_not_matter(text: str, plain: str) -> None:
    assert plain_form(text) == plain
