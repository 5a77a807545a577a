"""The code set of injured parts, sides, and the warning about clauses that belong elsewhere."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.grading import parts
from gongjian.grading.clauses import all_clauses, clause
from gongjian.grading.errors import PartsNotInForce, PartUnknown, SideNotAllowed, SideUnknown
from gongjian.grading.parts import (
    Nearness,
    RecognisedPart,
    Side,
    all_parts,
    outside_recognised,
    part,
    recognised_part,
)
from gongjian.grading.standard import StandardDataWrong

DATA = Path(__file__).parents[1] / "data" / "body_parts.toml"

CODES = [
    ("010", "颅脑", None, False),
    ("011", "脑", "010", False),
    ("012", "颅骨", "010", False),
    ("013", "头皮", "010", False),
    ("020", "面颌", None, True),
    ("030", "眼", None, True),
    ("040", "鼻", None, False),
    ("050", "耳", None, True),
    ("060", "口", None, False),
    ("070", "颈", None, False),
    ("080", "胸", None, True),
    ("090", "腹", None, False),
    ("100", "腰", None, False),
    ("110", "脊柱", None, False),
    ("120", "上肢", None, True),
    ("121", "肩胛", "120", True),
    ("122", "上臂", "120", True),
    ("123", "肘", "120", True),
    ("124", "前臂", "120", True),
    ("130", "腕及手", None, True),
    ("131", "腕", "130", True),
    ("132", "掌", "130", True),
    ("133", "指", "130", True),
    ("140", "下肢", None, True),
    ("141", "髋", "140", True),
    ("142", "股骨", "140", True),
    ("143", "膝", "140", True),
    ("144", "小腿", "140", True),
    ("150", "踝及脚", None, True),
    ("151", "踝", "150", True),
    ("152", "跟", "150", True),
    ("153", "跖", "150", True),
    ("154", "趾", "150", True),
    ("999", "其他", None, False),
]


@pytest.mark.parametrize(("code", "name", "parent", "is_paired"), CODES)
def test_each_code_has_name_place_and_sides(code: str, name: str, parent: str | None, is_paired: bool) -> None:
    found = part(code)
    assert (found.name, found.parent, found.is_paired) == (name, parent, is_paired)
    assert found.top == (parent or code)


def test_there_are_no_other_codes_and_they_stand_in_order() -> None:
    assert [each.code for each in all_parts()] == [row[0] for row in CODES]


@pytest.mark.parametrize("code", ["", "10", "014", "155", "膝", "0010"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(PartUnknown) as refusal:
        part(code)
    assert f"“{code}”" in str(refusal.value)


@pytest.mark.parametrize(
    ("code", "side", "label"),
    [
        ("143", "left", "左膝"),
        ("143", "right", "右膝"),
        ("030", "both", "双侧眼"),
        ("143", "", "膝"),
        ("110", "", "脊柱"),
        ("999", "", "其他"),
        ("133", "left", "左指"),
    ],
)
def test_a_recognised_part_is_named_with_its_side(code: str, side: str, label: str) -> None:
    assert recognised_part(code, side).label == label


@pytest.mark.parametrize(("side", "label"), [(Side.LEFT, "左"), (Side.RIGHT, "右"), (Side.BOTH, "双侧")])
def test_sides_are_named_in_chinese(side: Side, label: str) -> None:
    assert side.label == label


@pytest.mark.parametrize("code", ["040", "060", "070", "090", "100", "110", "011", "999"])
def test_what_has_no_sides_takes_none(code: str) -> None:
    with pytest.raises(SideNotAllowed) as refusal:
        recognised_part(code, "left")
    assert part(code).name in str(refusal.value)


@pytest.mark.parametrize("side", ["middle", "左", "LEFT"])
def test_there_is_no_fourth_side(side: str) -> None:
    with pytest.raises(SideUnknown):
        recognised_part("143", side)


def test_an_unknown_code_with_a_side_is_refused_too() -> None:
    with pytest.raises(PartUnknown):
        recognised_part("777", "left")


@pytest.mark.parametrize(
    "ask",
    [
        lambda day: all_parts(day),
        lambda day: part("143", on=day),
        lambda day: recognised_part("143", "left", on=day),
        lambda day: outside_recognised(clause("5.9.2(23)"), [recognised_part("143")], on=day),
    ],
)
def test_the_code_set_is_dated(ask: object) -> None:
    assert callable(ask)
    ask(date(2004, 1, 1))
    with pytest.raises(PartsNotInForce):
        ask(date(2003, 12, 31))


LOCAL, CONSEQUENTIAL = "之内", "如系本次工伤引起"

# clause, a part it may concern, a part it does not, how the second is warned about
SYSTEMS = [
    ("5.9.2(4)", "012", "143", LOCAL),
    ("5.9.2(6)", "070", "143", LOCAL),
    ("5.7.2(14)", "020", "133", LOCAL),
    ("5.8.2(10)", "050", "133", LOCAL),
    ("5.7.2(12)", "070", "133", LOCAL),
    ("5.9.2(13)", "110", "133", LOCAL),
    ("5.9.2(12)", "100", "020", LOCAL),
    ("5.7.2(15)", "141", "020", LOCAL),
    ("5.9.2(16)", "133", "143", LOCAL),
    ("5.5.2(12)", "124", "154", LOCAL),
    ("5.9.2(22)", "143", "133", LOCAL),
    ("5.10.2(9)", "154", "133", LOCAL),
    ("5.9.2(23)", "142", "110", LOCAL),
    ("5.9.2(23)", "122", "080", LOCAL),
    ("5.10.2(16)", "030", "143", LOCAL),
    ("5.10.2(16)", "010", "080", LOCAL),
    ("5.9.2(30)", "050", "143", LOCAL),
    ("5.10.2(28)", "050", "143", LOCAL),
    ("5.9.2(36)", "020", "143", LOCAL),
    ("5.10.2(31)", "060", "143", LOCAL),
    ("5.10.2(30)", "040", "143", LOCAL),
    ("5.10.2(36)", "020", "143", LOCAL),
    ("5.10.2(39)", "080", "143", LOCAL),
    ("5.10.2(38)", "090", "143", LOCAL),
    ("5.6.2(2)", "011", "143", CONSEQUENTIAL),
    ("5.3.2(1)", "010", "133", CONSEQUENTIAL),
    ("5.9.2(1)", "010", "133", CONSEQUENTIAL),
    ("5.7.2(8)", "010", "133", CONSEQUENTIAL),
    ("5.3.2(3)", "010", "133", CONSEQUENTIAL),
    ("5.6.2(10)", "110", "133", CONSEQUENTIAL),
    ("5.7.2(2)", "110", "133", CONSEQUENTIAL),
    ("5.8.2(2)", "132", "030", CONSEQUENTIAL),
    ("5.8.2(36)", "070", "133", CONSEQUENTIAL),
    ("5.5.2(30)", "060", "133", CONSEQUENTIAL),
    ("5.8.2(45)", "080", "133", CONSEQUENTIAL),
    ("5.8.2(47)", "080", "133", CONSEQUENTIAL),
    ("5.5.2(57)", "080", "133", CONSEQUENTIAL),
    ("5.8.2(50)", "080", "133", CONSEQUENTIAL),
    ("5.8.2(51)", "090", "133", CONSEQUENTIAL),
    ("5.4.2(35)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(52)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(53)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(54)", "090", "133", CONSEQUENTIAL),
    ("5.9.2(39)", "090", "133", CONSEQUENTIAL),
    ("5.7.2(47)", "080", "133", CONSEQUENTIAL),
    ("5.7.2(50)", "100", "142", CONSEQUENTIAL),
    ("5.8.2(64)", "100", "133", CONSEQUENTIAL),
    ("5.8.2(58)", "070", "133", CONSEQUENTIAL),
    ("5.8.2(59)", "070", "133", CONSEQUENTIAL),
    ("5.3.2(35)", "090", "133", CONSEQUENTIAL),
    ("5.7.2(52)", "110", "133", CONSEQUENTIAL),
    ("5.8.2(60)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(61)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(62)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(63)", "110", "133", CONSEQUENTIAL),
    ("5.6.2(64)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(65)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(66)", "090", "133", CONSEQUENTIAL),
    ("5.7.2(53)", "090", "133", CONSEQUENTIAL),
    ("5.8.2(68)", "080", "133", CONSEQUENTIAL),
    ("5.7.2(61)", "090", "133", CONSEQUENTIAL),
]


@pytest.mark.parametrize(("number", "near", "far", "words"), SYSTEMS)
def test_a_clause_is_flagged_only_outside_the_parts_its_system_can_concern(
    number: str, near: str, far: str, words: str
) -> None:
    chosen = clause(number)
    assert outside_recognised(chosen, [recognised_part(near)]) is None
    sentence = outside_recognised(chosen, [recognised_part(far)])
    assert sentence is not None
    assert words in sentence
    assert number in sentence
    assert part(far).name in sentence


def test_every_body_system_with_a_place_stands_in_that_table() -> None:
    placed = {each.body_system for each in all_clauses()} - {"血液", "内分泌", "免疫功能", "其他"}
    assert {clause(row[0]).body_system for row in SYSTEMS} == placed


@pytest.mark.parametrize(
    "number",
    [
        "5.3.2(41)",
        "5.7.2(59)",
        "5.4.2(54)",
        "5.10.2(40)",
        "5.10.2(46)",
        "5.10.2(41)",
        "5.8.2(25)",
        "5.10.2(14)",
        "5.5.2(65)",
    ],
)
def test_blood_poisoning_and_radiation_have_no_place_and_are_never_flagged(number: str) -> None:
    assert outside_recognised(clause(number), [recognised_part("154")]) is None


@pytest.mark.parametrize(
    ("number", "far"),
    [
        ("5.1.2(5)", "154"),
        ("5.2.2(7)", "154"),
        ("5.3.2(8)", "154"),
        ("5.4.2(8)", "154"),
        ("5.5.2(9)", "154"),
        ("5.6.2(14)", "154"),
        ("5.7.2(13)", "154"),
        ("5.8.2(11)", "154"),
        ("5.9.2(9)", "154"),
        ("5.10.2(3)", "080"),
        ("5.8.2(23)", "020"),
        ("5.10.2(12)", "020"),
        ("5.10.2(12)", "080"),
        ("5.9.2(24)", "020"),
        ("5.9.2(24)", "100"),
        ("5.7.2(6)", "030"),
        ("5.9.2(2)", "030"),
    ],
)
def test_clauses_that_reach_further_than_their_system_are_not_flagged(number: str, far: str) -> None:
    assert outside_recognised(clause(number), [recognised_part(far)]) is None


def test_one_fitting_part_among_several_is_enough() -> None:
    recognised = [recognised_part("080"), recognised_part("143", "left")]
    assert outside_recognised(clause("5.9.2(22)"), recognised) is None


def test_the_warning_names_every_recognised_part_with_its_side() -> None:
    recognised = [recognised_part("080"), recognised_part("143", "left")]
    sentence = outside_recognised(clause("5.10.2(16)"), recognised)
    assert sentence == (
        "5.10.2(16)属“眼损伤与视功能障碍”，不在工伤认定的受伤部位（胸、左膝）之内。"
        "请核对所选条款；确需选用的，请说明与本次工伤的关系。"
    )


def test_a_consequence_of_an_injury_elsewhere_is_only_asked_about() -> None:
    sentence = outside_recognised(clause("5.7.2(50)"), [recognised_part("142", "both")])
    assert sentence == "5.7.2(50)属“肾脏”，工伤认定的受伤部位是双侧股骨。如系本次工伤引起，请说明依据；否则请改选条款。"


def test_without_recognised_parts_there_is_nothing_to_compare() -> None:
    assert outside_recognised(clause("5.10.2(16)"), []) is None


def test_other_parts_recognised_leave_everything_open() -> None:
    assert outside_recognised(clause("5.10.2(16)"), [recognised_part("999"), recognised_part("143")]) is None


@pytest.mark.parametrize("side", ["left", "right", "both", ""])
def test_sides_are_not_compared(side: str) -> None:
    assert outside_recognised(clause("5.9.2(22)"), [recognised_part("143", side)]) is None


def test_a_recognised_part_can_be_made_without_a_side() -> None:
    assert RecognisedPart(part("143")) == recognised_part("143")


def test_the_three_kinds_of_body_system_are_all_in_use() -> None:
    held = parts._read(DATA)
    assert {each.nearness for each in held.reaches.values()} == set(Nearness)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"颅脑损伤"           = ', '"颅脑挫伤"           = ', "body systems without parts"),
        ('"乳腺"               = ["080"]', '"乳腺"               = ["081"]', "no top part"),
        ('"乳腺"               = ["080"]', '"乳腺"               = ["143"]', "no top part"),
        ('"5.9.2(24)"', '"5.9.2(99)"', "unknown clauses"),
        ('010 = { name = "颅脑" }\n011 = { name = "脑" }', '011 = { name = "脑" }\n010 = { name = "颅脑" }', "order"),
        ("[systems.anywhere]\n", '[systems.anywhere]\n"乳腺" = []\n', "named twice"),
    ],
)
def test_spoiled_data_is_refused_at_load(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = DATA.read_text(encoding="utf-8")
    assert old in text
    spoiled = tmp_path / "body_parts.toml"
    spoiled.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StandardDataWrong) as refusal:
        parts._read(spoiled)
    assert said in str(refusal.value)


def test_an_unknown_kind_of_body_system_is_refused_at_load(tmp_path: Path) -> None:
    spoiled = tmp_path / "body_parts.toml"
    text = DATA.read_text(encoding="utf-8").replace("[systems.anywhere]", "[systems.nowhere]")
    spoiled.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="nowhere"):
        parts._read(spoiled)
