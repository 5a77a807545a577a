"""Limits that belong together, over one case: what ends the one ends the other, no day is counted twice or by nobody."""

from datetime import date, timedelta

import pytest

from gongjian.law.calendar import is_working_day, working_day_after, working_day_on_or_after
from gongjian.law.clock import Extension, Postponement, deadline
from gongjian.law.history import Event, standings
from gongjian.law.limits import all_limits, limit

DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text)


def stood(today, *events, region=None):
    """Limit → how it stands, from events as "day what [number]"."""
    told = [text.split() for text in events]
    happened = [Event(day(on), what, int(more[0]) if more else None) for on, what, *more in told]
    return {one.limit: one for one in standings(happened, day(today), region=region)}


# What ends the one ends the other.

TOGETHER = [
    ("LA-DECIDE", "LA-DECIDE-EXT", set()),
    ("TG-MAX", "TG-EXT", set()),
    ("WI-DECIDE", "WI-DECIDE-FAST", set()),
    ("WI-REVIEW", "WI-REVIEW-2", {"recognition_supplement_notified"}),
    ("WI-SUIT", "WI-SUIT-AFTER", set()),
]


@pytest.mark.parametrize(("one", "other", "but"), TOGETHER)
def test_a_limit_that_goes_on_for_another_is_met_and_falls_away_with_the_same(one, other, but):
    first, second = limit(one), limit(other)
    assert set(first.met_by) - but == set(second.met_by)
    assert first.ended_by == second.ended_by
    assert {ground.name for ground in first.pauses} == {ground.name for ground in second.pauses}
    assert (first.roll, first.who, first.bearer) == (second.roll, second.who, second.bearer)


@pytest.mark.parametrize(
    ("last", "gone"),
    [
        ("2026-04-10 application_withdrawn", {"LA-SUPPLEMENT", "LA-DECIDE"}),
        ("2026-04-10 application_lapsed", {"LA-SUPPLEMENT", "LA-DECIDE"}),
        ("2026-04-10 materials_completed", set()),
    ],
)
def test_whoever_gives_up_an_application_owes_no_papers_and_is_owed_no_decision(last, gone):
    found = stood(
        "2026-04-20",
        "2026-03-02 application_received",
        "2026-03-05 supplement_notice_issued",
        "2026-03-06 supplement_notice_delivered",
        last,
    )
    assert found["LA-REVIEW"].state == "met"
    assert {id for id, one in found.items() if one.state == "ended"} == gone
    assert {one.late_by for id, one in found.items() if id in gone} <= {0}
    assert {one.finished_on for id, one in found.items() if id in gone} <= {day("2026-04-10")}


def test_what_lapses_after_the_decision_was_put_off_leaves_nothing_running():
    found = stood(
        "2026-07-01",
        "2026-03-02 application_received",
        "2026-04-20 decision_extended",
        "2026-05-01 decision_due",
        "2026-05-20 application_lapsed",
    )
    assert {one.state for id, one in found.items() if id.startswith("LA-DECIDE")} == {"ended"}


def test_every_limit_that_a_withdrawal_ends_starts_before_the_decision_that_would_meet_it():
    withdrawn = {"application_withdrawn", "recognition_withdrawn"}
    ended = {one.id for one in all_limits().values() if withdrawn & set(one.ended_by)}
    decided = {"conclusion_made", "recognition_decided"}
    after = {one.id for one in all_limits().values() if one.start_event in decided}
    assert ended
    assert not ended & after


# Nothing is counted twice, nothing by nobody.


@pytest.mark.parametrize("extended", range(1, 31, 6))
@pytest.mark.parametrize("received", ["2026-01-28", "2026-02-28", "2026-03-02", "2026-08-01"])
def test_the_sixty_days_and_their_extension_are_one_period(received, extended):
    start = day(received)
    plain = deadline("LA-DECIDE", start)
    longer = deadline("LA-DECIDE", start, extensions=[Extension(extended, plain.due, reason="涉及专业较多")])
    assert longer.due == plain.due + extended * DAY == start + (60 + extended) * DAY
    assert deadline("LA-DECIDE-EXT", plain.due).due == start + 90 * DAY


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("2026-03-02", "2026-03-03", 0),  # the day of receipt is not counted anyway
        ("2026-03-02", "2026-03-04", 1),
        ("2026-03-03", "2026-03-04", 1),
        ("2026-04-30", "2026-05-01", 1),
        ("2026-05-01", "2026-05-02", 1),  # the last day itself
        ("2026-05-02", "2026-05-09", 0),  # the day after it
        ("2026-02-20", "2026-03-01", 0),  # all before the receipt
        ("2026-02-20", "2026-03-05", 2),
    ],
)
def test_of_a_reschedule_only_the_days_within_the_period_move_its_end(old, new, moved):
    postponed = Postponement.between(day(old), day(new))
    found = deadline("LA-DECIDE", day("2026-03-02"), postponements=[postponed])
    assert (found.postponed_days, found.due) == (moved, day("2026-05-01") + moved * DAY)


def test_two_reschedules_that_overlap_by_a_day_move_the_end_by_the_days_of_both_together():
    first, second = (
        Postponement.between(day("2026-03-10"), day("2026-03-20")),
        Postponement.between(day("2026-03-19"), day("2026-03-25")),
    )
    for both in ([first, second], [second, first], [first, second, first]):
        assert deadline("LA-DECIDE", day("2026-03-02"), postponements=both).postponed_days == 15


def test_a_reschedule_into_the_days_that_another_won_wins_its_own_days_too():
    first = Postponement.between(day("2026-04-20"), day("2026-04-30"))  # ten days: the end moves to 11 May
    within = Postponement.between(day("2026-05-10"), day("2026-05-15"))
    outside = Postponement.between(day("2026-05-12"), day("2026-05-15"))
    assert deadline("LA-DECIDE", day("2026-03-02"), postponements=[first, within]).due == day("2026-05-16")
    assert deadline("LA-DECIDE", day("2026-03-02"), postponements=[first, outside]).due == day("2026-05-11")
    assert deadline("LA-DECIDE", day("2026-03-02"), postponements=[within]).due == day("2026-05-01")


def test_a_suspended_recognition_keeps_the_days_it_had_left_however_long_it_stood_still():
    for days in (1, 30, 31, 400):
        end = day("2026-03-22") + days * DAY
        found = stood(
            end.isoformat(),
            "2026-03-02 recognition_accepted",
            "2026-03-22 judicial_decision_pending",
            f"{end} judicial_decision_pending_ended",
        )["WI-DECIDE"]
        assert (found.days_left, found.state) == (40, "running")


def test_two_grounds_at_once_stop_the_recognition_once_and_until_the_last_has_gone():
    found = stood(
        "2026-05-30",
        "2026-03-02 recognition_accepted",
        "2026-03-12 judicial_decision_pending",
        "2026-03-20 labour_dispute",
        "2026-04-01 judicial_decision_pending_ended",
        "2026-04-11 labour_dispute_ended",
    )["WI-DECIDE"]
    assert found.deadline.due == day("2026-05-01") + 30 * DAY


# Over the holidays of 2026, a party's and our own, side by side.


@pytest.mark.parametrize(
    ("served", "strict", "due"),
    [
        ("2026-01-29", "2026-02-13", "2026-02-13"),  # the Friday before the Spring Festival
        ("2026-01-31", "2026-02-15", "2026-02-24"),
        ("2026-02-08", "2026-02-23", "2026-02-24"),
        ("2026-03-20", "2026-04-04", "2026-04-07"),  # 清明, a Saturday to Monday
        ("2026-04-16", "2026-05-01", "2026-05-06"),
        ("2026-04-24", "2026-05-09", "2026-05-09"),  # a Saturday that is worked
        ("2026-06-04", "2026-06-19", "2026-06-22"),  # 端午, a Friday to Sunday
        ("2026-09-05", "2026-09-20", "2026-09-20"),  # a Sunday that is worked
        ("2026-09-10", "2026-09-25", "2026-09-28"),
        ("2026-09-16", "2026-10-01", "2026-10-08"),
    ],
)
def test_a_partys_fifteen_days_roll_over_the_holidays_and_ours_stand(served, strict, due):
    partys = [deadline(one, day(served)).due for one in ("LA-REAPPEAL", "WI-SUIT-AFTER", "WI-EVIDENCE")]
    assert partys == [day(due)] * 3
    ours = [deadline(one, day(served)) for one in ("LA-DELIVER", "WI-REPLY-COURT", "WI-REVIEW-2")]
    assert {one.due for one in ours} == {day(strict)}
    assert all(is_working_day(one.act_by) and one.act_by <= one.due for one in ours)


@pytest.mark.parametrize(
    ("limit_id", "start", "due"),
    [
        ("WI-DEATH-REPORT", "2026-02-13", "2026-02-27"),  # the worked 14th counts, the nine days of the festival do not
        ("WI-DEATH-REPORT", "2026-09-18", "2026-09-24"),  # Sunday the 20th is worked
        ("WI-DEATH-REPORT", "2026-09-24", "2026-10-09"),
        ("WI-REPLY-RECONS", "2026-04-30", "2026-05-18"),  # Saturday 9 May is worked
        ("SI-MANUAL-CLAIM", "2026-02-09", "2026-03-13"),
        ("SI-NOTIFY-STOP", "2026-09-24", "2026-10-29"),
        ("AD-REVIEW", "2026-06-18", "2026-06-26"),
        ("SV-INFO", "2026-04-02", "2026-05-06"),
    ],
)
def test_working_days_step_over_the_holidays_and_take_in_the_weekends_that_are_worked(limit_id, start, due):
    found = deadline(limit_id, day(start))
    assert found.due == day(due) == working_day_after(day(start), found.length)
    between = [day(start) + step * DAY for step in range(1, (found.due - day(start)).days + 1)]
    assert sum(is_working_day(one) for one in between) == found.length


@pytest.mark.parametrize(
    ("limit_id", "start", "due"),
    [
        ("WI-SUIT", "2025-08-31", "2026-02-28"),  # six months on there is no 31st; Saturday the 28th is worked
        ("WI-SUIT", "2025-08-28", "2026-02-28"),
        ("WI-SUIT", "2025-08-20", "2026-02-24"),  # 20 February is in the Spring Festival
        ("WI-WRK-APPLY", "2025-05-01", "2026-05-06"),
        ("WI-WRK-APPLY", "2025-09-20", "2026-09-20"),
        ("WI-EMP-APPLY", "2026-09-03", "2026-10-08"),  # thirty days end on 3 October
        ("WI-RECONS", "2026-08-03", "2026-10-08"),  # sixty days end on 2 October
        ("TG-MAX", "2024-02-29", "2025-02-28"),
        ("LOG-KEEP", "2025-08-31", "2026-02-28"),
        ("PI-PIA-KEEP", "2024-02-29", "2027-02-28"),
        ("LA-REVIEW-1Y", "2025-02-28", "2026-03-01"),
        ("LA-REAPPLY-SICK", "2025-12-31", "2027-01-01"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_last_of_the_month(limit_id, start, due):
    assert deadline(limit_id, day(start)).due == day(due)


@pytest.mark.parametrize("limit_id", [one.id for one in all_limits().values() if one.roll == "forward"])
def test_whoever_is_served_a_day_later_never_has_to_act_earlier_and_always_on_a_working_day(limit_id):
    dues = [deadline(limit_id, day("2026-01-05") + step * DAY).due for step in range(0, 300, 3)]
    assert dues == sorted(dues)
    assert all(working_day_on_or_after(due) == due for due in dues)
