"""Histories of events: what each limit makes of them, on both sides of every day that matters."""

from datetime import date

import pytest

from gongjian.law.clock import deadline
from gongjian.law.errors import (
    CorrectionWrong,
    EventNumberWrong,
    EventUnknown,
    ExtendedTwice,
    ExtensionTooLate,
    ExtensionTooLong,
    NotInForce,
    RegionWrong,
)
from gongjian.law.history import Event, Standing, in_force, standing, standings
from gongjian.law.limits import limit

RECEIVED = "2026-03-02"
LATER = "2026-04-15"


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(*words: str) -> list[Event]:
    """Events from "2026-03-02 name" or "2026-03-02 name=7"."""
    return [one(text) for text in words]


def one(text: str) -> Event:
    when, what = text.split()
    name, _, number = what.partition("=")
    return Event(day(when), name, int(number) if number else None)


def stands(limit_id: str, *words: str, today: str = LATER, region: str | None = None) -> Standing:
    return standing(limit(limit_id), told(*words), day(today), region=region)


def decision(*words: str, today: str = LATER) -> Standing:
    return stands("WI-DECIDE", f"{RECEIVED} recognition_accepted", *words, today=today)


def appraisal(*words: str, today: str = LATER) -> Standing:
    return stands("LA-DECIDE", f"{RECEIVED} application_received", *words, today=today)


# One event alone is what `deadline` says.


@pytest.mark.parametrize(
    ("limit_id", "event"),
    [
        ("LA-DECIDE", "application_received"),
        ("LA-REAPPEAL", "conclusion_delivered"),
        ("WI-SUIT", "recognition_delivered"),
    ],
)
def test_a_start_alone_is_the_plain_deadline(limit_id: str, event: str) -> None:
    assert stands(limit_id, f"2026-02-03 {event}").deadline == deadline(limit_id, day("2026-02-03"))


# Pauses: the day one begins does not count, the day it ends does.


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([], "2026-05-01"),
        (["2026-03-10 labour_dispute", "2026-03-10 labour_dispute_ended"], "2026-05-01"),
        (["2026-03-10 labour_dispute", "2026-03-11 labour_dispute_ended"], "2026-05-02"),
        (["2026-03-10 labour_dispute", "2026-03-20 labour_dispute_ended"], "2026-05-11"),
        (["2026-03-10 labour_dispute=10"], "2026-05-11"),
        (["2026-05-01 labour_dispute", "2026-05-03 labour_dispute_ended"], "2026-05-03"),
        (["2026-05-02 labour_dispute", "2026-05-03 labour_dispute_ended"], "2026-05-01"),
        # before the clock
        (["2026-02-01 labour_dispute", "2026-03-03 labour_dispute_ended"], "2026-05-01"),
        (["2026-02-01 labour_dispute", "2026-03-04 labour_dispute_ended"], "2026-05-02"),
        (["2026-02-01 labour_dispute=40"], "2026-05-11"),
        # overlapping, touching, one within the other, on two grounds
        (["2026-03-10 labour_dispute=10", "2026-03-15 labour_dispute=10"], "2026-05-16"),
        (["2026-03-10 labour_dispute=10", "2026-03-20 labour_dispute=10"], "2026-05-21"),
        (["2026-03-10 labour_dispute=20", "2026-03-12 judicial_decision_pending=5"], "2026-05-21"),
        (["2026-03-10 labour_dispute=5", "2026-03-12 judicial_decision_pending=5"], "2026-05-08"),
        # two at once on one ground end with the last; an end without a beginning moves nothing
        (
            [
                "2026-03-10 labour_dispute",
                "2026-03-12 labour_dispute",
                "2026-03-15 labour_dispute_ended",
                "2026-03-20 labour_dispute_ended",
            ],
            "2026-05-11",
        ),
        (["2026-03-05 labour_dispute_ended"], "2026-05-01"),
        (["2026-03-05 labour_dispute_ended", "2026-03-10 labour_dispute=10"], "2026-05-11"),
        # ended and begun again on the same day: it goes on
        (
            [
                "2026-03-10 labour_dispute",
                "2026-03-15 labour_dispute_ended",
                "2026-03-15 labour_dispute",
                "2026-03-20 labour_dispute_ended",
            ],
            "2026-05-11",
        ),
    ],
)
def test_a_suspension_takes_its_days_out_of_the_decision(events: list[str], due: str) -> None:
    assert decision(*events).deadline.due == day(due)
    assert decision(*reversed(events)).deadline.due == day(due)


@pytest.mark.parametrize(
    ("today", "state", "due", "left"),
    [
        ("2026-03-09", "running", "2026-05-01", 53),
        ("2026-03-10", "paused", "2026-05-02", 53),
        ("2026-03-11", "paused", "2026-05-03", 53),
        ("2026-06-01", "paused", "2026-07-24", 53),
    ],
)
def test_a_clock_that_stands_still_keeps_its_days(today: str, state: str, due: str, left: int) -> None:
    found = decision("2026-03-10 labour_dispute", today=today)
    assert (found.state, found.deadline.due, found.days_left) == (state, day(due), left)


def test_a_suspension_after_the_last_day_does_not_help() -> None:
    found = decision("2026-05-02 labour_dispute", today="2026-05-10")
    assert (found.state, found.deadline.due, found.late_by) == ("late", day("2026-05-01"), 9)


def test_a_pause_still_open_is_told_as_open_with_its_article() -> None:
    lines = decision("2026-03-10 labour_dispute", today="2026-03-12").lines
    [line] = [line for line in lines if "中止" in line.text and line.article]
    assert (
        line.text
        == "劳动关系争议申请仲裁或者提起诉讼：自2026年3月10日起中止，尚未恢复；算至2026年3月12日，共3日不计入期限。"
    )
    assert line.article == "人社部发〔2013〕34号 第五条"


def test_the_year_of_the_worker_stands_still_on_five_grounds() -> None:
    found = stands(
        "WI-WRK-APPLY",
        "2025-03-03 injured_or_diagnosed",
        "2025-05-01 liberty_restricted=30",
        "2025-08-01 employer_cause",
        "2025-08-11 employer_cause_ended",
        "2025-08-05 force_majeure=10",
    )
    assert found.deadline.postponed_days == 30 + 14
    assert found.deadline.due == day("2026-04-16")


def test_a_disclosure_waits_for_the_third_party_and_counts_working_days() -> None:
    found = stands(
        "SV-INFO", "2026-03-02 disclosure_requested", "2026-03-06 third_party_consulted=10", today="2026-03-10"
    )
    assert (found.deadline.due, found.state, found.working_days_left) == (day("2026-04-08"), "paused", 17)


# Extensions


@pytest.mark.parametrize(
    ("event", "due"),
    [
        ("2026-04-20 decision_extended", "2026-05-31"),
        ("2026-04-20 decision_extended=10", "2026-05-11"),
        ("2026-05-01 decision_extended=1", "2026-05-02"),
    ],
)
def test_an_extension_adds_its_days_and_without_a_number_the_most(event: str, due: str) -> None:
    assert appraisal(event).deadline.due == day(due)


@pytest.mark.parametrize(
    ("events", "refusal"),
    [
        (["2026-05-02 decision_extended"], ExtensionTooLate),
        (["2026-04-01 decision_extended=31"], ExtensionTooLong),
        (["2026-04-01 decision_extended=10", "2026-04-02 decision_extended=10"], ExtendedTwice),
        (["2026-04-01 decision_extended=0"], EventNumberWrong),
        (["2026-04-01 rescheduled"], EventNumberWrong),
        (["2026-04-01 rescheduled=0"], EventNumberWrong),
        (["2026-04-01 conclusion_made=3"], EventNumberWrong),
        (["2026-04-01 rescheduled_ended"], EventUnknown),
        (["2026-04-01 lunch"], EventUnknown),
        (["2026-04-01 lunch_ended"], EventUnknown),
    ],
)
def test_what_the_law_does_not_allow_is_refused(events: list[str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        appraisal(*events)
    with pytest.raises(refusal):
        standings(told(f"{RECEIVED} application_received", *reversed(events)), day(LATER))


def test_a_reschedule_may_make_an_extension_timely() -> None:
    found = appraisal("2026-05-05 decision_extended", "2026-03-20 rescheduled=7")
    assert found.deadline.due == day("2026-06-07")


@pytest.mark.parametrize(
    ("limit_id", "start", "event", "due"),
    [
        ("AD-DECIDE", "device_application_received", "device_decision_extended", "2026-05-31"),
        ("SV-INFO", "disclosure_requested", "disclosure_extended", "2026-04-28"),
        ("TG-MAX", "injured", "stop_work_extended=6", "2027-09-02"),
        ("TG-MAX", "injured", "stop_work_extended", "2028-03-02"),
        ("WI-EMP-APPLY", "injured_or_diagnosed", "employer_period_extended=30", "2026-05-06"),
    ],
)
def test_each_extension_is_in_the_unit_of_its_limit(limit_id: str, start: str, event: str, due: str) -> None:
    assert stands(limit_id, f"{RECEIVED} {start}", f"2026-03-20 {event}").deadline.due == day(due)


def test_the_employers_extension_has_no_national_number_and_must_be_told() -> None:
    with pytest.raises(EventNumberWrong, match="应写明延长的天数"):
        stands("WI-EMP-APPLY", f"{RECEIVED} injured_or_diagnosed", "2026-03-20 employer_period_extended")


@pytest.mark.parametrize(("days", "is_allowed"), [(90, True), (91, False)])
def test_a_province_may_cap_the_employers_extension(days: int, is_allowed: bool) -> None:
    words = (f"{RECEIVED} injured_or_diagnosed", f"2026-03-20 employer_period_extended={days}")
    if is_allowed:
        assert stands("WI-EMP-APPLY", *words, region="410100").deadline.extended_by == days
    else:
        with pytest.raises(ExtensionTooLong):
            stands("WI-EMP-APPLY", *words, region="410100")


# Starting anew


def test_the_decision_runs_from_the_day_the_papers_were_complete() -> None:
    found = appraisal("2026-03-12 materials_completed")
    assert (found.deadline.start, found.deadline.due) == (day("2026-03-12"), day("2026-05-11"))
    assert [line.text for line in found.lines[:2]] == [
        "最初自这一天起算。",
        "自这一天重新起算：收齐补正的鉴定申请材料。",
    ]


def test_a_second_start_is_a_new_start_and_a_limit_met_before_is_open_again() -> None:
    words = (
        "2026-03-02 conclusion_delivered",
        "2026-03-05 second_appraisal_applied",
        "2026-03-10 conclusion_delivered",
    )
    found = stands("LA-REAPPEAL", *words, today="2026-03-11")
    assert (found.state, found.deadline.due) == ("running", day("2026-03-25"))


def test_a_renewed_term_of_an_expert_runs_from_the_renewal() -> None:
    found = stands("LA-EXPERT-TERM", "2023-09-01 expert_appointed", "2026-09-01 expert_appointed", today="2026-10-01")
    assert (found.state, found.deadline.due) == ("running", day("2029-09-01"))


# Met, ended, late, open, over


@pytest.mark.parametrize(
    ("event", "state", "late_by"),
    [
        ("2026-05-01 conclusion_made", "met", 0),
        ("2026-05-02 conclusion_made", "met", 1),
        ("2026-05-01 appraisal_terminated", "ended", 0),
        ("2026-05-09 application_withdrawn", "ended", 0),
    ],
)
def test_a_limit_is_met_or_falls_away(event: str, state: str, late_by: int) -> None:
    found = appraisal(event, today="2026-06-01")
    assert (found.state, found.late_by, found.finished_on) == (state, late_by, day(event[:10]))
    assert (found.is_running, found.days_left) == (False, 0)


@pytest.mark.parametrize(("today", "state"), [("2026-04-19", "running"), ("2026-04-20", "met")])
def test_it_is_met_from_the_day_on_which_it_was_met(today: str, state: str) -> None:
    assert appraisal("2026-04-20 conclusion_made", today=today).state == state


def test_what_was_done_before_the_start_meets_nothing() -> None:
    assert appraisal("2026-03-01 conclusion_made").state == "running"
    assert appraisal("2026-03-02 conclusion_made").state == "met"


def test_what_comes_after_it_was_met_moves_nothing() -> None:
    plain = appraisal("2026-04-01 conclusion_made")
    assert appraisal("2026-04-01 conclusion_made", "2026-04-05 rescheduled=9").deadline.due == plain.deadline.due
    assert appraisal("2026-04-01 conclusion_made", "2026-04-05 decision_extended").deadline.due == plain.deadline.due
    assert appraisal("2026-04-01 conclusion_made", "2026-04-01 rescheduled=9").deadline.postponed_days == 1


@pytest.mark.parametrize(
    ("today", "state", "left", "late"),
    [("2026-05-01", "running", 0, 0), ("2026-05-02", "late", 0, 1), ("2026-05-31", "late", 0, 30)],
)
def test_the_last_day_itself_is_in_time(today: str, state: str, left: int, late: int) -> None:
    found = appraisal(today=today)
    assert (found.state, found.days_left, found.late_by) == (state, left, late)


@pytest.mark.parametrize(
    ("limit_id", "event", "today", "state"),
    [
        ("LA-REVIEW-1Y", "conclusion_made", "2027-03-02", "running"),
        ("LA-REVIEW-1Y", "conclusion_made", "2027-03-03", "open"),
        ("SV-PUBLIC", "public_notice_issued", "2026-04-01", "running"),
        ("SV-PUBLIC", "public_notice_issued", "2026-04-02", "over"),
        ("TG-MAX", "injured", "2027-03-03", "over"),
    ],
)
def test_a_door_opens_and_a_time_is_over(limit_id: str, event: str, today: str, state: str) -> None:
    found = stands(limit_id, f"{RECEIVED} {event}", today=today)
    assert (found.state, found.late_by) == (state, 0)


@pytest.mark.parametrize(
    ("limit_id", "start", "event", "due"),
    [
        ("SV-PUBLIC", "public_notice_issued", "recipient_abroad", "2026-05-01"),
        ("WI-RECONS", "recognition_delivered", "not_informed_of_remedy", "2027-03-02"),
        ("WI-SUIT", "recognition_delivered", "not_informed_of_remedy", "2027-03-02"),
    ],
)
def test_a_fact_puts_another_length_in_place(limit_id: str, start: str, event: str, due: str) -> None:
    assert stands(limit_id, f"{RECEIVED} {start}", f"{RECEIVED} {event}").deadline.due == day(due)


@pytest.mark.parametrize(
    ("events", "today", "words"),
    [
        ([], "2026-04-30", "截至2026年4月30日：期限进行中，距到期日还有1日。"),
        ([], "2026-05-03", "截至2026年5月3日：已逾期2日，尚未办结。"),
        (["2026-04-01 conclusion_made"], "2026-05-03", "已于2026年4月1日办结。"),
        (["2026-05-03 conclusion_made"], "2026-05-04", "已于2026年5月3日办结，逾期2日。"),
        (["2026-04-01 appraisal_terminated"], "2026-05-03", "本限期因程序结束而不再进行。".replace("限期", "期限")),
        (
            ["2026-04-01 rescheduled=9"],
            "2026-04-03",
            "截至2026年4月3日：当日不计入期限；照现有情况推算，距到期日还有37日。",
        ),
    ],
)
def test_the_last_line_says_how_it_stands(events: list[str], today: str, words: str) -> None:
    assert appraisal(*events, today=today).lines[-1].text == words


# The whole of a case


CASE = [
    "2026-01-05 injured_or_diagnosed",
    "2026-01-20 recognition_applied",
    "2026-01-20 recognition_application_received",
    "2026-01-26 recognition_accepted",
    "2026-03-20 recognition_decided",
    "2026-03-25 recognition_delivered",
    "2026-09-01 application_received",
    "2026-09-04 supplement_notice_issued",
    "2026-09-05 supplement_notice_delivered",
    "2026-09-12 materials_completed",
    "2026-10-20 rescheduled=7",
    "2026-11-09 conclusion_made",
]


def test_a_whole_case_tells_every_limit_it_started() -> None:
    found = {each.limit: each for each in standings(told(*CASE), day("2026-11-20"))}
    assert {name: each.state for name, each in found.items()} == {
        "WI-EMP-APPLY": "met",
        "WI-WRK-APPLY": "met",
        "WI-REVIEW": "met",
        "WI-DECIDE": "met",
        "WI-DELIVER": "met",
        "WI-RECONS": "late",
        "WI-SUIT": "late",
        "LA-REVIEW": "met",
        "LA-SUPPLEMENT": "met",
        "LA-DECIDE": "met",
        "LA-DELIVER": "running",
        "LA-REVIEW-1Y": "running",
    }
    assert (found["LA-DELIVER"].deadline.due, found["LA-DELIVER"].days_left) == (day("2026-11-24"), 4)
    assert found["LA-DECIDE"].deadline.due == day("2026-11-18")


def test_the_limits_run_for_each_recipient() -> None:
    events = [
        Event(day("2026-03-02"), "conclusion_delivered", about="职工"),
        Event(day("2026-03-09"), "conclusion_delivered", about="用人单位"),
        Event(day("2026-03-10"), "second_appraisal_applied", about="职工"),
    ]
    found = {each.about: each for each in standings(events, day("2026-03-11"))}
    assert (found["职工"].state, found["用人单位"].state) == ("met", "running")
    assert found["用人单位"].deadline.due == day("2026-03-24")


def test_an_event_about_nothing_concerns_all() -> None:
    events = [
        Event(day("2026-03-02"), "recognition_accepted", about="甲"),
        Event(day("2026-03-02"), "recognition_accepted", about="乙"),
        Event(day("2026-03-10"), "labour_dispute", 5),
        Event(day("2026-03-20"), "labour_dispute", 5, about="乙"),
    ]
    assert [each.deadline.postponed_days for each in standings(events, day("2026-03-11"))] == [10, 5]


def test_no_events_start_no_limits() -> None:
    assert standings([], day(LATER)) == []
    with pytest.raises(ValueError, match="nothing starts LA-DECIDE"):
        standing(limit("LA-DECIDE"), told("2026-03-02 conclusion_made"), day(LATER))


# Corrections


def corrected(*events: Event) -> date:
    return standing(
        limit("LA-DECIDE"), [Event(day(RECEIVED), "application_received", id="s"), *events], day(LATER)
    ).deadline.due


def test_a_corrected_event_counts_as_corrected() -> None:
    wrong = Event(day("2026-03-20"), "rescheduled", 7, id="a")
    right = Event(day("2026-03-20"), "rescheduled", 10, id="b", corrects="a")
    assert (corrected(wrong), corrected(wrong, right), corrected(right, wrong)) == (
        day("2026-05-08"),
        day("2026-05-11"),
        day("2026-05-11"),
    )


def test_a_start_may_be_corrected_to_an_earlier_day() -> None:
    assert corrected(Event(day("2026-02-20"), "application_received", corrects="s")) == day("2026-04-21")


def test_a_correction_may_be_corrected() -> None:
    events = [
        Event(day("2026-03-20"), "rescheduled", 7, id="a"),
        Event(day("2026-03-20"), "rescheduled", 10, id="b", corrects="a"),
        Event(day("2026-03-20"), "rescheduled", 3, id="c", corrects="b"),
    ]
    assert corrected(*events) == corrected(*reversed(events)) == day("2026-05-04")


def test_the_same_event_entered_twice_counts_once() -> None:
    twice = told("2026-03-20 rescheduled=7") * 2
    assert corrected(*twice) == day("2026-05-08")
    assert len(in_force(twice)) == 1


@pytest.mark.parametrize(
    "events",
    [
        [Event(day("2026-03-20"), "rescheduled", 7, id="a", corrects="nothing")],
        [Event(day("2026-03-20"), "rescheduled", 7, id="a", corrects="a")],
        [
            Event(day("2026-03-20"), "rescheduled", 7, id="a", corrects="b"),
            Event(day("2026-03-20"), "rescheduled", 8, id="b", corrects="a"),
        ],
        [Event(day("2026-03-20"), "rescheduled", 7, id="a"), Event(day("2026-03-20"), "rescheduled", 8, id="a")],
    ],
)
def test_corrections_of_nothing_or_in_a_circle_are_refused(events: list[Event]) -> None:
    with pytest.raises(CorrectionWrong):
        corrected(*events)


# The law of the day


@pytest.mark.parametrize(
    ("received", "events", "article"),
    [
        ("2025-04-01", [], "条例 第二十五条"),  # due 05-31: it had run out
        ("2025-05-02", [], "令55 第十条、条例 第二十五条"),  # due 07-01: it still ran
        ("2025-05-01", [], "条例 第二十五条"),  # due 06-30
        ("2025-06-20", ["2025-06-30 conclusion_made"], "条例 第二十五条"),
        ("2025-06-20", ["2025-07-01 conclusion_made"], "令55 第十条、条例 第二十五条"),
        ("2025-07-01", [], "令55 第十条、条例 第二十五条"),
    ],
)
def test_what_was_not_yet_appraised_when_order_55_began_follows_it(
    received: str, events: list[str], article: str
) -> None:
    found = stands("LA-DECIDE", f"{received} application_received", *events, today="2025-12-01")
    assert found.deadline.article == article


def test_the_transition_is_a_line_with_its_article() -> None:
    lines = stands("LA-REVIEW", "2025-06-27 application_received", today="2025-07-03").lines
    assert ("令55 第三十九条", day("2025-07-01")) in {(line.article, line.day) for line in lines}


@pytest.mark.parametrize(("made", "due"), [("2025-06-30", "2025-07-20"), ("2025-07-01", "2025-07-16")])
def test_a_conclusion_made_before_order_55_is_delivered_in_twenty_days(made: str, due: str) -> None:
    assert stands("LA-DELIVER", f"{made} conclusion_made").deadline.due == day(due)


@pytest.mark.parametrize(
    ("limit_id", "event"),
    [
        ("LA-SUPPLEMENT", "2025-06-30 supplement_notice_delivered"),
        ("LA-REAPPLY-SICK", "2025-06-30 effective_conclusion_made"),
        ("AD-DECIDE", "2016-03-31 device_application_received"),
        ("WI-DECIDE", "2010-12-31 recognition_accepted"),
        ("WI-REPLY-RECONS", "2023-12-31 reconsideration_copy_received"),
        ("SI-NOTIFY-STOP", "2023-11-30 benefit_stop_event"),
    ],
)
def test_a_day_before_the_first_number_is_refused_not_guessed(limit_id: str, event: str) -> None:
    with pytest.raises(NotInForce):
        stands(limit_id, event)


@pytest.mark.parametrize(
    ("region", "due", "unit"),
    [
        (None, "2026-03-17", "calendar day"),
        ("330000", "2026-03-09", "working day"),
        ("330100", "2026-03-09", "working day"),
        ("370100", "2026-03-17", "calendar day"),
    ],
)
def test_a_province_may_set_another_unit(region: str | None, due: str, unit: str) -> None:
    found = stands("WI-REVIEW", f"{RECEIVED} recognition_application_received", region=region)
    assert (found.deadline.due, found.deadline.unit) == (day(due), unit)


def test_a_region_of_the_wrong_form_is_refused() -> None:
    with pytest.raises(RegionWrong):
        stands("WI-REVIEW", f"{RECEIVED} recognition_application_received", region="33")
