"""What a correction makes of what was told: the right word where the wrong one stands, nothing where it does not, and no guess."""

from datetime import date

import pytest

from gongjian.recognition.corrected import day_corrected, of_place, parts_corrected, text_corrected, whole_corrected
from gongjian.recognition.sheet import part_codes

INJURED = date(2026, 2, 10)


def lines(*pairs: tuple[str, str], place: str = "employer") -> list[dict[str, str]]:
    return [{"place": place, "wrong": wrong, "right": right} for wrong, right in pairs]


@pytest.mark.parametrize(
    ("value", "pairs", "right"),
    [
        ("云溪精工有限公司", [("精工", "精工制造")], "云溪精工制造有限公司"),
        ("云溪精工制造有限公司", [("精工", "精工制造")], "云溪精工制造有限公司"),
        ("云溪精工制造有限公司", [("精工制造", "精工")], "云溪精工有限公司"),
        ("云溪精功有限公司", [("云溪精功有限公司", "云溪精工有限公司")], "云溪精工有限公司"),
        ("云溪精功有限公司", [("精功", "精工"), ("精工", "精公")], "云溪精公有限公司"),
        ("东溪机械厂", [("精工", "精工制造")], "东溪机械厂"),
        ("东溪机械厂", [], "东溪机械厂"),
    ],
)
def test_order_8_art_19_a_wrong_word_is_the_right_one_and_what_was_right_from_the_beginning_stays(value, pairs, right):
    assert text_corrected(value, lines(*pairs)) == right


@pytest.mark.parametrize(
    ("value", "pair", "right"),
    [
        ("林知源", ("林知源", "林知远"), "林知远"), ("张胜男", ("男", "女"), "张胜男"), ("林知远", ("林知源", "林知远"), "林知远"),
        ("99010119900307001x", ("99010119900307001X ", "990101199003070022"), "990101199003070022"),
    ],
)  # fmt: skip
def test_a_name_and_a_number_are_compared_whole_so_that_a_sign_of_the_sex_changes_no_name(value, pair, right):
    assert whole_corrected(value, lines(pair, place="worker")) == right


@pytest.mark.parametrize(
    ("pair", "right"),
    [
        (("2026年2月10日", "2026年2月11日"), date(2026, 2, 11)), (("2026-02-10", "2026-02-09"), date(2026, 2, 9)),
        (("2月10日", "2月12日"), date(2026, 2, 12)), (("2026年2月10日9时", "2025年12月30日9时"), date(2025, 12, 30)),
        (("2026年2月12日", "2026年2月13日"), INJURED), (("10时20分", "22时20分"), INJURED),
        (("2026年2月10日", "不详"), None), (("2026年2月10日", "2026年2月31日"), None),
    ],
)  # fmt: skip
def test_the_day_that_was_wrong_is_the_right_one_and_an_unreadable_one_is_asked(pair, right):
    assert day_corrected(INJURED, lines(pair, place="days")) == right


def test_the_injured_parts_are_those_of_the_correction_and_are_asked_where_it_names_them_in_other_words():
    codes = part_codes()
    left, right, knee = codes["左指"], codes["右指"], codes["左膝"]
    assert parts_corrected([right, knee], lines(("右指", "左指"), place="parts")) == [knee, left]
    assert parts_corrected([left], lines(("右指", "左指"), place="parts")) == [left], "it was told rightly"
    assert parts_corrected([right], lines(("右指", "左指、左膝"), place="parts")) == [left, knee]
    assert parts_corrected([right], lines(("右手示指", "左手示指"), place="parts")) == []
    assert parts_corrected([right], []) == [right]


def test_only_the_lines_of_a_place_count_and_in_their_order():
    told = [*lines(("一", "二")), *lines(("男", "女"), place="worker"), *lines(("二", "三"))]
    assert [line["right"] for line in of_place(told, "employer")] == ["二", "三"]
