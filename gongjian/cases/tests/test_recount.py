"""New holiday data: stored days of open limits follow, what hangs on them too, and a party never loses a day it was told."""

from datetime import date, timedelta

import pytest

from gongjian.cases import checks, jobs
from gongjian.cases.actions.clock import FOLLOWERS, meet_limit, recount_open, start_limit
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case, CaseLimit, Obligation
from gongjian.cases.queries import deadline_of, last_day_of, waits_until
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.sweeps import SWEEPS
from gongjian.law.tests.arranging import arranged

pytestmark = pytest.mark.django_db
NEW_YEAR = {date(2027, 1, day): "元旦" for day in (1, 2, 3, 4)}
SPRING = {date(2027, 2, day): "春节" for day in range(5, 12)}


@pytest.fixture(autouse=True)
def march():
    with moment.fixed(RECEIVED):
        yield


def a_remedy(start: date, about: str = "worker") -> CaseLimit:
    """A party's fifteen days from `start`, with something owed on their last day."""
    row = start_limit(a_case(), "LA-REAPPEAL", start=start, about=about)
    owe(row.case, "wait", due=row.due_on, article="令55 第十九条", role="delivery_clerk", limit=row)
    return row


def test_l21_art_203_new_years_day_is_a_day_off_before_anybody_has_arranged_the_year():
    assert a_remedy(date(2026, 12, 17)).due_on == date(2027, 1, 4)


def test_l21_when_the_year_is_arranged_the_stored_day_and_what_is_owed_follow():
    row = a_remedy(date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR | SPRING):
        assert recount_open() == 1
        row.refresh_from_db()
        assert row.due_on == deadline_of(row).due == date(2027, 1, 5)
        assert Obligation.objects.get(kind="wait").due_on == date(2027, 1, 5)
        assert list(checks.due_days()) == []


def test_the_ledger_keeps_both_days():
    row = a_remedy(date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR):
        recount_open()
    entry = LedgerEntry.objects.get(act="limit.recounted")
    assert (entry.chain, entry.by) == (row.case.chain, None)
    assert entry.facts == {"limit": "LA-REAPPEAL", "about": "worker", "former": "2027-01-04", "due": "2027-01-05"}


def test_until_it_is_recounted_the_check_says_so():
    row = a_remedy(date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR):
        [problem] = checks.due_days()
    assert (problem.about, problem.sentence) == (
        row.case.number,
        "期限LA-REAPPEAL存为2027-01-04，重算为2027-01-05。",
    )


def test_recounting_twice_is_once_and_without_news_is_nothing():
    a_remedy(date(2026, 12, 17))
    assert recount_open() == 0
    with arranged(2027, off=NEW_YEAR):
        assert (jobs.recount_limits(), jobs.recount_limits()) == (1, 0)
    assert LedgerEntry.objects.filter(act="limit.recounted").count() == 1


def test_a_party_keeps_the_day_it_was_told_when_the_weekend_before_is_worked():
    row = a_remedy(date(2027, 1, 30))  # its fifteenth day is Sunday 14 February
    assert row.due_on == date(2027, 2, 15)
    with arranged(2027, off=SPRING, worked=(date(2027, 2, 14),)):
        assert deadline_of(row).due == date(2027, 2, 14)
        assert last_day_of(row) == date(2027, 2, 15)
        assert (recount_open(), list(checks.due_days())) == (0, [])


def test_art_10_our_own_working_days_follow_in_both_directions():
    row = start_limit(a_case(), "LA-DELIVER", start=date(2027, 1, 27))
    own = start_limit(row.case, "LA-SUPPLEMENT", start=date(2027, 1, 27), about="x")
    CaseLimit.objects.filter(case=row.case, limit="LA-REVIEW").update(start_on=date(2027, 2, 3))
    with arranged(2027, off=SPRING, worked=(date(2027, 2, 14),)):
        recount_open()
        review = CaseLimit.objects.get(case=row.case, limit="LA-REVIEW")
        assert review.due_on == date(2027, 2, 16)  # 4th; 12th, Sunday 14th, 15th, 16th
        assert CaseLimit.objects.get(pk=row.pk).due_on == date(2027, 2, 11)  # strict: calendar days stand on a day off
        assert CaseLimit.objects.get(pk=own.pk).due_on == date(2027, 2, 12)


@pytest.mark.parametrize("end", ["met", "closed"])
def test_what_is_over_is_left_as_it_was(end):
    row = a_remedy(date(2026, 12, 17))
    if end == "met":
        meet_limit(row.case, "LA-REAPPEAL", on=date(2026, 12, 20), about="worker")
    else:
        Case.objects.update(closed_at=moment.now())
    with arranged(2027, off=NEW_YEAR):
        assert recount_open() == 0
    assert CaseLimit.objects.get(pk=row.pk).due_on == date(2027, 1, 4)


def test_who_follows_is_told_in_the_same_transaction(monkeypatch):
    told = []
    monkeypatch.setattr("gongjian.cases.actions.clock.FOLLOWERS", [*FOLLOWERS, lambda row: told.append(row.due_on)])
    a_remedy(date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR):
        recount_open()
    assert told == [date(2027, 1, 5)]


@pytest.mark.parametrize(
    ("start", "waits"),
    [
        (date(2026, 12, 1), date(2026, 12, 16)),  # nothing unknown: no day more
        (date(2026, 12, 15), date(2027, 1, 14)),  # 30 December may yet become a day off
        (date(2026, 12, 17), date(2027, 1, 19)),
        (date(2027, 1, 25), date(2027, 2, 24)),  # past any arrangement of 春节 2027
    ],
)
def test_l21_nothing_final_is_done_on_a_day_that_may_still_move(start, waits):
    assert waits_until(a_remedy(start)) == waits


def test_once_the_year_is_known_nothing_more_is_waited_for():
    row = a_remedy(date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR):
        assert waits_until(row) == date(2027, 1, 5)


def test_the_waiting_is_longer_than_any_run_of_days_off():
    row = a_remedy(date(2026, 2, 1))
    assert waits_until(row) == date(2026, 2, 24)  # from Sunday 15 February over 春节
    assert date(2026, 2, 24) - date(2026, 2, 15) < timedelta(days=15)


def test_the_sweep_runs_every_night():
    assert SWEEPS["cases.recount_limits"] is jobs.recount_limits
