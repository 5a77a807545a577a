"""The limits as data: each of the thirty-seven and the one beside them, with its length, unit, start, end, what moves it, and how sure it is."""

from datetime import date
from pathlib import Path

import pytest

from gongjian.law.errors import LawDataWrong, LimitUnknown, NotInForce
from gongjian.law.events import vocabulary
from gongjian.law.limits import Limit, all_limits, extension_events, limit, read_limits
from gongjian.law.parameters import book, parameter

TODAY = date(2026, 11, 22)
D, W, M, Y = "calendar day", "working day", "month", "year"

TABLE = [
    ("WI-EMP-APPLY", "party", 30, D, "injured_or_diagnosed", "last_day", "条例 第十七条、令8 第四条", "seen"),
    ("WI-WRK-APPLY", "party", 1, Y, "injured_or_diagnosed", "last_day", "条例 第十七条、令8 第五条", "seen"),
    ("WI-DEATH-REPORT", "party", 5, W, "sudden_death", "last_day", "人社部发〔2013〕34号 第六条", "seen-2"),
    ("WI-REVIEW", "own", 15, D, "recognition_application_received", "last_day", "令8 第八条", "seen"),
    ("WI-REVIEW-2", "own", 15, D, "recognition_materials_completed", "last_day", "令8 第八条", "seen"),
    ("WI-SUPPLEMENT", "party", 15, D, "recognition_supplement_notified", "last_day", "令8 第八条", "local"),
    ("WI-DECIDE", "own", 60, D, "recognition_accepted", "last_day", "条例 第二十条、令8 第十八条", "seen"),
    (
        "WI-DECIDE-FAST",
        "own",
        15,
        D,
        "recognition_accepted_simple",
        "last_day",
        "条例 第二十条、令8 第二十一条",
        "seen",
    ),
    ("WI-EVIDENCE", "party", 15, D, "evidence_notice_delivered", "last_day", "令8 第十七条", "local"),
    ("WI-DELIVER", "own", 20, D, "recognition_decided", "last_day", "令8 第二十二条", "seen"),
    ("WI-RECONS", "party", 60, D, "recognition_delivered", "last_day", "复议法 第二十条", "seen"),
    ("WI-SUIT", "party", 6, M, "recognition_delivered", "last_day", "行诉法 第四十六条", "seen"),
    ("WI-SUIT-AFTER", "party", 15, D, "reconsideration_decision_received", "last_day", "行诉法 第四十五条", "seen"),
    (
        "WI-REPLY-RECONS",
        "own",
        10,
        W,
        "reconsideration_copy_received",
        "last_day",
        "复议法 第四十八条、复议法 第八十八条",
        "seen",
    ),
    ("WI-REPLY-COURT", "own", 15, D, "complaint_received", "last_day", "行诉法 第六十七条", "seen"),
    ("WI-ARCHIVE", "own", 50, Y, "recognition_closed", "lasts", "令8 第二十四条", "seen"),
    ("LA-REVIEW", "own", 5, W, "application_received", "last_day", "令55 第十条", "seen"),
    ("LA-SUPPLEMENT", "party", 15, D, "supplement_notice_delivered", "last_day", "令55 第十条", "local"),
    ("LA-DECIDE", "own", 60, D, "application_received", "last_day", "令55 第十条、条例 第二十五条", "seen"),
    ("LA-DECIDE-EXT", "own", 30, D, "decision_due", "last_day", "令55 第十条、条例 第二十五条", "seen"),
    ("LA-DELIVER", "own", 15, D, "conclusion_made", "last_day", "令55 第十七条", "seen"),
    ("LA-REAPPEAL", "party", 15, D, "conclusion_delivered", "last_day", "令55 第十九条、条例 第二十六条", "seen"),
    ("LA-REVIEW-1Y", "party", 1, Y, "conclusion_made", "earliest", "令55 第二十条、条例 第二十八条", "seen"),
    ("LA-REAPPLY-SICK", "party", 1, Y, "effective_conclusion_made", "earliest", "令55 第二十一条", "seen"),
    ("LA-EXPERT-TERM", "own", 3, Y, "expert_appointed", "lasts", "令55 第二十四条", "seen"),
    ("LA-POOL-ADJUST", "own", 3, Y, "pool_adjusted", "last_day", "令55 第二十五条", "seen"),
    ("LA-ARCHIVE", "own", 50, Y, "case_closed", "lasts", "令55 第二十三条", "inference"),
    ("AD-REVIEW", "own", 5, W, "device_application_received", "last_day", "令27 第八条", "seen"),
    ("AD-DECIDE", "own", 60, D, "device_application_received", "last_day", "令27 第八条", "seen"),
    ("AD-DELIVER", "own", 20, D, "device_conclusion_made", "last_day", "令27 第十一条", "seen"),
    ("TG-MAX", "party", 12, M, "injured", "lasts", "条例 第三十三条", "seen"),
    ("TG-EXT", "party", 12, M, "stop_work_base_ended", "lasts", "条例 第三十三条", "seen"),
    ("SV-PUBLIC", "own", 30, D, "public_notice_issued", "lasts", "民诉法 第九十五条", "seen"),
    ("SV-INFO", "own", 20, W, "disclosure_requested", "last_day", "信息公开条例 第三十三条", "seen"),
    ("SI-NOTIFY-STOP", "party", 20, W, "benefit_stop_event", "last_day", "令765 第二十五条", "seen"),
    ("SI-MANUAL-CLAIM", "own", 20, W, "claim_received", "last_day", "令765 第二十二条", "seen"),
    ("PI-PIA-KEEP", "own", 3, Y, "privacy_assessed", "lasts", "个保法 第五十六条", "seen"),
    ("LOG-KEEP", "own", 6, M, "log_written", "lasts", "网安法 第二十一条", "memory"),
]


@pytest.mark.parametrize(
    ("limit_id", "who", "length", "unit", "start_event", "kind", "article", "confidence"),
    TABLE,
    ids=lambda one: str(one),
)
def test_each_of_the_limits(
    limit_id: str, who: str, length: int, unit: str, start_event: str, kind: str, article: str, confidence: str
) -> None:
    found = limit(limit_id)
    number = parameter(found.parameter, on=TODAY)
    assert (found.who, number.number, number.unit, number.confidence) == (who, length, unit, confidence)
    assert (found.start_event, found.kind, found.article(TODAY)) == (start_event, kind, article)


def test_the_table_names_them_all_and_they_are_thirty_seven_and_one_that_the_notice_of_what_is_missing_sets() -> None:
    assert len({row[0] for row in TABLE}) == len(TABLE) == 38
    assert {row[0] for row in TABLE} == set(all_limits())


MOVED = {
    "LA-DECIDE": {"rescheduled"},
    "LA-DECIDE-EXT": {"rescheduled"},
    "WI-WRK-APPLY": {
        "other_by_law",
        "force_majeure",
        "liberty_restricted",
        "employer_cause",
        "registration_failed",
        "labour_dispute",
    },
    "WI-DECIDE": {"judicial_decision_pending", "labour_dispute"},
    "WI-DECIDE-FAST": {"judicial_decision_pending", "labour_dispute"},
    "WI-RECONS": {"force_majeure", "other_good_reason"},
    "WI-SUIT": {"force_majeure", "not_own_fault"},
    "WI-SUIT-AFTER": {"force_majeure", "not_own_fault"},
    "SV-INFO": {"third_party_consulted"},
}


@pytest.mark.parametrize("limit_id", [row[0] for row in TABLE])
def test_only_what_the_law_names_lets_days_not_count(limit_id: str) -> None:
    assert {ground.name for ground in limit(limit_id).pauses} == MOVED.get(limit_id, set())


EXTENDED = {
    "LA-DECIDE": ("decide_extension_days", 30, 1, "劳动能力鉴定委员会"),
    "AD-DECIDE": ("device_extension_days", 30, 1, "劳动能力鉴定委员会"),
    "TG-MAX": ("stop_work_extension_months", 12, 1, "设区的市级劳动能力鉴定委员会"),
    "SV-INFO": ("disclosure_extension_days", 20, 1, "政府信息公开工作机构负责人"),
}


@pytest.mark.parametrize("limit_id", EXTENDED)
def test_who_may_extend_by_how_much_and_how_often(limit_id: str) -> None:
    rule = limit(limit_id).extension
    assert rule is not None
    assert (rule.most, parameter(rule.most, on=TODAY).number, rule.times, rule.by) == EXTENDED[limit_id]


def test_the_employers_period_is_extended_by_approval_without_a_national_number() -> None:
    rule = limit("WI-EMP-APPLY").extension
    assert rule is not None
    assert (rule.times, rule.by, rule.article) == (None, "社会保险行政部门", "条例 第十七条")


def test_nothing_else_is_extended() -> None:
    assert {one.id for one in all_limits().values() if one.extension} == {*EXTENDED, "WI-EMP-APPLY"}
    assert extension_events() == {one.extension.event for one in all_limits().values() if one.extension}


def test_only_the_decision_runs_anew_when_the_papers_are_complete() -> None:
    restarted = {one.id: one.restart for one in all_limits().values() if one.restart}
    assert list(restarted) == ["LA-DECIDE"]
    assert (restarted["LA-DECIDE"].event, restarted["LA-DECIDE"].word) == ("materials_completed", "complete_receipt")


@pytest.mark.parametrize(
    ("limit_id", "event", "length", "unit"),
    [
        ("SV-PUBLIC", "recipient_abroad", 60, D),
        ("WI-RECONS", "not_informed_of_remedy", 1, Y),
        ("WI-SUIT", "not_informed_of_remedy", 1, Y),
    ],
)
def test_a_fact_puts_another_number_in_place(limit_id: str, event: str, length: int, unit: str) -> None:
    rule = limit(limit_id).instead
    assert rule is not None
    number = parameter(rule.parameter, on=TODAY)
    assert (rule.event, number.number, number.unit) == (event, length, unit)


def test_the_transition_of_order_55_concerns_what_was_running() -> None:
    moved = {one.id: one.transition for one in all_limits().values() if one.transition}
    assert set(moved) == {"LA-REVIEW", "LA-DECIDE"}
    assert {(one.since, one.article) for one in moved.values()} == {(date(2025, 7, 1), "令55 第三十九条")}


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(LimitUnknown) as refused:
        limit("LA-LUNCH")
    assert str(refused.value) == "没有编号为“LA-LUNCH”的期限。请核对编号。"


def test_our_own_limits_are_all_strict() -> None:
    assert {one.roll for one in all_limits().values() if one.who == "own"} == {"strict"}


def test_a_partys_last_day_always_rolls_and_a_time_that_lasts_never_does() -> None:
    assert {one.roll for one in all_limits().values() if one.who == "party" and one.kind == "last_day"} == {"forward"}
    assert {one.roll for one in all_limits().values() if one.kind != "last_day"} == {"strict"}


@pytest.mark.parametrize("limit_id", [row[0] for row in TABLE])
def test_every_event_of_a_limit_has_words(limit_id: str) -> None:
    found = limit(limit_id)
    assert found.events[0] == found.start_event
    assert found.start == vocabulary().title(found.start_event)
    assert all(vocabulary().title(event) for event in found.events)


@pytest.mark.parametrize("limit_id", [row[0] for row in TABLE if row[5] == "last_day" and row[0] != "LA-POOL-ADJUST"])
def test_every_limit_that_must_be_kept_can_be_met(limit_id: str) -> None:
    assert limit(limit_id).met_by


@pytest.mark.parametrize(
    ("on", "article"),
    [
        (date(2014, 4, 1), "令21 第十五条"),
        (date(2025, 6, 30), "令21 第十五条"),
        (date(2025, 7, 1), "令55 第十七条"),
    ],
)
def test_the_article_is_the_one_of_the_day(on: date, article: str) -> None:
    assert limit("LA-DELIVER").article(on) == article


def test_before_its_first_article_a_limit_is_not_in_force() -> None:
    with pytest.raises(NotInForce):
        limit("LA-DELIVER").article(date(2014, 3, 31))


def test_no_limit_rests_on_an_article_older_than_its_number() -> None:
    older = [one.id for one in all_limits().values() if one.basis[0][0] < book().history(one.parameter)[0].since]
    assert older == []


FILE = """
[WI-DELIVER]
title = "送达工伤认定决定"
who = "own"
bearer = "社会保险行政部门"
parameter = "deliver_days"
start_event = "recognition_decided"
met_by = ["recognition_delivered"]
roll = "strict"
pauses = [{ ground = "force_majeure", article = "某法 第一条", confidence = "seen" }]
basis = [{ from = 2011-01-01, article = "令8 第二十二条" }]
[WI-DELIVER.extension]
event = "decision_extended"
most = "decide_extension_days"
times = 1
by = "委员会"
article = "令55 第十条"
[WI-DELIVER.restart]
event = "materials_completed"
choice = "clock_start_after_supplement"
is = "complete_receipt"
article = "令55 第十条"
[WI-DELIVER.instead]
event = "recipient_abroad"
parameter = "public_notice_abroad_days"
article = "民诉法 第二百八十三条"
[WI-DELIVER.transition]
from = 2025-07-01
article = "令55 第三十九条"
"""


def some_limits(folder: Path, text: str = FILE) -> dict[str, Limit]:
    (folder / "limits.toml").write_text(text, encoding="utf-8")
    return read_limits(folder / "limits.toml", book(), vocabulary())


def test_a_new_limit_is_only_data(tmp_path: Path) -> None:
    found = some_limits(tmp_path)["WI-DELIVER"]
    assert (found.title, found.bearer, found.start) == ("送达工伤认定决定", "社会保险行政部门", "作出工伤认定决定")
    assert found.basis == ((date(2011, 1, 1), "令8 第二十二条"),)
    assert (found.kind, found.note, found.ended_by) == ("last_day", "", ())
    assert found.events == (
        "recognition_decided",
        "force_majeure",
        "force_majeure_ended",
        "decision_extended",
        "materials_completed",
        "recipient_abroad",
        "recognition_delivered",
    )


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('who = "own"', 'who = "us"', "who must be one of own, party"),
        ('who = "own"', "", "who is missing"),
        ('bearer = "社会保险行政部门"', "", "bearer is missing"),
        ('roll = "strict"', 'roll = "back"', "roll must be one of strict, forward"),
        ('roll = "strict"', 'roll = "strict"\nkind = "some"', "kind must be one of last_day, earliest, lasts"),
        ('roll = "strict"', 'roll = "strict"\npausable = true', "unknown key pausable"),
        ("deliver_days", "lunch_days", "parameter lunch_days is not a parameter with a length"),
        ("deliver_days", "group_sizes", "parameter group_sizes is not a parameter with a length"),
        ('"recognition_decided"', '"lunch"', "start_event lunch is not an event"),
        ('["recognition_delivered"]', '["lunch"]', "met_by lunch is not an event"),
        ('ground = "force_majeure"', 'ground = "lunch"', "ground lunch is not a ground"),
        ('confidence = "seen"', 'confidence = "sure"', "confidence must be one of"),
        ('most = "decide_extension_days"', 'most = "group_sizes"', "most group_sizes is not a parameter"),
        ('most = "decide_extension_days"', 'most = "retention_years"', "most must have the unit"),
        ('by = "委员会"', "", "by is missing"),
        ("times = 1", 'times = "1"', "times must be a whole number"),
        ('choice = "clock_start_after_supplement"', 'choice = "deliver_days"', "is not a parameter with a choice"),
        ('is = "complete_receipt"', 'is = "lunch"', "is must be one of first_receipt, complete_receipt"),
        ('parameter = "public_notice_abroad_days"', 'parameter = "group_sizes"', "is not a parameter with a length"),
        ("from = 2025-07-01", 'from = "2025"', "from must be a date"),
        ('[{ from = 2011-01-01, article = "令8 第二十二条" }]', "[]", "basis must have entries"),
        ("[{ from", '[{ from = 2025-01-01, article = "甲" }, { from', "in the order of their days"),
        ('[{ from = 2011-01-01, article = "令8', '[{ from = 2011-01-01, clause = "令8', "unknown key clause"),
        ('title = "送达工伤认定决定"', "title = 1", "title must be a text"),
    ],
)
def test_a_faulty_limit_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in FILE
    with pytest.raises(LawDataWrong, match=fault):
        some_limits(tmp_path, FILE.replace(good, bad, 1))
