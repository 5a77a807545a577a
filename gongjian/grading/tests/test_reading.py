"""Medical words are read as doctors say them."""

from pathlib import Path

import pytest

from gongjian.grading import reading
from gongjian.grading.clauses import all_clauses
from gongjian.grading.reading import search_words, syllables


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("骨折", "gu zhe"),
        ("长管状骨", "chang guan zhuang gu"),
        ("缺损长", "que sun chang"),
        ("长度", "chang du"),
        ("重度", "zhong du"),
        ("重建", "chong jian"),
        ("肋骨", "lei gu"),
        ("脊椎", "ji zhui"),
        ("椎体", "zhui ti"),
        ("椎间盘", "zhui jian pan"),
        ("出血", "chu xue"),
        ("血液", "xue ye"),
        ("膀胱", "pang guang"),
        ("剥脱", "bo tuo"),
        ("排便", "pai bian"),
        ("嗅觉", "xiu jue"),
        ("吞咽", "tun yan"),
        ("颈部", "jing bu"),
        ("下颌骨", "xia he gu"),
        ("强直", "qiang zhi"),
        ("行走", "xing zou"),
        ("粘连", "zhan lian"),
        ("沉着", "chen zhuo"),
        ("综合征", "zong he zheng"),
        ("系统", "xi tong"),
        ("中毒", "zhong du"),
        ("率", "lv"),
        ("女性", "nv xing"),
        ("瘢痕", "ban hen"),
        ("癫痫", "dian xian"),
        ("假发", "jia fa"),
        ("活动", "huo dong"),
        ("切除", "qie chu"),
        ("挫裂伤", "cuo lie shang"),
        ("踝", "huai"),
        ("跖", "zhi"),
        ("趾", "zhi"),
        ("髌骨", "bin gu"),
        ("涎瘘", "xian lou"),
        ("畸形", "ji xing"),
    ],
)
def test_each_character_gives_its_syllable(text: str, sounds: str) -> None:
    assert syllables(text) == sounds.split()


def test_what_is_not_chinese_stands_for_itself() -> None:
    assert syllables("≥91dB双耳") == ["≥", "9", "1", "d", "B", "shuang", "er"]


def test_every_place_where_a_word_stands_is_read_alike() -> None:
    assert syllables("肋骨、肋骨") == ["lei", "gu", "、", "lei", "gu"]


def test_every_text_of_the_standard_gives_one_syllable_per_character() -> None:
    assert [each.number for each in all_clauses() if len(syllables(each.text)) != len(each.text)] == []


def test_everyday_words_lead_to_words_that_stand_in_the_standard() -> None:
    texts = [each.text for each in all_clauses()]
    lost = [
        other for others in search_words().also.values() for other in others if not any(other in text for text in texts)
    ]
    assert lost == []


def test_readings_of_the_wrong_length_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled = tmp_path / "words.toml"
    spoiled.write_text('[also]\n[readings]\n"肋骨" = "lei"\n', encoding="utf-8")
    monkeypatch.setattr(reading, "_WORDS", spoiled)
    search_words.cache_clear()
    with pytest.raises(ValueError, match="肋骨"):
        search_words()
    search_words.cache_clear()
