"""Look-up by number, grade, chapter and day."""

from datetime import date

import pytest

from gongjian.grading.clauses import (
    Clause,
    Principle,
    all_clauses,
    body_systems,
    clause,
    conflicts_about,
    edition,
    ground,
    principle,
    principles,
    standard,
)
from gongjian.grading.errors import ClauseUnknown, GradeUnknown, StandardNotInForce

FIRST_DAY = date(2015, 1, 1)
DAY_BEFORE = date(2014, 12, 31)


@pytest.mark.parametrize(
    ("number", "grade", "ordinal", "body_system", "words"),
    [
        ("5.1.2(1)", 1, 1, "智能损伤", "极重度智能损伤"),
        ("5.1.2(23)", 1, 23, "肾脏", "尿毒症期"),
        ("5.2.2(39)", 2, 39, "其他", "放射性肿瘤"),
        ("5.3.2(47)", 3, 47, "其他", "放射性皮肤癌"),
        ("5.4.2(55)", 4, 55, "免疫功能", "免疫功能明显减退"),
        ("5.5.2(65)", 5, 65, "其他", "重度手臂振动病"),
        ("5.6.2(76)", 6, 76, "其他", "慢性重度中毒"),
        ("5.7.2(63)", 7, 63, "其他", "三度牙酸蚀病"),
        ("5.8.2(74)", 8, 74, "其他", "二度牙酸蚀病"),
        ("5.9.2(42)", 9, 42, "腹壁、腹腔", "探查术"),
        ("5.10.2(46)", 10, 46, "其他", "职业性皮肤病"),
    ],
)
def test_a_clause_is_found_by_its_number(number: str, grade: int, ordinal: int, body_system: str, words: str) -> None:
    found = clause(number)
    assert (found.number, found.grade, found.ordinal, found.body_system) == (number, grade, ordinal, body_system)
    assert words in found.text


@pytest.mark.parametrize("number", ["5.9.2(43)", "5.9.2(0)", "5.11.2(1)", "9(23)", "", "5.9.2", " 5.9.2(23)", "5.9.1"])
def test_a_number_that_is_no_clause_is_refused_by_name(number: str) -> None:
    with pytest.raises(ClauseUnknown) as refusal:
        clause(number)
    assert f"“{number}”" in str(refusal.value)


def test_a_ground_is_a_clause_or_a_principle() -> None:
    assert isinstance(ground("5.9.2(23)"), Clause)
    assert isinstance(ground("5.9.1"), Principle)
    assert ground("5.10.1").grade == 10


@pytest.mark.parametrize("number", ["5.0.1", "5.11.1", "5.9.3", "4.6"])
def test_a_ground_that_is_neither_is_refused(number: str) -> None:
    with pytest.raises(ClauseUnknown):
        ground(number)


@pytest.mark.parametrize("grade", range(1, 11))
def test_each_grade_has_a_principle_numbered_after_it(grade: int) -> None:
    assert principle(grade).number == f"5.{grade}.1"
    assert principle(grade) is principles()[grade - 1]


@pytest.mark.parametrize("grade", [0, 11, -1, True])
def test_no_other_grade_has_one(grade: int) -> None:
    with pytest.raises(GradeUnknown):
        principle(grade)


def test_the_edition_is_chosen_by_the_day() -> None:
    assert standard(FIRST_DAY).name == "GB/T 16180-2014"
    assert standard(date(2030, 1, 1)) is standard()
    assert len(all_clauses(FIRST_DAY)) == 530


@pytest.mark.parametrize(
    "ask",
    [
        lambda: standard(DAY_BEFORE),
        lambda: all_clauses(DAY_BEFORE),
        lambda: clause("5.9.2(23)", on=DAY_BEFORE),
        lambda: ground("5.9.1", on=DAY_BEFORE),
        lambda: principle(9, on=DAY_BEFORE),
        lambda: principles(DAY_BEFORE),
        lambda: body_systems(DAY_BEFORE),
        lambda: conflicts_about("5.9.1", on=DAY_BEFORE),
    ],
)
def test_a_day_before_the_standard_is_refused_not_guessed(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(StandardNotInForce) as refusal:
        ask()
    assert "2014-12-31" in str(refusal.value)


def test_an_edition_is_found_by_its_name() -> None:
    assert edition("GB/T 16180-2014") is standard()


def test_body_systems_are_grouped_by_the_five_chapters_in_their_order() -> None:
    assert [each.name for each in body_systems()] == [
        "神经内科神经外科精神科",
        "骨科整形外科烧伤科",
        "眼科耳鼻喉科口腔科",
        "普外胸外泌尿生殖科",
        "职业病内科",
    ]


@pytest.mark.parametrize(
    ("chapter", "systems"),
    [
        (
            "神经内科神经外科精神科",
            {
                "智能损伤",
                "脑损伤",
                "非肢体瘫运动障碍",
                "脊髓损伤",
                "周围神经损伤",
                "特殊皮层功能障碍",
                "精神症状",
                "癫痫",
                "颅脑损伤",
            },
        ),
        ("骨科整形外科烧伤科", {"头面部毁容", "上肢", "上下肢", "下肢", "脊柱损伤"}),
        (
            "眼科耳鼻喉科口腔科",
            {
                "眼损伤与视功能障碍",
                "吞咽功能障碍",
                "口腔颌面损伤",
                "喉源性呼吸困难及发声障碍",
                "听功能障碍",
                "面神经损伤",
                "前庭性平衡障碍",
                "嗅觉障碍和铬鼻病",
            },
        ),
        (
            "职业病内科",
            {"肺部疾患", "肝脏", "肾脏", "心脏与大血管", "血液", "其他", "心脏", "内分泌", "免疫功能"},
        ),
    ],
)
def test_a_chapter_lists_its_body_systems(chapter: str, systems: set[str]) -> None:
    found = {each.name: each.body_systems for each in body_systems()}
    assert set(found[chapter]) == systems
    assert len(found[chapter]) == len(systems)


def test_a_system_that_stands_in_two_chapters_is_listed_in_both() -> None:
    listed = [each.name for each in body_systems() if "心脏与大血管" in each.body_systems]
    assert listed == ["普外胸外泌尿生殖科", "职业病内科"]


def test_every_clause_can_be_reached_by_chapter_and_body_system() -> None:
    places = {(each.name, system) for each in body_systems() for system in each.body_systems}
    assert {(name, each.body_system) for each in all_clauses() for name in each.chapters} == places


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("5.10.1", "无功能障碍"),
        ("5.2.2(14)", "四肢大关节"),
        ("5.8.2(25)", "门类"),
        ("5.8.2(26)", "门类"),
        ("5.10.2(14)", "门类"),
        ("5.10.2(12)", "轻微功能障碍"),
        ("5.7.2(6)", "深感觉障碍"),
        ("5.7.2(31)", "维持眼压"),
        ("5.2.2(18)", "缺损"),
        ("5.3.2(24)", "缺损"),
        ("5.4.2(21)", "缺损"),
        ("5.6.2(16)", "单纯一拇指完全缺失"),
        ("5.6.2(6)", "无专条"),
        ("5.6.2(54)", "促甲状腺激素"),
        ("5.8.2(69)", "中毒性肾病"),
    ],
)
def test_known_doubts_are_told_beside_the_clause(number: str, words: str) -> None:
    assert [text for text in conflicts_about(number) if words in text]


def test_a_clause_without_doubts_has_no_note() -> None:
    assert conflicts_about("5.9.2(23)") == ()
