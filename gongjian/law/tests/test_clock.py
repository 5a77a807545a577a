"""The clock: due days on both sides of every threshold, what moves them, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from gongjian.law import parameters
from gongjian.law.clock import Deadline, Extension, Postponement, Restart, check_extension, deadline
from gongjian.law.errors import (
    ExtendedTwice,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    ExtensionWithoutReason,
    LimitUnknown,
    NotInForce,
    PostponementNotAllowed,
    PostponementWrong,
    RegionWrong,
)
from gongjian.law.parameters import ParameterBook

RECEIVED = date(2026, 3, 2)
DECIDE_BY = date(2026, 5, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def rescheduled(old: str, new: str) -> Postponement:
    return Postponement.between(day(old), day(new))


def an_extension(days: int = 30, on: str = "2026-04-20", reason: str = "涉及专业较多") -> Extension:
    return Extension(length=days, on=day(on), reason=reason)


def decide(*postponements: Postponement, extensions: tuple[Extension, ...] = ()) -> Deadline:
    return deadline("LA-DECIDE", RECEIVED, postponements=postponements, extensions=extensions)


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ("LA-REVIEW", "2026-03-02", "2026-03-09"),
        ("LA-REVIEW", "2026-03-06", "2026-03-13"),
        ("LA-REVIEW", "2026-03-07", "2026-03-13"),
        ("LA-REVIEW", "2026-02-12", "2026-02-26"),
        ("LA-REVIEW", "2026-02-13", "2026-02-27"),
        ("LA-REVIEW", "2026-02-14", "2026-02-28"),
        ("LA-REVIEW", "2026-02-24", "2026-03-02"),
        ("LA-REVIEW", "2026-04-30", "2026-05-11"),
        ("LA-REVIEW", "2026-09-18", "2026-09-24"),
        ("LA-REVIEW", "2026-09-30", "2026-10-13"),
        ("LA-REVIEW", "2025-09-26", "2025-10-10"),
        ("LA-REVIEW", "2025-12-31", "2026-01-08"),
        ("LA-DECIDE", "2026-02-10", "2026-04-11"),
        ("LA-DECIDE", "2026-03-02", "2026-05-01"),
        ("LA-DECIDE", "2026-12-01", "2027-01-30"),
        ("LA-DECIDE", "2025-12-31", "2026-03-01"),
        ("LA-DECIDE-EXT", "2026-05-01", "2026-05-31"),
        ("LA-DELIVER", "2026-03-02", "2026-03-17"),
        ("LA-DELIVER", "2026-02-03", "2026-02-18"),
        ("LA-REAPPEAL", "2026-03-02", "2026-03-17"),
        ("LA-REAPPEAL", "2026-03-05", "2026-03-20"),
        ("LA-REAPPEAL", "2026-03-06", "2026-03-23"),
        ("LA-REAPPEAL", "2026-03-07", "2026-03-23"),
        ("LA-REAPPEAL", "2026-03-08", "2026-03-23"),
        ("LA-REAPPEAL", "2026-03-09", "2026-03-24"),
        ("LA-REAPPEAL", "2026-01-30", "2026-02-14"),
        ("LA-REAPPEAL", "2026-01-31", "2026-02-24"),
        ("LA-REAPPEAL", "2026-02-08", "2026-02-24"),
        ("LA-REAPPEAL", "2026-02-09", "2026-02-24"),
        ("LA-REAPPEAL", "2026-02-10", "2026-02-25"),
        ("LA-REAPPEAL", "2026-02-13", "2026-02-28"),
        ("LA-REAPPEAL", "2026-09-16", "2026-10-08"),
        ("LA-REAPPEAL", "2026-09-25", "2026-10-10"),
        ("LA-REAPPEAL", "2026-09-26", "2026-10-12"),
        ("LA-SUPPLEMENT", "2026-03-02", "2026-03-17"),
        ("LA-SUPPLEMENT", "2026-03-06", "2026-03-23"),
        ("LA-REVIEW-1Y", "2025-08-14", "2026-08-15"),
        ("LA-REVIEW-1Y", "2024-02-29", "2025-03-01"),
        ("LA-REAPPLY-SICK", "2025-08-14", "2026-08-15"),
        ("LA-EXPERT-TERM", "2025-09-01", "2028-09-01"),
        ("LA-POOL-ADJUST", "2025-09-01", "2028-09-01"),
        ("LA-ARCHIVE", "2026-06-30", "2076-06-30"),
        ("SV-PUBLIC", "2026-03-02", "2026-04-01"),
    ],
)
def test_the_due_day_of_each_limit(limit: str, start: str, due: str) -> None:
    assert deadline(limit, day(start)).due == day(due)


@pytest.mark.parametrize(
    ("concluded", "days", "due", "article"),
    [
        ("2014-04-01", 20, "2014-04-21", "令21 第十五条"),
        ("2025-06-30", 20, "2025-07-20", "令21 第十五条"),
        ("2025-07-01", 15, "2025-07-16", "令55 第十七条"),
        ("2026-03-02", 15, "2026-03-17", "令55 第十七条"),
    ],
)
def test_delivery_follows_the_order_in_force_on_the_day_of_the_conclusion(
    concluded: str, days: int, due: str, article: str
) -> None:
    found = deadline("LA-DELIVER", day(concluded))
    assert (found.length, found.due, found.article) == (days, day(due), article)


@pytest.mark.parametrize("limit", ["LA-DELIVER", "LA-REVIEW", "LA-EXPERT-TERM"])
def test_a_start_before_ministry_order_21_is_refused(limit: str) -> None:
    with pytest.raises(NotInForce):
        deadline(limit, day("2014-03-31"))


def test_a_case_of_the_transition_is_computed_under_the_new_order_when_told_so() -> None:
    old, new = day("2025-06-30"), day("2025-07-01")
    assert deadline("LA-DELIVER", old).due == day("2025-07-20")
    assert deadline("LA-DELIVER", old, law_of=new).due == day("2025-07-15")
    assert deadline("LA-DECIDE", old, law_of=new).article == "令55 第十条、条例 第二十五条"


@pytest.mark.parametrize(
    ("region", "due"),
    [(None, "2026-03-17"), ("990200", "2026-03-23"), ("990100", "2026-03-12"), ("990121", "2026-03-12")],
)
def test_the_region_sets_the_period_to_supplement(region: str | None, due: str) -> None:
    assert deadline("LA-SUPPLEMENT", day("2026-03-02"), region=region).due == day(due)


def test_our_own_limit_stands_on_a_rest_day_and_the_working_day_before_is_told() -> None:
    found = deadline("LA-DECIDE", RECEIVED)
    assert (found.due, found.strict, found.rolled) == (DECIDE_BY, DECIDE_BY, day("2026-05-06"))
    assert found.act_by == day("2026-04-30")


def test_a_partys_limit_rolls_over_the_spring_festival_and_the_strict_day_is_kept() -> None:
    found = deadline("LA-REAPPEAL", day("2026-02-03"))
    assert (found.strict, found.rolled, found.due, found.act_by) == (
        day("2026-02-18"),
        day("2026-02-24"),
        day("2026-02-24"),
        day("2026-02-24"),
    )


def test_a_partys_limit_does_not_roll_from_a_weekend_that_is_worked() -> None:
    assert deadline("LA-REAPPEAL", day("2026-01-30")).due == day("2026-02-14")


@pytest.mark.parametrize(
    ("limit", "start", "provisional"),
    [
        ("LA-DECIDE", "2026-10-30", False),
        ("LA-DECIDE", "2026-10-31", True),
        ("LA-REVIEW", "2026-12-22", False),
        ("LA-REVIEW", "2026-12-23", True),
        ("LA-REVIEW", "2024-12-31", True),
        ("LA-REVIEW", "2025-01-01", False),
        ("LA-REAPPEAL", "2026-12-14", False),
        ("LA-REAPPEAL", "2026-12-15", True),
        ("LA-REVIEW-1Y", "2025-12-28", False),
        ("LA-REVIEW-1Y", "2025-12-29", True),
        ("LA-DECIDE", "2024-12-01", False),
        ("LA-ARCHIVE", "2026-06-30", True),
    ],
)
def test_an_answer_in_a_year_without_holiday_data_is_provisional(limit: str, start: str, provisional: bool) -> None:
    found = deadline(limit, day(start))
    assert found.provisional is provisional
    assert any("暂定" in line.text for line in found.lines) is provisional


@pytest.mark.parametrize(
    ("today", "left", "late"),
    [
        ("2026-03-02", 60, 0),
        ("2026-04-30", 1, 0),
        ("2026-05-01", 0, 0),
        ("2026-05-02", -1, 1),
        ("2026-06-01", -31, 31),
    ],
)
def test_days_left_and_days_late(today: str, left: int, late: int) -> None:
    found = deadline("LA-DECIDE", RECEIVED)
    assert (found.days_left(day(today)), found.late_by(day(today))) == (left, late)


def test_nobody_is_late_for_a_door_that_has_opened() -> None:
    found = deadline("LA-REVIEW-1Y", day("2025-08-14"))
    assert found.days_left(day("2026-08-14")) == 1
    assert found.late_by(day("2026-12-31")) == 0


@pytest.mark.parametrize(
    ("postponements", "due"),
    [
        ([], "2026-05-01"),
        ([("2026-03-20", "2026-03-21")], "2026-05-02"),
        ([("2026-03-20", "2026-03-27")], "2026-05-08"),
        ([("2026-03-20", "2026-03-27"), ("2026-03-27", "2026-04-03")], "2026-05-15"),
        ([("2026-03-20", "2026-03-27"), ("2026-03-25", "2026-04-03")], "2026-05-15"),
        ([("2026-03-20", "2026-04-03"), ("2026-03-25", "2026-03-28")], "2026-05-15"),
        ([("2026-03-20", "2026-03-27"), ("2026-03-20", "2026-03-27")], "2026-05-08"),
        ([("2026-03-20", "2026-03-27"), ("2026-04-10", "2026-04-12")], "2026-05-10"),
        ([("2026-05-01", "2026-05-04")], "2026-05-04"),
        ([("2026-05-02", "2026-05-04")], "2026-05-01"),
        ([("2026-04-30", "2026-05-10")], "2026-05-11"),
        ([("2026-03-20", "2026-03-27"), ("2026-05-08", "2026-05-10")], "2026-05-10"),
        ([("2026-03-20", "2026-03-27"), ("2026-05-09", "2026-05-10")], "2026-05-08"),
        ([("2026-02-20", "2026-03-02")], "2026-05-01"),
        ([("2026-02-20", "2026-03-03")], "2026-05-01"),
        ([("2026-02-20", "2026-03-04")], "2026-05-02"),
    ],
)
def test_approved_reschedules_postpone_the_decision(postponements: list[tuple[str, str]], due: str) -> None:
    assert decide(*(rescheduled(old, new) for old, new in postponements)).due == day(due)


def test_a_postponement_in_days_begins_on_its_day() -> None:
    assert Postponement(7, day("2026-03-20")).span == rescheduled("2026-03-20", "2026-03-27").span
    assert decide(Postponement(7, day("2026-03-20"))).due == day("2026-05-08")


def test_the_answer_does_not_depend_on_the_order_of_entry() -> None:
    three = (
        rescheduled("2026-03-20", "2026-03-27"),
        rescheduled("2026-03-25", "2026-04-02"),
        rescheduled("2026-05-10", "2026-05-15"),
    )
    assert len({decide(*some) for some in permutations(three)}) == 1
    assert decide(*three).due == day("2026-05-19")


def test_the_days_postponed_are_told() -> None:
    found = decide(rescheduled("2026-03-20", "2026-03-27"), rescheduled("2026-03-25", "2026-04-02"))
    assert found.postponed_days == 13


def test_an_extension_adds_its_days() -> None:
    found = decide(extensions=(an_extension(),))
    assert (found.due, found.extended_by) == (day("2026-05-31"), 30)


def test_an_extension_and_a_postponement_both_count() -> None:
    found = decide(rescheduled("2026-03-20", "2026-03-27"), extensions=(an_extension(),))
    assert (found.due, found.extended_by, found.postponed_days) == (day("2026-06-07"), 30, 7)


def test_a_postponement_within_the_extension_counts_only_with_the_extension() -> None:
    later = rescheduled("2026-05-10", "2026-05-17")
    assert decide(later).due == day("2026-05-01")
    assert decide(later, extensions=(an_extension(),)).due == day("2026-06-07")


def test_the_extension_as_a_limit_of_its_own_ends_on_the_same_day() -> None:
    assert deadline("LA-DECIDE-EXT", DECIDE_BY).due == decide(extensions=(an_extension(),)).due


@pytest.mark.parametrize("days", [1, 15, 30])
def test_an_extension_of_one_to_thirty_days_is_allowed(days: int) -> None:
    assert decide(extensions=(an_extension(days),)).due == DECIDE_BY + timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 0, 31, 60])
def test_an_extension_of_no_day_or_more_than_thirty_is_refused(days: int) -> None:
    with pytest.raises(ExtensionTooLong) as refused:
        decide(extensions=(an_extension(days),))
    assert refused.value.facts == {"allowed": 30, "length": days, "unit": "日"}


def test_a_second_extension_is_refused() -> None:
    with pytest.raises(ExtendedTwice):
        decide(extensions=(an_extension(10), an_extension(10, on="2026-04-25")))


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_an_extension_needs_a_reason(reason: str) -> None:
    with pytest.raises(ExtensionWithoutReason):
        decide(extensions=(an_extension(reason=reason),))


@pytest.mark.parametrize("limit", ["LA-REVIEW", "LA-DELIVER", "LA-REAPPEAL", "SV-PUBLIC", "LA-DECIDE-EXT"])
def test_no_other_limit_is_extended(limit: str) -> None:
    with pytest.raises(ExtensionNotAllowed):
        deadline(limit, RECEIVED, extensions=[an_extension()])


@pytest.mark.parametrize(
    "limit", ["LA-REVIEW", "LA-SUPPLEMENT", "LA-DELIVER", "LA-REAPPEAL", "LA-REVIEW-1Y", "SV-PUBLIC"]
)
def test_no_other_limit_is_postponed(limit: str) -> None:
    with pytest.raises(PostponementNotAllowed):
        deadline(limit, RECEIVED, postponements=[rescheduled("2026-03-03", "2026-03-04")])


@pytest.mark.parametrize(("first", "until"), [("2026-03-20", "2026-03-20"), ("2026-03-20", "2026-03-19")])
def test_a_postponement_lasts_at_least_a_day(first: str, until: str) -> None:
    with pytest.raises(PostponementWrong):
        rescheduled(first, until)


@pytest.mark.parametrize("days", [0, -3])
def test_a_postponement_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(PostponementWrong):
        decide(Postponement(days, day("2026-03-20")))


@pytest.mark.parametrize("decided", ["2026-03-02", "2026-04-30", "2026-05-01"])
def test_the_limit_may_be_extended_until_its_last_day(decided: str) -> None:
    check_extension("LA-DECIDE", RECEIVED, an_extension(on=decided))


@pytest.mark.parametrize("decided", ["2026-05-02", "2026-06-01"])
def test_a_limit_that_has_run_out_is_not_extended(decided: str) -> None:
    with pytest.raises(ExtensionTooLate) as refused:
        check_extension("LA-DECIDE", RECEIVED, an_extension(on=decided))
    assert refused.value.facts == {"due": DECIDE_BY}


@pytest.mark.parametrize(("decided", "allowed"), [("2026-05-08", True), ("2026-05-09", False)])
def test_a_postponed_limit_may_be_extended_until_its_postponed_last_day(decided: str, allowed: bool) -> None:
    postponements = [rescheduled("2026-03-20", "2026-03-27")]
    if allowed:
        check_extension("LA-DECIDE", RECEIVED, an_extension(on=decided), postponements=postponements)
    else:
        with pytest.raises(ExtensionTooLate):
            check_extension("LA-DECIDE", RECEIVED, an_extension(on=decided), postponements=postponements)


def test_a_limit_extended_already_is_not_extended_again() -> None:
    with pytest.raises(ExtendedTwice):
        check_extension("LA-DECIDE", RECEIVED, an_extension(), already=[an_extension(10)])


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(LimitUnknown):
        deadline("LA-LUNCH", RECEIVED)


def test_a_region_of_the_wrong_form_is_refused() -> None:
    with pytest.raises(RegionWrong):
        deadline("LA-DECIDE", RECEIVED, region="9901")


def test_a_moment_is_refused_because_its_day_depends_on_the_place() -> None:
    with pytest.raises(TypeError):
        deadline("LA-DECIDE", datetime(2026, 3, 2, 23, 30, tzinfo=UTC))


def test_a_deadline_knows_the_dated_number_it_rests_on() -> None:
    found = deadline("LA-DELIVER", RECEIVED)
    assert (found.basis.name, found.basis.value, found.basis.confidence) == ("deliver_days", 15, "seen")
    assert (found.unit, found.length, found.kind, found.limit) == ("calendar day", 15, "last_day", "LA-DELIVER")


@pytest.mark.parametrize(
    ("restarts", "start", "due"),
    [
        ([], "2026-03-02", "2026-05-01"),
        ([("2026-03-12", 0)], "2026-03-12", "2026-05-11"),
        ([("2026-03-12", 0), ("2026-03-20", 0)], "2026-03-20", "2026-05-19"),
        ([("2026-03-20", 1), ("2026-03-12", 2)], "2026-03-12", "2026-05-11"),
        ([("2026-03-20", 2), ("2026-03-12", 1)], "2026-03-20", "2026-05-19"),
    ],
)
def test_a_limit_runs_anew_from_its_last_start(restarts: list[tuple[str, int]], start: str, due: str) -> None:
    some = [Restart(day(on), "令55 第十条", "补正", number) for on, number in restarts]
    for order in permutations(some):
        found = deadline("LA-DECIDE", RECEIVED, restarts=order)
        assert (found.start, found.due) == (day(start), day(due))
        assert found.first_start == (RECEIVED if some else None)


@pytest.mark.parametrize(
    ("start", "due", "article"),
    [
        ("2025-05-01", "2025-06-30", "条例 第二十五条"),
        ("2025-05-02", "2025-07-01", "令55 第十条、条例 第二十五条"),
        ("2025-06-30", "2025-08-29", "令55 第十条、条例 第二十五条"),
    ],
)
def test_a_limit_that_still_ran_when_order_55_began_follows_it(start: str, due: str, article: str) -> None:
    found = deadline("LA-DECIDE", day(start))
    assert (found.due, found.article) == (day(due), article)
    assert (found.transition is not None) is article.startswith("令55")


def test_the_day_whose_law_counts_may_be_named_and_then_nothing_moves_it() -> None:
    assert deadline("LA-DECIDE", day("2025-06-30"), law_of=day("2025-06-30")).article == "条例 第二十五条"


@pytest.mark.parametrize("limit", ["TG-MAX", "LA-ARCHIVE", "SV-PUBLIC", "LA-EXPERT-TERM", "LOG-KEEP"])
def test_nobody_is_late_for_a_time_that_is_over(limit: str) -> None:
    found = deadline(limit, RECEIVED)
    assert found.kind == "lasts"
    assert found.late_by(found.due + timedelta(days=100)) == 0
    assert any(line.text.endswith("（含当日）届满。") for line in found.lines)


def test_a_regional_number_is_told_with_its_own_source() -> None:
    found = deadline("WI-REVIEW", RECEIVED, region="330100")
    assert (found.length, found.unit, found.basis.region) == (5, "working day", "330000")
    assert found.article == "令8 第八条；浙江省工伤保险条例 第十六条：当场或者五个工作日内"


def test_a_last_day_ends_at_midnight_unless_the_locality_closes_earlier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert deadline("LA-DECIDE", RECEIVED).ends == "24:00"
    for source in parameters.DATA.glob("national*.toml"):
        (tmp_path / source.name).write_text(source.read_text("utf-8"), "utf-8")
    (tmp_path / "990200.toml").write_text(
        "[[last_day_ends.values]]\nfrom = 2021-01-01\nvalue = '17:30'\n"
        "source = '当地规定'\nchecked = 2026-11-22\nconfidence = 'local'\n",
        "utf-8",
    )
    monkeypatch.setattr(parameters, "book", lambda: ParameterBook(tmp_path))
    closing = deadline("LA-REAPPEAL", RECEIVED, region="990200")
    assert closing.ends == "17:30"
    assert any("当日17:30（停止业务活动的时间）截止" in line.text for line in closing.lines)
    rolled = deadline("LA-REAPPEAL", day("2026-03-06"), region="990200")
    assert any("为最后一日，当日17:30（停止业务活动的时间）截止" in line.text for line in rolled.lines)


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ("WI-EMP-APPLY", "2026-03-02", "2026-04-01"),
        ("WI-EMP-APPLY", "2026-03-05", "2026-04-07"),
        ("WI-WRK-APPLY", "2024-02-29", "2025-02-28"),
        ("WI-WRK-APPLY", "2025-05-01", "2026-05-06"),
        ("WI-DEATH-REPORT", "2026-09-30", "2026-10-13"),
        ("WI-REVIEW", "2026-03-02", "2026-03-17"),
        ("WI-REVIEW-2", "2026-03-02", "2026-03-17"),
        ("WI-DECIDE", "2026-03-02", "2026-05-01"),
        ("WI-DECIDE-FAST", "2026-03-06", "2026-03-21"),
        ("WI-EVIDENCE", "2026-03-06", "2026-03-23"),
        ("WI-DELIVER", "2026-03-02", "2026-03-22"),
        ("WI-RECONS", "2026-03-02", "2026-05-06"),
        ("WI-SUIT", "2025-08-31", "2026-02-28"),
        ("WI-SUIT", "2026-03-02", "2026-09-02"),
        ("WI-SUIT", "2026-04-03", "2026-10-08"),
        ("WI-SUIT-AFTER", "2026-03-06", "2026-03-23"),
        ("WI-REPLY-RECONS", "2026-03-02", "2026-03-16"),
        ("WI-REPLY-COURT", "2026-03-06", "2026-03-21"),
        ("WI-ARCHIVE", "2026-06-30", "2076-06-30"),
        ("AD-REVIEW", "2026-03-02", "2026-03-09"),
        ("AD-DECIDE", "2026-03-02", "2026-05-01"),
        ("AD-DELIVER", "2026-03-02", "2026-03-22"),
        ("TG-MAX", "2025-08-31", "2026-08-31"),
        ("TG-EXT", "2024-02-29", "2025-02-28"),
        ("SV-INFO", "2026-03-02", "2026-03-30"),
        ("SI-NOTIFY-STOP", "2026-03-02", "2026-03-30"),
        ("SI-MANUAL-CLAIM", "2026-03-02", "2026-03-30"),
        ("PI-PIA-KEEP", "2024-02-29", "2027-02-28"),
        ("LOG-KEEP", "2025-08-31", "2026-02-28"),
    ],
)
def test_the_due_day_of_the_limits_of_recognition_devices_service_and_records(limit: str, start: str, due: str) -> None:
    assert deadline(limit, day(start)).due == day(due)


@pytest.mark.parametrize("limit", ["LA-REVIEW", "LA-DECIDE", "LA-DELIVER", "LA-REAPPEAL"])
def test_art_22_before_the_province_a_second_appraisal_runs_by_the_limits_of_the_first(limit: str) -> None:
    first, second = (deadline(limit, day("2026-03-02"), region=region) for region in ("990100", "990000"))
    assert (second.due, second.article) == (first.due, first.article)
