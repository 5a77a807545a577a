"""What the answers of any application must be: kept as typed, said in sentences, never more than a draft may hold. No database is asked."""

from datetime import date, timedelta

import pytest

from gongjian.applications import answers
from gongjian.applications.answers import LONGEST_MANDATE_DAYS, MUST, check_mandate_until, on_behalf
from gongjian.applications.errors import ReceivedDayWithoutReason
from gongjian.applications.rules import EARLIEST_ENTRY_DAYS, RELATIONS, check_received_day, day_of
from gongjian.applications.steps import Step
from gongjian.law.errors import DayOutOfBounds
from gongjian.parties.tests.builders import an_id_number

TODAY = date(2026, 3, 2)
STEP = Step("person", "职工", required=("name",), optional=("id_type", "id_number", "telephone", "parts", "day"))


def wrong(**told: object) -> dict[str, str]:
    checks = {**answers.PERSON, "parts": answers.parts, "day": answers.past("day")}
    return answers.faults(STEP, {"name": "林知远", **told}, on=TODAY, checks=checks, longest={"name": 4})


@pytest.mark.parametrize(
    "told",
    [
        {"name": "买买提江"},
        {"telephone": "19900000001"},
        {"day": "2026-03-02"},
        {"day": "1950-01-01"},
        {"parts": ["133:right", "133:left"]},
        {"id_type": "resident_id", "id_number": an_id_number(born="20090302")},
        {"id_type": "passport", "id_number": "E1234567"},
        {"id_type": "other", "id_number": "户口簿第3号"},
    ],
    ids=lambda told: next(iter(told.values())) if isinstance(told, dict) else str(told),
)
def test_minors_foreigners_and_who_has_another_paper_can_be_named(told):
    assert wrong(**told) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "林知远远远"),
        ("name", "林\x00"),
        ("telephone", "1990000000"),
        ("day", "2026-03-03"),
        ("day", "1949-12-31"),
        ("day", "2026-02-30"),
        ("day", "2026年3月2日"),
        ("day", "٢٠٢٦-٠٣-٠٢"),
        ("parts", ["133:middle"]),
        ("parts", ["\x00"]),
        ("id_type", "library_card"),
    ],
)
def test_a_wrong_answer_is_told_at_its_own_field_and_nowhere_else(field, value):
    assert list(wrong(**{field: value})) == [field]


def test_the_number_of_somebody_born_tomorrow_is_refused_without_being_repeated():
    number = an_id_number(born="20260303")
    said = wrong(id_type="resident_id", id_number=number)
    assert list(said) == ["id_number"]
    assert number not in said["id_number"]


def test_what_is_empty_and_asked_for_is_said_in_the_same_words():
    assert wrong(name="")["name"] == MUST


@pytest.mark.parametrize("relation", [*RELATIONS, "岳父", "", None])
def test_civil_code_art_1045_only_near_relatives_apply_as_such(relation):
    found = on_behalf({"capacity": "relative", "relation": relation}, TODAY)
    assert ("relation" in found) is (relation not in RELATIONS)


@pytest.mark.parametrize("capacity", ["worker", "employer", "union"])
def test_who_acts_for_themselves_is_asked_for_no_power(capacity):
    assert on_behalf({"capacity": capacity, "acts_for": "", "mandate_until": "1999-01-01"}, TODAY) == {}


@pytest.mark.parametrize(
    ("after", "fits"), [(-1, False), (0, True), (LONGEST_MANDATE_DAYS, True), (LONGEST_MANDATE_DAYS + 1, False)]
)
def test_civil_code_art_165_a_power_ends_neither_before_today_nor_out_of_sight(after, fits):
    until = TODAY + timedelta(days=after)
    found = on_behalf({"capacity": "agent", "acts_for": "worker", "mandate_until": until.isoformat()}, TODAY)
    assert (found == {}) is fits


def test_a_power_until_the_matter_is_done_has_no_day():
    check_mandate_until(None, on=TODAY)
    assert on_behalf({"capacity": "agent", "acts_for": "employer", "mandate_until": ""}, TODAY) == {}


@pytest.mark.parametrize("told", ["2026-03-02", TODAY])
def test_a_day_is_read_as_a_page_writes_it_and_as_the_window_hands_it_in(told):
    assert day_of(told) == TODAY


@pytest.mark.parametrize("told", ["", None, "2026-2-3", "2026-13-01", "20260302", "2026-W10-1", 20260302.5])
def test_what_is_no_day_of_the_calendar_is_none(told):
    assert day_of(told) is None


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [
        (0, "", None),
        (1, "邮寄申请", None),
        (EARLIEST_ENTRY_DAYS, "邮寄申请", None),
        (1, "  ", ReceivedDayWithoutReason),
        (EARLIEST_ENTRY_DAYS + 1, "邮寄申请", DayOutOfBounds),
        (-1, "邮寄申请", DayOutOfBounds),
    ],
)
def test_a_paper_came_on_a_day_that_was_and_an_earlier_one_is_explained(days, reason, refusal):
    def receive() -> None:
        check_received_day(TODAY - timedelta(days=days), today=TODAY, reason=reason)

    if refusal is None:
        receive()
        return
    with pytest.raises(refusal):
        receive()
