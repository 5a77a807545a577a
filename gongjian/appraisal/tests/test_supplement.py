"""What follows the one notice: the supplement, a later day, the lapse, giving up; and withdrawing."""

from datetime import date, datetime, timedelta

import pytest

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_scheduler,
    a_worker_user,
    an_applicant,
    an_employer_user,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.applications.actions.supplement import Item
from gongjian.applications.errors import NothingSupplemented, NotTheApplicant
from gongjian.appraisal.actions import (
    accept,
    give_up,
    grant_later_day,
    lapse_due,
    receive_supplement,
    supplement,
    withdraw,
)
from gongjian.appraisal.errors import LaterDayGranted, NoNoticeYet, SupplementLate
from gongjian.appraisal.jobs import lapse_due as lapse_job
from gongjian.appraisal.queries import application_of
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import (
    MONDAY,
    a_case_to_supplement,
    a_submitted_case,
    a_supplementing_page,
    an_accepted_case,
)
from gongjian.cases.errors import MoveNotAllowed, NotYours, ReasonMissing
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.papers.models import Paper

pytestmark = pytest.mark.django_db
RECORDS = Item("medical_records", "请补交住院病历")


def on(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=moment.ZONE)


STRANGERS = [a_reviewer, a_scheduler, the_signer, a_worker_user, an_expert_user, an_outsider]


def test_art_10_the_applicant_supplements_and_the_check_begins_anew():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 5))
    with moment.fixed(on(3, 5)):
        supplement(case, by=a_worker_user())
    case.refresh_from_db()
    [owed] = open_obligations(case)
    review = case.limits.get(limit="LA-REVIEW")
    assert (case.state, owed.kind, owed.due_on) == (State.SUBMITTED, "check_papers", date(2026, 3, 12))
    assert (review.start_on, review.due_on, review.met_on) == (date(2026, 3, 2), date(2026, 3, 12), None)
    assert case.limits.get(limit="LA-SUPPLEMENT").met_on == date(2026, 3, 5)


def test_art_10_the_decision_counts_from_complete_receipt_and_the_first_receipt_stays_on_record():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 5))
    with moment.fixed(on(3, 5)):
        supplement(case, by=a_worker_user())
    case.refresh_from_db()
    decide = case.limits.get(limit="LA-DECIDE")
    assert (decide.start_on, decide.due_on) == (date(2026, 3, 2), date(2026, 5, 4))
    assert case.due_on == date(2026, 5, 4)
    assert application_of(case).complete_on == date(2026, 3, 5)
    assert "收齐材料" in decide.changes.get().reason


def test_a_supplement_without_a_new_paper_is_refused():
    case, _ = a_case_to_supplement()
    with moment.fixed(on(3, 5)), pytest.raises(NothingSupplemented):
        supplement(case, by=a_worker_user())


@pytest.mark.parametrize("person", [an_outsider, an_employer_user, a_clerk, an_expert_user])
def test_nobody_but_a_party_supplements_for_itself(person):
    case, _ = a_case_to_supplement()
    with pytest.raises(NotYours):
        supplement(case, by=person())


@pytest.mark.parametrize("person", STRANGERS)
def test_nobody_but_the_window_takes_a_supplement_in_or_grants_a_later_day(person):
    case, _ = a_case_to_supplement()
    with pytest.raises(NotYours):
        receive_supplement(case, by=person())
    with pytest.raises(NotYours):
        grant_later_day(case, until=date(2026, 3, 20), reason="住院", by=person())


def test_art_10_the_last_day_of_the_period_still_counts():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 12, 23))
    with moment.fixed(on(3, 12, 23)):
        assert lapse_due() == 0
        assert supplement(case, by=a_worker_user()).state == State.SUBMITTED


def test_art_10_the_day_after_it_is_too_late():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 12))
    with moment.fixed(on(3, 13, 0)), pytest.raises(SupplementLate, match="2026-03-12"):
        supplement(case, by=a_worker_user())


def test_art_10_without_a_supplement_in_time_the_application_counts_as_given_up_with_notice():
    case, _ = a_case_to_supplement()
    with moment.fixed(on(3, 13, 0)):
        assert lapse_job() == 1
        assert lapse_job() == 0
    case.refresh_from_db()
    assert case.state == State.ABANDONED
    assert Paper.objects.get(case=case, kind="lapse_notice").issued_by is None
    assert Message.objects.filter(chain=case.chain, template="appraisal.lapse_notice").count() == 2
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


def test_art_10_a_period_that_ends_on_a_rest_day_goes_on_to_the_next_working_day():
    _, notice = a_case_to_supplement(at=on(3, 4))  # ten days: Saturday 14 March
    assert notice.due_on == date(2026, 3, 16)
    with moment.fixed(on(3, 16)):
        assert lapse_due() == 0
    with moment.fixed(on(3, 17)):
        assert lapse_due() == 1


def test_l21_no_application_lapses_on_a_day_that_may_still_move():
    case, notice = a_case_to_supplement(at=moment.at(date(2026, 12, 22)))  # ten days: New Year's day
    assert notice.due_on == date(2027, 1, 4)
    for day in (date(2027, 1, 2), date(2027, 1, 5), date(2027, 1, 19)):
        with moment.fixed(moment.at(day)):
            assert lapse_due() == 0
    with moment.fixed(moment.at(date(2027, 1, 20))):
        assert lapse_due() == 1
    case.refresh_from_db()
    assert case.state == State.ABANDONED


def test_art_10_a_good_reason_gives_a_later_day_and_the_sweep_waits_for_it():
    case, _ = a_case_to_supplement()
    with moment.fixed(on(3, 12)):
        grant_later_day(case, until=date(2026, 3, 20), reason="住院治疗", by=a_clerk())
    with moment.fixed(on(3, 20)):
        assert lapse_due() == 0
    [owed] = open_obligations(case)
    assert owed.due_on == date(2026, 3, 20)
    with moment.fixed(on(3, 21)):
        assert lapse_due() == 1


def test_art_10_a_later_day_is_granted_once_for_a_reason_and_lies_after_the_first():
    case, notice = a_case_to_supplement()
    with moment.fixed(on(3, 5)):
        with pytest.raises(ReasonMissing):
            grant_later_day(case, until=date(2026, 3, 20), reason=" ", by=a_clerk())
        with pytest.raises(DayOutOfBounds):
            grant_later_day(case, until=notice.due_on, reason="住院", by=a_clerk())
        grant_later_day(case, until=notice.due_on + timedelta(days=1), reason="住院", by=a_clerk())
        with pytest.raises(LaterDayGranted):
            grant_later_day(case, until=date(2026, 3, 30), reason="住院", by=a_clerk())


def test_the_window_takes_in_what_was_posted_in_time():
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_clerk(), at=on(3, 13))
    with moment.fixed(on(3, 13)):
        receive_supplement(case, by=a_clerk(), handed_in_on=date(2026, 3, 12))
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(date(2026, 3, 1), DayOutOfBounds), (date(2026, 3, 14), DayOutOfBounds), (date(2026, 3, 13), SupplementLate)],
)
def test_a_supplement_is_not_dated_before_the_notice_after_today_or_past_its_time(day, refusal):
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_clerk(), at=on(3, 13))
    with moment.fixed(on(3, 13)), pytest.raises(refusal):
        receive_supplement(case, by=a_clerk(), handed_in_on=day)


def a_case_supplemented() -> Case:
    case, _ = a_case_to_supplement()
    a_supplementing_page(case, by=a_worker_user(), at=on(3, 5))
    with moment.fixed(on(3, 5)):
        return supplement(case, by=a_worker_user())


def test_art_10_still_incomplete_after_the_supplement_it_is_given_up_with_a_reason():
    case = a_case_supplemented()
    with moment.fixed(on(3, 6)):
        with pytest.raises(ReasonMissing):
            give_up(case, by=a_clerk(), reason="")
        give_up(case, by=a_clerk(), reason="补交的不是住院病历")
    case.refresh_from_db()
    assert case.state == State.ABANDONED
    assert application_of(case).end_reason == "补交的不是住院病历"


def test_art_10_nothing_is_given_up_that_was_never_asked_for():
    with pytest.raises(NoNoticeYet):
        give_up(a_submitted_case(), by=a_clerk(), reason="缺病历")


def test_after_the_supplement_the_case_is_accepted():
    case = a_case_supplemented()
    with moment.fixed(on(3, 6)):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert application_of(case).complete_on == date(2026, 3, 5)


@pytest.mark.parametrize("make", [a_submitted_case, an_accepted_case, lambda: a_case_to_supplement()[0]])
def test_the_applicant_withdraws_until_a_place_is_booked(make):
    case = withdraw(make(), by=a_worker_user(), reason="先治疗")
    assert case.state == State.WITHDRAWN
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


def test_the_worker_withdraws_what_a_relative_applied_for_on_his_behalf():
    applicant = {"capacity": "relative", "applicant_name": "林素秋", "relation": "女儿", "unable_reason": "住院治疗"}
    relative = an_applicant("19900000003", "林素秋")
    case = a_submitted_case(by=relative, applicant=applicant)
    case.parties.create(user=a_worker_user(), capacity="worker", since=MONDAY)
    assert withdraw(case, by=a_worker_user()).state == State.WITHDRAWN


def test_a_worker_does_not_withdraw_what_the_employer_applied_for():
    case = a_submitted_case(by=an_employer_user(), applicant={"capacity": "employer", "applicant_name": "周若岚"})
    case.parties.create(user=a_worker_user(), capacity="worker", since=MONDAY)
    with pytest.raises(NotTheApplicant):
        withdraw(case, by=a_worker_user())


@pytest.mark.parametrize("person", [an_outsider, a_clerk, an_employer_user])
def test_nobody_else_withdraws(person):
    with pytest.raises(NotYours):
        withdraw(a_submitted_case(), by=person())


def test_what_ended_is_not_withdrawn():
    case = withdraw(a_submitted_case(), by=a_worker_user())
    with pytest.raises(MoveNotAllowed):
        withdraw(case, by=a_worker_user())
