"""The working of a deadline in words: what a reader sees line by line."""

from datetime import date

import pytest

from gongjian.law.clock import Extension, Postponement, deadline
from gongjian.law.marks import NUMBER
from gongjian.law.working import Line, written


def day(text: str) -> date:
    return date.fromisoformat(text)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_the_working_of_a_plain_decision() -> None:
    assert deadline("LA-DECIDE", day("2026-02-10")).lines == (
        Line(
            day("2026-02-10"), "2026年2月10日收到鉴定申请；当日不计入，自2026年2月11日起计算。", "民法典 第二百零一条"
        ),
        Line(
            day("2026-04-11"),
            "作出劳动能力鉴定结论的期限为60日（自然日），计至2026年4月11日。",
            "令55 第十条、条例 第二十五条",
        ),
        Line(
            day("2026-04-11"),
            "最后一日为2026年4月11日，是休息日（周末）；本单位的期限不向后顺延，请在2026年4月10日（此前最后一个工作日）或之前办结。",
            "民法典 第二百零三条",
        ),
    )


def test_the_working_of_a_decision_postponed_twice_and_extended() -> None:
    found = deadline(
        "LA-DECIDE",
        day("2026-02-10"),
        postponements=[
            Postponement.between(day("2026-03-10"), day("2026-03-20")),
            Postponement.between(day("2026-03-05"), day("2026-03-12")),
        ],
        extensions=[Extension(30, day("2026-04-01"), reason="涉及专业较多")],
    )
    assert texts(found.lines) == [
        "2026年2月10日收到鉴定申请；当日不计入，自2026年2月11日起计算。",
        "作出劳动能力鉴定结论的期限为60日（自然日），计至2026年4月11日。",
        "2026年4月1日决定延长30日（理由：涉及专业较多），计至2026年5月11日。",
        "经同意改期鉴定：2026年3月5日至2026年3月11日共7日不计入期限。",
        "经同意改期鉴定：2026年3月10日至2026年3月19日共10日不计入期限。",
        "重叠的日子只算一次，期限之外的日子不算，共顺延15日，计至2026年5月26日。",
        "最后一日为2026年5月26日（星期二），当日24时截止。",
    ]
    assert [line.article for line in found.lines[2:5]] == ["令55 第十条", "令55 第十二条", "令55 第十二条"]


def test_working_days_tell_the_rest_days_stepped_over_and_the_weekends_worked() -> None:
    assert texts(deadline("LA-REVIEW", day("2026-02-12")).lines)[2:] == [
        "2026年2月14日（星期六）调休上班，计入工作日。",
        "2026年2月15日至2026年2月23日是休息日（春节），不计入工作日。",
        "最后一日为2026年2月26日（星期四），当日24时截止。",
    ]


def test_a_weekend_beside_a_holiday_is_one_run_of_rest_days() -> None:
    lines = texts(deadline("LA-REVIEW", day("2025-04-02")).lines)
    assert "2025年4月4日至2025年4月6日是休息日（清明节），不计入工作日。" in lines


def test_a_single_rest_day_is_told_as_one_day() -> None:
    lines = texts(deadline("LA-REVIEW", day("2026-02-25")).lines)
    assert "2026年3月1日是休息日（周末），不计入工作日。" in lines
    assert "2026年2月28日（星期六）调休上班，计入工作日。" in lines


def test_calendar_days_tell_no_rest_days_on_the_way() -> None:
    assert not any("不计入工作日" in text for text in texts(deadline("LA-DELIVER", day("2026-02-12")).lines))


def test_a_last_day_that_rolls_tells_both_days() -> None:
    assert deadline("LA-REAPPEAL", day("2026-02-03")).lines[-2] == Line(
        day("2026-02-24"),
        "期限的最后一日2026年2月18日是休息日（春节），以其后的第一个工作日2026年2月24日（星期二）为最后一日。",
        "民法典 第二百零三条",
    )


def test_a_door_that_opens_tells_from_what_day() -> None:
    assert deadline("LA-REVIEW-1Y", day("2025-08-14")).lines[-1] == Line(
        day("2026-08-15"), "期间于2026年8月14日届满，自2026年8月15日起可以办理。", "民法典 第二百零二条"
    )


def test_a_year_without_data_is_told_with_what_to_do() -> None:
    last = deadline("LA-DELIVER", day("2026-12-25")).lines[-1]
    assert last.day is None
    assert last.text.startswith("2027年的节假日安排尚未录入")
    assert "重新计算" in last.text


def test_each_unknown_year_is_told_once() -> None:
    lines = texts(deadline("LA-REVIEW", day("2023-12-29")).lines)
    assert [text[:5] for text in lines if "尚未录入" in text] == ["2023年", "2024年"]


@pytest.mark.parametrize(
    ("limit", "start", "region", "confidence", "source"),
    [
        ("LA-SUPPLEMENT", "2026-03-02", "990100", "local", "云溪市劳动能力鉴定办事规则（虚构）"),
        ("LA-REVIEW", "2025-06-02", None, "memory", "令21 第九条"),
        ("LA-DELIVER", "2025-06-02", None, "seen-2", "令21 第十五条"),
    ],
)
def test_an_answer_says_when_its_number_is_not_sure(
    limit: str, start: str, region: str | None, confidence: str, source: str
) -> None:
    assert Line(None, NUMBER[confidence], source) in deadline(limit, day(start), region=region).lines


def test_a_number_compared_with_the_text_needs_no_caveat() -> None:
    assert not set(NUMBER.values()) & set(texts(deadline("LA-DELIVER", day("2026-03-02")).lines))


@pytest.mark.parametrize(("text", "words"), [("2026-02-10", "2026年2月10日"), ("2026-12-01", "2026年12月1日")])
def test_a_day_is_written_as_in_a_paper(text: str, words: str) -> None:
    assert written(day(text)) == words


@pytest.mark.parametrize(
    "limit", ["LA-REVIEW", "LA-SUPPLEMENT", "LA-DECIDE", "LA-DELIVER", "LA-REAPPEAL", "LA-ARCHIVE"]
)
def test_every_line_is_a_whole_sentence(limit: str) -> None:
    lines = texts(deadline(limit, day("2026-03-02")).lines)
    assert len(lines) >= 3
    assert all(text.endswith("。") for text in lines)
