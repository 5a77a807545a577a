"""Each party's time for a second appraisal, the day of effect on both sides of its border, corrections, and second appraisals."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.tests.builders import a_clerk, a_delivery_clerk
from gongjian.appraisal.states import State
from gongjian.cases.checks import due_days, limbo
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case
from gongjian.cases.queries import deadline_of
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.actions import correct, note_second_appraisal, take_effect_due
from gongjian.delivery.checks import deliveries
from gongjian.delivery.errors import (
    CaseClosed,
    NoRemedyRunning,
    NotADeliverer,
    NotServedYet,
    ReappealTooLate,
    ServedAlready,
)
from gongjian.delivery.models import Correction, Delivery
from gongjian.delivery.tests.builders import both_served, remedy_ends, served, state_of, two_deliveries
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.law.errors import DayOutOfBounds

pytestmark = pytest.mark.django_db


def on(day: date):
    return moment.fixed(moment.at(day))


def of(case: Case, recipient: str) -> Delivery:
    return Delivery.objects.get(case=case, recipient=recipient)


def effective_on(case: Case) -> date | None:
    return Conclusion.objects.get(case=case).effective_on


@pytest.mark.parametrize(
    ("served_on", "ends_on"),
    [
        (date(2026, 4, 13), date(2026, 4, 28)),
        (date(2026, 4, 16), date(2026, 5, 6)),
        (date(2026, 4, 17), date(2026, 5, 6)),
        (date(2026, 4, 20), date(2026, 5, 6)),
        (date(2026, 4, 21), date(2026, 5, 6)),
        (date(2026, 4, 22), date(2026, 5, 7)),
        (date(2026, 4, 24), date(2026, 5, 9)),
        (date(2026, 4, 25), date(2026, 5, 11)),
    ],
    ids=[
        "a working day",
        "the fifteenth day is 1 May",
        "the fifteenth day is 2 May",
        "the fifteenth day is the last day of the holiday",
        "the first day after the holiday",
        "a day after it",
        "a Saturday on which everybody works",
        "a Sunday",
    ],
)
def test_article_19_a_last_day_in_the_holidays_rolls_to_the_next_working_day(served_on: date, ends_on: date):
    worker, _ = two_deliveries()
    served(worker, served_on)
    assert remedy_ends(worker.case)["worker"] == ends_on


def test_article_19_the_working_of_the_day_is_told():
    worker, _ = two_deliveries()
    served(worker, date(2026, 4, 17))
    told = deadline_of(worker.case.limits.get(limit="LA-REAPPEAL", about="worker"))
    assert (told.strict, told.due) == (date(2026, 5, 2), date(2026, 5, 6))
    assert "令55 第十九条" in told.article


def test_article_19_nothing_takes_effect_until_what_was_posted_in_time_has_come_and_then_it_does():
    case = both_served(date(2026, 4, 13), date(2026, 4, 17))
    for day in (date(2026, 5, 6), date(2026, 5, 7), date(2026, 5, 12)):
        with on(day):
            assert take_effect_due() == 0
    assert state_of(case) == State.DELIVERED
    with on(date(2026, 5, 13)):
        assert (take_effect_due(), take_effect_due()) == (1, 0)
    assert (state_of(case), effective_on(case)) == (State.EFFECTIVE, date(2026, 5, 7))


def test_article_19_the_day_of_effect_is_the_same_however_late_the_sweep_runs():
    case = both_served(date(2026, 4, 13), date(2026, 4, 17))
    with on(date(2026, 6, 30)):
        take_effect_due()
    assert effective_on(case) == date(2026, 5, 7)


def test_nothing_takes_effect_while_one_side_is_not_served():
    worker, _ = two_deliveries()
    served(worker, date(2026, 4, 13))
    with on(date(2027, 1, 4)):
        assert take_effect_due() == 0


def test_a_case_in_effect_waits_for_the_archive():
    case = both_served(date(2026, 4, 13), date(2026, 4, 13))
    with on(date(2026, 5, 9)):
        take_effect_due()
    assert case.obligations.get(kind="archive", fulfilled_at=None).role == "archivist"
    assert list(limbo()) == []


def test_article_19_a_second_appraisal_in_time_keeps_the_conclusion_from_taking_effect():
    case = both_served(date(2026, 4, 13), date(2026, 4, 17))
    with on(date(2026, 5, 8)):
        note_second_appraisal(of(case, "employer"), on=date(2026, 5, 6), by=a_delivery_clerk())
        assert take_effect_due() == 0
    assert state_of(case) == State.DELIVERED


def test_article_19_a_second_appraisal_after_the_last_day_is_refused():
    case = both_served(date(2026, 4, 13), date(2026, 4, 17))
    with on(date(2026, 5, 8)), pytest.raises(ReappealTooLate):
        note_second_appraisal(of(case, "worker"), on=date(2026, 4, 29), by=a_delivery_clerk())


def test_a_second_appraisal_before_the_service_is_refused():
    worker, _ = two_deliveries()
    with pytest.raises(NoRemedyRunning):
        note_second_appraisal(worker, on=date(2026, 4, 20), by=a_delivery_clerk())


def test_a_second_appraisal_is_noted_once_and_by_the_delivery_clerk():
    case = both_served(date(2026, 4, 13), date(2026, 4, 17))
    worker = of(case, "worker")
    first = note_second_appraisal(worker, on=date(2026, 4, 20), by=a_delivery_clerk())
    assert note_second_appraisal(worker, on=date(2026, 4, 21), by=a_delivery_clerk()) == first
    with pytest.raises(NotADeliverer):
        note_second_appraisal(worker, on=date(2026, 4, 20), by=a_clerk())
    with pytest.raises(DatabaseError), transaction.atomic():
        type(first).objects.update(applied_on=date(2026, 4, 22))


def corrected(case: Case, recipient: str, day: date, *, reason: str = "回执日期看错", at: date = date(2026, 4, 20)):
    with on(at):
        return correct(of(case, recipient), on=day, reason=reason, by=a_delivery_clerk())


def test_a_wrong_day_is_set_right_on_record_and_the_remedy_counted_anew():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    row = corrected(case, "employer", date(2026, 4, 16))
    employer = of(case, "employer")
    assert (employer.served_on, employer.served_day) == (date(2026, 4, 14), date(2026, 4, 16))
    assert (row.former_on, row.served_on, row.reason) == (date(2026, 4, 14), date(2026, 4, 16), "回执日期看错")
    assert remedy_ends(case) == {"worker": date(2026, 4, 28), "employer": date(2026, 5, 6), "": date(2026, 5, 6)}


def test_a_correction_moves_what_is_owed_and_agrees_with_the_checks():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    corrected(case, "employer", date(2026, 4, 16))
    assert case.obligations.get(kind="remedies", fulfilled_at=None).due_on == date(2026, 5, 6)
    assert case.limits.get(limit="LA-DELIVER").met_on == date(2026, 4, 16)
    assert [*due_days(), *deliveries(), *verify()[1]] == []


def test_a_correction_of_one_side_before_the_other_is_served_counts_too():
    worker, employer = two_deliveries()
    served(worker, date(2026, 4, 15))
    corrected(worker.case, "worker", date(2026, 4, 13))
    served(employer, date(2026, 4, 21))
    assert remedy_ends(worker.case)["worker"] == date(2026, 4, 28)
    assert state_of(worker.case) == State.DELIVERED


def test_the_last_correction_counts():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    corrected(case, "worker", date(2026, 4, 15))
    corrected(case, "worker", date(2026, 4, 12))
    assert of(case, "worker").served_day == date(2026, 4, 12)
    assert remedy_ends(case)["worker"] == date(2026, 4, 27)


def test_a_correction_never_overwrites():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    corrected(case, "worker", date(2026, 4, 15))
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(served_on=date(2026, 4, 16))
    with pytest.raises(ServedAlready, match="2026-04-15"):
        served(of(case, "worker"), date(2026, 4, 21))


def test_a_correction_needs_a_reason_a_possible_day_and_a_delivery_clerk():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    with pytest.raises(ReasonMissing):
        corrected(case, "worker", date(2026, 4, 15), reason=" ")
    for day in (date(2026, 4, 8), date(2026, 4, 21)):
        with pytest.raises(DayOutOfBounds):
            corrected(case, "worker", day)
    with pytest.raises(NotADeliverer):
        correct(of(case, "worker"), on=date(2026, 4, 15), reason="看错", by=a_clerk())


def test_what_is_not_served_has_no_day_to_correct():
    worker, _ = two_deliveries()
    with pytest.raises(NotServedYet):
        corrected(worker.case, "worker", date(2026, 4, 15))


def test_once_the_file_is_closed_a_day_is_not_corrected_here():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    Case.objects.filter(pk=case.pk).update(state=State.ARCHIVED)
    with pytest.raises(CaseClosed, match="已经归档"):
        corrected(case, "worker", date(2026, 4, 15), at=date(2026, 5, 21))


def test_a_clock_that_does_not_run_from_the_served_day_is_found():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    case.limits.filter(limit="LA-REAPPEAL", about="worker").update(start_on=date(2026, 4, 10))
    assert [problem.sentence for problem in deliveries()] == ["再次鉴定的期限不是从送达之日起算的。"]


def test_a_served_side_whose_clock_never_began_is_found():
    case = both_served(date(2026, 4, 13), date(2026, 4, 14))
    case.limits.filter(limit="LA-REAPPEAL", about="employer").delete()
    assert [problem.sentence for problem in deliveries()] == ["文书已送达，再次鉴定的期限却没有起算。"]
