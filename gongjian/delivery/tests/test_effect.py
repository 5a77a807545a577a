"""Between a last day and the effect: what was posted in time may still come, and a day that rests on an unknown year may still move."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.tests.builders import a_clerk, a_delivery_clerk, a_reviewer
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import recount_open
from gongjian.cases.checks import due_days, limbo
from gongjian.cases.errors import NotYours
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.actions import correct, note_second_appraisal, take_effect_due
from gongjian.delivery.errors import CaseClosed, ReappealTooLate
from gongjian.delivery.models import Delivery
from gongjian.delivery.tests.builders import both_served, remedy_ends, state_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.law.tests.arranging import arranged
from gongjian.papers.decided import take_back_effect

pytestmark = pytest.mark.django_db
NEW_YEAR = {date(2027, 1, day): "元旦" for day in (1, 2, 3)}


def on(day: date):
    return moment.fixed(moment.at(day))


def swept(day: date) -> int:
    with on(day):
        return take_effect_due()


def waited_for(case: Case) -> tuple[str, date]:
    owed = case.obligations.get(fulfilled_at=None, kind__in=("remedies", "await_post", "await_year"))
    return owed.kind, owed.due_on


def noted(case: Case, applied_on: date, *, at: date, recipient: str = "worker"):
    with on(at):
        delivery = Delivery.objects.get(case=case, recipient=recipient)
        return note_second_appraisal(delivery, on=applied_on, by=a_delivery_clerk())


def test_l21_new_years_day_ends_nobodys_time():
    case = both_served(date(2026, 12, 17), date(2026, 12, 17))
    assert remedy_ends(case)["worker"] == date(2027, 1, 4)
    assert swept(date(2027, 1, 2)) == 0
    assert noted(case, date(2027, 1, 4), at=date(2027, 1, 4)).applied_on == date(2027, 1, 4)


@pytest.mark.parametrize(("day", "count"), [(date(2027, 1, 12), 0), (date(2027, 1, 19), 0), (date(2027, 1, 20), 1)])
def test_l21_without_the_years_holidays_the_effect_waits_longer(day: date, count: int):
    both_served(date(2026, 12, 17), date(2026, 12, 17))
    assert swept(day) == count


def test_l21_what_is_owed_says_that_the_year_is_waited_for():
    case = both_served(date(2026, 12, 17), date(2026, 12, 17))
    swept(date(2027, 1, 5))
    assert waited_for(case) == ("await_year", date(2027, 1, 19))
    assert "节假日安排尚未录入" in label_of("await_year")
    assert [*limbo(), *due_days()] == []


def test_l21_when_the_year_becomes_known_only_the_post_is_waited_for():
    case = both_served(date(2026, 12, 17), date(2026, 12, 17))
    swept(date(2027, 1, 5))
    with arranged(2027, off=NEW_YEAR):
        recount_open()
        assert swept(date(2027, 1, 6)) == 0
        assert waited_for(case) == ("await_post", date(2027, 1, 11))
        assert swept(date(2027, 1, 12)) == 1
    assert Conclusion.objects.get(case=case).effective_on == date(2027, 1, 5)


def test_l21_new_data_give_the_later_day_even_before_anything_was_recounted():
    case = both_served(date(2026, 12, 17), date(2026, 12, 17))
    with arranged(2027, off=NEW_YEAR | {date(2027, 1, 4): "元旦"}):
        assert swept(date(2027, 1, 5)) == 0
        assert waited_for(case)[0] == "remedies"
        assert noted(case, date(2027, 1, 5), at=date(2027, 1, 6))


def test_l21_nobody_is_told_to_be_late_by_a_day_that_may_still_move():
    case = both_served(date(2026, 12, 17), date(2026, 12, 17))
    with pytest.raises(ReappealTooLate):
        noted(case, date(2027, 1, 20), at=date(2027, 1, 20))
    assert noted(case, date(2027, 1, 6), at=date(2027, 1, 6))
    assert swept(date(2027, 2, 1)) == 0


def test_art_85_what_was_posted_on_the_last_day_and_comes_days_later_is_in_time():
    case = both_served(date(2026, 4, 15), date(2026, 4, 15))
    assert remedy_ends(case)["worker"] == date(2026, 4, 30)
    assert swept(date(2026, 5, 1)) == 0
    assert noted(case, date(2026, 4, 30), at=date(2026, 5, 6))
    assert swept(date(2026, 6, 1)) == 0
    assert state_of(case) == State.DELIVERED


def test_art_85_the_five_days_of_the_post_are_working_days_and_what_is_owed_says_so():
    case = both_served(date(2026, 4, 15), date(2026, 4, 15))
    assert swept(date(2026, 5, 1)) == 0
    assert waited_for(case) == ("await_post", date(2026, 5, 11))  # 6th, 7th, 8th, Saturday 9th, 11th
    assert (swept(date(2026, 5, 11)), swept(date(2026, 5, 12))) == (0, 1)
    assert Conclusion.objects.get(case=case).effective_on == date(2026, 5, 1)
    assert [owed.kind for owed in case.obligations.filter(fulfilled_at=None, role="archivist")] == ["archive"]


def test_sweeping_every_hour_owes_once():
    case = both_served(date(2026, 4, 15), date(2026, 4, 15))
    for day in (1, 1, 6, 7, 11):
        swept(date(2026, 5, day))
    assert case.obligations.filter(kind="await_post").count() == 1
    assert not case.obligations.filter(kind="remedies", fulfilled_at=None).exists()


def test_a_day_set_right_while_waiting_lets_the_remedy_run_again():
    case = both_served(date(2026, 4, 15), date(2026, 4, 15))
    swept(date(2026, 5, 1))
    with on(date(2026, 5, 6)):
        worker = Delivery.objects.get(case=case, recipient="worker")
        correct(worker, on=date(2026, 4, 25), reason="回执日期看错", by=a_delivery_clerk())
    assert waited_for(case) == ("remedies", date(2026, 5, 11))
    assert [*limbo(), *due_days()] == []
    assert swept(date(2026, 5, 11)) == 0
    assert (swept(date(2026, 5, 18)), swept(date(2026, 5, 19))) == (0, 1)


# What comes after the effect.


def an_effective_case() -> Case:
    """In effect since 1 May: both were served on 15 April, and the post had until 11 May."""
    case = both_served(date(2026, 4, 15), date(2026, 4, 15))
    assert swept(date(2026, 5, 12)) == 1
    return case


def kinds_owed(case: Case) -> set[str]:
    return set(case.obligations.filter(fulfilled_at=None).exclude(kind="send_copy").values_list("kind", flat=True))


def test_art_19_what_was_posted_in_time_takes_the_effect_back_however_late_it_comes():
    case = an_effective_case()
    assert noted(case, date(2026, 4, 30), at=date(2026, 5, 20))
    assert state_of(case) == State.DELIVERED
    assert Conclusion.objects.get(case=case).effective_on is None
    assert swept(date(2026, 7, 1)) == 0
    assert [*limbo(), *due_days()] == []


def test_after_a_second_appraisal_the_province_is_waited_for_and_nobody_archives():
    case = an_effective_case()
    noted(case, date(2026, 4, 30), at=date(2026, 5, 20))
    assert kinds_owed(case) == {"await_second"}
    assert case.obligations.get(kind="await_second").due_on == date(2026, 6, 29)


def test_the_ledger_keeps_that_it_was_in_effect_since_when_and_why_no_more():
    case = an_effective_case()
    noted(case, date(2026, 4, 30), at=date(2026, 5, 20))
    entry = LedgerEntry.objects.get(act="case.take_back")
    assert (entry.facts["former"], entry.facts["reason"]) == ("2026-05-01", "second_appraisal")
    assert entry.by is not None
    assert list(verify()[1]) == []


def test_one_that_came_too_late_leaves_the_effect_as_it_is():
    case = an_effective_case()
    with pytest.raises(ReappealTooLate):
        noted(case, date(2026, 5, 6), at=date(2026, 5, 20))
    assert (state_of(case), Conclusion.objects.get(case=case).effective_on) == (State.EFFECTIVE, date(2026, 5, 1))


def test_the_other_side_noting_too_takes_back_once():
    case = an_effective_case()
    for recipient in ("worker", "employer"):
        noted(case, date(2026, 4, 30), at=date(2026, 5, 20), recipient=recipient)
    assert case.passages.filter(act="take_back").count() == 1


def test_in_a_closed_file_nothing_is_noted_and_the_sentence_says_whom_to_tell():
    case = an_effective_case()
    Case.objects.filter(pk=case.pk).update(state=State.ARCHIVED)
    with pytest.raises(CaseClosed, match="省级劳动能力鉴定委员会"):
        noted(case, date(2026, 4, 30), at=date(2026, 5, 20))


def test_a_wrong_slip_is_set_right_after_the_effect_and_the_time_runs_from_the_right_day():
    case = an_effective_case()
    with on(date(2026, 5, 13)):
        worker = Delivery.objects.get(case=case, recipient="worker")
        correct(worker, on=date(2026, 4, 29), reason="回执日期看错", by=a_delivery_clerk())
    assert (state_of(case), remedy_ends(case)["worker"]) == (State.DELIVERED, date(2026, 5, 14))
    assert Conclusion.objects.get(case=case).effective_on is None
    assert kinds_owed(case) == {"remedies"}
    assert swept(date(2026, 5, 21)) == 0
    assert swept(date(2026, 5, 22)) == 1
    assert Conclusion.objects.get(case=case).effective_on == date(2026, 5, 15)


def test_the_database_takes_an_effect_back_but_never_moves_it():
    case = an_effective_case()
    with pytest.raises(DatabaseError), transaction.atomic():
        Conclusion.objects.filter(case=case).update(effective_on=date(2026, 5, 2))


def test_only_who_delivers_takes_an_effect_back():
    case = an_effective_case()
    for by in (a_clerk(), a_reviewer()):
        with pytest.raises(NotYours):
            take_back_effect(Case.objects.get(pk=case.pk), by=by, reason="x")
