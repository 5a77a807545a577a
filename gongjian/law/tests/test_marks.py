"""How sure an answer is: every mark of what it rests on reaches the answer, as a word and as a sentence."""

from datetime import date

import pytest

from gongjian.law.clock import Deadline, Postponement, computed, deadline
from gongjian.law.history import Event, standing
from gongjian.law.limits import all_limits, limit
from gongjian.law.marks import NUMBER, PAUSE, weakest
from gongjian.law.parameters import Confidence, parameter


def day(text: str) -> date:
    return date.fromisoformat(text)


def remarks(found: Deadline) -> list[str]:
    return [line.text for line in found.lines if line.day is None]


@pytest.mark.parametrize(
    ("several", "least"),
    [
        (["seen"], "seen"),
        (["seen", "seen-2"], "seen-2"),
        (["seen-2", "local", "seen"], "local"),
        (["inference", "local"], "inference"),
        (["seen", "memory", "inference"], "memory"),
    ],
)
def test_an_answer_is_as_sure_as_the_least_sure_of_its_grounds(several: list[Confidence], least: str) -> None:
    assert weakest(several) == least


@pytest.mark.parametrize(
    ("limit_id", "start", "confidence"),
    [
        ("LA-DECIDE", "2026-03-02", "seen"),
        ("LA-DELIVER", "2025-06-02", "seen-2"),
        ("LA-REVIEW", "2025-06-02", "memory"),  # the number of 令21, and the year's rest days
        ("LA-REVIEW", "2025-09-22", "memory"),  # the number is seen, the year's rest days are not
        ("LA-REVIEW", "2026-03-02", "seen-2"),
        ("LA-SUPPLEMENT", "2026-03-02", "local"),
        ("LA-REAPPEAL", "2026-03-02", "seen-2"),  # ends on a working day, by the arrangement of 2026
        ("LA-REAPPEAL", "2026-03-06", "memory"),  # rolls over a weekend: what a statutory rest day is
        ("LA-REAPPEAL", "2026-01-30", "memory"),  # ends on a weekend that is worked
        ("LA-ARCHIVE", "2026-03-02", "inference"),
        ("LOG-KEEP", "2026-03-02", "memory"),
        ("LOG-KEEP", "2025-03-02", "seen"),
        ("WI-DEATH-REPORT", "2026-03-02", "seen-2"),
        ("WI-SUIT", "2016-03-01", "memory"),
    ],
)
def test_every_answer_carries_its_weakest_mark(limit_id: str, start: str, confidence: str) -> None:
    assert deadline(limit_id, day(start)).confidence == confidence


@pytest.mark.parametrize("limit_id", all_limits())
def test_an_answer_that_rests_on_memory_says_so_and_no_other_does(limit_id: str) -> None:
    found = deadline(limit_id, day("2026-03-02"))
    is_told = any("尚未与条文原文核对，请以原文为准" in text or "尚未与国务院" in text for text in remarks(found))
    assert is_told is (found.confidence == "memory")


def test_a_year_kept_from_memory_is_told() -> None:
    found = deadline("LA-REVIEW", day("2025-09-22"))
    assert "2025年的节假日安排尚未与国务院办公厅的通知原文核对。" in remarks(found)


def test_a_ground_kept_from_memory_is_told_once_however_often_it_was_used() -> None:
    events = [
        Event(day("2026-03-02"), "recognition_delivered"),
        Event(day("2026-03-10"), "not_own_fault", 5),
        Event(day("2026-04-10"), "not_own_fault", 5),
    ]
    found = standing(limit("WI-SUIT"), events, day("2026-05-01")).deadline
    assert found.confidence == "memory"
    assert remarks(found).count(PAUSE["memory"]) == 1


def test_a_new_start_that_rests_on_a_reading_says_so() -> None:
    events = [Event(day("2026-03-02"), "application_received"), Event(day("2026-03-12"), "materials_completed")]
    found = standing(limit("LA-DECIDE"), events, day("2026-04-01")).deadline
    assert found.confidence == "inference"
    assert "补正材料后作出结论的期限从何日起算：这是通行理解，条文没有明写。" in remarks(found)


@pytest.mark.parametrize(("region", "confidence"), [("370100", "seen-2"), ("410100", "memory")])
def test_an_extension_carries_the_mark_of_the_number_that_caps_it(region: str, confidence: str) -> None:
    events = [Event(day("2026-03-03"), "injured_or_diagnosed"), Event(day("2026-03-20"), "employer_period_extended", 5)]
    found = standing(limit("WI-EMP-APPLY"), events, day("2026-03-25"), region=region).deadline
    assert found.confidence == confidence
    assert any("最多可以延长的天数" in text for text in remarks(found)) is (confidence == "memory")


def test_a_pause_that_moved_nothing_leaves_no_mark() -> None:
    late = Postponement(5, day("2027-03-10"), confidence="memory")
    assert computed(limit("LA-DECIDE"), day("2026-03-02"), postponements=[late]).confidence == "seen"


@pytest.mark.parametrize(("confidence", "words"), NUMBER.items())
def test_every_unsure_number_has_a_whole_sentence(confidence: str, words: str) -> None:
    assert confidence != "seen"
    assert words.endswith("。")


def test_the_reading_of_a_rest_day_is_a_dated_value_with_its_mark() -> None:
    reading = parameter("rest_days", on=day("2026-03-02"))
    assert (reading.word, reading.confidence) == ("weekends_and_arranged", "memory")
    assert parameter("last_day_ends", on=day("2026-03-02")).confidence == "seen"
