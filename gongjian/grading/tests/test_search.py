"""Searching the 530 clauses: words, sounds, numbers, filters, order."""

from datetime import date

import pytest

from gongjian.grading.clauses import all_clauses
from gongjian.grading.errors import GradeUnknown, StandardNotInForce
from gongjian.grading.search import LONGEST_QUERY, search


def numbers(query: str, **filters: object) -> list[str]:
    return [each.number for each in search(query, limit=600, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("脾切除", ["5.7.2(47)"]),
        ("鼻中隔", ["5.10.2(35)"]),
        ("半月板", ["5.9.2(22)", "5.10.2(11)"]),
        ("髓核", ["5.9.2(13)", "5.10.2(4)"]),
        ("骨折 内固定", ["5.7.2(15)", "5.9.2(23)", "5.9.2(24)"]),
        ("内固定 骨折", ["5.7.2(15)", "5.9.2(23)", "5.9.2(24)"]),
        ("跟骨 内固定", ["5.9.2(24)"]),
        ("小肠 回盲部", ["5.4.2(37)", "5.6.2(48)"]),
        ("回盲部 小肠", ["5.4.2(37)", "5.6.2(48)"]),
        ("肝切除 1/2", ["5.4.2(41)", "5.5.2(44)"]),
        ("全身瘢痕 30", ["5.7.2(13)"]),
        ("膀胱 造瘘", ["5.4.2(46)"]),
        ("人工晶状体", ["5.10.2(20)"]),
        ("Budd", ["5.2.2(24)"]),
        ("budd", ["5.2.2(24)"]),
        ("ＢＵＤＤ", ["5.2.2(24)"]),
        ("滑囊炎", ["5.10.2(43)"]),
    ],
)
def test_words_in_any_order_must_all_fit(query: str, found: list[str]) -> None:
    assert numbers(query) == found


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("癫痫", "5.6.2(1)"),
        ("重度癫痫", "5.4.2(2)"),
        ("尘肺叁期", "5.3.2(37)"),
        ("尘肺贰期", "5.4.2(50)"),
        ("肝切除1/2", "5.5.2(44)"),
        ("肝切除2/3", "5.4.2(40)"),
        ("小肠切除1/2", "5.7.2(43)"),
        ("一侧肾切除", "5.7.2(50)"),
        ("肺叶切除术", "5.7.2(37)"),
        ("一侧前臂缺失", "5.5.2(12)"),
        ("全胃切除", "5.4.2(34)"),
    ],
)
def test_the_whole_text_comes_before_the_beginning_and_that_before_the_inside(query: str, first: str) -> None:
    assert numbers(query)[0] == first


def test_words_of_the_clause_come_before_words_of_its_heading() -> None:
    found = search("听力", limit=20)
    assert all("听力" in each.text for each in found)
    assert [each.grade for each in found] == [4, 5, 6, 7, 8, 9, 10]


def test_a_body_system_is_found_by_its_name_though_no_clause_says_it() -> None:
    found = search("周围神经损伤", limit=30)
    assert {each.body_system for each in found if "周围神经损伤" not in each.text} == {"周围神经损伤"}
    assert found[-1].grade == 9
    assert len([each for each in found if each.body_system == "周围神经损伤"]) == 19


def test_a_chapter_is_found_by_its_name() -> None:
    assert len(numbers("职业病内科")) == len([each for each in all_clauses() if "职业病内科" in each.chapters])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("股骨骨折", "5.9.2(23)"),
        ("股骨 内固定", "5.9.2(23)"),
        ("胫腓骨骨折 内固定", "5.9.2(23)"),
        ("锁骨骨折", "5.10.2(12)"),
        ("肋骨骨折", "5.10.2(12)"),
        ("示指", "5.9.2(16)"),
        ("踇趾", "5.8.2(19)"),
        ("失明", "5.7.2(26)"),
        ("疤痕", "5.9.2(10)"),
        ("钢板", "5.9.2(23)"),
        ("噪声聋", "5.9.2(30)"),
        ("矽肺叁期", "5.3.2(37)"),
        ("前交叉韧带", "5.9.2(22)"),
        ("椎间盘突出", "5.10.2(4)"),
        ("断指", "5.8.2(17)"),
    ],
)
def test_everyday_words_lead_to_the_words_of_the_standard(query: str, expected: str) -> None:
    assert expected in numbers(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gz", "5.9.2(23)"),
        ("ngd", "5.9.2(23)"),
        ("pqc", "5.7.2(47)"),
        ("dx", "5.9.2(1)"),
        ("jpls", "5.8.2(46)"),
        ("nwgn", "5.9.2(5)"),
        ("qsbh", "5.7.2(13)"),
        ("szcgzg", "5.9.2(23)"),
        ("gzgz", "5.9.2(23)"),
        ("sgzgz", "5.9.2(23)"),
        ("gg", "5.9.2(24)"),
        ("ztqy", "5.9.2(12)"),
        ("GZ", "5.9.2(23)"),
    ],
)
def test_initials_of_pinyin_find_a_clause(query: str, expected: str) -> None:
    assert expected in numbers(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("guzhe", "5.9.2(23)"),
        ("guzh", "5.9.2(23)"),
        ("neiguding", "5.9.2(23)"),
        ("guzhe neiguding", "5.9.2(24)"),
        ("changguan", "5.9.2(23)"),
        ("leigu", "5.8.2(45)"),
        ("zhuijianpan", "5.9.2(13)"),
        ("chuxue", "5.3.2(45)"),
        ("pangguang", "5.3.2(36)"),
        ("dianxian", "5.9.2(1)"),
        ("chongjian", "5.6.2(46)"),
        ("botuo", "5.9.2(38)"),
        ("mianshenjing", "5.10.2(36)"),
        ("nvxing", "5.6.2(63)"),
    ],
)
def test_full_pinyin_finds_a_clause(query: str, expected: str) -> None:
    assert expected in numbers(query)


def test_pinyin_starts_at_a_character_and_not_inside_a_syllable() -> None:
    assert numbers("uzhe") == []
    assert numbers("eiguding") == []


@pytest.mark.parametrize(
    "query",
    ["5.9.2(23)", "5.9.2（23）", "5.9.2-23", "5.9.2-23)", "5.9.2(23", "9(23)", "9-23", "9级23", "九级23", "九级第23项"],
)
def test_a_number_in_any_usual_shape_finds_its_clause_alone(query: str) -> None:
    assert numbers(query) == ["5.9.2(23)"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("5.9.2(4)", ["5.9.2(4)"]),
        ("5.9.2(4", ["5.9.2(4)", "5.9.2(40)", "5.9.2(41)", "5.9.2(42)"]),
        ("九级4", ["5.9.2(4)", "5.9.2(40)", "5.9.2(41)", "5.9.2(42)"]),
        ("十级12", ["5.10.2(12)"]),
        ("10(12)", ["5.10.2(12)"]),
        ("1(2", ["5.1.2(2)", "5.1.2(20)", "5.1.2(21)", "5.1.2(22)", "5.1.2(23)"]),
        ("5.9.2(43)", []),
        ("5.9.2(0)", []),
        ("十级99", []),
    ],
)
def test_a_begun_number_lists_what_it_may_become(query: str, found: list[str]) -> None:
    assert numbers(query) == found


@pytest.mark.parametrize(
    ("query", "count"),
    [("5.9", 42), ("5.9.2", 42), ("九级", 42), ("9级", 42), ("5.9.1", 42), ("一级", 23), ("5.10", 46)],
)
def test_a_grade_lists_its_clauses_in_order(query: str, count: int) -> None:
    found = search(query, limit=600)
    assert len(found) == count
    assert [each.ordinal for each in found] == list(range(1, count + 1))


def test_a_grade_may_be_one_of_several_words() -> None:
    assert [each.grade for each in search("九级 骨折")] == [9] * 9
    assert "5.9.2(23)" in numbers("骨折 9级")


def test_a_grade_that_stands_in_the_text_comes_before_the_clauses_of_that_grade() -> None:
    assert numbers("心功能不全 二级") == ["5.4.2(32)", "5.2.2(20)"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("四肢长骨骨折内固定", "5.9.2(23)"),
        ("右手拇指缺失", "5.3.2(10)"),
        ("椎体压缩骨折", "5.9.2(12)"),
        ("四肢瘫肌力2级", "5.1.2(2)"),
        ("双耳听力损失91分贝", "5.4.2(19)"),
        ("胸腔腹腔脏器探查", "5.9.2(42)"),
    ],
)
def test_chinese_that_stands_nowhere_as_typed_is_matched_loosely(query: str, first: str) -> None:
    assert numbers(query)[0] == first


@pytest.mark.parametrize(
    "query", ["天气预报", "zzzzz", "骨折 天气预报", "9999", "()", "gzgzgzgzgz", "%_", "'; drop", "\\d+", "[a-z]"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(query: str) -> None:
    assert numbers(query) == []


@pytest.mark.parametrize("query", ["", "   ", "\u3000", "\n"])
def test_an_empty_query_lists_everything_in_order(query: str) -> None:
    assert numbers(query) == [each.number for each in all_clauses()]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"grade": 9}, 42),
        ({"grade": 1}, 23),
        ({"body_system": "脊柱损伤"}, 9),
        ({"body_system": "脊柱损伤", "grade": 9}, 4),
        ({"body_system": "肾脏"}, 14),
        ({"body_system": "肾脏", "chapter": "职业病内科"}, 7),
        ({"body_system": "肾脏", "chapter": "普外胸外泌尿生殖科"}, 7),
        ({"body_system": "心脏与大血管", "chapter": "职业病内科"}, 4),
        ({"body_system": "没有这个系统"}, 0),
        ({"chapter": "没有这个门类"}, 0),
    ],
)
def test_filters_narrow_the_list(filters: dict[str, object], count: int) -> None:
    assert len(numbers("", **filters)) == count


def test_filters_and_words_work_together() -> None:
    assert numbers("骨折", body_system="脊柱损伤", grade=8) == ["5.8.2(13)"]
    assert numbers("9(23)", grade=8) == []


def test_the_limit_cuts_the_end_of_the_list() -> None:
    assert len(search("")) == 50
    assert search("骨折", limit=3) == search("骨折", limit=100)[:3]
    assert search("骨折", limit=0) == []
    assert search("骨折", limit=-5) == []


def test_equal_fits_stand_worst_grade_first_then_by_number() -> None:
    found = [(each.grade, each.ordinal) for each in search("双耳听力损失", limit=20)]
    assert found == sorted(found)


def test_the_same_query_always_answers_the_same() -> None:
    assert search("骨折") == search("骨折")
    assert search(" 骨折  内固定 ") == search("骨折 内固定")
    assert search("骨折 骨折") == search("骨折")


def test_a_query_beyond_its_longest_is_cut() -> None:
    assert search("骨折" + " " * LONGEST_QUERY + "天气预报") == search("骨折")


@pytest.mark.parametrize("grade", [0, 11])
def test_a_grade_that_does_not_exist_is_refused(grade: int) -> None:
    with pytest.raises(GradeUnknown):
        search("骨折", grade=grade)


def test_a_day_before_the_standard_is_refused() -> None:
    with pytest.raises(StandardNotInForce):
        search("骨折", on=date(2014, 12, 31))
    assert search("骨折", on=date(2026, 11, 20)) == search("骨折")
