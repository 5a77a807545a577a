"""What becomes of an application is told on both sides, whoever applied; what is missing only on the side that applied (令55 art. 10)."""

from datetime import timedelta
from typing import Any

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_employer_user
from gongjian.applications.actions.supplement import Item
from gongjian.applications.reaching import agreed, applicant_side, telephone_of
from gongjian.appraisal.actions import accept, ask_supplement
from gongjian.appraisal.actions.extension import extend_decision
from gongjian.appraisal.actions.supplementing import lapse_due
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
WORKERS, EMPLOYERS = "19900000055", "19900000077"


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def by_the_employer(**changes: Any) -> Case:
    """The employer applies and gives its own telephone for delivery."""
    told = {
        "applicant": {"capacity": "employer", "applicant_name": "周若岚"},
        "person": {"telephone": WORKERS},
        "address": {"delivery_name": "周若岚", "delivery_telephone": EMPLOYERS},
    }
    return a_submitted_case(by=an_employer_user(), **told, **changes)


def lacking(case: Case) -> Case:
    ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    return case


def texts(template: str) -> set[str]:
    """The telephones to which a text message of this template goes."""
    rows = Message.objects.filter(template=f"appraisal.{template}", channel="sms")
    return {message.to for message in rows}


def test_art_10_the_worker_learns_that_the_employers_application_was_accepted():
    accept(by_the_employer(), by=a_clerk())
    assert texts("acceptance_notice") == {WORKERS, EMPLOYERS}


def test_art_10_the_worker_learns_that_the_decision_takes_longer():
    case = by_the_employer()
    accept(case, by=a_clerk())
    case.refresh_from_db()
    extend_decision(case, reason="伤情复杂", version=case.version, by=a_reviewer())
    assert texts("extension_notice") == {WORKERS, EMPLOYERS}


def test_art_10_what_is_missing_is_between_the_office_and_who_applied_the_lapse_is_told_to_both():
    case = lacking(by_the_employer(papers=("diagnosis", "identity")))
    join_case(case, a_worker_user(), capacity="worker")
    assert texts("supplement_notice") == {EMPLOYERS}
    with moment.fixed(MONDAY + timedelta(days=40)):
        assert lapse_due() == 1
    assert texts("lapse_notice") == {WORKERS, EMPLOYERS}
    boxes = Message.objects.filter(template="appraisal.lapse_notice", channel="inbox")
    assert {message.user_id for message in boxes} == {a_worker_user().pk, an_employer_user().pk}


def test_art_10_the_paper_goes_with_the_message_only_to_who_may_read_it():
    case = by_the_employer(papers=("diagnosis", "identity"))
    join_case(case, a_worker_user(), capacity="worker")
    lacking(case)
    with moment.fixed(MONDAY + timedelta(days=40)):
        lapse_due()
    told = Message.objects.filter(template="appraisal.lapse_notice", channel="inbox")
    assert {message.user_id: message.evidence_id is not None for message in told} == {
        an_employer_user().pk: True,
        a_worker_user().pk: False,
    }


def test_an_employer_that_takes_part_gets_no_paper_of_what_the_worker_must_supplement():
    case = a_submitted_case(papers=("diagnosis", "identity"))
    join_case(case, an_employer_user(), capacity="employer")
    lacking(case)
    assert not Message.objects.filter(user=an_employer_user(), template="appraisal.supplement_notice").exists()


@pytest.mark.parametrize("number", [EMPLOYERS, "0571-88880000", "", "无"])
def test_a_number_of_the_employers_or_no_mobile_is_no_telephone_of_the_workers(number):
    case = by_the_employer()
    case.application.telephone = case.person.telephone = number
    case.application.save(update_fields=["telephone"])
    assert (telephone_of(case, Side.WORKER), telephone_of(case, Side.EMPLOYER)) == ("", EMPLOYERS)


def test_the_side_that_applied_and_what_it_agreed_to():
    employers, workers = by_the_employer(), a_submitted_case()
    assert (applicant_side(employers), applicant_side(workers)) == (Side.EMPLOYER, Side.WORKER)
    assert (agreed(employers, Side.EMPLOYER), agreed(employers, Side.WORKER)) == (True, False)
    assert (agreed(workers, Side.WORKER), agreed(workers, Side.EMPLOYER)) == (True, False)
