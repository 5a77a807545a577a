"""Dated parameters: which value holds on which day in which region, and what the files may not contain."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.errors import LawDataWrong, NotFixed, NotInForce, ParameterUnknown, RegionWrong
from gongjian.law.parameters import (
    CONFIDENCES,
    DATA,
    NATIONAL,
    UNITS,
    Parameter,
    ParameterBook,
    book,
    parameter,
    places,
)

TODAY = date(2026, 11, 30)
LAW_OF_21_BEGAN = date(2014, 4, 1)
LAW_OF_55_BEGAN = date(2025, 7, 1)

NATIONAL_FILE = """
[deliver_days]
title = "送达鉴定结论的期限"
unit = "calendar day"
[[deliver_days.values]]
from = 2014-04-01
value = 20
source = "令21 第十五条"
checked = 2026-11-22
confidence = "memory"
[[deliver_days.values]]
from = 2025-07-01
value = 15
source = "令55 第十七条"
checked = 2026-11-22
confidence = "seen"
"""
REGION_FILE = """
[[deliver_days.values]]
from = 2026-01-01
value = {value}
source = "当地规定"
checked = 2026-11-22
confidence = "local"
"""


def a_book(folder: Path, national: str = NATIONAL_FILE, **regions: str) -> ParameterBook:
    (folder / "national.toml").write_text(national, encoding="utf-8")
    for region, text in regions.items():
        (folder / f"{region.removeprefix('r')}.toml").write_text(text, encoding="utf-8")
    return ParameterBook(folder)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("review_days", 5, "working day"),
        ("supplement_days", 15, "calendar day"),
        ("decide_days", 60, "calendar day"),
        ("decide_extension_days", 30, "calendar day"),
        ("deliver_days", 15, "calendar day"),
        ("second_appraisal_days", 15, "calendar day"),
        ("review_appraisal_years", 1, "year"),
        ("sickness_reapply_years", 1, "year"),
        ("group_sizes", (3, 5), "person"),
        ("conclude_days", 5, "working day"),
        ("notice_lead_days", 3, "working day"),
        ("reschedule_wait_days", 90, "calendar day"),
        ("no_show_limit", 1, "time"),
        ("expert_term_years", 3, "year"),
        ("pool_adjust_years", 3, "year"),
        ("retention_years", 50, "year"),
        ("public_notice_days", 30, "calendar day"),
        ("clock_start_after_supplement", "complete_receipt", "choice"),
    ],
)
def test_the_national_value_of_today(name: str, value: object, unit: str) -> None:
    found = parameter(name, on=TODAY)
    assert (found.value, found.unit, found.region) == (value, unit, NATIONAL)


@pytest.mark.parametrize(
    ("on", "days", "source"),
    [
        (date(2014, 4, 1), 20, "令21 第十五条"),
        (date(2025, 6, 30), 20, "令21 第十五条"),
        (date(2025, 7, 1), 15, "令55 第十七条"),
        (date(2026, 11, 22), 15, "令55 第十七条"),
    ],
)
def test_delivery_changed_from_20_to_15_days_on_the_day_ministry_order_55_came_into_force(
    on: date, days: int, source: str
) -> None:
    found = parameter("deliver_days", on=on)
    assert (found.value, found.source) == (days, source)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("review_days", LAW_OF_21_BEGAN),
        ("deliver_days", LAW_OF_21_BEGAN),
        ("supplement_days", LAW_OF_55_BEGAN),
        ("conclude_days", LAW_OF_55_BEGAN),
        ("notice_lead_days", LAW_OF_55_BEGAN),
        ("reschedule_wait_days", LAW_OF_55_BEGAN),
        ("no_show_limit", LAW_OF_55_BEGAN),
        ("sickness_reapply_years", LAW_OF_55_BEGAN),
        ("decide_days", date(2011, 1, 1)),
        ("second_appraisal_days", date(2011, 1, 1)),
        ("public_notice_days", date(2022, 1, 1)),
    ],
)
def test_the_first_day_has_a_value_and_the_day_before_is_refused(name: str, first: date) -> None:
    assert parameter(name, on=first).since == first
    with pytest.raises(NotInForce):
        parameter(name, on=date.fromordinal(first.toordinal() - 1))


def test_the_refusal_of_an_early_day_names_the_thing_and_both_days() -> None:
    with pytest.raises(NotInForce) as refused:
        parameter("deliver_days", on=date(2014, 3, 31))
    assert str(refused.value) == "“送达鉴定结论的期限”自2014-04-01起才有规定，不能用于2014-03-31。请核对日期。"
    assert refused.value.facts["first"] == LAW_OF_21_BEGAN


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ParameterUnknown) as refused:
        parameter("delivery_weeks", on=TODAY)
    assert refused.value.facts == {"name": "delivery_weeks"}


@pytest.mark.parametrize(
    ("region", "days", "from_file"),
    [
        (None, 15, NATIONAL),
        ("370100", 15, NATIONAL),
        ("990000", 20, "990000"),
        ("990200", 20, "990000"),
        ("990221", 20, "990000"),
        ("990100", 10, "990100"),
        ("990121", 10, "990100"),
        ("990122", 10, "990100"),
    ],
)
def test_the_nearest_region_that_says_something_is_followed(region: str | None, days: int, from_file: str) -> None:
    found = parameter("supplement_days", on=TODAY, region=region)
    assert (found.value, found.region) == (days, from_file)


def test_a_city_that_is_silent_follows_its_province() -> None:
    assert parameter("notice_lead_days", on=TODAY, region="990100").region == "990000"


def test_a_region_that_is_silent_follows_the_nation() -> None:
    assert parameter("deliver_days", on=TODAY, region="990100").region == NATIONAL


@pytest.mark.parametrize("region", ["", "37", "3701000", "37010a", "山东省济南市", "３７０１００", "370100\n"])
def test_a_region_is_six_digits(region: str) -> None:
    with pytest.raises(RegionWrong):
        parameter("deliver_days", on=TODAY, region=region)


@pytest.mark.parametrize(
    ("region", "files"),
    [
        (None, (NATIONAL,)),
        ("990000", ("990000", NATIONAL)),
        ("990100", ("990100", "990000", NATIONAL)),
        ("990121", ("990121", "990100", "990000", NATIONAL)),
    ],
)
def test_the_files_are_asked_nearest_first(region: str | None, files: tuple[str, ...]) -> None:
    assert places(region) == files


def test_a_county_may_have_a_value_of_its_own(tmp_path: Path) -> None:
    values = a_book(tmp_path, r990100=REGION_FILE.format(value=10), r990121=REGION_FILE.format(value=7))
    assert values.parameter("deliver_days", on=TODAY, region="990121").value == 7
    assert values.parameter("deliver_days", on=TODAY, region="990122").value == 10


@pytest.mark.parametrize(("on", "days"), [(date(2025, 12, 31), 15), (date(2026, 1, 1), 10)])
def test_before_the_first_local_value_the_wider_one_holds(tmp_path: Path, on: date, days: int) -> None:
    values = a_book(tmp_path, r990100=REGION_FILE.format(value=10))
    assert values.parameter("deliver_days", on=on, region="990100").value == days


def test_a_local_value_has_the_title_and_unit_of_the_national_one(tmp_path: Path) -> None:
    found = a_book(tmp_path, r990100=REGION_FILE.format(value=10)).parameter("deliver_days", on=TODAY, region="990100")
    assert (found.title, found.unit) == ("送达鉴定结论的期限", "calendar day")


def test_the_history_is_told_oldest_first() -> None:
    assert [one.value for one in book().history("deliver_days")] == [20, 15]


def test_the_history_of_a_silent_region_is_empty() -> None:
    assert book().history("deliver_days", "990100") == ()


def test_the_history_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(ParameterUnknown):
        book().history("delivery_weeks")


def test_the_regions_with_a_file_are_known() -> None:
    assert book().regions() == ("330000", "410000", "990000", "990100")


def a_parameter(value: int | str | tuple[int, ...]) -> Parameter:
    return Parameter("some", "某期限", "year", value, TODAY, "令55", TODAY, "seen", NATIONAL)


def test_a_number_a_list_and_a_word_are_given_as_what_they_are() -> None:
    assert a_parameter(15).number == 15
    assert a_parameter((3, 5)).numbers == (3, 5)
    assert a_parameter("complete_receipt").word == "complete_receipt"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ((3, 5), "number"),
        ("complete_receipt", "number"),
        (15, "numbers"),
        ("complete_receipt", "numbers"),
        (15, "word"),
        ((3, 5), "word"),
    ],
)
def test_asking_for_the_wrong_kind_is_a_programming_error(value: int | str | tuple[int, ...], kind: str) -> None:
    with pytest.raises(TypeError):
        getattr(a_parameter(value), kind)


def test_every_value_that_comes_with_the_platform_has_source_date_and_confidence() -> None:
    values = [
        one
        for name in book().descriptions
        for place in (NATIONAL, *book().regions())
        for one in book().history(name, place)
    ]
    assert all(one.source and one.checked <= TODAY and one.confidence in CONFIDENCES for one in values)
    assert {one.unit for one in values} <= set(UNITS)


def test_every_invented_place_marks_its_values_as_local() -> None:
    invented = [place for place in book().regions() if place.startswith("99")]
    values = [one for name in book().descriptions for place in invented for one in book().history(name, place)]
    assert {one.confidence for one in values} == {"local"}


def test_the_platform_is_read_from_its_own_data_folder() -> None:
    assert (DATA / "national.toml").is_file()


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('title = "送达鉴定结论的期限"', "", "title is missing"),
        ('unit = "calendar day"', 'unit = "fortnight"', "unit must be one of"),
        ('unit = "calendar day"', 'unit = "calendar day"\nunits = 1', "unknown key units"),
        ('unit = "calendar day"', 'unit = "choice"', "choices is missing"),
        ('unit = "calendar day"', 'unit = "choice"\nchoices = ["a", "b"]', "value must be one of a, b"),
        ("value = 20", 'value = "20"', "value must be a whole number"),
        ("value = 20", "value = 0", "value must be a whole number"),
        ("value = 20", "value = -5", "value must be a whole number"),
        ("value = 20", "value = 1.5", "value must be a whole number"),
        ("value = 20", "value = true", "value must be a whole number"),
        ("value = 20", "value = []", "value must be a whole number"),
        ("value = 20", "value = [3, 0]", "value must be a whole number"),
        ("value = 20", "", "value is missing"),
        ("value = 20", "value = 20\nnote = 1", "unknown key note"),
        ("from = 2014-04-01", 'from = "2014-04-01"', "from must be a date"),
        ("from = 2014-04-01", "from = 2025-07-01", "in the order of their days"),
        ("from = 2014-04-01", "from = 2025-07-02", "in the order of their days"),
        ('source = "令21 第十五条"', "", "source is missing"),
        ('confidence = "memory"', 'confidence = "sure"', "confidence must be one of"),
        ('confidence = "memory"', "", "confidence is missing"),
    ],
)
def test_a_faulty_national_file_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in NATIONAL_FILE
    with pytest.raises(LawDataWrong, match=fault):
        a_book(tmp_path, NATIONAL_FILE.replace(good, bad, 1))


def test_a_parameter_without_values_stops_the_loading(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match="has no values"):
        a_book(tmp_path, '[deliver_days]\ntitle = "期限"\nunit = "year"\nvalues = []\n')


def test_a_region_may_not_bring_a_parameter_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match=r"990100\.toml: \[lunch_days\] no national parameter"):
        a_book(tmp_path, r990100=REGION_FILE.format(value=1).replace("deliver_days", "lunch_days"))


def test_a_region_may_not_change_title_or_unit(tmp_path: Path) -> None:
    changed = '[deliver_days]\nunit = "working day"\n' + REGION_FILE.format(value=1)
    with pytest.raises(LawDataWrong, match="unknown key unit"):
        a_book(tmp_path, r990100=changed)


def test_the_file_of_a_region_is_named_by_six_digits(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match=r"9901\.toml"):
        a_book(tmp_path, r9901=REGION_FILE.format(value=1))


def test_a_folder_without_a_national_file_stops_the_loading(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match=r"national\.toml"):
        ParameterBook(tmp_path)


LOCAL_FILE = """
[cap_days]
title = "最多可以延长的天数"
unit = "calendar day"
local = true
"""


def test_a_number_left_to_the_localities_is_refused_where_nobody_set_it(tmp_path: Path) -> None:
    one = a_book(tmp_path, LOCAL_FILE, r990100=REGION_FILE.format(value=9).replace("deliver_days", "cap_days"))
    assert one.parameter("cap_days", on=TODAY, region="990121").value == 9
    with pytest.raises(NotFixed, match="最多可以延长的天数"):
        one.parameter("cap_days", on=TODAY)
    with pytest.raises(NotFixed):
        one.parameter("cap_days", on=date(2025, 12, 31), region="990100")


def test_a_number_left_to_the_localities_has_no_national_value(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match="is left to the localities"):
        a_book(tmp_path, LOCAL_FILE + REGION_FILE.format(value=9).replace("deliver_days", "cap_days"))


def test_a_value_may_be_of_another_unit_of_time(tmp_path: Path) -> None:
    changed = REGION_FILE.format(value=5).replace("value = 5", 'value = 5\nunit = "working day"')
    one = a_book(tmp_path, r990100=changed)
    assert one.parameter("deliver_days", on=TODAY, region="990100").unit == "working day"
    assert one.parameter("deliver_days", on=TODAY).unit == "calendar day"


@pytest.mark.parametrize("unit", ["person", "choice", "fortnight"])
def test_a_value_of_no_unit_of_time_stops_the_loading(tmp_path: Path, unit: str) -> None:
    changed = REGION_FILE.format(value=5).replace("value = 5", f'value = 5\nunit = "{unit}"')
    with pytest.raises(LawDataWrong, match="unit must be one of"):
        a_book(tmp_path, r990100=changed)


def test_what_is_no_length_of_time_has_one_unit(tmp_path: Path) -> None:
    changed = NATIONAL_FILE.replace('unit = "calendar day"', 'unit = "person"').replace(
        "value = 20", 'value = 20\nunit = "year"'
    )
    with pytest.raises(LawDataWrong, match="only a length of time may have a unit of its own"):
        a_book(tmp_path, changed)


TIME_FILE = NATIONAL_FILE.replace('unit = "calendar day"', 'unit = "time of day"').replace(
    "value = 20", 'value = "24:00"'
)


@pytest.mark.parametrize("time", ["00:00", "09:05", "17:30", "23:59", "24:00"])
def test_a_time_of_day_is_a_value(tmp_path: Path, time: str) -> None:
    one = a_book(tmp_path, TIME_FILE.replace("value = 15", f'value = "{time}"'))
    assert one.parameter("deliver_days", on=TODAY).word == time


@pytest.mark.parametrize("time", ['"24:01"', '"5:30"', '"17.30"', '"25:00"', "17", '""', '"17:60"'])
def test_what_is_no_time_of_day_stops_the_loading(tmp_path: Path, time: str) -> None:
    with pytest.raises(LawDataWrong, match="value must be a time of day"):
        a_book(tmp_path, TIME_FILE.replace("value = 15", f"value = {time}"))


def test_national_numbers_may_stand_in_several_files_but_each_only_once(tmp_path: Path) -> None:
    (tmp_path / "national_more.toml").write_text(NATIONAL_FILE.replace("deliver_days", "lunch_days"), "utf-8")
    one = a_book(tmp_path)
    assert set(one.descriptions) == {"deliver_days", "lunch_days"}
    assert one.parameter("lunch_days", on=TODAY).value == 15
    (tmp_path / "national_more.toml").write_text(NATIONAL_FILE, "utf-8")
    with pytest.raises(LawDataWrong, match=r"national_more\.toml: \[deliver_days\] stands in two files"):
        ParameterBook(tmp_path)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("recognition_decide_days", date(2011, 1, 1)),
        ("death_report_days", date(2013, 4, 25)),
        ("reconsideration_reply_days", date(2024, 1, 1)),
        ("suit_months", date(2015, 5, 1)),
        ("device_decide_days", date(2016, 4, 1)),
        ("disclosure_days", date(2019, 5, 15)),
        ("stop_notice_days", date(2023, 12, 1)),
        ("privacy_assessment_years", date(2021, 11, 1)),
        ("log_months", date(2017, 6, 1)),
    ],
)
def test_every_number_begins_with_its_law(name: str, first: date) -> None:
    assert parameter(name, on=first).since == first
    with pytest.raises(NotInForce):
        parameter(name, on=date.fromordinal(first.toordinal() - 1))
