"""Dates and records in words."""

from datetime import UTC, date, datetime

import pytest

from gongjian.kernel.moment import ZONE
from gongjian.papers.forms.conclusion import SelfCare
from gongjian.papers.forms.wording import GRADE_WORDS, day_text, moment_text, plain
from gongjian.papers.tests.builders import CODE, a_clause, a_conclusion, a_receipt, a_termination_notice, an_imprint


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 5), "2026年3月5日"),
        (date(2025, 12, 31), "2025年12月31日"),
        (date(2028, 2, 29), "2028年2月29日"),
    ],
)
def test_a_date_is_said_in_chinese(day: date, text: str) -> None:
    assert day_text(day) == text


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 3, 5, 9, 5, tzinfo=ZONE), "2026年3月5日9时05分"),
        (datetime(2026, 3, 5, 0, 0, tzinfo=ZONE), "2026年3月5日0时00分"),
        (datetime(2026, 3, 5, 16, 0, tzinfo=UTC), "2026年3月6日0时00分"),
    ],
)
def test_an_instant_is_said_in_the_time_of_shanghai(instant: datetime, text: str) -> None:
    assert moment_text(instant) == text


def test_there_are_ten_grades() -> None:
    assert (len(GRADE_WORDS), GRADE_WORDS[0], GRADE_WORDS[9]) == (10, "一级", "十级")


def test_a_record_becomes_its_fields_and_what_follows_from_them() -> None:
    assert plain(a_clause()) == {
        "number": "5.9.2(10)",
        "grade": 9,
        "text": "一手示指两节缺失",
        "grade_word": "九级",
    }


def test_records_within_records_are_said_too() -> None:
    told = plain(a_conclusion())
    assert told["imprint"]["issued_on"] == "2026年3月5日"
    assert told["imprint"]["check_code_shown"] == "7K3M-9QX2-T4VB"
    assert [injury["part"] for injury in told["injuries"]] == ["右手示指", "右手中指"]
    assert told["outcome"] == {"grade": 9, "self_care": "无生活自理障碍", "grade_word": "九级"}


def test_instants_are_not_mistaken_for_dates() -> None:
    assert plain(a_receipt())["received_at"] == "2026年1月8日14时05分"


def test_an_enumeration_is_said_in_its_words() -> None:
    assert plain(SelfCare.MAJOR) == "生活大部分不能自理"
    assert plain(a_termination_notice())["head_item"] == "第一项"


def test_what_is_not_given_stays_empty() -> None:
    assert plain(a_conclusion())["basis"]["promotion"] is None


def test_the_imprint_carries_code_and_address() -> None:
    assert plain(an_imprint())["check_url"].endswith(CODE)
