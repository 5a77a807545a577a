"""Questions on which days are lost: each answered by hand from the articles and the calendar, then asked of the platform."""

import pytest

from gongjian.law import asking
from gongjian.law.errors import (
    ExtendedTwice,
    ExtensionTooLate,
    ExtensionTooLong,
    NotInForce,
    RuleError,
    StillPaused,
)


def due(limit: str, start: str, *told: str, **more) -> str:
    """told: events, "DAY:NAME"; a pause is written with two days, "A:B"."""
    pauses = [one for one in told if one[11:12].isdigit()]
    events = [one for one in told if not one[11:12].isdigit()]
    return asking.due(limit, start, events=events, pauses=pauses, **more)["due"]


# the question, what is asked, what the law answers
DAYS = [
    ("令55第39条：在途案件仍是60日", ("LA-DECIDE", "2025-06-20"), "2025-08-19"),
    ("在途的审核跨过施行日，5个工作日接着数", ("LA-REVIEW", "2025-06-27"), "2025-07-04"),
    ("施行前一日作出的结论按旧办法20日送达", ("LA-DELIVER", "2025-06-30"), "2025-07-20"),
    ("施行当日作出的结论15日送达", ("LA-DELIVER", "2025-07-01"), "2025-07-16"),
    ("施行前送达的结论，再次鉴定仍是15日", ("LA-REAPPEAL", "2025-06-25"), "2025-07-10"),
    ("2月29日作出的结论，满一年在2月28日，次日起可复查", ("LA-REVIEW-1Y", "2024-02-29"), "2025-03-01"),
    ("平年2月28日作出，满一年在闰年2月28日", ("LA-REVIEW-1Y", "2023-02-28"), "2024-02-29"),
    ("2月29日受伤，一年的最后一日是2月28日", ("WI-WRK-APPLY", "2024-02-29"), "2025-02-28"),
    ("8月31日起6个月，末日是2月28日；当日是调休上班的星期六，不顺延", ("WI-SUIT", "2025-08-31"), "2026-02-28"),
    ("末日是调休上班的星期六，不顺延", ("WI-RECONS", "2025-12-16"), "2026-02-14"),
    ("末日是春节假期第一天，顺延到假期后第一个工作日", ("WI-RECONS", "2025-12-17"), "2026-02-24"),
    ("末日是中秋，顺延到星期一", ("LA-REAPPEAL", "2026-09-10"), "2026-09-28"),
    ("末日是国庆节，顺延到10月8日", ("LA-REAPPEAL", "2026-09-16"), "2026-10-08"),
    ("末日是调休上班的星期日，不顺延", ("LA-REAPPEAL", "2026-09-05"), "2026-09-20"),
    ("工作日数过调休上班的星期日", ("LA-REVIEW", "2026-09-18"), "2026-09-24"),
    ("工作日跳过国庆、数过调休上班的星期六", ("LA-REVIEW", "2026-09-30"), "2026-10-13"),
    ("本单位的期限落在国庆节也不顺延", ("LA-DECIDE", "2026-08-02"), "2026-10-01"),
    ("公告送达30日", ("SV-PUBLIC", "2026-03-10"), "2026-04-09"),
    ("国外没有住所的公告60日", ("SV-PUBLIC", "2026-03-10", "2026-03-10:recipient_abroad"), "2026-05-09"),
    ("突发疾病死亡在五一前一天，5个工作日", ("WI-DEATH-REPORT", "2026-04-30"), "2026-05-11"),
    ("20个工作日跨过春节和两个调休上班日", ("SV-INFO", "2026-02-10"), "2026-03-16"),
    ("改期在收到申请之前就开始，只扣收到以后的日子", ("LA-DECIDE", "2026-03-02", "2026-02-20:2026-03-05"), "2026-05-04"),
    ("改期到收到当日为止，一日也不扣", ("LA-DECIDE", "2026-03-02", "2026-02-20:2026-03-02"), "2026-05-01"),
    ("两段改期重叠，重叠的日子只扣一次", ("LA-DECIDE", "2026-03-02", "2026-03-10:2026-03-20", "2026-03-15:2026-03-25"), "2026-05-17"),
    ("两段改期相接", ("LA-DECIDE", "2026-03-02", "2026-03-10:2026-03-14", "2026-03-15:2026-03-25"), "2026-05-17"),
    ("改期从最后一日开始", ("LA-DECIDE", "2026-03-02", "2026-05-01:2026-05-03"), "2026-05-04"),
    ("改期从届满的次日开始，不起作用", ("LA-DECIDE", "2026-03-02", "2026-05-02:2026-05-09"), "2026-05-01"),
    ("一段改期使另一段落入期限之内", ("LA-DECIDE", "2026-03-02", "2026-04-28:2026-04-30", "2026-05-03:2026-05-04"), "2026-05-06"),
    ("劳动争议的92日不计入一年", ("WI-WRK-APPLY", "2025-03-10", "2025-06-01:labour_dispute", "2025-09-01:labour_dispute_ended"), "2026-06-10"),
    ("五种情形之二重叠，只扣一次", ("WI-WRK-APPLY", "2025-03-10", "2025-06-01:labour_dispute", "2025-07-01:force_majeure", "2025-09-01:labour_dispute_ended", "2025-08-01:force_majeure_ended"), "2026-06-10"),
    ("中止的日子不计入60日认定期限", ("WI-DECIDE", "2026-03-02", "2026-03-20:judicial_decision_pending", "2026-04-20:judicial_decision_pending_ended"), "2026-06-01"),
    ("最后一日决定延长，还来得及", ("LA-DECIDE", "2026-03-02", "2026-05-01:decision_extended=30"), "2026-05-31"),
    ("改期使届满推后，届满之前决定延长，还来得及", ("LA-DECIDE", "2026-03-02", "2026-03-10:rescheduled=3", "2026-05-04:decision_extended=30"), "2026-06-03"),
    ("延长以后又改期", ("LA-DECIDE", "2026-03-02", "2026-04-20:decision_extended=30", "2026-05-10:2026-05-12"), "2026-06-03"),
    ("补齐材料之日重新起算60日", ("LA-DECIDE", "2026-03-02", "2026-03-16:materials_completed"), "2026-05-15"),
    ("停工留薪期自2月29日起12个月", ("TG-MAX", "2024-02-29"), "2025-02-28"),
    ("停工留薪期延长12个月", ("TG-MAX", "2024-02-29", "2025-02-20:stop_work_extended=12"), "2026-02-28"),
    ("档案保管50年", ("LA-ARCHIVE", "2026-02-28"), "2076-02-28"),
    ("没有被告知救济权利的，一年", ("WI-SUIT", "2026-03-02", "2026-03-02:not_informed_of_remedy"), "2027-03-02"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS])
def test_what_the_law_answers_to_a_hard_question(asked: tuple[str, ...], answer: str):
    assert due(*asked) == answer


@pytest.mark.parametrize(
    ("limit", "region", "start", "answer"),
    [
        ("WI-REVIEW", "330106", "2026-03-06", "2026-03-13"),
        ("WI-REVIEW", "330000", "2026-03-06", "2026-03-13"),
        ("WI-REVIEW", "320100", "2026-03-06", "2026-03-21"),
        ("WI-EVIDENCE", "410100", "2026-03-06", "2026-03-26"),
        ("LA-SUPPLEMENT", "990121", "2026-03-02", "2026-03-12"),
        ("LA-SUPPLEMENT", "990000", "2026-03-02", "2026-03-23"),
    ],
)
def test_the_county_follows_its_city_the_city_its_province_the_province_the_nation(limit, region, start, answer):
    assert due(limit, start, region=region) == answer


REFUSED = [
    ("延长在届满之后才决定", ("LA-DECIDE", "2026-03-02", "2026-05-02:decision_extended=30"), ExtensionTooLate),
    ("延长两次", ("LA-DECIDE", "2026-03-02", "2026-04-01:decision_extended=10", "2026-04-02:decision_extended=10"), ExtendedTwice),
    ("延长31日", ("LA-DECIDE", "2026-03-02", "2026-04-01:decision_extended=31"), ExtensionTooLong),
    ("条例修订以前的申请", ("LA-DECIDE", "2010-12-31"), NotInForce),
    ("令55以前没有补正期限", ("LA-SUPPLEMENT", "2025-06-30"), NotInForce),
    ("中止没有恢复，到期日还不能确定", ("WI-DECIDE", "2026-03-02", "2026-03-20:judicial_decision_pending"), StillPaused),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "refusal"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_the_law_does_not_allow_is_refused_not_guessed(asked: tuple[str, ...], refusal: type[RuleError]):
    with pytest.raises(refusal):
        due(*asked)


def test_the_employers_extension_has_no_national_cap_and_ninety_days_in_henan():
    assert due("WI-EMP-APPLY", "2026-03-02", "2026-03-20:employer_period_extended=120")
    with pytest.raises(ExtensionTooLong):
        due("WI-EMP-APPLY", "2026-03-02", "2026-03-20:employer_period_extended=91", region="410000")


@pytest.mark.parametrize(("start", "provisional"), [("2026-10-20", False), ("2026-11-30", True), ("2026-12-20", True)])
def test_what_runs_into_a_year_without_its_holidays_says_so(start: str, provisional: bool):
    assert asking.due("LA-DECIDE", start)["provisional"] is provisional


def test_a_limit_of_our_own_that_falls_on_a_holiday_is_to_be_done_before_it():
    found = asking.due("LA-DECIDE", "2026-08-02")
    assert (found["due"], found["act_by"]) == ("2026-10-01", "2026-09-30")


def test_the_answer_tells_by_whose_law_it_was_counted_when_the_law_changed_on_the_way():
    found = asking.due("LA-DECIDE", "2025-06-20")
    assert found["basis"] == "令55 第十条、条例 第二十五条"
    assert "令55 第三十九条" in {line["article"] for line in found["working"]}


@pytest.mark.parametrize(
    ("limit", "start", "events", "mark"),
    [
        ("WI-SUIT", "2026-03-02", ["2026-03-10:force_majeure", "2026-03-20:force_majeure_ended"], "memory"),
        ("WI-DECIDE", "2026-03-02", ["2026-03-10:labour_dispute", "2026-03-20:labour_dispute_ended"], "seen-2"),
        ("WI-DEATH-REPORT", "2026-03-02", [], "seen-2"),
        ("WI-EVIDENCE", "2026-03-05", [], "local"),
        ("LA-DECIDE", "2026-03-02", ["2026-03-16:materials_completed"], "inference"),
    ],
)
def test_an_answer_is_as_sure_as_the_least_sure_thing_it_rests_on(limit, start, events, mark):
    found = asking.due(limit, start, events=events)
    assert found["confidence"] == mark
    assert any("原文" in line["what"] or "没有明" in line["what"] for line in found["working"])
