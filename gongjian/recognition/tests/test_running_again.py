"""Limits that a new decision in the same case brings back, and limits that fall with the decision from which they ran."""

from datetime import date

import pytest

from gongjian.cases.actions.clock import lay_down, meet_limit, run_again, start_limit
from gongjian.cases.models import Case, CaseLimit, LimitChange
from gongjian.kernel import moment
from gongjian.recognition.tests.builders import MONDAY, an_accepted_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
WHY = {"reason": "原决定已撤销", "article": "条例 第五十五条", "by": None}


@pytest.fixture(autouse=True)
def on_monday():
    with moment.fixed(MONDAY):
        yield


def limit(case: Case, name: str, about: str = "") -> CaseLimit:
    return CaseLimit.objects.get(case=case, limit=name, about=about)


def test_what_never_ran_begins_without_a_word():
    case = an_accepted_case()
    row = run_again(case, "WI-DELIVER", start=DAY, **WHY)
    assert (row.start_on, row.due_on) == (DAY, date(2026, 3, 22))
    assert not LimitChange.objects.filter(limit=row).exists()


def test_what_had_been_met_runs_anew_and_its_first_start_stays_on_record():
    case = an_accepted_case()
    start_limit(case, "WI-DELIVER", start=DAY)
    meet_limit(case, "WI-DELIVER", on=date(2026, 3, 5))
    run_again(case, "WI-DELIVER", start=LATER, **WHY)
    row = limit(case, "WI-DELIVER")
    assert (row.start_on, row.due_on, row.met_on) == (DAY, date(2026, 4, 21), None)
    assert LimitChange.objects.get(limit=row).kind == "restarted"


def test_what_had_fallen_away_counts_again():
    case = an_accepted_case()
    start_limit(case, "WI-SUIT", start=DAY, about="worker")
    lay_down(case, ("WI-SUIT",), on=date(2026, 3, 12))
    assert limit(case, "WI-SUIT", "worker").ended_on == date(2026, 3, 12)
    run_again(case, "WI-SUIT", start=LATER, about="worker", **WHY)
    assert limit(case, "WI-SUIT", "worker").ended_on is None


def test_what_falls_falls_for_everybody_it_was_about_and_for_nothing_else():
    case = an_accepted_case()
    for side in ("worker", "employer", ""):
        start_limit(case, "WI-SUIT", start=DAY, about=side)
    lay_down(case, ("WI-SUIT", "WI-RECONS"), on=LATER)
    assert not CaseLimit.objects.filter(case=case, limit="WI-SUIT", ended_on=None).exists()
    assert limit(case, "WI-DECIDE").ended_on is None


def test_a_limit_laid_down_twice_keeps_its_first_day():
    case = an_accepted_case()
    start_limit(case, "WI-SUIT", start=DAY)
    lay_down(case, ("WI-SUIT",), on=date(2026, 3, 12))
    lay_down(case, ("WI-SUIT",), on=LATER)
    assert limit(case, "WI-SUIT").ended_on == date(2026, 3, 12)


def test_the_day_of_the_case_follows_the_limit_of_its_decision():
    case = an_accepted_case()
    run_again(case, "WI-DECIDE", start=LATER, **WHY)
    case.refresh_from_db()
    assert case.due_on == date(2026, 5, 31)
    lay_down(case, ("WI-DECIDE",), on=LATER)
    case.refresh_from_db()
    assert case.due_on is None
