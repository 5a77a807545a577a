"""Modes by place and day: the county before its city, the city before its province, the province before the nation, each from its day."""

from datetime import date
from itertools import product

import pytest

from gongjian.law.errors import LawDataWrong, NotInForce, RegionWrong
from gongjian.law.modes import Mode, mode_rule, mode_rules, modes_book, read_modes
from gongjian.law.parameters import DATA

TABLE = (DATA / "modes.toml").read_text(encoding="utf-8")
PROVINCE, CITY, COUNTY = "990000", "990100", "990121"


def a_row(mode, since, region=None, *, minutes=30, extra=""):
    """A row of a mode that somebody may ask for."""
    place = f'region = "{region}"\n' if region else ""
    return f"""
[[{mode}.values]]
from = {since}
{place}article = "令55 第十二条"
asked_by = ["worker"]
minutes = {minutes}
grounds = {{ far = "住在外县" }}
answer_days = 1
words = ["按通知办理。"]
source = "办事规则（虚构）"
checked = 2026-11-30
confidence = "local"
{extra}"""


@pytest.fixture
def of_rows(tmp_path, monkeypatch):
    """Ask the shipped table with further rows at its end."""

    def read(*rows):
        path = tmp_path / "modes.toml"
        path.write_text(TABLE + "".join(rows), encoding="utf-8")
        book = read_modes(path)
        monkeypatch.setattr("gongjian.law.modes.modes_book", lambda: book)
        return book

    return read


@pytest.mark.parametrize(
    ("region", "on", "minutes"),
    [
        (None, "2026-06-30", 30),
        ("110000", "2026-06-30", 30),
        (PROVINCE, "2025-12-31", 30),
        (PROVINCE, "2026-01-01", 11),
        ("990200", "2026-01-01", 11),
        (CITY, "2026-02-28", 11),
        (CITY, "2026-03-01", 22),
        ("990102", "2026-03-01", 22),
        (COUNTY, "2026-04-30", 22),
        (COUNTY, "2026-05-01", 33),
        (COUNTY, "2026-06-01", 44),
        (CITY, "2026-06-01", 22),
    ],
)
def test_a_row_holds_from_its_day_where_no_nearer_place_has_one(of_rows, region, on, minutes):
    of_rows(
        a_row("video", "2026-05-01", COUNTY, minutes=33),
        a_row("video", "2026-01-01", PROVINCE, minutes=11),
        a_row("video", "2026-06-01", COUNTY, minutes=44),
        a_row("video", "2026-03-01", CITY, minutes=22),
    )
    assert mode_rule("video", on=date.fromisoformat(on), region=region).minutes == minutes


def test_a_row_of_one_mode_changes_no_other(of_rows):
    before = mode_rules(on=date(2026, 6, 1), region=CITY)
    of_rows(a_row("home", "2026-01-01", CITY, minutes=90))
    after = mode_rules(on=date(2026, 6, 1), region=CITY)
    assert [(old.mode, new.minutes) for old, new in zip(before, after, strict=True) if old != new] == [("home", 90)]


def test_a_locality_may_begin_before_the_nation_and_is_then_alone(of_rows):
    of_rows(a_row("video", "2024-01-01", CITY, minutes=22))
    early = date(2025, 6, 30)
    assert mode_rule("video", on=early, region=COUNTY).minutes == 22
    with pytest.raises(NotInForce, match=r"远程视频鉴定.*2025"):
        mode_rule("video", on=early, region=PROVINCE)


@pytest.mark.parametrize("days", [("2026-03-01", "2026-01-01"), ("2026-01-01", "2026-01-01")])
def test_rows_of_a_place_out_of_order_are_found_though_another_place_stands_between(tmp_path, days):
    path = tmp_path / "modes.toml"
    first, second = (a_row("video", since, CITY) for since in days)
    path.write_text(TABLE + first + a_row("video", "2026-02-01", PROVINCE) + second, encoding="utf-8")
    with pytest.raises(LawDataWrong, match=f"rows of {CITY} must stand in the order of their days"):
        read_modes(path)


@pytest.mark.parametrize("region", ["9901", "99010", "9901000", "云溪市", "９９０１００", ""])
def test_a_place_in_which_no_case_can_lie_stops_the_loading(tmp_path, region):
    path = tmp_path / "modes.toml"
    path.write_text(
        TABLE + a_row("video", "2026-01-01").replace("article", f'region = "{region}"\narticle', 1), encoding="utf-8"
    )
    with pytest.raises(LawDataWrong, match="region"):
        read_modes(path)


def test_more_people_at_least_than_at_most_stops_the_loading(tmp_path):
    path = tmp_path / "modes.toml"
    for least, most, is_right in ((5, 4, False), (5, 5, True), (5, 6, True)):
        extra = f"least_people = {least}\nmost_people = {most}\n"
        path.write_text(TABLE + a_row("video", "2026-01-01", CITY, extra=extra), encoding="utf-8")
        if is_right:
            assert (read_modes(path)[Mode.VIDEO][-1].least_people, least) == (5, 5)
            continue
        with pytest.raises(LawDataWrong, match="least_people must not be more"):
            read_modes(path)


@pytest.mark.parametrize("region", ["9901", "abcdef", "990100 "])
def test_a_question_about_no_place_is_refused(region):
    with pytest.raises(RegionWrong):
        mode_rule("hall", on=date(2026, 6, 1), region=region)


@pytest.mark.parametrize(("mode", "region"), list(product(Mode, [None, PROVINCE, COUNTY, "440300"])))
def test_every_mode_has_one_rule_in_every_place_from_the_first_day_of_order_55_and_none_before(mode, region):
    assert mode_rule(mode, on=date(2025, 7, 1), region=region).mode == mode
    with pytest.raises(NotInForce):
        mode_rule(mode, on=date(2025, 6, 30), region=region)


def test_who_is_asked_to_agree_can_say_no_and_loses_nothing():
    for rule in mode_rules(on=date(2026, 6, 1)):
        assert bool(rule.consent) == (rule.where not in ("ours",))
        assert not rule.consent or "撤回同意" in rule.consent
    enterprise = modes_book()[Mode.ENTERPRISE][0].consent
    assert "单位的人不在场" in enterprise
    assert "不影响我的权利" in enterprise


def test_a_specialist_never_takes_less_time_than_anybody_and_a_promise_is_shorter_than_the_law():
    for rule in mode_rules(on=date(2026, 6, 1)):
        assert all(minutes >= rule.minutes for minutes in rule.minutes_by_specialty.values())
        assert not set(rule.minutes_by_specialty) & set(rule.cannot_specialties), "no time for what is not judged"
        assert rule.promise_days < 40, "sixty calendar days have about forty working days"


def test_an_ear_is_judged_only_where_a_sound_proof_room_is():
    for rule in mode_rules(on=date(2026, 6, 1)):
        assert ("ent" in rule.cannot_specialties) == (rule.where not in ("ours", "away")), (
            "another committee has one too"
        )
        assert ("050" in rule.cannot_parts) == ("ent" in rule.cannot_specialties)
