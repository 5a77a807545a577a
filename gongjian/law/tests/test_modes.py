"""The table of modes: what ships is whole, the nearest place wins, a wrong table stops the loading."""

from datetime import date

import pytest

from gongjian.experts.specialties import SPECIALTIES
from gongjian.grading.parts import part
from gongjian.law.errors import LawDataWrong, NotInForce
from gongjian.law.modes import HELD_HERE, Mode, mode_rule, mode_rules, modes_book, read_modes
from gongjian.law.parameters import DATA

ON = date(2026, 3, 10)
TABLE = (DATA / "modes.toml").read_text(encoding="utf-8")


def a_table(tmp_path, *, old="", new="", more=""):
    """The shipped table with one text replaced, or with more at its end."""
    assert old in TABLE
    path = tmp_path / "modes.toml"
    path.write_text(TABLE.replace(old, new, 1) + more, encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", list(Mode))
def test_every_row_names_its_source_day_and_how_sure_it_is(mode):
    for row in modes_book()[mode]:
        assert row.article.startswith("令55 第")
        assert row.source
        assert row.checked >= date(2026, 11, 30)
        assert row.confidence != "seen", "no national text says how a mode is done"
        assert row.words
        assert row.minutes >= 5


@pytest.mark.parametrize("mode", list(Mode))
def test_what_a_mode_may_not_judge_is_said_of_specialties_that_exist(mode):
    for row in modes_book()[mode]:
        assert set(row.cannot_specialties) <= set(SPECIALTIES)
        assert set(row.minutes_by_specialty) <= set(SPECIALTIES)
        assert all(len(code) == 3 for code in row.cannot_parts)


def test_hearing_is_said_of_the_ear_and_scars_of_the_face():
    parts = {code: reason for mode in Mode for row in modes_book()[mode] for code, reason in row.cannot_parts.items()}
    named = {part(code).name: reason for code, reason in parts.items()}
    assert named == {"耳": "听力须在隔音室测听", "面颌": "瘢痕和毁容须专家当面测量"}


def test_art_12_nobody_asks_for_the_hall_and_only_who_cannot_come_asks_for_a_visit():
    hall, clinic, home, video, enterprise, entrusted = mode_rules(on=ON, region="990100")
    assert (hall.asked_by, hall.consent, dict(hall.grounds)) == ((), "", {})
    assert set(home.grounds) == {"critical", "immobile", "institution"}
    assert home.needs_proof
    assert (clinic.promise_days, clinic.consent) == (10, "")
    assert "撤回同意" in home.consent
    assert "撤回同意" in video.consent
    assert (enterprise.asked_by, enterprise.least_people, enterprise.most_people) == (("employer",), 5, 50)
    assert "单位看不到我的病历" in enterprise.consent
    assert (entrusted.asked_by, set(entrusted.grounds)) == (("worker",), {"critical", "far"})
    assert all(words in entrusted.consent for words in ("证件号码", "病历", "只用于这一次鉴定", "撤回同意"))


def test_where_we_go_and_where_the_person_comes():
    assert {rule.mode: rule.where for rule in mode_rules(on=ON)} == {
        Mode.HALL: "ours",
        Mode.CLINIC: "ours",
        Mode.HOME: "theirs",
        Mode.VIDEO: "online",
        Mode.ENTERPRISE: "employer",
        Mode.ENTRUSTED: "away",
    }
    assert Mode.ENTRUSTED not in HELD_HERE, "there is no sitting of ours for who is entrusted to another committee"
    assert [rule.mode for rule in mode_rules(on=ON) if rule.has_rooms] == [Mode.HALL, Mode.CLINIC, Mode.ENTERPRISE]
    assert mode_rule("home", on=ON).comes_to_them


def test_each_reason_is_told_once():
    assert mode_rule("home", on=ON).reasons == ["视力、视野须用固定设备检查", "听力须在隔音室测听"]


def test_before_the_first_row_nothing_is_guessed():
    assert mode_rule("home", on=date(2025, 7, 1)).since == date(2025, 7, 1)
    with pytest.raises(NotInForce, match="上门鉴定"):
        mode_rule("home", on=date(2025, 6, 30))


def test_a_mode_that_is_none_is_refused():
    with pytest.raises(ValueError, match="balloon"):
        mode_rule("balloon", on=ON)


A_CITY = """
[[video.values]]
from = 2026-01-01
region = "990100"
article = "令55 第十二条"
asked_by = ["worker"]
minutes = 45
grounds = { far = "住在外县" }
answer_days = 1
words = ["按通知办理。"]
source = "云溪市办事规则（虚构）"
checked = 2026-11-30
confidence = "local"
"""


def test_the_rule_of_the_nearest_place_holds_from_its_day(tmp_path):
    rows = read_modes(a_table(tmp_path, old="[video]\n", new="[video]\n", more=A_CITY))[Mode.VIDEO]
    assert [(row.region, row.minutes, row.confidence) for row in rows] == [
        ("national", 30, "inference"),
        ("990100", 45, "local"),
    ]


def test_the_city_is_asked_before_the_nation(tmp_path, monkeypatch):
    table = read_modes(a_table(tmp_path, more=A_CITY))
    monkeypatch.setattr("gongjian.law.modes.modes_book", lambda: table)
    assert mode_rule("video", on=ON, region="990100").minutes == 45
    assert mode_rule("video", on=ON, region="990200").minutes == 30
    assert mode_rule("video", on=date(2025, 12, 31), region="990100").minutes == 30


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[video]", "[balloon]", "must describe exactly"),
        ("proof = true", "prooof = true", "unknown key"),
        ('where = "theirs"', 'where = "elsewhere"', "must be one of"),
        ("minutes = 60", 'minutes = "60"', "whole number"),
        ('asked_by = ["worker"]', "asked_by = []", "grounds are needed"),
        ("minutes_by_specialty = { neurology = 30, psychiatry = 40 }", "minutes_by_specialty = 3", "must be a table"),
        ('confidence = "inference"', 'confidence = "sure"', "must be one of"),
        ("from = 2025-07-01", 'from = 2025-07-01\nregion = "990100"', "without a region"),
    ],
)
def test_a_wrong_table_stops_the_loading_and_says_where(tmp_path, old, new, fault):
    with pytest.raises(LawDataWrong, match=fault):
        read_modes(a_table(tmp_path, old=old, new=new))


def test_rows_of_a_place_stand_in_the_order_of_their_days(tmp_path):
    earlier = A_CITY.replace("from = 2026-01-01", "from = 2025-10-01")
    with pytest.raises(LawDataWrong, match="in the order of their days"):
        read_modes(a_table(tmp_path, more=A_CITY + earlier))
